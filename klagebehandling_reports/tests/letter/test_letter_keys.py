from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.klagebehandling.sealing import keyring, rotation
from odoo.addons.klagebehandling.tests.dump import find_in_database

from ..common import LetterCase


@tagged("post_install", "-at_install")
class TestLetterKeys(LetterCase):
    """A kept letter is sealed as well as the identity that it shows."""

    def _kept(self, letter):
        return self.env["ir.attachment"].search(
            [("res_model", "=", letter._name), ("res_id", "=", letter.id)]
        )

    def test_all_that_is_sealed_takes_part_in_a_rotation(self):
        self.assertEqual(
            rotation.sealing_models(self.registry),
            [
                "complaint.access.request",
                "complaint.case.attribute",
                "complaint.case.correction",
                "complaint.case.register",
                "complaint.import.line",
                "complaint.mail.pending",
                "complaint.mail.reply",
                "complaint.minutes",
                "complaint.minutes.document",
                "complaint.minutes.sign",
                "complaint.original",
                "complaint.party",
                "complaint.satisfaction.pending",
                "complaint.signature",
                "ir.actions.report",
            ],
        )

    def test_kept_copies_follow_a_rotation(self):
        letter = self._write(self.case)
        first = self._print(letter)
        old = keyring.keyring()
        ring = (keyring.new_key(), *old)
        reports = self.env["ir.actions.report"]
        with patch.object(keyring, "keyring", lambda: ring):
            done = reports._reseal_batch(10**6)
            self.assertGreaterEqual(done, 1)
            self.assertEqual(reports._reseal_batch(10**6), 0)
            kept = self._kept(letter)
            self.assertEqual(keyring.mark_of(kept.raw.decode()), keyring.mark(ring[0]))
            self.assertEqual(self._print(letter), first)
            counts = reports._count_sealed()
            self.assertEqual(counts[keyring.mark(ring[0]), True], done)
        with patch.object(keyring, "keyring", lambda: ring[:1]):
            self.assertEqual(self._print(letter), first)

    def test_printing_leaves_no_name_in_the_database(self):
        # Leak test 14, on paper
        for anonymity in ("open", "protected"):
            writer = {
                "role": "complainant",
                "name": "Sølvi Bråthenskog",
                "street": "Tårnfalkveien 97",
            }
            case = self._register(anonymity=anonymity, parties=[writer])
            printer = self.leader if anonymity == "open" else self._create_both()
            self.assertTrue(self._print(self._write(case), printer))
        words = ("Bråthenskog", "Tårnfalkveien")
        self.assertEqual(find_in_database(self.env, words), [])
