from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import OnwardCase

ROLES = (
    "supervisor",
    "professional_leader",
    "nav_caseworker",
    "registrar",
    "head",
    "committee",
    "board",
    "council",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-10 09:00:00")
class TestRoles(OnwardCase):
    """Roles that are held by persons, and what they receive (A-40, E-66, E-67)."""

    def _role(self, kind="supervisor", user=None, **values):
        values = {"kind": kind, "company_id": self.company.id, **values}
        if user:
            values["user_id"] = user.id
        return self.env["complaint.role"].create(values)

    def _fitting(self, case):
        return self.env["complaint.role"]._for_case(case)

    def test_every_role_of_the_procedures_is_held_from_day_to_day(self):
        # A-40, E-66
        kinds = dict(self.env["complaint.role"]._fields["kind"].selection)
        self.assertEqual(tuple(kinds), ROLES)
        case = self._register()
        past = self._role(user=self.worker, valid_to="2026-11-09")
        now = self._role(user=self.leader, valid_from="2026-11-10")
        later = self._role(user=self.worker, valid_from="2026-11-11")
        self.assertEqual(self._fitting(case), now)
        with freeze_time("2026-11-09 09:00:00"):
            self.assertEqual(self._fitting(case), past)
        with freeze_time("2026-11-12 09:00:00"):
            self.assertEqual(self._fitting(case), now | later)
        with self.assertRaises(ValidationError):
            self._role("board")
        with (
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
            mute_logger("odoo.sql_db"),
        ):
            self._role(name="x", valid_from="2026-02-02", valid_to="2026-02-01")

    def test_nearest_unit_comes_first_and_no_other_unit(self):
        #
        whole = self._role(user=self.director)
        own = self._role(user=self.worker, unit_id=self.workshop.id)
        self._role(user=self.other_leader, unit_id=self.kitchen.id)
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self._role(user=self.director, company_id=elsewhere.id)
        self.assertEqual([*self._fitting(self._register())], [own, whole])
        theirs = self._create_unit("Elsewhere", company_id=elsewhere.id)
        with self.assertRaisesRegex(ValidationError, "belong to one company"):
            self._role(user=self.worker, unit_id=theirs.id)

    def test_handing_over_tells_the_person_and_asks_the_receiver(self):
        # E-67
        role = self._role(user=self.worker, unit_id=self.workshop.id)
        case = self._register(reply_channel="portal").with_user(self.leader)
        case.action_hand_over(role_id=role.id)
        case_sudo = case.sudo()
        self.assertEqual(case_sudo.handler_id, self.worker)
        letter = case_sudo.correspondence_ids.filtered(
            lambda one: one.purpose == "handover"
        )
        self.assertEqual(letter.state, "sent")
        self.assertIn("passed your case on", letter.body)
        self.assertIn("come back to you", letter.body)
        tasks = case_sudo.activity_ids.filtered(lambda one: one.user_id == self.worker)
        self.assertIn("handed over to you", str(tasks.mapped("summary")))
        events = case_sudo.journal_ids.mapped("event")
        self.assertIn("handed_over", events)
        told = [step["text"] for step in case_sudo._timeline()]
        self.assertIn("We passed it on to somebody who can handle it.", told)

    def test_dialog_hands_over_to_a_role_or_a_colleague(self):
        # E-67
        role = self._role(user=self.worker)
        case = self._register()
        dialogs = self.env["complaint.case.handover"].with_user(self.leader)
        dialog = Form(dialogs.with_context(default_case_id=case.id)).save()
        with self.assertRaises(UserError):
            dialog.action_confirm()
        form = Form(dialogs.with_context(default_case_id=case.id))
        form.role_id = role
        form.save().action_confirm()
        self.assertEqual(case.handler_id, self.worker)
        form = Form(dialogs.with_context(default_case_id=case.id))
        form.user_id = self.director
        form.save().action_confirm()
        self.assertEqual(case.handler_id, self.director)

    def test_nobody_behind_the_wall_receives_by_a_role(self):
        #
        role = self._role(user=self.worker)
        case = self._register(
            parties=[{"role": "subject", "name": "W", "user_id": self.worker.id}]
        )
        self.assertFalse(self._fitting(case))
        handler = case.handler_id
        with self.assertRaises(ValidationError) as hidden:
            case.with_user(handler).action_hand_over(role_id=role.id)
        with self.assertRaises(ValidationError) as missing:
            case.with_user(handler).action_hand_over(role_id=999999)
        self.assertEqual(str(hidden.exception), str(missing.exception))
        self.assertEqual(case.handler_id, handler)

    def test_role_outside_takes_no_case_over_and_gets_a_package(self):
        # A-40, E-66
        board = self._role("board", name="Styret", reach="Torget 1")
        case = self._register().with_user(self.leader)
        with self.assertRaisesRegex(UserError, "held by somebody outside"):
            case.action_hand_over(role_id=board.id)
        referral = self.env["complaint.referral"].with_user(self.leader)
        referral = referral.create({"case_id": case.id, "role_id": board.id})
        self.assertEqual(referral._say_recipient(), "Executive board: Styret")
        walled = self._role("head", user=self.worker)
        self.env["complaint.party"].create(
            {"case_id": case.id, "role": "subject", "user_id": self.worker.id}
        )
        with self.assertRaises(ValidationError):
            referral.role_id = walled

    def test_odd_values_are_refused(self):
        case = self._register().with_user(self.leader)
        for values in (
            {},
            {"user_id": 0},
            {"user_id": -1},
            {"user_id": "x"},
            {"user_id": True},
            {"role_id": [1]},
            {"role_id": "x"},
            {"role_id": -1},
            {"user_id": self.employee.id},
            {"user_id": case.handler_id.id},
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                case.action_hand_over(**values)
        for user in (self.auditor, self.custodian, self.employee, self.other_leader):
            with self.assertRaises(AccessError):
                case.with_user(user).action_hand_over(user_id=self.worker.id)

    def test_roles_are_entered_by_who_owns_the_procedure(self):
        # A-40, E-66
        role = self._role(user=self.worker)
        for user in (self.worker, self.leader, self.independent, self.auditor):
            self.assertEqual(role.with_user(user).kind, "supervisor")
            with self.assertRaises(AccessError):
                role.with_user(user).user_id = user
        for user in (self.employee, self.custodian):
            with self.assertRaises(AccessError):
                role.with_user(user).read(["kind"])
        role.with_user(self.owner).valid_to = "2026-12-31"
        foreign = self.env["res.company"].create({"name": "Elsewhere"})
        other = self._role(user=self.worker, company_id=foreign.id)
        self.assertFalse(other.with_user(self.owner).search([("id", "=", other.id)]))
        with self.assertRaises(AccessError), self.cr.savepoint():
            role.with_user(self.owner).company_id = foreign
