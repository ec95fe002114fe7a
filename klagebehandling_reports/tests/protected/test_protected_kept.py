from freezegun import freeze_time

from odoo.tests import tagged

from ..common import REPORT, LetterCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestProtectedKept(LetterCase):
    def test_an_erased_letter_is_kept_on_no_paper(self):
        letter = self._write(self.case)
        for report in (REPORT, f"{REPORT}_unaddressed"):
            self._print(letter, report=report)
        files = self.env["ir.attachment"].search(
            [("res_model", "=", letter._name), ("res_id", "=", letter.id)]
        )
        self.assertEqual(len(files), 2)
        letter.sudo()._erase_text("Not ours to keep.")
        self.assertFalse(files.exists())

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
