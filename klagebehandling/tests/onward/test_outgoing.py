# What people say in a test is not translated.
# pylint: disable=translation-required
import base64
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from ...models.onward import complaint_outgoing
from .common import KARI, OnwardCase
from .leaky_files import CLEAN, LEAKS, NAMED, TEXT

NOW = "2026-11-02 09:00:00"
PEDER = {
    "role": "complainant",
    "kind": "participant",
    "name": "Peder Aasen",
    "email": "peder.aasen@example.com",
    "phone": "92 34 56 78",
}
HIDDEN = (
    '<p>Hello</p><p style="display: none">Rolf has hit her</p>',
    '<p>Hello <span style="color: #ffffff">Rolf has hit her</span></p>',
    "<p>Hello <del>Rolf has hit her</del></p>",
    "<p>Hello</p><!-- Rolf has hit her -->",
    '<p>Hello</p><p style="font-size:0px">Rolf has hit her</p>',
)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOutgoing(OnwardCase):
    """Nothing leaves with what its sender does not see, or nobody decided on (N12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register(parties=[KARI])
        cls.case.handler_id = cls.worker
        cls.other = cls._register(parties=[PEDER])
        cls.outgoing = cls._as(cls.env["complaint.outgoing"])

    def _pieces(self, *files):
        return [self.outgoing._piece(name, raw) for name, raw in files]

    def _upload(self, name, raw):
        return self._as(self.env["ir.attachment"]).create(
            {"name": name, "raw": raw, "res_model": "complaint.case.compose"}
        )

    def test_every_leak_stops_a_package(self):
        files = [(name, raw) for name, raw, _code in LEAKS] + NAMED
        found = self.outgoing._look(self._as(self.case), self._pieces(*files))
        self.assertEqual(
            [piece.name for piece, _found in found], [name for name, _raw in files]
        )
        for piece in self._pieces(*files):
            with self.subTest(piece.name), self.assertRaises(UserError) as refused:
                self.outgoing._check(self._as(self.case), [piece])
            self.assertIn(piece.name, str(refused.exception))

    def test_clean_documents_pass(self):
        self.assertFalse(self.outgoing._look(self._as(self.case), self._pieces(*CLEAN)))

    def test_names_are_found_wherever_they_stand(self):
        found = self.outgoing._look(self._as(self.case), self._pieces(*NAMED))
        for piece, findings in found:
            with self.subTest(piece.name):
                self.assertEqual({one.code for one in findings}, {"name"})
        self.assertEqual(len(found), len(NAMED))

    def test_own_people_and_colleagues_are_no_others(self):
        self._register(parties=[{**PEDER, "name": "Kari Nordmann", "email": "k@k.no"}])
        text = f"<p>Dear Kari Nordmann, {self.worker.name} writes.</p>"
        piece = self.outgoing._text_piece(text)
        self.assertFalse(self.outgoing._look(self._as(self.case), [piece]))

    def test_it_is_no_oracle(self):
        # Who may not read the other case is told nothing of its people.
        hidden = self._register(
            unit_id=self.kitchen.id,
            parties=[{**PEDER, "name": "Solveig Ulvang", "email": "s@u.no"}],
        )
        protected = self._register(
            anonymity="protected",
            parties=[{**PEDER, "name": "Jorunn Trollvik", "email": "j@t.no"}],
        )
        for name in ("Solveig Ulvang", "Jorunn Trollvik", "s@u.no"):
            piece = self.outgoing._text_piece(f"<p>As we told {name}.</p>")
            with self.subTest(name):
                self.assertFalse(self.outgoing._look(self._as(self.case), [piece]))
        piece = self.outgoing._text_piece("<p>As we told Solveig Ulvang.</p>")
        outgoing = self.outgoing.with_user(self.director)
        self.assertTrue(outgoing._look(self._as(self.case, self.director), [piece]))
        self.assertTrue(hidden and protected)

    def test_who_is_walled_is_told_nothing_either(self):
        self.env["complaint.party"].create(
            {"case_id": self.other.id, "role": "subject", "user_id": self.worker.id}
        )
        self.assertFalse(self.outgoing._look(self._as(self.case), self._pieces(*NAMED)))

    def test_a_person_decides_and_that_is_journaled(self):
        referral = self._refer(self.case)
        content = base64.b64encode(dict((n, r) for n, r, _c in LEAKS)["ins.docx"])
        referral.env["complaint.referral.document"].create(
            {"referral_id": referral.id, "content": content, "name": "ins.docx"}
        )
        referral.action_consent("Yes.")
        with self.assertRaisesRegex(UserError, "Tracked change"):
            self._send(referral)
        for reason in (None, "", " "):
            with self.assertRaises(UserError):
                referral.action_accept_findings(reason)
        referral.action_accept_findings("The comment is meant for them.")
        self._send(referral)
        decision = self.case.outgoing_ids
        self.assertEqual((decision.kinds, decision.user_id), ("tracked", self.worker))
        entry = self.case.journal_ids.filtered(
            lambda one: one.event == "outgoing_accepted"
        )
        self.assertIn("tracked", entry.payload["found"])
        self.assertEqual(entry.texts["reason"], "The comment is meant for them.")
        self.assertEqual(entry.user_id, self.worker)

    def test_decision_covers_these_bytes_and_findings_only(self):
        case = self._as(self.case)
        one, other = self._pieces(*[(n, r) for n, r, _c in LEAKS[:2]])
        self.outgoing._accept(case, [one], "Meant so.")
        self.outgoing._check(case, [one])
        with self.assertRaises(UserError):
            self.outgoing._check(case, [other])
        changed = self.outgoing._piece(one.name, one.raw + b"\0")
        with self.assertRaises(UserError):
            self.outgoing._check(case, [changed])
        # What somebody else sees in it, they decide on.
        name = self.outgoing._piece("a.txt", b"As we told Solveig Ulvang.")
        self._register(
            unit_id=self.kitchen.id, parties=[{**PEDER, "name": "Solveig Ulvang"}]
        )
        self.outgoing._check(case, [name])
        director = self.outgoing.with_user(self.director)
        with self.assertRaises(UserError):
            director._check(self._as(self.case, self.director), [name])
        # One who sees more in the same bytes decides on that, too.
        both = self.outgoing._piece("b.html", b"<p>As we told Solveig Ulvang.</p>")
        both = both._replace(raw=HIDDEN[0].encode() + both.raw, is_text=True)
        self.outgoing._accept(case, [both], "Meant so.")
        self.outgoing._check(case, [both])
        with self.assertRaisesRegex(UserError, "Solveig Ulvang") as refused:
            director._check(self._as(self.case, self.director), [both])
        self.assertNotIn("Hidden", str(refused.exception))
        # In another case nothing was decided.
        with self.assertRaises(UserError):
            self.outgoing._check(self._as(self.other, self.leader), [one])

    def test_no_letter_leaves_with_it_by_any_act(self):
        case = self._as(self.case)
        for body in (*HIDDEN, "<p>As we told Peder Aasen.</p>"):
            for act in (
                lambda body=body: case.action_acknowledge(body=body),
                lambda body=body: case.action_update(body),
                lambda body=body: case.action_answer(body=body),
                lambda body=body: case.action_withdraw("Said so", body),
            ):
                with self.assertRaises(UserError) as refused:
                    act()
                self.assertIn("before it leaves", str(refused.exception))
        self.assertEqual(self.case.state, "received")
        case.action_update("<p>We have talked with the kitchen.</p>")

    def test_dialog_shows_each_place_and_keeps_why(self):
        file = self._upload("ins.docx", dict((n, r) for n, r, _ in LEAKS)["ins.docx"])
        dialogs = self._as(self.env["complaint.case.compose"])
        form = Form(
            dialogs.with_context(
                default_case_id=self.case.id, default_purpose="message"
            )
        )
        self.assertFalse(form.outgoing_findings)
        form.body = "<p>As we told Peder Aasen.</p>"
        self.assertIn("Peder Aasen", form.outgoing_findings)
        form.attachment_ids.add(file)
        self.assertIn("ins.docx", form.outgoing_findings)
        dialog = form.save()
        with self.assertRaisesRegex(UserError, "before it leaves"):
            dialog.action_send()
        dialog.outgoing_reason = "Both know each other, and agree."
        dialog.action_send()
        letter = self.case.correspondence_ids.filtered(
            lambda one: one.purpose == "message"
        )
        self.assertEqual(letter._sent_files(), file.sudo())
        self.assertEqual(len(self.case.outgoing_ids), 2)

    def test_what_programs_note_is_taken_out_of_files_of_letters(self):
        name, raw = next((n, r) for n, r, _c in LEAKS if n == "artist.jpg")
        file = self._upload(name, raw)
        dialog = self._as(self.env["complaint.case.compose"]).create(
            {
                "case_id": self.case.id,
                "purpose": "message",
                "medium": "portal",
                "body": f"<p>{TEXT}</p>",
                "attachment_ids": [Command.set(file.ids)],
            }
        )
        dialog.action_send()
        self.assertNotIn(b"Kari Handler", file.sudo().raw)
        self.assertFalse(self.case.outgoing_ids)

    def test_what_programs_note_is_taken_out_of_uploads_to_a_package(self):
        name, raw = next((n, r) for n, r, _c in LEAKS if n == "artist.jpg")
        referral = self._refer(self.case)
        document = referral.env["complaint.referral.document"].create(
            {
                "referral_id": referral.id,
                "name": name,
                "content": base64.b64encode(raw),
            }
        )
        self.assertTrue(document.is_cleaned)
        self.assertIn(b"Kari Handler", raw)
        self.assertNotIn(b"Kari Handler", document.sudo()._bytes())
        referral.action_consent("Said yes.")
        self._send(referral)
        self.assertFalse(self.case.outgoing_ids)

    def test_reason_of_a_delay_passes_it_too(self):
        case = self._as(self.case)
        with self.assertRaises(UserError) as refused:
            case.action_delay("We wait for Peder Aasen.", "2026-11-30")
        self.assertIn("before it leaves", str(refused.exception))
        dialog = self._as(self.env["complaint.case.delay"]).create(
            {
                "case_id": case.id,
                "reason": "We wait for Peder Aasen.",
                "until": "2027-01-15",
            }
        )
        self.assertIn("Peder Aasen", dialog.outgoing_findings)
        dialog.outgoing_reason = "Both know each other."
        dialog.action_confirm()
        self.assertEqual(len(self.case.outgoing_ids), 1)

    def test_nothing_is_put_to_a_letter_past_the_guard(self):
        case = self._as(self.case)
        case.action_update("<p>We have talked with the kitchen.</p>")
        letter = case.correspondence_ids.filtered(lambda one: one.purpose == "update")
        values = {"name": "a.txt", "raw": b"Peder Aasen"}
        files = self._as(self.env["ir.attachment"])
        with self.assertRaises(UserError):
            files.create({**values, "res_model": letter._name, "res_id": letter.id})
        file = files.create({**values, "res_model": case._name, "res_id": case.id})
        with self.assertRaises(UserError):
            file.write({"res_model": letter._name, "res_id": letter.id})
        self.assertFalse(letter._sent_files())

    def test_programs_decide_by_an_act(self):
        case = self._as(self.case)
        body = "<p>As we told Peder Aasen.</p>"
        with self.assertRaises(UserError):
            case.action_accept_findings(body=body)
        case.action_accept_findings("Both know each other.", body)
        case.action_update(body)

    def test_question_of_a_hearing_passes_it_too(self):
        cook = self._create_user("cook", "group_handler")
        case = self._register(parties=[KARI, {"role": "subject", "user_id": cook.id}])
        hearings = self.env["complaint.hearing"].with_user(self.director)
        subject = case.party_ids.filtered(lambda one: one.role == "subject")
        hearing = hearings.create(
            {
                "case_id": case.id,
                "party_id": subject.id,
                "points": "Did you tell Peder Aasen of the food?",
                "medium": "here",
            }
        )
        self.assertIn("Peder Aasen", hearing.outgoing_findings)
        with self.assertRaisesRegex(UserError, "before it leaves"):
            hearing.action_ask()
        self.assertEqual(hearing.state, "draft")
        self.assertFalse(hearing.sudo().statement_id)
        hearing.outgoing_reason = "He was there, and both know it."
        hearing.action_ask()
        self.assertEqual(hearing.state, "asked")
        decision = case.outgoing_ids
        self.assertEqual((decision.kinds, decision.user_id), ("name", self.director))
        with self.assertRaises(UserError):
            hearing.outgoing_reason = "Another one."
        hearing.sudo()._erase_text("Asked for it")
        self.assertFalse(hearing.sudo().outgoing_reason)

    def test_persons_are_compared_with_however_many_there_are(self):
        # The oldest too: none is left out because others came after.
        with patch.object(complaint_outgoing, "AT_ONCE", 2):
            for number in range(5):
                self._register(parties=[{**PEDER, "name": f"Name{number} Nummer"}])
            found = self.outgoing._look(self._as(self.case), self._pieces(*NAMED))
        self.assertEqual(len(found), len(NAMED))

    def test_letter_to_the_other_side_passes_it_too(self):
        cook = self._create_user("cook", "group_handler")
        case = self._register(parties=[KARI, {"role": "subject", "user_id": cook.id}])
        case.with_user(self.director).action_investigate()
        right = case.right_ids[:1].with_user(self.director)
        with self.assertRaisesRegex(UserError, "before it leaves"):
            right.action_write("<p>As we told Peder Aasen.</p>", "letter")
        right.action_write("<p>A complaint has come in.</p>", "letter")

    def test_decisions_are_made_by_acts_only(self):
        with self.assertRaises(UserError):
            self.outgoing.create({"case_id": self.case.id, "name": "All"})
        self.outgoing._accept(
            self._as(self.case), self._pieces(LEAKS[0][:2]), "Meant so."
        )
        decision = self._as(self.case).outgoing_ids
        for act in (decision.unlink, lambda: decision.write({"reason": "Other"})):
            with self.assertRaises(UserError):
                act()
        with self.assertRaises(AccessError):
            decision.read(["accepted"])
        with self.assertRaises(AccessError):
            self.outgoing.with_user(self.other_leader)._accept(
                self._as(self.case, self.other_leader),
                self._pieces(LEAKS[0][:2]),
                "No.",
            )
