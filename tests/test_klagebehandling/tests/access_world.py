"""One case per situation, and one person per role, to see who sees which."""

import psycopg2

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.klagebehandling.tests.common import ComplaintCase

from .probes_forged import required_values

# The roles of the table, with the group that gives each.
ROLES = {
    "employee": "base.group_user",
    "handler": "klagebehandling.group_handler",
    "manager": "klagebehandling.group_manager",
    "independent": "klagebehandling.group_independent",
    "custodian": "klagebehandling.group_custodian",
    "auditor": "klagebehandling.group_auditor",
    "procedure": "klagebehandling.group_procedure",
    "registrar": "klagebehandling.group_registrar",
    "delegate": "klagebehandling.group_delegate",
    "approver": "klagebehandling.group_disposal_approver",
    "inspector": "klagebehandling.group_inspector",
    "administrator": "base.group_system",
    "portal": "base.group_portal",
    "public": "base.group_public",
}


# Through which a row that hangs on no case belongs to a company.
PARENTS = ("company_id", "policy_id", "compare_id", "create_uid")


class AccessWorld(ComplaintCase):
    """``people`` holds a user of each role, ``cases`` a case of each situation.

    All of them belong to the workshop, but for the manager, who leads it.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {role: cls._create_role(role) for role in ROLES}
        cls.workshop.manager_id = cls.people["manager"]
        cls.workshop.member_ids = [Command.link(cls.people["handler"].id)]
        cls.annex = cls._create_unit("Annex", parent_id=cls.workshop.id)
        cls.elsewhere = cls._create_elsewhere()
        (cls.policy | cls.elsewhere.policy_id).write(
            {"has_running_series": True, "is_public_body": True}
        )
        cls.cases = cls._create_cases()
        for case in cls.cases.values():
            cls._fill(case)
        cls._ask_and_statement()
        cls._decide_measures()
        cls._find_across()
        cls._open_reviews()
        cls._report_years()
        cls._look_at_itself()
        cls._ask_for_documents()
        cls._propose_disposals()
        cls._read_registers()
        cls._inspect()
        for company in cls.company | cls.elsewhere.company_id:
            cls.env["complaint.registration"]._number_next(company)
        cls._open_dialogs()
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _create_role(cls, role):
        if role == "public":
            return cls.env.ref("base.public_user")
        return new_test_user(
            cls.env,
            f"matrix_{role}",
            groups=ROLES[role],
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @classmethod
    def _create_elsewhere(cls):
        """A unit of another company, with a procedure of its own."""
        company = cls.env["res.company"].create({"name": "Elsewhere AS"})
        policy = cls._create_policy("test_elsewhere", company_id=company.id)
        for one in cls.company | company:
            cls.env["complaint.category"].create(
                {"name": "Own", "code": f"own_{one.id}", "company_id": one.id}
            )
            cls.env["complaint.wording"].create(
                {"name": "Own", "body": "<p>Thank you.</p>", "company_id": one.id}
            )
            cls.env["complaint.law"].create(
                {
                    "name": "Own",
                    "country_id": cls.env.ref("base.no").id,
                    "company_id": one.id,
                    "duty_ids": [Command.create({"name": "Report it"})],
                }
            )
            cls.env["complaint.body"].create(
                {
                    "name": "Own",
                    "country_id": cls.env.ref("base.no").id,
                    "company_id": one.id,
                }
            )
            cls.env["complaint.protection"].create(
                {
                    "name": "Own",
                    "country_id": cls.env.ref("base.no").id,
                    "company_id": one.id,
                }
            )
            cls.env["complaint.role"].create(
                {"kind": "board", "name": "Own", "company_id": one.id}
            )
            cls.env["complaint.notice"].create(
                {
                    "subject": "parents",
                    "name": "We do not write home.",
                    "lang": "en_US",
                    "country_id": cls.env.ref("base.no").id,
                    "company_id": one.id,
                }
            )
        for one in cls.policy | policy:
            one.write(
                {
                    "channel_ids": [Command.create({"channel": "web"})],
                    "field_ids": [Command.create({"name": "title"})],
                    "question_ids": [Command.create({"name": "What recurs?"})],
                    "urgency_ids": [
                        Command.create({"sign": "has_danger", "name": "Call"})
                    ],
                }
            )
        return cls.env["complaint.unit"].create(
            {
                "name": "Elsewhere",
                "company_id": company.id,
                "policy_id": policy.id,
                "manager_id": cls.director.id,
            }
        )

    @classmethod
    def _register(cls, **values):
        files = [{"name": "a.txt", "content": "aGVp"}]
        return super()._register(attachments=files, **values)

    @classmethod
    def _create_cases(cls):
        workers = ("handler", "manager", "independent")
        cases = {
            f"own_{role}": cls._register(unit_id=cls.kitchen.id) for role in workers
        }
        for role in workers:
            cases[f"own_{role}"].handler_id = cls.people[role]
        return cases | {
            "unit": cls._register(),
            "below": cls._register(unit_id=cls.annex.id),
            "other": cls._register(unit_id=cls.kitchen.id),
            "protected": cls._register(anonymity="protected"),
            "restricted": cls._register(kind="whistleblowing"),
            "walled": cls._register(
                parties=[
                    {
                        "role": "subject",
                        "name": cls.people[role].name,
                        "user_id": cls.people[role].id,
                    }
                    for role in ROLES
                    if role not in ("portal", "public")
                ]
            ),
            "foreign": cls._register(unit_id=cls.elsewhere.id),
        }

    @classmethod
    def _fill(cls, case):
        """A letter, a note, a hearing and an investigation of each case; a file came
        with it, and somebody whom it is about has rights.
        """
        cls.env["complaint.note"].create({"case_id": case.id, "body": "Hello"})
        cls.env["complaint.correspondence"].create(
            {"case_id": case.id, "body": "<p>Hello</p>"}
        )
        cls.env["complaint.hearing"].create(
            {"case_id": case.id, "party_id": case.party_ids[0].id, "points": "Say"}
        )
        for model in ("point", "plan.step", "duty"):
            cls.env[f"complaint.{model}"].create({"case_id": case.id, "name": "Cold"})
        cls.env["complaint.action"].create(
            {"case_id": case.id, "name": "Warm", "due_on": "2026-12-01"}
        )
        cls.env["complaint.checkback"].create(
            {"case_id": case.id, "due_on": "2026-12-01"}
        )
        cls.env["complaint.followup"].create({"case_id": case.id, "note": "Seen"})
        cls.env["complaint.hold"].create(
            {"case_id": case.id, "reason": "In court", "until_on": "2026-12-01"}
        )
        cls.env["complaint.person.mark"].create(
            {
                "case_id": case.id,
                "kind": "restriction",
                "words": "It is wrong",
                "since_on": "2026-11-01",
            }
        )
        cls.env["complaint.conduct"].create({"case_id": case.id, "fact": "Called"})
        cls.env["complaint.conduct.limit"].create(
            {"case_id": case.id, "until": "2026-12-01"}
        )
        cls.env["complaint.authorisation"].create(
            {"case_id": case.id, "party_id": cls._speaker(case).id}
        )
        subject = cls.env["complaint.party"].create(
            {
                "case_id": case.id,
                "role": "subject",
                "is_outsider": True,
                "is_protected": case.anonymity == "protected",
            }
        )
        subject._open_rights("inform", "hear")
        referral = cls.env["complaint.referral"].create({"case_id": case.id})
        cls.env["complaint.referral.document"].create(
            {"referral_id": referral.id, "text": "Cold"}
        )
        cls.env["complaint.outgoing"].create({"case_id": case.id, "name": "Cold"})
        meeting = cls.env["complaint.meeting"].create(
            {"case_id": case.id, "start_at": "2026-11-01 09:00:00", "place": "Room 2"}
        )
        meeting.action_hold()
        minutes = cls.env["complaint.minutes"].create(
            {"meeting_id": meeting.id, "agreed": "Warm food"}
        )
        minutes._freeze()
        minutes._sign("organisation", "account", user_id=cls.env.uid)

    @classmethod
    def _speaker(cls, case):
        """Somebody who speaks for the person, without a name."""
        values = {"case_id": case.id, "role": "representative"}
        values["is_protected"] = case.anonymity == "protected"
        return cls.env["complaint.party"].create(values)

    @classmethod
    def _ask_and_statement(cls):
        """A request for the protected identity, and somebody's own statement."""
        case = cls.cases["protected"]
        cls.env["complaint.identity.request"].create(
            {
                "case_id": case.id,
                "party_id": case.party_ids[0].id,
                "asker_id": cls.people["handler"].id,
                "ground": "To answer",
            }
        )
        for role in ("employee", "handler"):
            cls.env["complaint.hearing.statement"].create(
                {
                    "user_id": cls.people[role].id,
                    "company_id": cls.company.id,
                    "points": "Say",
                }
            )

    @classmethod
    def _find_across(cls):
        """A pattern and an issue over each of some cases, a lesson and an answer."""
        for name in ("unit", "below", "restricted", "walled", "foreign"):
            case, is_independent = cls.cases[name], name == "restricted"
            role = "independent" if is_independent else "manager"
            values = {
                "company_id": case.company_id.id,
                "unit_id": case.unit_id.id,
                "case_ids": [Command.set(case.ids)],
                "is_independent": is_independent,
            }
            cls.env["complaint.issue"].create({**values, "name": "Cold"})
            cls.env["complaint.pattern"].create(
                {**values, "rule": "repeat", "receiver_id": cls.people[role].id}
            )
        for unit in cls.workshop | cls.elsewhere:
            of = {"company_id": unit.company_id.id, "unit_id": unit.id}
            cls.env["complaint.lesson"].create({**of, "text": "Warm"})
            numbers = dict.fromkeys(("was_heard", "was_clear", "was_fair"), 5)
            cls.env["complaint.satisfaction"].create(
                {**of, **numbers, "month": "2026-11-01"}
            )

    @classmethod
    def _open_reviews(cls):
        """A review of the procedure of each organisation, with a clause typed in."""
        for unit in cls.workshop | cls.elsewhere:
            review = unit.effective_policy_id._open_review(2025)
            review.line_ids = [Command.create({"name": "Complaints are answered."})]

    @classmethod
    def _report_years(cls):
        """A published report of each organisation, and the draft of a year."""
        for unit in cls.workshop | cls.elsewhere:
            policy = unit.effective_policy_id
            reports = cls.env["complaint.annual.report"].sudo()
            report = reports._open_for(policy, 2024)
            report.summary = "A quiet year."
            report.action_approve()
            report.action_publish()
            reports._open_for(policy, 2025)

    @classmethod
    def _look_at_itself(cls):
        """Of each organisation: who knows the routine, a need and a self-check."""
        for unit in cls.workshop | cls.elsewhere:
            policy, people = unit.effective_policy_id, unit.manager_id
            if unit == cls.workshop:
                people = people.union(*cls.people.values())
            for user in people:
                of = {"company_id": unit.company_id.id, "user_id": user.id}
                of["unit_ids"] = [Command.set(unit.ids)]
                cls.env["complaint.familiarity"].create({**of, "policy_id": policy.id})
                training = cls.env["complaint.training"].create(
                    {"user_id": user.id, "company_id": unit.company_id.id}
                    | {"given_by": "County"}
                )
                training.unit_ids = unit
            for role in ("handler", "manager", "independent", "procedure"):
                cls.env["complaint.proposal"].create(
                    {
                        "name": "Warm",
                        "reason": "Cold",
                        "unit_id": unit.id,
                        "user_id": cls.people[role].id,
                    }
                )
            cls.env["complaint.selfcheck"].create(
                {
                    "unit_id": unit.id,
                    "policy_id": policy.id,
                    "first_on": "2026-07-01",
                    "last_on": "2026-09-30",
                    "answer_ids": [Command.create({"name": "What recurs?"})],
                }
            )

    @classmethod
    def _ask_for_documents(cls):
        """A request of each organisation for all its cases; the authority decides."""
        for unit in cls.workshop | cls.elsewhere:
            request = cls.env["complaint.access.request"].create(
                {"unit_id": unit.id, "wish": "All of it"}
            )
            cases = sum(cls.cases.values(), cls.env["complaint.case"]).filtered(
                lambda case, unit=unit: case.company_id == unit.company_id
            )
            cls.env["complaint.access.review"]._open_for(request, cases)
            request.decision_asked_on = "2026-11-02"
            gone = {"unit_id": unit.id, "wish": "–", "disposed_on": "2026-11-02"}
            cls.env["complaint.access.request"].create(gone)
            for review in request.review_ids:
                review.decision_asked_on = "2026-11-02"
                review.mask_ids = [Command.create({"words": "Cold"})]

    @classmethod
    def _propose_disposals(cls):
        """A rule of each organisation, and by it a disposal of each case."""
        for unit in cls.workshop | cls.elsewhere:
            cls.env["complaint.retention.rule"].create(
                {"policy_id": unit.effective_policy_id.id, "basis": "Plan, 3.2"}
            )
        rules = cls.env["complaint.retention.rule"].search([])
        for case in cls.cases.values():
            own = rules.filtered(lambda one, of=case: one.company_id == of.company_id)
            cls.env["complaint.disposal"].create(
                {
                    "case_id": case.id,
                    "rule_id": own.id,
                    "kept_until": "2026-11-01",
                    "proposed_on": "2026-11-02",
                }
            )

    @classmethod
    def _read_registers(cls):
        """A line of an old register, read in by each role and in each organisation."""
        for unit in cls.workshop | cls.elsewhere:
            for user in (cls.people["procedure"], cls.env.user):
                cls.env["complaint.import"].with_user(user).sudo().create(
                    {
                        "company_id": unit.company_id.id,
                        "policy_id": unit.effective_policy_id.id,
                        "line_ids": [Command.create({"row": 2, "number": "2024-3"})],
                    }
                )

    @classmethod
    def _inspect(cls):
        """An inspection of each organisation, by the same inspector."""
        for unit in cls.workshop | cls.elsewhere:
            inspection = cls.env["complaint.inspection"].create(
                {
                    "company_id": unit.company_id.id,
                    "authority": "IVO",
                    "ground": "Supervision",
                    "inspector": "Inga",
                    "login": "inga",
                    "received_from": "2020-01-01",
                    "received_until": "2036-12-31",
                    "valid_until": "2036-12-31 12:00:00",
                    "user_id": cls.people["inspector"].id,
                    "seed": "0",
                    "state": "open",
                }
            )
            cls.env["complaint.inspection.line"]._list_cases(inspection)

    @classmethod
    def _decide_measures(cls):
        """A measure of each organisation; whoever owns it is asked in its words."""
        for role in ("employee", "handler"):
            cls.env["complaint.action"].create(
                {
                    "unit_id": cls.workshop.id,
                    "name": "Warm",
                    "due_on": "2026-12-01",
                    "owner_id": cls.people[role].id,
                }
            )
        cls.env["complaint.action"].create(
            {"unit_id": cls.elsewhere.id, "name": "Warm", "due_on": "2026-12-01"}
        )

    @classmethod
    def _open_dialogs(cls):
        """Every dialog that a role can open, upon its own case."""
        for name in cls.env.registry.models:
            if not name.startswith("complaint.") or not cls.env[name]._transient:
                continue
            for role in ROLES:
                model = cls.env[name].with_user(cls.people[role])
                if model.has_access("create"):
                    cls._open_dialog(model, cls.cases.get(f"own_{role}"))

    @classmethod
    def _open_dialog(cls, model, case):
        values = required_values(model)
        if "case_id" in values:
            values["case_id"] = case and case.id
        if "pseudonym_id" in values:
            # One of the world of this test: the example has protected persons, too.
            ours = [("case_id", "in", [one.id for one in cls.cases.values()])]
            pseudonyms = cls.env["complaint.pseudonym"].search(ours, limit=1)
            values["pseudonym_id"] = pseudonyms.id
        try:
            with cls.env.cr.savepoint():
                model.create(values)
                cls.env.flush_all()
        except (UserError, psycopg2.IntegrityError):
            cls.env.invalidate_all()

    def _situation(self, row, role):
        """Which kind of row this is for a role, as the table names it."""
        if row._transient:  # a dialog is of who opened it, whatever the case
            return "own" if row.create_uid == self.people[role] else "other"
        case = self._case_of(row)
        if case:
            name = next(name for name, one in self.cases.items() if one == case)
            if name.startswith("own_"):
                return "own" if name == f"own_{role}" else "other"
            return name
        names = [one for one in ("user_id", "create_uid") if one in row._fields]
        if names and row[names[0]] == self.people[role]:
            return "own"
        owner = row[next(name for name in PARENTS if name in row._fields)]
        company = owner if owner._name == "res.company" else owner.company_id
        if not company:
            return "shared"
        return "company" if company == self.company else "foreign"

    def _case_of(self, row):
        if row._name == "complaint.case":
            return row
        path = getattr(row, "_case_path", None) or "case_id"
        return row.mapped(path) if path.split(".")[0] in row._fields else None
