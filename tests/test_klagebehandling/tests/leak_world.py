"""A small organisation with a case that some of its people must never notice."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.klagebehandling.tests.common import ComplaintCase

# In each text of the hidden case, and nowhere else.
CANARY = "Kvitrevkanari"
NOON = "2026-11-02 09:00:00"
LATER = timedelta(days=40)

# Everybody whom the wall keeps out: name -> group of the complaints, if any.
WALLED = {
    "subject_employee": None,
    "subject_handler": "group_handler",
    "subject_manager": "group_manager",
    "colleague": "group_handler",
    "auditor": "group_auditor",
    "custodian": "group_custodian",
    "independent": "group_independent",
}
SUBJECTS = ("subject_employee", "subject_handler", "subject_manager")
ADMIN = "_admin"
# Refused, in whichever words: an attempt that comes to nothing.
REFUSALS = (AccessError, MissingError, UserError)


class LeakWorld(ComplaintCase):
    """The world without the hidden cases; :meth:`_hide` adds them and all around them.

    ``walled`` holds the users behind the wall, each also as settings administrator,
    and ``outsiders`` those who have nothing to do with it.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Refusals are journaled after the rollback, when nobody of this world is left.
        cls.addClassCleanup(cls.cr.postrollback.clear)
        cls._draw_high_ids()
        cls.walled = {}
        for name, group in WALLED.items():
            cls.walled[name] = cls._create_person(name, group)
            cls.walled[name + ADMIN] = cls._create_person(name + ADMIN, group, True)
        cls._staff_workshop()
        cls.outsiders = cls._create_outsiders()
        cls._create_open_cases()
        cls._create_neutral_rows()

    @classmethod
    def _draw_high_ids(cls):
        """Let each table count from a number that occurs in no date, key or other id.

        An id is then told from all else that stands in an answer.
        """
        cls.env.cr.execute(
            "SELECT setval(format('%I', relname)::regclass, "
            "greatest(nextval(format('%I', relname)::regclass), "
            "10000019 + 1000003 * row_number() OVER (ORDER BY relname))) "
            "FROM pg_class WHERE relkind = 'S' AND (relname LIKE 'complaint%id_seq' "
            "OR relname LIKE 'mail%id_seq' OR relname LIKE 'calendar%id_seq' "
            "OR relname = 'ir_attachment_id_seq')"
        )

    @classmethod
    def _create_person(cls, name, group=None, is_admin=False):
        # Whoever may take out what they see must not see more that way.
        groups = ["base.group_user", "klagebehandling.group_export"]
        if group:
            groups.append(f"klagebehandling.{group}")
        if is_admin:
            groups.append("base.group_system")
        return new_test_user(
            cls.env,
            f"leak_{name}",
            groups=",".join(groups),
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            email=f"leak_{name}@example.com",
        )

    @classmethod
    def _staff_workshop(cls):
        """The person complained about leads the unit where the others work."""
        subject = cls.walled["subject_manager"]
        people = sum(cls.walled.values(), cls.env["res.users"])
        cls.workshop.write(
            {"manager_id": subject.id, "member_ids": [Command.set(people.ids)]}
        )
        cls.annex = cls._create_unit(
            "Annex",
            parent_id=cls.workshop.id,
            manager_id=cls.walled["subject_manager_admin"].id,
        )

    @classmethod
    def _create_outsiders(cls):
        elsewhere = cls.env["res.company"].create({"name": "Elsewhere AS"})
        stranger = cls._create_person("stranger", "group_manager")
        stranger.write(
            {"company_ids": [Command.set(elsewhere.ids)], "company_id": elsewhere.id}
        )
        return {
            "employee": cls.employee,
            "administrator": cls._create_person("administrator", None, True),
            "other_company": stranger,
            "portal": new_test_user(
                cls.env,
                "leak_portal",
                groups="base.group_portal",
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            ),
            "public": cls.env.ref("base.public_user"),
        }

    @classmethod
    def _create_open_cases(cls):
        """Three cases that the workshop works on; a hidden one will refer to one."""
        cls.seen_cases = cls.env["complaint.case"].browse()
        for number in range(3):
            case = cls._register(
                title=f"Open case {number}", categories=cls._two_grounds()
            )
            case.with_user(cls.director).message_post(body=f"Talk {number}")
            cls.seen_cases |= case
        cls.seen_cases[0].with_user(cls.director).activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=cls.walled["subject_manager"].id,
            summary="Visible task",
        )

    @classmethod
    def _two_grounds(cls):
        grounds = cls.env["complaint.category"].search(
            [("is_out_of_scope", "=", False), ("code", "!=", False)], limit=2
        )
        return grounds.mapped("code")

    @classmethod
    def _create_neutral_rows(cls):
        """What exists in both worlds: a year of holidays, a place in the calendar, a
        review of the procedure, an inspection.
        """
        cls.policy._ensure_calendar(
            fields.Date.to_date("2026-01-01"), fields.Date.to_date("2028-01-01")
        )
        cls._create_quiet_unit()
        cls.policy._open_review(2026)
        inspector = new_test_user(
            cls.env,
            "leak_inspector",
            groups="klagebehandling.group_inspector",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.inspection = cls.env["complaint.inspection"].create(
            {
                "authority": "IVO",
                "ground": "Supervision",
                "inspector": "Inga",
                "login": inspector.login,
                "received_from": "2026-01-01",
                "received_until": "2026-12-31",
                "valid_until": "2036-12-31 12:00:00",
                "user_id": inspector.id,
                "seed": "0",
                "state": "open",
            }
        )
        cls.env.flush_all()

    @classmethod
    def _create_quiet_unit(cls):
        """A unit with a procedure, a ground and an address of its own, and no case."""
        cls.ground = cls.env["complaint.category"].create(
            {"name": "Quiet", "code": "leak_quiet"}
        )
        cls.quiet_policy = cls._create_policy(
            "leak_quiet", category_ids=[Command.set(cls.ground.ids)]
        )
        cls.quiet = cls._create_unit(
            "Quiet",
            parent_id=cls.workshop.id,
            policy_id=cls.quiet_policy.id,
            manager_id=cls.walled["subject_manager"].id,
        )
        domain = cls.env["mail.alias.domain"].create({"name": "leak.test"})
        cls.company.alias_domain_id = domain
        cls.quiet.write({"alias_name": "quiet-unit", "slug": "leak-quiet"})

    # -- the hidden cases -------------------------------------------------------

    @classmethod
    def _hide(cls):
        """Add the hidden cases: walled from the start, and only after much talk."""
        cls.known = cls._hide_known()
        cls._fill(cls.known, is_open=False)
        cls.late = cls._hide_late()
        cls.restricted = cls._register(
            kind="whistleblowing",
            title=f"{CANARY} whistle",
            description=CANARY,
            parties=[cls._complainant(), cls._party("subject_manager")],
        )
        cls.child = cls._split(cls.known)
        cls.only = cls._hide_only()
        cls._tie_to_open_cases()
        cls._let_time_pass()
        cls.hidden = cls.known | cls.late | cls.restricted | cls.child | cls.only
        cls._inspect(cls.hidden)
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _inspect(cls, cases):
        """An inspector reads them, of whom the wall is no matter."""
        lines = cls.env["complaint.inspection.line"].create(
            [
                {
                    "inspection_id": cls.inspection.id,
                    "case_id": case.id,
                    "received_on": case._received_on(),
                }
                for case in cases
            ]
        )
        for line in lines.with_user(cls.inspection.user_id):
            line.action_open()

    @classmethod
    def _complainant(cls):
        return {
            "role": "complainant",
            "kind": "participant",
            "name": f"{CANARY} Nordmann",
            "email": f"{CANARY.lower()}@example.org",
        }

    @classmethod
    def _party(cls, name):
        user = cls.walled[name]
        return {"role": "subject", "name": user.name, "user_id": user.id}

    @classmethod
    def _subjects(cls):
        return [cls._party(name) for name in SUBJECTS] + [
            cls._party(name + ADMIN) for name in SUBJECTS
        ]

    @classmethod
    def _hide_known(cls):
        return cls._register(
            title=f"{CANARY} known",
            description=CANARY,
            categories=cls._two_grounds(),
            anonymity="protected",
            parties=[cls._complainant(), *cls._subjects()],
            attachments=[{"name": f"{CANARY}.txt", "content": "aGVp"}],
        )

    @classmethod
    def _hide_only(cls):
        """The one case of a unit and of its procedure, by mail."""
        mail = (
            f"From: {CANARY} <{CANARY.lower()}@example.org>\n"
            f"To: {cls.quiet.alias_id.alias_full_name}\nSubject: {CANARY}\n"
            f"Message-Id: <{CANARY}@example.org>\n\n{CANARY}"
        )
        number = cls.env["mail.thread"].message_process("complaint.case", mail)
        case = cls.env["complaint.case"].browse(number)
        case.category_ids = cls.ground
        cls.env["complaint.party"].create(
            [{"case_id": case.id, **party} for party in cls._subjects()]
        )
        return case

    @classmethod
    def _hide_late(cls):
        """A case that the later subject handled, talked about and was written to."""
        case = cls._register(
            title=f"{CANARY} late",
            description=CANARY,
            parties=[cls._complainant()],
            attachments=[{"name": f"{CANARY}.txt", "content": "aGVp"}],
        )
        cls._fill(case, is_open=True)
        cls.env["complaint.party"].with_user(cls.director).create(
            [
                {"case_id": case.id, **cls._party(name)}
                for name in SUBJECTS + tuple(name + ADMIN for name in SUBJECTS)
            ]
        )
        return case

    @classmethod
    def _fill(cls, case, is_open):
        """Let everybody do with a case what they can, refused or not.

        :param is_open: the people of the workshop still take part
        """
        cls._attempt(
            lambda case: case.action_acknowledge(body=f"<p>{CANARY}</p>"),
            case.with_user(cls.director),
        )
        authors = [cls.director]
        if is_open:
            authors += list(cls.walled.values())
        for author in authors:
            for act in cls._acts():
                cls._attempt(act, case.with_user(author))
        cls._attempt(cls._ask_own_data, case)
        cls._attempt(cls._follow, case)
        cls._attempt(cls._queue_mail, case)
        cls._attempt(cls._export_with_ids, case)
        cls._attempt(cls._store_gadgets, case)

    @classmethod
    def _acts(cls):
        return (
            cls._talk,
            cls._plan,
            cls._meet,
            cls._schedule_message,
            cls._open_wizards,
            cls._upload,
            cls._write_letter,
            cls._investigate,
            cls._hand_on,
            cls._write_minutes,
            cls._keep_filter,
        )

    @classmethod
    def _attempt(cls, act, case):
        """Do it unless it is refused, and leave nothing of a refused attempt."""
        try:
            with cls.env.cr.savepoint():
                act(case)
                cls.env.flush_all()
        except REFUSALS:
            # What would have been sent over the bus goes with the transaction.
            cls.env.cr.precommit.clear()
            cls.env.invalidate_all()

    @classmethod
    def _people(cls):
        return sum(cls.walled.values(), cls.director)

    @classmethod
    def _talk(cls, case):
        message = case.message_post(
            body=f"Talk {CANARY} https://example.com/{CANARY}",
            subject=CANARY,
            partner_ids=cls._people().partner_id.ids,
            attachments=[(f"{CANARY}.txt", b"talk")],
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        for user in case.env.user | cls.director:
            cls._attempt(
                lambda message: message.toggle_message_starred(),
                message.with_user(user),
            )
            cls._attempt(
                lambda message, user=user: message.sudo()._message_reaction(
                    "👍", "add", user.partner_id, cls.env["mail.guest"]
                ),
                message.with_user(user),
            )

    @classmethod
    def _plan(cls, case):
        for user in cls._people():
            cls._attempt(
                lambda case, user=user: case.activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=user.id,
                    summary=f"Task {CANARY}",
                    note=CANARY,
                ),
                case,
            )

    @classmethod
    def _meet(cls, case):
        cls.env["calendar.event"].with_user(case.env.user).create(
            {
                "name": f"Meeting {CANARY}",
                "start": "2026-11-20 10:00:00",
                "stop": "2026-11-20 11:00:00",
                "res_model_id": cls.env["ir.model"]._get_id("complaint.case"),
                "res_id": case.id,
                "partner_ids": [Command.set(cls._people().partner_id.ids)],
                "activity_ids": [
                    Command.create(
                        {
                            "activity_type_id": cls.env.ref(
                                "mail.mail_activity_data_meeting"
                            ).id,
                            "res_model_id": cls.env["ir.model"]._get_id(
                                "complaint.case"
                            ),
                            "res_id": case.id,
                            "summary": CANARY,
                        }
                    )
                ],
            }
        )

    @classmethod
    def _schedule_message(cls, case):
        cls.env["mail.scheduled.message"].with_user(case.env.user).create(
            {
                "author_id": case.env.user.partner_id.id,
                "model": "complaint.case",
                "res_id": case.id,
                "body": f"<p>{CANARY}</p>",
                "subject": CANARY,
                "scheduled_date": "2026-12-24 10:00:00",
                "partner_ids": [Command.set(cls._people().partner_id.ids)],
            }
        )

    @classmethod
    def _open_wizards(cls, case):
        env = case.env
        env["complaint.case.compose"].create(
            {"case_id": case.id, "purpose": "message", "body": f"<p>{CANARY}</p>"}
        )
        env["complaint.case.end"].create({"case_id": case.id, "reason": CANARY})
        env["complaint.case.correction"].create(
            {"case_id": case.id, "heading": CANARY, "reason": CANARY}
        )
        env["complaint.case.join"].create(
            {"case_id": case.id, "other_id": case.id, "reason": CANARY}
        )
        env["complaint.case.delay"].create(
            {"case_id": case.id, "reason": CANARY, "until": "2026-12-24"}
        )
        env["mail.compose.message"].create(
            {
                "model": "complaint.case",
                "res_ids": repr(case.ids),
                "body": f"<p>{CANARY}</p>",
                "subject": CANARY,
                "partner_ids": [Command.set(cls._people().partner_id.ids)],
            }
        )

    @classmethod
    def _upload(cls, case):
        for record in (case, case.correspondence_ids[:1]):
            # To a letter files are put by the act that sends it.
            case.env["ir.attachment"].sudo(record != case).create(
                {
                    "name": f"{CANARY} upload.txt",
                    "raw": CANARY.encode(),
                    "res_model": record._name,
                    "res_id": record.id,
                }
            )

    @classmethod
    def _write_letter(cls, case):
        case.env["complaint.correspondence"].create(
            {"case_id": case.id, "purpose": "message", "body": f"<p>{CANARY}</p>"}
        )

    @classmethod
    def _investigate(cls, case):
        """Points, a plan, a duty beside it, and a letter to the other side."""
        env = case.env
        for model in ("point", "plan.step", "duty"):
            env[f"complaint.{model}"].create(
                {"case_id": case.id, "name": f"{model} {CANARY}"}
            )
        env["complaint.action"].create(
            {"case_id": case.id, "name": CANARY, "due_on": case._today()}
        )
        case.write({"definition": CANARY, "has_danger": True, "contact_interval": 7})
        case.action_agree_definition()
        case.sudo()._subjects()._open_rights("inform", "hear")
        for right in case.right_ids[:1]:
            env["complaint.right.letter"].create({"right_id": right.id, "body": CANARY})
            right.action_write(f"<p>{CANARY}</p>", "meeting")

    @classmethod
    def _hand_on(cls, case):
        """A package with its documents, and what was decided to leave with it."""
        env = case.env
        referral = env["complaint.referral"].create(
            {"case_id": case.id, "kind": "body", "recipient": f"Office {CANARY}"}
        )
        env["complaint.referral.document"].create(
            {"referral_id": referral.id, "text": f"{CANARY}\u200b"}
        )
        referral.action_demanded(CANARY)
        referral.action_accept_findings(CANARY)
        referral.action_send("Post", CANARY)
        env["complaint.referral.act"].create({"referral_id": referral.id})

    @classmethod
    def _ask_own_data(cls, case):
        """The person asks with the code; one thing is granted, the other waits."""
        case._ask_right("access")
        review = case._ask_right("correction", CANARY).filtered(
            lambda one: one.case_id == case
        )
        review = review.with_user(cls.director)
        review.outgoing_reason = CANARY
        review.action_review()
        review.action_answer()

    @classmethod
    def _write_minutes(cls, case):
        """A meeting in the calendar, its minutes, and who signs them."""
        env = case.env
        meeting = env["complaint.meeting"].create(
            {"case_id": case.id, "start_at": "2030-01-01 09:00:00", "place": CANARY}
        )
        meeting.action_call()
        meeting.sudo().start_at = "2026-01-01 09:00:00"
        minutes = env["complaint.minutes"].browse(
            meeting.action_write_minutes()["res_id"]
        )
        minutes.write({"discussion": CANARY, "agreed": CANARY})
        minutes.action_freeze_and_sign()
        env["complaint.minutes.sign"].create(
            {"minutes_id": minutes.id, "name": CANARY, "remark": CANARY}
        )

    @classmethod
    def _keep_filter(cls, case):
        """A saved search that everybody sees, named after the case."""
        case.env["ir.filters"].create(
            {
                "name": f"Case {CANARY} {case.reference}",
                "model_id": "complaint.case",
                "domain": f"[('id', '=', {case.id})]",
                "user_ids": [Command.set(case.env.user.ids)],
            }
        )

    @classmethod
    def _follow(cls, case):
        case.message_subscribe(partner_ids=cls._people().partner_id.ids)

    @classmethod
    def _queue_mail(cls, case):
        message = case.message_ids[:1]
        cls.env["mail.mail"].create(
            {
                "mail_message_id": message.id,
                "body_html": f"<p>{CANARY}</p>",
                "email_to": cls.walled["subject_manager"].email,
                "recipient_ids": [Command.set(cls._people().partner_id.ids)],
                "state": "outgoing",
            }
        )
        cls.env["mail.message.schedule"].create(
            {"mail_message_id": message.id, "scheduled_datetime": "2026-12-24 10:00:00"}
        )

    @classmethod
    def _export_with_ids(cls, case):
        """An export to be imported again gives each row an external id."""
        case.export_data(["id", "reference"])

    @classmethod
    def _store_gadgets(cls, case):
        """What Odoo hangs on messages and records besides: previews, translations."""
        message = case.message_ids[:1]
        preview = cls.env["mail.link.preview"].create(
            {
                "source_url": f"https://example.com/{CANARY}/{case.id}",
                "og_title": CANARY,
            }
        )
        cls.env["mail.message.link.preview"].create(
            {"message_id": message.id, "link_preview_id": preview.id}
        )
        cls.env["mail.message.translation"].create(
            {
                "message_id": message.id,
                "body": f"<p>{CANARY}</p>",
                "source_lang": "en_US",
                "target_lang": "nb_NO",
            }
        )
        cls.env["mail.tracking.value"].create(
            {
                "mail_message_id": message.id,
                "field_id": cls.env["ir.model.fields"]
                ._get("complaint.case", "state")
                .id,
                "new_value_char": CANARY,
            }
        )
        cls.env["snailmail.letter"].create(
            {
                "model": "complaint.case",
                "res_id": case.id,
                "partner_id": cls.walled["subject_manager"].partner_id.id,
                "company_id": cls.company.id,
            }
        )

    @classmethod
    def _split(cls, case):
        ground = case.category_ids[:1]
        child = case.with_user(cls.director).action_split(ground.ids)
        return cls.env["complaint.case"].browse(child)

    @classmethod
    def _tie_to_open_cases(cls):
        """Hidden cases that tell of open ones: of retaliation, of the same matter."""
        cls.restricted.retaliation_of_id = cls.seen_cases[2]
        cls.late.with_user(cls.director).action_link(cls.seen_cases[1].id, CANARY)
        cls.seen_cases[0].with_user(cls.director).action_link(cls.late.id, CANARY)

    @classmethod
    def _let_time_pass(cls):
        """The clock finds the promises of the hidden cases broken."""
        cases = cls.known | cls.late | cls.restricted | cls.child
        past = fields.Datetime.now() - timedelta(hours=1)
        running = cases.deadline_ids.filtered("is_open")
        running.write({"due_at": past, "next_at": past})
        running._escalate()
