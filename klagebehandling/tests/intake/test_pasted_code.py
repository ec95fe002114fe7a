import base64

from odoo.exceptions import ValidationError
from odoo.tests import BaseCase, tagged

from ...sealing import receipt_code
from ..common import ComplaintCase


def spellings(code):
    """The ways in which a person might write a code."""
    plain = code.replace("-", "")
    yield code
    yield code.lower()
    yield code.replace("-", " ")
    yield code.replace("-", "\n")
    yield plain
    yield " ".join(plain)
    yield code.replace("-", " - ")
    yield code.replace("0", "o").replace("1", "l")
    yield "".join(chr(ord(sign) + 0xFEE0) for sign in plain)


@tagged("post_install", "-at_install")
class TestPastedCode(ComplaintCase):
    """M10, law.md 12: a code pasted into a text is refused or masked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        result = cls.intake.register(
            {"unit_id": cls.workshop.id, "channel": "api", "description": "First"}
        )
        cls.code = result["access_code"]

    def _problems(self, **values):
        with self.assertRaises(ValidationError) as caught:
            self._register(**values)
        return caught.exception.problems

    def test_code_in_any_text_is_refused_beside_the_field(self):
        text = f"As in {self.code}: again."
        texts = ("title", "description", "desired_outcome", "event_words")
        for name in (*texts, "interpreter_language", "authorisation"):
            problems = self._problems(**{name: text})
            self.assertEqual(list(problems), [name])
            self.assertIn("take the code out", problems[name])
            self.assertNotIn(self.code, str(problems))
        self.assertIn("parties", self._problems(parties=[{"name": self.code}]))
        content = base64.b64encode(b"x").decode()
        files = [{"name": f"{self.code}.txt", "content": content}]
        self.assertIn("attachments", self._problems(attachments=files))

    def test_code_in_any_spelling_is_refused(self):
        for code in spellings(self.code):
            with self.subTest(code=code):
                self.assertIn("description", self._problems(description=f"x {code} y"))

    def test_code_of_no_case_is_refused_as_it_is_shown(self):
        code = self._code_with_digit()
        self.assertIn("description", self._problems(description=code))

    def test_signs_that_pass_the_check_by_chance_are_let_in(self):
        spelt_otherwise = " ".join(self._code_with_digit().replace("-", ""))
        self.assertTrue(receipt_code.find(spelt_otherwise))
        case = self._register(description=spelt_otherwise)
        self.assertEqual(case.description, spelt_otherwise)

    def _code_with_digit(self):
        return receipt_code.make(b"twelve bytes")

    def test_several_problems_come_in_one_message(self):
        problems = self._problems(description=self.code, title=5)
        self.assertEqual(set(problems), {"description", "title"})

    def test_what_cannot_be_corrected_is_masked_and_kept(self):
        for channel in ("email", "phone", "letter", "paper_form", "meeting"):
            case = self._register(
                channel=channel,
                title=self.code,
                description=f"My code {self.code} and {self.code.lower()}. Straße!",
            )
            self.assertEqual(case.title, "[receipt code removed]")
            self.assertEqual(
                case.description,
                "My code [receipt code removed] and [receipt code removed]. Straße!",
            )

    def test_ordinary_texts_are_untouched(self):
        for text in (
            "Ring 22 33 44 55 eller 98765432, kontonummer 1234 56 78901.",
            "These words right there: the fifth month is long.",
            "IBAN SE45 5000 0000 0583 9825 7466",
            "x" * 1000,
            "",
        ):
            self.assertEqual(self.env["complaint.case"]._mask_codes(text), text)


@tagged("post_install", "-at_install")
class TestFind(BaseCase):
    def test_every_spelling_is_found_and_masked(self):
        for number in range(50):
            code = receipt_code.make(bytes([number]) * 12)
            for written in spellings(code):
                text = f"før ({written}) etter"
                self.assertIn(code, [place[2] for place in receipt_code.find(text)])
                self.assertEqual(receipt_code.mask(text, {code}, "–"), "før (–) etter")

    def test_a_code_inside_a_longer_word_is_none(self):
        code = receipt_code.make().replace("-", "")
        self.assertEqual(receipt_code.find(f"x{code}"), [])

    def test_signs_far_apart_are_none(self):
        code = receipt_code.make().replace("-", "")
        self.assertEqual(receipt_code.find(f"{code[:9]}{' ' * 9}{code[9:]}"), [])
