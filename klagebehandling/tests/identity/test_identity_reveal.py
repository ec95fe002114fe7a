from freezegun import freeze_time

from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .common import IDENTITY, NAME, IdentityCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestIdentityReveal(IdentityCase):
    """M13: an opened identity closes again at once, whatever changed."""

    def setUp(self):
        super().setUp()
        self.request = self._ask()
        self._grant(self.request, days=3)

    def _assert_closed(self, look=None):
        """Neither a new look nor the one that was opened shows anything."""
        with self.assertRaises(UserError):
            self._reveal(self.request)
        if look:
            look.invalidate_recordset()
            try:
                row = look.read([*IDENTITY, "is_closed"])[0]
            except (AccessError, MissingError):
                return
            self.assertTrue(row["is_closed"])
            self.assertFalse([row[name] for name in IDENTITY if row[name]])

    def test_it_closes_when_the_permission_expires(self):
        look = self._reveal(self.request)
        self.assertEqual(look.name, NAME)
        with freeze_time("2026-11-05 08:59:59"):
            self.assertEqual(self._reveal(self.request).name, NAME)
        with freeze_time("2026-11-05 09:00:00"):
            self.request.invalidate_recordset()
            self.assertEqual(self.request.status, "expired")
            self.assertEqual(self.request.state, "granted")
            self._assert_closed(look)

    def test_one_look_lasts_ten_minutes(self):
        look = self._reveal(self.request)
        # The time of the row is that of the transaction, which the clock here leaves.
        self.env.cr.execute(
            "UPDATE complaint_identity_reveal SET create_date = '2026-11-02 08:49:59'"
        )
        look.invalidate_recordset()
        self.assertTrue(look.is_closed)
        self.assertFalse(look.name)

    def test_it_closes_when_the_asker_comes_behind_the_wall(self):
        look = self._reveal(self.request)
        self.env["complaint.party"].create(
            {"case_id": self.case.id, "role": "subject", "user_id": self.worker.id}
        )
        self.assertIn(self.worker, self.case.walled_user_ids)
        self._assert_closed(look)
        Request = self.env["complaint.identity.request"].with_user(self.worker)
        self.assertFalse(Request.search([]))

    def test_it_closes_when_the_asker_loses_the_case(self):
        look = self._reveal(self.request)
        self.workshop.member_ids = [Command.clear()]
        self._assert_closed(look)

    def test_it_closes_when_the_asker_loses_the_role(self):
        look = self._reveal(self.request)
        self.worker.group_ids -= self.env.ref("klagebehandling.group_handler")
        self._assert_closed(look)

    def test_another_role_opens_no_request_of_before(self):
        custodian = self.env.ref("klagebehandling.group_custodian")
        self.worker.group_ids -= self.env.ref("klagebehandling.group_handler")
        self.worker.group_ids += custodian
        self.assertTrue(self.case.with_user(self.worker).has_access("read"))
        with self.assertRaises(UserError):
            self.request.with_user(self.worker).action_reveal()

    def test_it_is_closed_from_another_company(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.worker.company_ids += elsewhere
        look = self._reveal(self.request)
        inside = dict(allowed_company_ids=self.company.ids)
        outside = dict(allowed_company_ids=elsewhere.ids)
        self.assertTrue(look.with_context(**inside).name)
        self.env.invalidate_all()
        self.assertFalse(look.with_context(**outside)._is_open())
        with self.assertRaises(AccessError):
            self.request.with_user(self.worker).with_context(**outside).action_reveal()

    def test_it_closes_when_the_identity_is_erased(self):
        look = self._reveal(self.request)
        self.party._erase()
        look.invalidate_recordset()
        self.assertFalse(look.name)
        with self.assertRaises(UserError):
            self._reveal(self.request)

    def test_others_cannot_use_it(self):
        look = self._reveal(self.request)
        for user in (self.leader, self.director, self.independent, self.custodian):
            with self.assertRaises(UserError, msg=user.login):
                self.request.with_user(user).action_reveal()
            with self.assertRaises(AccessError, msg=user.login):
                look.with_user(user).read(["name"])
        with self.assertRaises(UserError):
            self.request.action_reveal()
        self.assertFalse(look.with_env(self.env).name)

    def test_nothing_is_shown_without_the_recorded_act(self):
        before = len(self._events())
        rows = self.env["complaint.identity.reveal"].with_user(self.worker)
        with self.assertRaises(AccessError):
            rows.create({"request_id": self.request.id})
        with self.assertRaises(AccessError):
            rows.onchange({"request_id": self.request.id}, [], {"name": {}})
        request = self.request.with_user(self.worker)
        for name, field in request._fields.items():
            if request._has_field_access(field, "read"):
                self.assertNotIn("Bråthenskog", str(request.read([name])), name)
        self.assertEqual(len(self._events()), before)

    def test_the_party_stays_hidden_from_the_asker(self):
        self._reveal(self.request)
        with self.assertRaises(AccessError):
            self.party.with_user(self.worker).read(["name"])
        with self.assertRaises(AccessError):
            self.request.with_user(self.worker).web_read(
                {"party_id": {"fields": {"name": {}}}}
            )

    def test_one_identity_is_opened_at_a_time(self):
        with self.assertRaises(ValidationError):
            self.request.browse().with_user(self.worker).action_reveal()

    def test_from_the_list_of_protected_persons(self):
        person = self.case.with_user(self.worker).pseudonym_ids
        self.assertEqual(person.status, "granted")
        self.assertFalse(person.is_askable)
        self.assertEqual(person.expires_at, self.request.expires_at)
        action = person.action_reveal()
        look = self.env[action["res_model"]].with_user(self.worker)
        self.assertEqual(look.browse(action["res_id"]).name, NAME)
        with self.assertRaises(UserError):
            self.case.with_user(self.leader).pseudonym_ids.action_reveal()
