import os
import random

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from ..common import ComplaintCase

IS_LONG = bool(os.environ.get("KLAGE_PROVE"))
SEEDS = range(25 if IS_LONG else 4)
ACTS = 200 if IS_LONG else 75
ROLES = ("manager", "manager", "handler", "independent", "auditor", None)
GROUNDS = ("food", "conduct_treatment", "coercion_rights", "out_of_scope_appeal")
REFUSAL = "Name another receiver"
# What a refused act must not have touched.
FACTS = """
    SELECT md5(string_agg(t.row, '|' ORDER BY t.row)) FROM (
        SELECT c::text AS row FROM complaint_case c
        UNION ALL SELECT 'w' || w::text FROM complaint_case_wall w
        UNION ALL SELECT 'r' || r::text FROM complaint_case_recusal r
        UNION ALL SELECT 'p' || p.id || p.role || coalesce(p.user_id, 0)
                    FROM complaint_party p
        UNION ALL SELECT 'j' || j.id FROM complaint_journal j
        UNION ALL SELECT 'o' || o.id FROM complaint_company_journal o
        UNION ALL SELECT 't' || a.id || '-' || a.user_id FROM mail_activity a
    ) t
"""


@tagged("post_install", "-at_install")
class TestReceiversProperty(ComplaintCase):
    """Whatever happens in random organisations, somebody can read each case."""

    def test_no_act_leaves_a_case_that_nobody_can_read(self):
        seen = {"refused": 0, "alarmed": 0, "given on": 0, "taken up": 0}
        for seed in SEEDS:
            world = World(self, seed)
            before = world.look()
            for number in range(ACTS):
                name, is_inside = world.act()
                after = world.look()
                with self.subTest(seed=seed, act=number, name=name):
                    self._check(world, before, after, is_inside, seen)
                before = after
        # Each of them has happened: else nothing was asked.
        self.assertTrue(all(seen.values()), seen)

    def _check(self, world, before, after, is_inside, seen):
        if world.is_refused:
            seen["refused"] += world.is_refused == REFUSAL
            self.assertEqual(before["facts"], after["facts"], "A refused act acted")
        new = after["unread"] - before["unread"]
        seen["taken up"] += bool(before["unread"] - after["unread"])
        given = [case for case, user in before["handlers"] if case.handler_id != user]
        seen["given on"] += bool(given) and not is_inside
        if new:
            seen["alarmed"] += 1
            self.assertFalse(is_inside, "An act in a case left it to nobody")
            # An auditor behind the wall would read of it in that journal.
            if not new.sudo()._auditors(are_walled=True):
                self.assertGreater(after["alarms"], before["alarms"])
        for case in after["unread"]:
            self.assertTrue(case.is_restricted)
            self.assertFalse(case.handler_id)
        self.assertEqual(world.cases._unreadable(), after["unread"])
        for case in world.cases.filtered(lambda case: not case._has_ended()):
            if case.handler_id:
                self.assertTrue(case.with_user(case.handler_id).has_access("read"))


class World:
    """One organisation by chance, and what is done in it."""

    def __init__(self, test, seed):
        self.test, self.env = test, test.env
        self.random = random.Random(seed)
        self.company = self.env["res.company"].create({"name": f"World {seed}"})
        self.elsewhere = test.company
        self.cases = self.env["complaint.case"]
        self.is_refused = False
        self.users = self.env["res.users"]
        for number, role in enumerate((*ROLES, *ROLES, "independent", "handler")):
            user = test._create_user(f"world_{seed}_{number}", role and f"group_{role}")
            user.write(
                {
                    "company_id": self.company.id,
                    "company_ids": [Command.set(self.company.ids)],
                }
            )
            self.users |= user
        self.policy = test._create_policy(
            f"world_{seed}",
            company_id=self.company.id,
            independent_id=self._role("independent").id,
        )
        self.units = self.env["complaint.unit"]
        for number in range(6):
            self.units |= test._create_unit(
                f"Unit {number}",
                company_id=self.company.id,
                policy_id=number == 0 and self.policy.id,
                parent_id=bool(number) and self.random.choice(self.units).id,
                manager_id=self._maybe(self._role("manager")).id,
                member_ids=[Command.set(self._some(self.users, 2).ids)],
            )

    # -- chance ----------------------------------------------------------------------

    def _role(self, role):
        group = self.env.ref(f"klagebehandling.group_{role}")
        able = self.users.filtered(lambda user: group in user.all_group_ids)
        return self.random.choice(able or self.users)

    def _maybe(self, record):
        return record if self.random.random() < 0.7 else record.browse()

    def _some(self, records, most):
        records = self.random.sample(list(records), self.random.randint(0, most))
        return self.users.browse().union(*records)

    # -- what is seen ----------------------------------------------------------------

    def look(self):
        """Who can read what now, as each of the users is answered."""
        self.env.flush_all()
        self.env.invalidate_all()
        self.readers = {case: self.users.browse() for case in self.cases}
        for user in self.users.filtered("active"):
            groups = user.all_group_ids
            if not any(
                self.env.ref(f"klagebehandling.group_{one}") in groups
                for one in ("handler", "independent")
            ):
                continue
            seen = self.cases.with_user(user)._filtered_access("read")
            for case in seen.with_env(self.env):
                self.readers[case] |= user
        self.env.cr.execute(FACTS)
        journal = self.env["complaint.company.journal"]
        return {
            "facts": self.env.cr.fetchone(),
            "handlers": [(case, case.handler_id) for case in self.cases],
            "unread": self.cases.filtered(lambda case: not self.readers[case]),
            "alarms": journal.search_count(
                [
                    ("company_id", "=", self.company.id),
                    ("event", "=", "nobody_receives"),
                ]
            ),
        }

    # -- what is done ----------------------------------------------------------------

    def act(self):
        """Do one thing; a refusal of it is remembered.

        :return: what was done, and whether it was in a case
        """
        inside = [
            self.recuse,
            self.identify,
            self.add_subject,
            self.change_party,
            self.assign,
            self.move,
            self.blow_the_whistle,
            self.say_it_is_the_manager,
            self.link,
            self.split,
            self.end,
        ]
        outside = [
            self.archive,
            self.regroup,
            self.regroup_from_the_group,
            self.send_away,
            self.reorganise,
            self.reorganise,
            self.close_unit,
            self.name_receivers,
        ]
        readable = [case for case in self.cases if self.readers[case]]
        is_inside = bool(readable) and self.random.random() < 0.5
        if len(self.cases) < 5 or (not is_inside and self.random.random() < 0.3):
            deed, is_inside, arguments = self.register, False, ()
        elif is_inside:
            case = self.random.choice(readable)
            reader = self.random.choice(self.readers[case])
            deed, arguments = self.random.choice(inside), (case.with_user(reader),)
        else:
            if len(readable) < len(self.cases):
                outside += [self.name_receivers] * 5
            deed, arguments = self.random.choice(outside), ()
        self.is_refused = False
        try:
            with self.env.cr.savepoint():
                deed(*arguments)
                self.env.flush_all()
        except UserError as error:
            self.is_refused = REFUSAL if REFUSAL in str(error) else "otherwise"
        self.env.invalidate_all()
        self.cases = self.cases.exists()
        return deed.__name__, is_inside

    def register(self):
        people = self._some(self.users, 3)
        if self.random.random() < 0.3:
            people |= self.policy.independent_id | self.units[0].manager_id
        subjects = [{"role": "subject", "user_id": user.id} for user in people]
        if self.random.random() < 0.2:
            subjects.append({"role": "subject", "name": "Torfinn"})
        values = {
            "unit_id": self.random.choice(self.units.filtered("active")).id,
            "channel": "api",
            "description": "Something",
            "kind": self.random.choice(("complaint", "complaint", "whistleblowing")),
            "categories": self.random.sample(GROUNDS, self.random.randint(0, 2)),
            "about_manager": self.random.random() < 0.2,
            "parties": subjects,
        }
        intake = self.env["complaint.intake"].with_company(self.company)
        self.cases |= self.cases.browse(intake.register(values)["case_id"])

    def recuse(self, case):
        case.action_recuse("I know them.")

    def identify(self, case):
        unknown = case.sudo()._unknown_subjects()
        user = self._maybe(self.random.choice(self.users.filtered("active")))
        case.action_identify(user.id, unknown[:1].id)

    def add_subject(self, case):
        user = self.random.choice(self.users)
        values = {"case_id": case.id, "role": "subject", "user_id": user.id}
        case.env["complaint.party"].create(values)

    def change_party(self, case):
        for party in case.party_ids[:1]:
            party.write(
                {
                    "role": self.random.choice(("subject", "witness")),
                    "user_id": self._maybe(self.random.choice(self.users)).id,
                }
            )

    def assign(self, case):
        user = self._maybe(self._role(self.random.choice(("handler", "independent"))))
        if not user or case.unit_id._can_handle(user, user.browse()):
            case.handler_id = user

    def move(self, case):
        case.unit_id = self.random.choice(self.units)

    def blow_the_whistle(self, case):
        case.kind = "whistleblowing"

    def say_it_is_the_manager(self, case):
        case.about_manager = not case.about_manager

    def link(self, case):
        case.sudo().retaliation_of_id = self.random.choice(self.cases - case)

    def split(self, case):
        self.cases |= self.cases.browse(case.action_split(case.category_ids[:1].ids))

    def end(self, case):
        if case._has_ended():
            case.action_reopen("Again.")
        else:
            case.action_close("no_finding")

    def archive(self):
        user = self.random.choice(self.users)
        user.active = not user.active

    def _groups(self):
        role = self.random.choice(ROLES)
        return self.env.ref(
            f"klagebehandling.group_{role}" if role else "base.group_user"
        )

    def regroup(self):
        self.random.choice(self.users).group_ids = self._groups()

    def regroup_from_the_group(self):
        group = self._groups()
        user = self.random.choice(self.users)
        if group != self.env.ref("base.group_user"):
            command = Command.unlink if user in group.user_ids else Command.link
            group.user_ids = [command(user.id)]

    def send_away(self):
        user = self.random.choice(self.users)
        company = self.company
        if company in user.company_ids and self.random.random() < 0.5:
            company = self.elsewhere
        user.write(
            {"company_id": company.id, "company_ids": [Command.set(company.ids)]}
        )

    def reorganise(self):
        unit = self.random.choice(self.units)
        values = {
            "manager_id": self._maybe(self._role("manager")).id,
            "deputy_id": self._maybe(self._role("handler")).id,
            "member_ids": [Command.set(self._some(self.users, 3).ids)],
            "parent_id": self.random.choice(self.units).id,
        }
        if unit == self.units[0]:
            del values["parent_id"]
        name = self.random.choice(list(values))
        unit.write({name: values[name]})

    def close_unit(self):
        unit = self.random.choice(self.units[1:])
        unit.active = not unit.active

    def name_receivers(self):
        independent = self._role("independent")
        fallback = self._maybe(self._role("handler")) - independent
        self.policy.write(
            {"independent_id": independent.id, "fallback_id": fallback.id}
        )
