import os
import re
from collections import Counter

from odoo.tests import tagged

from ... import paper
from ..common import LetterCase
from ..printed import read
from .pasted import HEAD, STYLES, Pasted

IS_LONG = bool(os.environ.get("KLAGE_PROVE"))
SEEDS = range(20261126, 20261126 + (400 if IS_LONG else 25))
# Millimetres: the margins of the sheet, and where the text stands on the first page.
SHEET = (19.8, 9, 190.2, 290)
BELOW_ADDRESS = 80
HEADER, FOOTER = 25, 280
# The heading of the letter, and what stands before the items of a list.
BESIDE = re.compile(r"Svar|-?\d+\.|[•◦▪]")
# As much of a word as stands on one line.
START = 12


@tagged("post_install", "-at_install")
class TestPasted(LetterCase):
    """Whatever is pasted into a letter lies on the sheet, readable and whole (M21)."""

    def _read(self, body):
        return read(self._print(self._write(self.case, body=body)))

    def _assert_on_the_sheet(self, printed, said):
        for one in printed:
            self.assertTrue(
                SHEET[0] <= one.left
                and SHEET[1] <= one.top
                and one.right <= SHEET[2]
                and one.bottom <= SHEET[3],
                f"{said}: off the sheet: {one}",
            )

    def _assert_nothing_lies_over_anything(self, printed, said):
        for number, one in enumerate(printed):
            for other in printed[number + 1 :]:
                self.assertFalse(one.covers(other), f"{said}: {one} lies over {other}")

    def _written(self, printed):
        """The text of each page between heading and greeting, without spaces."""
        pages = [""] * (printed[-1].page + 1)
        for one in printed:
            above = HEADER if one.page else BELOW_ADDRESS
            is_text = above < one.top and one.bottom < FOOTER
            if is_text and not BESIDE.fullmatch(one.text.strip()):
                pages[one.page] += "".join(one.text.split())
        return "\n".join(pages).partition("Vennlighilsen")[0].split("\n")

    def _assert_all_words_in_order(self, printed, words, said):
        """Every sign of every word once, and on each page in the order of the text.

        A row that is taller than a page goes on side by side on the next one.
        """
        words = ["".join(word.split()) for word in words]
        pages = self._written(printed)
        signs = Counter("".join(pages))
        self.assertEqual(signs, Counter("".join(words)), said)
        starts = [word[:START] for word in words]
        for page in pages:
            found = [page.index(start) for start in starts if start in page]
            self.assertEqual(found, sorted(found), said)

    def _assert_printed(self, printed, words, said):
        self._assert_on_the_sheet(printed, said)
        self._assert_nothing_lies_over_anything(printed, said)
        self._assert_all_words_in_order(printed, words, said)

    def test_generated_texts_are_whole_and_on_the_sheet(self):
        for seed in SEEDS:
            pasted = Pasted(seed)
            printed = self._read(pasted.html)
            self._assert_printed(printed, pasted.words, f"seed {seed}")
            for one in printed:
                is_letterhead = one.page == 0 and one.top < BELOW_ADDRESS
                self.assertFalse(is_letterhead and re.search(r"o\d+x", one.text))

    def test_each_style_moves_and_hides_nothing(self):
        body = "".join(
            f'<div style="{style}">a{number}b <span style="{style}">c{number}d</span>'
            "</div>"
            for number, style in enumerate(STYLES)
        )
        words = [f"{a}{n}{b}" for n in range(len(STYLES)) for a, b in ("ab", "cd")]
        printed = self._read("".join(HEAD) + body)
        self._assert_printed(printed, words, "styles")
        # Nothing is small, huge or spread.
        for one in printed:
            if re.match(r"[ac]\d+[bd]", one.text):
                self.assertAlmostEqual(one.bottom - one.top, 3.33, delta=0.05)

    def test_tables_of_any_width_are_on_the_sheet(self):
        for columns in (1, 2, 6, 8, 14, 40):
            words = [f"o{number}x" for number in range(columns * 3)]
            rows = "".join(
                "<tr>"
                + "".join(f"<td>{word}</td>" for word in words[start : start + columns])
                + "</tr>"
                for start in range(0, len(words), columns)
            )
            for style in ("", "width:4000px;table-layout:fixed", "white-space:nowrap"):
                printed = self._read(f'<table style="{style}">{rows}</table>')
                self._assert_printed(printed, words, f"{columns} columns, {style}")

    def test_no_word_of_a_wide_table_is_torn(self):
        cells = "".join(f"<td>Kolonne{one} langt innhold</td>" for one in range(14))
        printed = self._read(f"<table><tr>{cells}</tr></table>")
        for number in range(14):
            self.assertTrue(any(f"Kolonne{number} " in one.text for one in printed))

    def test_long_words_addresses_and_code_break(self):
        words = ["x" + "ubrutt" * 200, "klage.example.com/" + "sti/" * 200]
        code = ["kode" * 90, "\u00a0".join(["fast"] * 300)]
        body = "".join(f"<p>{word}</p>" for word in words)
        body += "".join(f"<pre>{word}</pre>" for word in code)
        self._assert_printed(self._read(body), words + code, "long words")

    def test_pictures_fit(self):
        picture = Pasted(0)._picture
        body = "".join(picture(0) for _one in range(8))
        cells = "".join(f"<td>{picture(0)}</td>" for _one in range(4))
        printed = self._read(f"{body}<table><tr>{cells}</tr></table>")
        self._assert_printed(printed, [], "pictures")
        self.assertEqual(len([one for one in printed if not one.text]), 12)

    def test_a_cell_taller_than_a_page_goes_on(self):
        words = [f"o{number}x" for number in range(3000)]
        printed = self._read(f"<table><tr><td>{' '.join(words)}</td></tr></table>")
        self.assertGreater(printed[-1].page, 1)
        self._assert_printed(printed, words, "a tall cell")

    def test_long_names_of_the_sender_lie_over_nothing(self):
        self.company.name = "Fjordvik kommune, etat for helse og omsorg " * 3
        self.workshop.name = "Seksjon for hjemmebaserte tjenester og dagsenter " * 3
        self.case.sudo().handler_id = self.leader
        self.leader.name = "Wilhelmina-Åsa Østerås-Holmqvist " * 3
        party = self.case.sudo().party_ids
        party.write({"name": "Kåre Østerås " * 10, "street": "Fjellgata 12 B, " * 8})
        printed = self._read("<p>Tekst</p>")
        self._assert_on_the_sheet(printed, "names")
        self._assert_nothing_lies_over_anything(printed, "names")
        text = "".join("".join(one.text for one in printed).split())
        for name in (self.company.name, self.workshop.name, self.leader.name):
            self.assertIn("".join(name.split()), text)

    def test_the_letter_stays_tagged_with_all_fonts_inside(self):
        pasted = Pasted(SEEDS[0])
        pdf = self._print(self._write(self.case, body=pasted.html))
        with self._open(pdf) as opened:
            self.assertTrue(opened.Root.MarkInfo.Marked)
            with opened.open_metadata() as metadata:
                self.assertEqual(metadata.pdfa_status, "2A")
            fonts = [one for one in opened.objects if "/FontName" in dict_of(one)]
            self.assertTrue(fonts)
            for font in fonts:
                self.assertTrue({"/FontFile2", "/FontFile3"} & set(font.keys()))

    def test_the_screen_shows_the_same(self):
        letter = self._write(self.case, body='<p style="position:fixed">x</p>')
        self.assertEqual(letter._letter_values()["body"], paper.fit(letter.body))
        self.assertNotIn("fixed", letter._letter_values()["body"])


def dict_of(item):
    return item if hasattr(item, "keys") else {}
