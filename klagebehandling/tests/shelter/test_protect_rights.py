from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ShelterCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestProtectRights(ShelterCase):
    """Who protects somebody, and what is refused to whom."""

    def test_who_works_the_case_or_keeps_identities_protects(self):
        for user in (self.worker, self.leader):
            self._protect(self._open_case(), user=user)
        self._protect(self.case, user=self.custodian)
        self.assertEqual(self.party.protection_id, self.strict)

    def test_nobody_else_does(self):
        case = self._open_case()
        for user in (
            self.other_leader,
            self.auditor,
            self.employee,
            self.owner,
            self.registrar,
            self.custodian,  # a case by name has nothing to keep
        ):
            with self.assertRaises(AccessError):
                self._protect(case, user=user)
            with self.assertRaises(AccessError):
                self._places(case, user=user)
        self.assertFalse(case.party_ids.protection_id)

    def test_who_is_complained_about_does_not(self):
        case = self._open_case()
        case.with_user(self.worker).action_recuse("Named in it.")
        with self.assertRaises(AccessError):
            self._protect(case)

    def test_only_a_custodian_lowers_it(self):
        self._protect(self.case)
        with self.assertRaises(AccessError):
            self._protect(self.case, self.marked)
        self._protect(self.case, self.marked, user=self.custodian)
        self.assertEqual(self.party.protection_id, self.marked)
        self.assertTrue(self.party.is_protected)

    def test_odd_values_are_told(self):
        case, other = self._open_case(), self._open_case()
        worker = case.with_user(self.worker)
        with self.assertRaises(ValidationError):
            worker.action_protect(0, "x")
        for reason in ("", "  ", None, 7):
            with self.assertRaises(UserError):
                worker.action_protect(self.strict.id, reason)
        with self.assertRaises(ValidationError):
            worker.action_protect(self.strict.id, "x" * 2001)
        for party_id in (other.party_ids.id, 0, "1", True):
            with self.assertRaises(ValidationError):
                worker.action_protect(self.strict.id, "x", party_id=party_id)
        # A text of another case is not touched, whatever is sent.
        places = [("complaint.case", other.id), ("res.users", self.worker.id)]
        worker.action_protect(self.strict.id, "x", places=places)
        self.assertNotIn("[…]", other.description)

    def test_who_is_anonymous_cannot_be_found_anyway(self):
        case = self._register(anonymity="anonymous", parties=[{"role": "complainant"}])
        with self.assertRaises(UserError):
            self._protect(case)

    def test_levels_are_those_of_the_owner(self):
        shared = self.strict.copy({"company_id": False})
        # Whoever registers a complaint asks for the level.
        for user in (self.worker, self.custodian, self.auditor, self.employee):
            seen = self.env["complaint.protection"].with_user(user)
            self.assertIn(shared, seen.search([]))
            with self.assertRaises(AccessError):
                self.strict.with_user(user).name = "x"
        self.strict.with_user(self.owner).name = "Strictest"
        with self.assertRaises(AccessError):
            shared.with_user(self.owner).name = "x"
        with self.assertRaises(AccessError):
            self.strict.with_user(self.owner).unlink()
