from freezegun import freeze_time

from odoo.tests import tagged

from ..common import LetterCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestProtectedKept(LetterCase):
    def test_where_no_address_is_kept_no_letter_with_it_is(self):
        # N01: what was printed before the level was raised.
        letter = self._write(self.case)
        self._print(letter)
        files = self.env["ir.attachment"].search(
            [("res_model", "=", letter._name), ("res_id", "=", letter.id)]
        )
        self.assertEqual(len(files), 1)
        strict = self.env["complaint.protection"].create(
            {
                "name": "Strict",
                "country_id": self.env.ref("base.no").id,
                "company_id": self.company.id,
                "is_unaddressed": True,
            }
        )
        self.case.with_user(self.leader).action_protect(strict.id, "Shown.")
        self.assertFalse(files.exists())
        # That it was printed, and its digest, stays.
        self.assertTrue(self._printings(self.case).payload["digest"])
