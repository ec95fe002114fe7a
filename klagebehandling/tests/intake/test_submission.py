from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ...models.file.examined_file import ExaminedFile
from ...models.intake.refused import IntakeRefused
from ...models.intake.submission import Submission
from .. import file_fixtures as files
from ..common import ComplaintCase


@tagged("post_install", "-at_install")
class TestSubmission(ComplaintCase):
    """What passes through the door has declared fields, and no text of its own."""

    def _given(self, **values):
        return {"unit_id": self.workshop.id, "description": "canary", **values}

    def test_nothing_undeclared_travels(self):
        form = self.intake._accept(self._given(), {})
        with self.assertRaises(AttributeError):
            form.note = "undeclared"
        given = {"name": "a.png", "raw": files.png()}
        examined = self.env["complaint.original"]._examine([given])[0]
        with self.assertRaises(AttributeError):
            examined.note = "undeclared"

    def test_a_field_is_an_error_before_its_step_and_a_value_after(self):
        form = self.intake._accept(self._given(), {})
        self.assertEqual(form.unit, self.workshop)
        self.assertFalse(hasattr(form, "handler"))
        self.intake._route(form)
        self.assertEqual(form.handler, self.leader)

    def test_neither_identity_nor_content_comes_into_a_log(self):
        person = {"name": "canary"}
        form = self.intake._accept(self._given(parties=[person]), {})
        given = {"name": "canary.txt", "raw": b"canary"}
        file = self.env["complaint.original"]._examine([given])[0]
        self.assertNotIn("canary", f"{form!r} {form} {file!r} {file}")
        self.assertNotIn(form.access_code, repr(form))

    def test_hooks_get_the_submission(self):
        door = self.env.registry["complaint.intake"]
        seen = []
        for name in ("_prepare_case", "_prepare_parties"):
            real = getattr(door, name)

            def hook(intake, form, real=real):
                seen.append(form)
                return real(intake, form)

            self.startPatcher(patch.object(door, name, hook))
        self._register(
            attachments=[{"name": "a.txt", "content": "eA=="}], description="Hello"
        )
        self.assertEqual([type(form) for form in seen], [Submission] * 2)
        self.assertEqual([type(file) for file in seen[0].files], [ExaminedFile])

    def test_a_refusal_is_a_validation_error_with_its_problems(self):
        with self.assertRaises(ValidationError) as caught:
            self.intake.register(self._given(title=5, channel="pigeon"))
        self.assertIsInstance(caught.exception, IntakeRefused)
        self.assertEqual(set(caught.exception.problems), {"title", "channel"})
        lines = str(caught.exception).splitlines()
        self.assertEqual(len(lines), 2)
        for text in caught.exception.problems.values():
            self.assertTrue(any(line.endswith(text) for line in lines))
