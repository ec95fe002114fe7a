from odoo.tests import BaseCase, tagged

from ... import masking


@tagged("post_install", "-at_install")
class TestMasking(BaseCase):
    """Words are taken out of a text, in every spelling that a text has (M35)."""

    def _left(self, text, *words):
        pieces = masking.cut(masking.clean(text), words)
        return "".join("█" if one.mask is not None else one.text for one in pieces)

    def test_words_are_taken_out_in_every_spelling(self):
        # B-30
        for text, words, left in (
            ("Kari said", "Kari", "█ said"),
            ("KARI NORDMANN said", "Kari Nordmann", "█ said"),
            ("Kari\n  Nordmann said", "Kari Nordmann", "█ said"),
            ("Karis soup, Kari's soup", "Kari", "█ soup, █ soup"),
            ("Ka\u00adri and K\u200bari", "Kari", "█ and █"),
            ("A\u030ase", "Åse", "█"),
            ("91 23 45 67, 91234567, +4791234567", "91234567", "█, █, █"),
            ("0047 912 34 567", "91234567", "█"),
            ("19811228-9874", "811228-9874", "█"),
            ("291234567", "91234567", "291234567"),
            ("skolan", "Ola", "skolan"),
            ("Kari (sick)", "(sick)", "Kari █"),
            ("nothing", "", "nothing"),
        ):
            with self.subTest(text=text):
                self.assertEqual(self._left(text, words), left)

    def test_masks_that_overlap_take_out_the_whole(self):
        self.assertEqual(
            self._left("Kari Nordmann Hansen", "Kari Nordmann", "Nordmann Hansen"), "█"
        )

    def test_persons_are_suggested(self):
        text = "Call 912 34 567 or kari@example.com. 19900101-0017, 811228-9874."
        found = masking.suggest(text)
        self.assertEqual(found["kari@example.com"], "email")
        self.assertEqual(found["912 34 567"], "phone")
        self.assertEqual(found["811228-9874"], "personal")
