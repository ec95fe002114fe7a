# What people say in a test is not translated.
# pylint: disable=translation-required
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ..common import ComplaintCase

RULES = "klagebehandling.mail_activity_type_rules"


class OwnerCase(ComplaintCase):
    """Who may change the inputs of the wall, and who is told of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.system = cls._create_user("system")
        cls.system.group_ids += cls.env.ref("base.group_system")
        cls.others = (
            cls.director
            | cls.leader
            | cls.worker
            | cls.independent
            | cls.custodian
            | cls.auditor
            | cls.employee
            | cls.system
        )
        cls.env["mail.activity"].search([]).unlink()

    def _told(self):
        return (
            self.env["mail.activity"]
            .search([("activity_type_id", "=", self.env.ref(RULES).id)])
            .mapped("user_id")
        )

    def _entries(self, event):
        return self.env["complaint.company.journal"].search(
            [("company_id", "=", self.company.id), ("event", "=", event)],
            order="sequence",
        )


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestOwner(OwnerCase):
    """Only the owner writes procedures, units and grounds, and sees no case."""

    def test_owner_writes_what_others_are_refused(self):
        ground = self.env["complaint.category"].create(
            {"name": "Own", "code": "own_ground", "company_id": self.company.id}
        )
        # What binds is frozen for everybody.
        later = self.policy.copy()
        channel = later.channel_ids.create({"policy_id": later.id, "channel": "web"})
        acts = {
            "a unit": lambda env: env["complaint.unit"].create({"name": "New"}),
            "its name": lambda env: self._as(env, self.kitchen).write({"name": "Mess"}),
            "its manager": lambda env: self._as(env, self.kitchen).write(
                {"manager_id": self.employee.id}
            ),
            "its address": lambda env: self._as(env, self.kitchen).write(
                {"alias_name": "mess"}
            ),
            "its closing": lambda env: self._as(env, self.kitchen).action_archive(),
            "a ground": lambda env: env["complaint.category"].create(
                {"name": "Smell", "code": "smell"}
            ),
            "its flags": lambda env: self._as(env, ground).write({"is_urgent": True}),
            "a procedure": lambda env: env["complaint.policy"].create(
                {"name": "Ours", "code": "ours", "calendar_id": self.calendar.id}
            ),
            "its receiver": lambda env: self._as(env, self.policy).write(
                {"independent_id": self.employee.id}
            ),
            "a way": lambda env: self._as(env, channel).write({"is_offered": False}),
            "a limit": lambda env: self._as(env, later.term_ids[0]).write(
                {"amount": 900}
            ),
            "a version": lambda env: self._as(env, self.policy).action_new_version(),
            "the choice": lambda env: env["complaint.policy.choose"].create({}),
        }
        for name, act in acts.items():
            for user in self.others:
                with (
                    self.subTest(act=name, user=user.login),
                    self.assertRaises(AccessError),
                    self.env.cr.savepoint(),
                ):
                    act(self.env(user=user.id))
            with self.subTest(act=name), self.env.cr.savepoint():
                act(self.env(user=self.owner.id))

    def _as(self, env, records):
        return records.with_env(env)

    def test_owner_sees_no_case(self):
        self._register()
        for name in ("complaint.case", "complaint.party", "complaint.journal"):
            with self.assertRaises(AccessError):
                self.env[name].with_user(self.owner).search([])
        with self.assertRaises(AccessError):
            self.env["complaint.company.journal"].with_user(self.owner).search([])

    def test_shared_presets_are_read_and_not_written(self):
        preset = self._create_policy("preset", company_id=False)
        ground = self.env["complaint.category"].create({"name": "S", "code": "s_s"})
        mine = preset.with_user(self.owner)
        # What binds is frozen for everybody: this one does not yet.
        draft = preset.copy().with_user(self.owner)
        self.assertFalse(draft.company_id)
        self.assertTrue(mine.read(["name"]))
        for name, act in {
            "receiver": lambda: mine.write({"independent_id": self.employee.id}),
            "delete": lambda: draft.unlink(),
            "limit": lambda: draft.term_ids[0].write({"amount": 900}),
            "no limit": lambda: draft.term_ids[0].unlink(),
            "in force": lambda: draft.action_put_in_force(),
            "way": lambda: draft.channel_ids.create(
                {"policy_id": draft.id, "channel": "web"}
            ),
            "ground": lambda: ground.with_user(self.owner).write({"is_urgent": True}),
            "dry run": lambda: mine.action_dry_run(),
        }.items():
            with (
                self.subTest(name),
                self.assertRaises(AccessError),
                self.env.cr.savepoint(),
            ):
                act()
        action = mine.action_new_version()
        copy = self.env["complaint.policy"].browse(action["res_id"])
        self.assertEqual((copy.company_id, copy.state), (self.company, "draft"))

    def test_nothing_is_given_to_another_company(self):
        other = self.env["res.company"].create({"name": "Naboen AS"})
        # What binds is frozen for everybody: this one does not yet.
        theirs = self._create_policy("theirs", company_id=other.id).copy()
        unit = self._create_unit("Theirs", company_id=other.id)
        term = theirs.term_ids[0].with_user(self.owner)
        draft = self.policy.copy().with_user(self.owner)
        top = self._create_unit("Ours alone").with_user(self.owner)
        for name, act in {
            "procedure": lambda: theirs.with_user(self.owner).write({"name": "Mine"}),
            "limit": lambda: term.write({"amount": 1}),
            "unit": lambda: unit.with_user(self.owner).write({"name": "Mine"}),
            "give away": lambda: draft.write({"company_id": other.id}),
            "share": lambda: draft.write({"company_id": False}),
            "give a limit": lambda: draft.term_ids[0].write({"policy_id": theirs.id}),
            "give a unit": lambda: top.write({"company_id": other.id}),
        }.items():
            with (
                self.subTest(name),
                self.assertRaises(AccessError),
                self.env.cr.savepoint(),
            ):
                act()

    def test_address_is_in_the_domain_of_the_organisation_of_the_unit(self):
        # Odoo takes that of the company in which the user happens to be.
        domains = self.env["mail.alias.domain"].create(
            [{"name": "main.example"}, {"name": "nord.example"}]
        )
        self.env.company.alias_domain_id, self.company.alias_domain_id = domains
        self.kitchen.alias_name = "mess"
        self.assertEqual(self.kitchen.alias_id.alias_full_name, "mess@nord.example")

    def test_nobody_enters_the_line_past_the_tree(self):
        for user in (self.owner, self.director):
            units = self.env["complaint.unit"].with_user(user)
            line = {"line_manager_ids": [Command.link(self.employee.id)]}
            with self.assertRaises(AccessError):
                self.kitchen.with_user(user).write(line)
            with self.assertRaises(AccessError):
                units.create({"name": "Side door", **line})
            with self.assertRaises(AccessError):
                self.kitchen.with_user(user).parent_path = "1/"
        self.assertNotIn(self.employee, self.kitchen.line_manager_ids)

    def test_ground_of_another_company_is_unknown_at_the_door(self):
        other = self.env["res.company"].create({"name": "Naboen AS"})
        self.env["complaint.category"].create(
            [
                {"name": "A", "code": "not_ours", "company_id": other.id},
                {"name": "B", "code": "ours", "company_id": self.company.id},
            ]
        )
        self.assertTrue(self._register(categories=["ours"]).category_ids)
        with self.assertRaises(ValidationError):
            self._register(categories=["not_ours"])

    def test_manager_chooses_members_and_stand_ins_below(self):
        workshop = self.workshop.with_user(self.leader)
        workshop.member_ids = [Command.link(self.employee.id)]
        self.assertIn(self.employee, self.workshop.member_ids)
        below = self._create_unit("Bench", parent_id=self.workshop.id)
        below.with_user(self.leader).write(
            {"deputy_id": self.worker.id, "member_ids": [Command.set(self.worker.ids)]}
        )
        self.assertEqual(below.deputy_id, self.worker)
        # One's own stand-in is named by the manager above.
        with self.assertRaises(AccessError):
            workshop.deputy_id = self.worker
        self.workshop.with_user(self.director).deputy_id = self.worker
        # The stand-in, who sees what the manager sees, is no other manager.
        self.worker.group_ids += self.env.ref("klagebehandling.group_manager")
        with self.assertRaises(AccessError):
            self.workshop.with_user(self.worker).deputy_id = False
        for user, unit in (
            (self.other_leader, self.workshop),
            (self.leader, self.kitchen),
            (self.leader, self.management),
        ):
            with self.assertRaises(AccessError):
                unit.with_user(user).member_ids = [Command.link(user.id)]
        for values in (
            {"manager_id": self.employee.id},
            {"parent_id": False},
            {"active": False},
            {"policy_id": False},
            {"alias_name": "x"},
            {"slug": "x"},
            {"member_ids": [Command.clear()], "name": "x"},
        ):
            with self.subTest(values), self.assertRaises(AccessError):
                workshop.write(values)

    def test_form_offers_what_one_may(self):
        with Form(self.workshop.with_user(self.leader)) as form:
            form.member_ids.add(self.employee)
            with self.assertRaises(AssertionError):
                form.name = "Other"
            with self.assertRaises(AssertionError):
                form.deputy_id = self.worker
        with Form(self.workshop.with_user(self.owner)) as form:
            form.name = "Other"
            form.deputy_id = self.worker


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 22:30:00")
class TestOwnerVersions(OwnerCase):
    """A version binds nothing that has come in already. It is 23:30 in Oslo."""

    def _draft(self, first_day, **values):
        draft = self.policy.copy({"valid_from": first_day, **values})
        draft.change_reason = "Shorter limits."
        return draft.with_user(self.owner)

    def test_version_starts_today_or_later(self):
        for first_day in (False, date(2020, 1, 1), date(2026, 11, 1)):
            draft = self._draft(first_day)
            with self.subTest(first_day), self.assertRaises(UserError):
                draft.action_put_in_force()
            with self.assertRaises(UserError):
                draft.sudo().action_put_in_force()
        draft = self._draft(date(2026, 11, 2))
        draft.action_put_in_force()
        self.assertEqual(draft.state, "in_force")

    def test_day_is_that_of_the_procedure(self):
        draft = self._draft(date(2026, 11, 2), tz="Asia/Tokyo")
        with self.assertRaises(UserError):
            draft.action_put_in_force()

    def test_first_version_of_an_organisation_is_open_backwards(self):
        draft = self._draft(False, code="other")
        draft.action_put_in_force()
        self.assertEqual(draft.state, "in_force")

    def test_there_is_no_way_around_the_button(self):
        ours = self.policy.with_user(self.owner)
        future = self._draft(date(2027, 1, 1))
        future.action_put_in_force()
        draft = self._draft(date(2020, 1, 1))
        for name, act in {
            "state": lambda: draft.write({"state": "in_force"}),
            "first day": lambda: future.write({"valid_from": "2020-01-01"}),
            "other code": lambda: future.write({"code": "else"}),
            "archive what binds": lambda: ours.action_archive(),
            "back to draft": lambda: ours.write({"state": "draft"}),
            "delete": lambda: ours.unlink(),
            "take back": lambda: future.write({"state": "draft"}),
            "delete what begins later": lambda: future.unlink(),
        }.items():
            with self.subTest(name):
                with self.assertRaises(UserError) as refused:
                    act()
                self.assertNotIsInstance(refused.exception, MissingError)
        created = draft.create(
            {
                "name": "Backdated",
                "code": self.policy.code,
                "calendar_id": self.calendar.id,
                "independent_id": self.independent.id,
                "company_id": self.company.id,
                "valid_from": "2020-01-01",
                "state": "in_force",
            }
        )
        self.assertEqual(created.state, "draft")
        # What has not begun is withdrawn; archived, it comes back like a new one.
        future.action_archive()
        with freeze_time("2027-02-01"), self.assertRaises(UserError):
            future.action_unarchive()
        future.action_unarchive()

    def test_archived_version_still_was_one(self):
        self.policy.with_user(self.owner).action_archive()
        with self.assertRaises(UserError):
            self._draft(date(2020, 1, 1)).action_put_in_force()


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestOwnerJournal(OwnerCase):
    """Each change is entered with old and new value, and the grave ones are told."""

    def test_change_of_a_unit_is_entered_old_and_new(self):
        self.kitchen.with_user(self.owner).write(
            {"manager_id": self.worker.id, "name": "Mess"}
        )
        entry = self._entries("unit_changed")[-1]
        self.assertEqual(entry.user_id, self.owner)
        self.assertEqual(entry.payload["unit"], self.kitchen.id)
        self.assertEqual(
            entry.payload["before"],
            {"manager_id": self.other_leader.id, "name": "Kitchen"},
        )
        self.assertEqual(
            entry.payload["after"], {"manager_id": self.worker.id, "name": "Mess"}
        )
        details = entry.with_user(self.auditor).details
        self.assertIn(f"Manager = {self.worker.name}", details)
        self.assertIn("Name = Kitchen", details)
        count = len(self._entries("unit_changed"))
        self.kitchen.with_user(self.owner).write({"name": "Mess"})
        self.assertEqual(len(self._entries("unit_changed")), count)

    def test_changes_of_the_procedure_are_entered_old_and_new(self):
        owner = self.env(user=self.owner.id)
        term = self._later().term_ids[0]
        term.with_env(owner).amount = 5
        entry = self._entries("policy_changed")[-1]
        self.assertEqual(
            (entry.payload["before"], entry.payload["after"]),
            ({"amount": 10}, {"amount": 5}),
        )
        self.assertEqual(entry.payload["rule"], "complaint.policy.term")
        self.assertEqual(entry.payload["policy"], "test_no")
        term.with_env(owner).unlink()
        gone = self._entries("policy_changed")[-1]
        self.assertEqual(gone.payload["before"]["amount"], 5)
        self.assertNotIn("after", gone.payload)
        ground = self.env["complaint.category"].with_env(owner)
        ground = ground.create({"name": "Smell", "code": "smell"})
        self.assertEqual(
            self._entries("ground_changed")[-1].payload["after"]["code"], "smell"
        )
        ground.is_urgent = True
        self.assertEqual(
            self._entries("ground_changed")[-1].payload["after"], {"is_urgent": True}
        )
        draft = self.policy.with_env(owner).copy()
        count = len(self._entries("policy_changed"))
        draft.term_ids[0].amount = 8
        self.assertEqual(len(self._entries("policy_changed")), count)

    def test_changed_address_is_entered_whoever_changes_it(self):
        self.kitchen.with_user(self.owner).alias_name = "mess"
        self.assertEqual(self._told(), self.independent | self.auditor)
        self._told_again()
        self.kitchen.alias_id.with_user(self.system).alias_name = "elsewhere"
        entry = self._entries("unit_changed")[-1]
        self.assertEqual(entry.user_id, self.system)
        self.assertEqual(entry.payload["unit"], self.kitchen.id)
        self.assertEqual(entry.payload["before"], {"alias_name": "mess"})
        self.assertEqual(entry.payload["after"], {"alias_name": "elsewhere"})
        self.assertEqual(self._told(), self.independent | self.auditor)

    def _later(self):
        """A version that is in force and binds nothing yet: it may be changed."""
        later = self.policy.copy({"valid_from": date(2026, 12, 1)})
        later.state = "in_force"
        return later

    def _told_again(self):
        self.env["mail.activity"].search([]).unlink()

    def test_new_receiver_is_told_to_both_and_the_auditors(self):
        other = self._create_user("other_independent", "group_independent")
        self.policy.with_user(self.owner).independent_id = other
        self.assertEqual(self._told(), self.independent | other | self.auditor)
        tasks = self.env["mail.activity"].search(
            [("activity_type_id", "=", self.env.ref(RULES).id)]
        )
        for task in tasks:
            self.assertFalse(task.res_model)
            self.assertNotIn(other.name, task.summary)
            self.assertNotIn(self.policy.name, task.summary)

    def test_changed_line_is_not_told_to_whom_it_concerns(self):
        self.kitchen.with_user(self.owner).manager_id = self.auditor
        self.assertEqual(self._told(), self.independent)
        self._told_again()
        self.workshop.with_user(self.director).deputy_id = self.worker
        self.assertEqual(self._told(), self.independent | self.auditor)
        self._told_again()
        self.workshop.with_user(self.leader).member_ids = [Command.clear()]
        self.assertFalse(self._told())

    def test_what_is_deleted_is_told(self):
        unit = self._create_unit(
            "Gone", manager_id=self.auditor.id, policy_id=self.policy.id
        )
        below = self._create_unit("Gone below", parent_id=self.workshop.id)
        future = self._later()
        other = self._create_user("other_independent", "group_independent")
        future.independent_id = other
        for row, told in (
            (unit, self.independent),
            (below, self.auditor),
            (future, self.independent | other | self.auditor),
        ):
            self._told_again()
            row.unlink()
            self.assertEqual(self._told(), told)

    def test_longer_limit_is_told(self):
        term = self._later().term_ids[0].with_user(self.owner)
        term.amount = 5
        self.assertFalse(self._told())
        term.amount = 900
        self.assertEqual(self._told(), self.independent | self.auditor)
        for amount, period, is_told in ((5, "day", False), (3, "year", True)):
            self._told_again()
            draft = self.policy.copy({"valid_from": date(2026, 12, amount)})
            draft.term_ids[0].write({"amount": amount, "period": period})
            draft.change_reason = "Longer limits."
            draft.with_user(self.owner).action_put_in_force()
            self.assertEqual(bool(self._told()), is_told, period)
        self._told_again()
        draft = self.policy.copy({"valid_from": date(2027, 1, 1)})
        draft.term_ids[0].unlink()
        draft.change_reason = "Fewer limits."
        draft.with_user(self.owner).action_put_in_force()
        self.assertTrue(self._told())


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestOwnerAppointed(OwnerCase):
    """A stock Odoo with one user can start; nobody takes over from an owner."""

    def _appoint(self, user, owner, company=None):
        settings = self.env["res.config.settings"].with_user(user)
        settings = settings.with_company(company or self.company)
        settings.create({"complaint_owner_id": owner.id}).execute()

    def _leave(self):
        self.owner.group_ids = self.env.ref("base.group_user")

    def test_administrator_appoints_where_there_is_no_owner(self):
        self._leave()
        settings = self.env["res.config.settings"].with_user(self.system)
        self.assertFalse(settings.create({}).complaint_has_owner)
        with Form(settings) as form:
            form.complaint_owner_id = self.system
        form.record.execute()
        self.assertTrue(
            self.system.has_group("klagebehandling.group_procedure"), "one user"
        )
        entry = self._entries("owner_appointed")
        self.assertEqual(entry.user_id, self.system)
        self.assertEqual(entry.payload["user"], self.system.id)
        given = self._entries("members_changed")[-1]
        self.assertEqual(given.payload["given"], ["procedure"])
        self.assertEqual(self._told(), self.system | self.auditor)
        # Once there is one, no more.
        with self.assertRaises(AccessError):
            self._appoint(self.system, self.employee)
        self.assertTrue(settings.create({}).complaint_has_owner)

    def test_an_archived_owner_is_none(self):
        self.owner.active = False
        self._appoint(self.system, self.employee)
        self.assertTrue(self.employee.has_group("klagebehandling.group_procedure"))

    def test_an_owner_elsewhere_is_none_here(self):
        other = self.env["res.company"].create({"name": "Naboen AS"})
        self.system.company_ids += other
        with self.assertRaises(ValidationError):
            self._appoint(self.system, self.employee, other)
        third = self.env["res.company"].create({"name": "Tredje AS"})
        settings = self.env["res.config.settings"].with_user(self.system)
        with self.assertRaises(AccessError):
            settings.create(
                {"complaint_owner_id": self.system.id, "company_id": third.id}
            ).execute()
        self._appoint(self.system, self.system, other)
        self.assertEqual(other._complaint_owners(), self.system)

    def test_others_do_not_appoint(self):
        self._leave()
        for user in self.others - self.system:
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._appoint(user, user)
            # Nor with a page of settings that somebody else has opened.
            settings = self.env["res.config.settings"].with_company(self.company)
            opened = settings.create({"complaint_owner_id": user.id})
            with self.subTest(user.login), self.assertRaises(AccessError):
                opened.with_user(user).sudo()._appoint_complaint_owner()
        self.assertFalse(self.company._complaint_owners())

    def test_empty_company_says_who_has_to_be_appointed(self):
        other = self.env["res.company"].create({"name": "Naboen AS"})
        self.system.company_ids += other
        units = self.env["complaint.unit"].with_context(allowed_company_ids=other.ids)
        text = units.with_user(self.system).get_empty_list_help("")
        self.assertIn("complaint_onboarding_action", text)
        self._appoint(self.system, self.system, other)
        text = units.with_user(self.system).get_empty_list_help("")
        self.assertIn("complaint_onboarding_action", text)
