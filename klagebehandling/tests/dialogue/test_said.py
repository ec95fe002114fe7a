from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import html2plaintext

from ...models.intake.refused import IntakeRefused
from ...sealing import receipt_code
from ..common import ComplaintCase


@tagged("post_install", "-at_install")
class TestSaid(ComplaintCase):
    """M10: colleagues ask, the person answers; both are letters of one stream."""

    def _news(self, case):
        kind = self.env.ref("klagebehandling.mail_activity_type_news")
        return case.activity_ids.filtered(lambda one: one.activity_type_id == kind)

    def _compose(self, case, **values):
        return (
            self.env["complaint.case.compose"]
            .with_user(self.leader)
            .create({"case_id": case.id, "medium": "portal", **values})
        )

    def _ask(self, case, body="<p>Which day was it?</p>"):
        self._compose(case, purpose="question", body=body).action_send()
        return case.correspondence_ids.filtered(lambda one: one.purpose == "question")[
            0
        ]

    def test_question_is_asked_answered_and_waited_for(self):
        # M10, E-54: by name and without
        for anonymity in ("open", "anonymous"):
            case = self._register(anonymity=anonymity)
            question = self._ask(case)
            self.assertTrue(case.is_waiting)
            self.assertEqual(case._open_questions(), question)
            stream = html2plaintext(case.with_user(self.leader).dialogue)
            self.assertIn("Not answered yet", stream)
            answer = case._say("On Monday.", purpose="answer", question=question)
            self.assertEqual(answer.answers_id, question)
            self.assertFalse(case._open_questions())
            self.assertFalse(case.is_waiting)
            self.assertIn("answered a question", self._news(case).summary)
            case.invalidate_recordset(["dialogue"])
            stream = html2plaintext(case.with_user(self.leader).dialogue)
            self.assertIn("On Monday.", stream)
            self.assertIn("Answer to a question", stream)
            self.assertNotIn("Not answered yet", stream)

    def test_who_does_not_work_the_case_asks_nothing(self):
        case = self._register()
        with self.assertRaises(AccessError):
            case.with_user(self.other_leader)._ask("<p>Who are you?</p>")
        with self.assertRaises(UserError):
            case.with_user(self.leader)._ask("<p><br></p>")
        case.action_withdraw()
        with self.assertRaises(UserError):
            case.with_user(self.leader)._ask("<p>Why?</p>")
        self.assertFalse(case.is_waiting)

    def test_answer_by_mail_ends_the_waiting_and_a_strangers_does_not(self):
        case = self._register()
        self._ask(case)
        letters = self.env["complaint.correspondence"]
        letters._receive(case, "It was me.", is_from_elsewhere=True)
        self.assertTrue(case.is_waiting)
        letters._receive(case, "On Monday.")
        self.assertFalse(case.is_waiting)

    def test_question_of_a_part_is_answered_there(self):
        grounds = self.env["complaint.category"].create(
            [{"name": name, "code": f"said_{name}"} for name in ("a", "b")]
        )
        case = self._register(categories=grounds.mapped("code"))
        part_id = case.with_user(self.leader).action_split(grounds[0].ids)
        part = case.browse(part_id)
        question = self._ask(part)
        self.assertEqual(case._open_questions(), question)
        answer = case._say("Here.", purpose="answer", question=question)
        self.assertEqual(answer.case_id, part)

    def test_what_is_sent_twice_is_kept_once(self):
        case = self._register()
        first = case._say("More.", key="token")
        self.assertEqual(case._say("More.", key="token"), first)
        self.assertNotEqual(case._say("More.", key="other"), first)

    def test_receipt_code_in_a_text_is_refused(self):
        case = self._register(anonymity="anonymous")
        for text in (receipt_code.make(), ""):
            with self.assertRaises(IntakeRefused) as refusal:
                case._say(text)
            self.assertEqual([*refusal.exception.problems], ["text"])
        self.assertFalse(case.correspondence_ids)

    def test_file_that_may_tell_who_made_it_is_asked_about(self):
        # Not of who is known by name.
        files = [{"name": "note.doc", "raw": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old"}]
        case = self._register(anonymity="anonymous")
        with self.assertRaises(IntakeRefused) as refusal:
            case._say("See the file.", files)
        self.assertEqual([*refusal.exception.problems], ["as_is"])
        case._say("See the file.", [{**files[0], "as_is": True}])
        self.assertEqual(case.original_ids.state, "kept")
        self._register()._say("See the file.", files)

    def test_nothing_of_who_writes_is_kept(self):
        case = self._register(anonymity="anonymous")
        public = self.env.ref("base.public_user")
        letter = case.with_user(public).sudo()._say("More.")
        self.assertEqual(letter.create_uid, public)
        local = case.policy_id._local(letter.create_date)
        self.assertEqual((local.hour, local.minute, local.second), (0, 0, 0))

    def test_files_go_out_with_a_letter(self):
        case = self._register(anonymity="anonymous")
        letter = self._compose(case, purpose="message", body="<p>See.</p>")
        upload, foreign = (
            self.env["ir.attachment"]
            .with_user(self.leader)
            .create(
                [
                    {"name": "plan.txt", "raw": b"x", "res_model": letter._name},
                    {"name": "other.txt", "raw": b"y", "res_model": "res.partner"},
                ]
            )
        )
        letter.attachment_ids = [Command.set((upload | foreign).ids)]
        letter.action_send()
        sent = case.correspondence_ids._sent_files()
        self.assertEqual(sent, upload)
        self.assertEqual(foreign.res_model, "res.partner")
        self.assertIn("files_sent", case.journal_ids.mapped("event"))
