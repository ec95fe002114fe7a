# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ...sealing import receipt_code
from .common import PIXEL, MeetingCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestParties(MeetingCase):
    """A-13: who signs, who watches, and what the other side hears of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._quieten_the_rest()
        cls.case = cls._register()

    def _sign_there(self, minutes, **values):
        return minutes.sudo()._sign_there("portal", minutes.digest, **values)

    def _sign_on_site(self, minutes, witness, signature=PIXEL, **values):
        dialogs = self.env["complaint.minutes.sign"].with_user(self.leader)
        typed = {"name": "Kari", "signature": signature, "witness_id": witness.id}
        dialog = dialogs.create({"minutes_id": minutes.id, **typed, **values})
        dialog.action_sign()

    # -- the witness

    def test_witness_does_not_sign_for_us_afterwards(self):
        minutes = self._frozen(self.case)
        self._sign_on_site(minutes, self.director)
        director = minutes.with_user(self.director)
        for act in (director.action_sign, lambda: director.action_refuse("No")):
            with self.assertRaisesRegex(UserError, "somebody else signs"):
                act()
        minutes.action_sign()
        self.assertEqual(minutes.state, "signed")

    def test_witness_has_neither_handled_it_nor_met_the_person(self):
        met = self._create_user("met")
        minutes = self._draft(self.case)
        colleague = {"role": "staff", "user_id": met.id, "is_agreed": True}
        minutes.meeting_id.sudo().participant_ids = [Command.create(colleague)]
        minutes.action_freeze()
        self.case.with_user(self.director).handler_id = self.director
        self.assertNotEqual(self.case.handler_id, self.leader)
        other = self._frozen(self.case)
        for user, one in ((met, minutes), (self.leader, other)):
            with self.assertRaisesRegex(UserError, "no part in the case"):
                one.sudo()._check_witness(user)
        # The permission beside.
        minutes.sudo()._check_witness(self.witness)

    def test_witness_is_of_the_same_organisation(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        values = {"company_id": company.id, "company_ids": [Command.set(company.ids)]}
        self.witness.write(values)
        with self.assertRaisesRegex(UserError, "no part in the case"):
            self._sign_on_site(self._frozen(self.case), self.witness)

    def test_witness_who_has_left_is_none(self):
        minutes = self._frozen(self.case)
        self.witness.active = False
        with self.assertRaisesRegex(UserError, "no part in the case"):
            self._sign_on_site(minutes, self.witness)

    def test_what_is_drawn_is_a_picture(self):
        minutes = self._frozen(self.case)
        for odd in (b"PHN2Zy8+", b"JVBERi0xLjQ=", b"aGVsbG8=", PIXEL[:32]):
            with self.subTest(odd=odd), self.assertRaises(UserError):
                self._sign_on_site(minutes, self.witness, odd)
        self.assertFalse(minutes.signature_ids)
        # A sheet may be a PDF too.
        self._sign_on_site(minutes, self.witness, False, step="paper", scan=PIXEL)
        self.assertTrue(minutes.is_signed_by_complainant)

    # -- what the person hears

    def test_person_gets_a_copy_and_hears_who_signed_how(self):
        # also of what one of us says was signed before a witness
        minutes = self._frozen(self.case)
        minutes.action_sign()
        self.assertFalse(self._letters(self.case, "minutes_signed"))
        self._sign_on_site(minutes, self.witness)
        letter = self._letters(self.case, "minutes_signed")
        self.assertIn("On site, before a witness", letter.body)
        self.assertIn(self.witness.name, letter.body)
        self.assertIn("Did you not sign?", letter.body)
        self.assertTrue(letter._is_to_complainant())
        self.assertIn(minutes.sudo(), self.case._minutes_to_read())

    def test_person_hears_that_a_code_was_drawn(self):
        # whoever drew it; the code itself stands nowhere
        spoken = self._register(channel="phone", assisted={"by": self.worker.id})
        code = spoken._draw_code()
        letter = self._letters(spoken, "code_drawn")
        self.assertIn("Was it you?", letter.body)
        self.assertNotIn(code, letter.body)

    def test_code_in_an_answer_to_the_invitation_is_masked(self):
        # M10
        meeting = self._meet(self.case)
        meeting.action_call()
        meeting.sudo()._answered(False, f"My code is {receipt_code.make()}.")
        self.assertIn("[receipt code removed]", meeting.answer_text)

    def test_own_acts_make_what_was_there_old(self):
        # M10: what came after the last own act is marked as new
        minutes = self._frozen(self.case)
        last = self.case._last_own_act
        before = last()
        minutes.action_sign()
        self.assertEqual(last(), before)
        for act in (
            lambda: minutes.sudo()._remark_there(minutes.digest, "Not quite."),
            lambda: self._latest()._sign_there(
                "portal", self._latest().digest, is_refused=True, remark="No."
            ),
            lambda: self._sign_there(self._latest(), name="Kari"),
            self.case._draw_code,
        ):
            before = last()
            act()
            self.assertGreater(last(), before)
        other = self._register()
        before = other._last_own_act()
        self._sign_on_site(self._frozen(other), self.witness)
        self.assertEqual(other._last_own_act(), before)

    def _latest(self):
        return self.case.sudo().minutes_ids.sorted("version")[-1:]

    # -- what goes on meanwhile

    def test_signed_minutes_are_not_remarked_on(self):
        minutes = self._frozen(self.case)
        self._sign_there(minutes, name="Kari")
        for _both in range(2):
            with self.assertRaisesRegex(ValidationError, "Write to us below instead"):
                minutes.sudo()._remark_there(minutes.digest, "One more thing.")
            if minutes.state != "signed":
                minutes.action_sign()
        self.assertEqual(len(self.case.minutes_ids), 1)

    def test_new_version_under_way_is_said(self):
        minutes = self._frozen(self.case)
        minutes.action_new_version()
        for values in ({"name": "Kari"}, {"is_refused": True, "remark": "No."}):
            with self.assertRaisesRegex(ValidationError, "writing a new version"):
                self._sign_there(minutes, **values)

    def test_draft_is_no_way_to_close_as_resolved(self):
        # what is agreed is being changed
        minutes = self._frozen(self.case)
        minutes.action_sign()
        self._sign_there(minutes, name="Kari")
        minutes.action_new_version()
        case = self.case.with_user(self.leader)
        with self.assertRaisesRegex(UserError, "discard the draft"):
            case.action_close("resolved")
        draft = minutes.browse(self._latest().id)
        draft.action_discard()
        self.assertFalse(draft.exists())
        self.assertEqual(minutes.state, "signed")
        self.assertIn("minutes_discarded", self._events(self.case))
        case.action_close("resolved")
        self.assertEqual(self.case.state, "closed")

    def test_each_meeting_has_its_minutes_signed(self):
        #
        first, _second = self._frozen(self.case), self._frozen(self.case)
        first.action_sign()
        self._sign_there(first, name="Kari")
        with self.assertRaisesRegex(UserError, "both parties have signed"):
            self.case.with_user(self.leader).action_close("resolved")

    def test_discarding_is_for_drafts_and_who_writes_them(self):
        minutes = self._frozen(self.case)
        with self.assertRaisesRegex(UserError, "gone on meanwhile"):
            minutes.action_discard()
        minutes.action_new_version()
        draft = minutes.browse(self._latest().id)
        self.assertFalse(minutes.deadline_id.is_open)
        with self.assertRaisesRegex(UserError, "take the pen"):
            draft.with_user(self.director).action_discard()
        draft.action_discard()
        # Awaited anew, and signed.
        self.assertTrue(minutes.deadline_id.is_open)
        self._sign_there(minutes, name="Kari")
        self.assertTrue(minutes.is_signed_by_complainant)

    def test_ended_case_is_reopened_first(self):
        held = self._meet(self.case, "2026-11-01 09:00:00")
        held.action_hold()
        called = self._meet(self.case)
        draft, frozen = self._draft(self.case), self._frozen(self.case)
        self.case.with_user(self.leader).action_close("unresolved")
        for act in (
            called.action_call,
            held.action_write_minutes,
            draft.action_freeze,
            frozen.action_new_version,
        ):
            with self.assertRaisesRegex(UserError, "Reopen it first"):
                act()
        # It can still be remarked on and signed; nobody is awaited or reminded.
        signature = self._sign_there(frozen, name="Kari", remark="On Monday.")
        new = signature.minutes_id.with_user(self.leader)
        new.action_sign()
        self.assertEqual(new.state, "signed")
        remarked = self._register()
        minutes = self._frozen(remarked)
        remarked.with_user(self.leader).action_close("unresolved")
        minutes.sudo()._remark_there(minutes.digest, "Not quite.")
        rows = remarked.deadline_ids.filtered(lambda one: one.milestone == "sign")
        self.assertFalse(rows.filtered("is_open"))
