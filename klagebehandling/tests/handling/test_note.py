# What people say in a test is not translated.
# pylint: disable=translation-required
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ...sealing.journal_check import NOTES
from ..common import ComplaintCase


@tagged("post_install", "-at_install")
class TestNote(ComplaintCase):
    """Running notes are written once; a correction is a new one (D-40)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register()
        cls.notes = cls.env["complaint.note"].with_user(cls.leader)

    def _note(self, body="We called the kitchen.", **values):
        return self.notes.create({"case_id": self.case.id, "body": body, **values})

    def _kinds(self):
        found = self.env["complaint.journal"]._verify(self.case)
        return {(one.kind, one.what) for one in found if one.kind not in NOTES}

    def test_a_note_is_written_on_the_case(self):
        form = Form(self.case.with_user(self.leader))
        with form.note_ids.new() as note:
            note.body = "We called the kitchen."
        form.save()
        note = self.case.note_ids
        self.assertEqual((note.author_id, note.noted_on), (self.leader, self._today()))
        self.assertEqual(self.case.journal_ids[0].event, "note_added")
        self.assertFalse(self._kinds())

    def _today(self):
        return self.case._today()

    def test_a_note_is_not_made_of_another_person_or_day(self):
        for values in (
            {"author_id": self.worker.id},
            {"noted_on": "2026-01-01"},
            {"words_salt": "x"},
        ):
            with self.assertRaises(UserError):
                self._note(**values)
            context = {f"default_{name}": value for name, value in values.items()}
            made = self.notes.with_context(**context).create(
                {"case_id": self.case.id, "body": "x"}
            )
            self.assertEqual(
                (made.author_id, made.noted_on), (self.leader, self._today())
            )
        for body in ("", " ", False):
            with self.assertRaises(UserError):
                self._note(body)

    def test_a_note_stands(self):
        note = self._note()
        for values in ({"body": "x"}, {"noted_on": "2026-01-01"}, {"corrects_id": 1}):
            with self.assertRaises(AccessError):
                note.write(values)
            with self.assertRaises(UserError):
                self.case.with_user(self.leader).write(
                    {"note_ids": [Command.update(note.id, values)]}
                )
        for remove in (note.unlink, note.sudo().unlink):
            with self.assertRaises(UserError):
                remove()

    def test_a_correction_is_a_new_note(self):
        wrong = self._note("We called on Monday.")
        right = self._note("It was Tuesday.", corrects_id=wrong.id)
        self.assertEqual(right.corrects_id, wrong)
        self.assertEqual(wrong.body, "We called on Monday.")
        other = self._register()
        with self.assertRaises(UserError):
            self.notes.create(
                {"case_id": other.id, "body": "x", "corrects_id": wrong.id}
            )

    def test_who_does_not_work_the_case_reads_and_writes_none(self):
        note = self._note()
        for user in (self.other_leader, self.auditor, self.custodian, self.employee):
            with self.assertRaises(AccessError, msg=user.login):
                note.with_user(user).read(["body"])
            with self.assertRaises(AccessError, msg=user.login):
                note.with_user(user).create({"case_id": self.case.id, "body": "x"})

    def test_what_sql_makes_of_a_note_is_named(self):
        note = self._note()
        self.env.flush_all()
        self.assertFalse(self._kinds())
        for change in ("body = 'x'", "noted_on = noted_on - 9", "words_salt = NULL"):
            with self.subTest(change), self.cr.savepoint(flush=False) as savepoint:
                self.cr.execute(
                    f"UPDATE complaint_note SET {change} WHERE id = %s", [note.id]
                )
                self.env.invalidate_all()
                self.assertEqual(self._kinds(), {("differs", "note")})
                savepoint.rollback()
        self.env.invalidate_all()
        note._erase_text("It named a third person.")
        self.assertFalse(self._kinds())
