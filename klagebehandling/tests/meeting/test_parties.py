# What people say in a test is not translated.
# pylint: disable=translation-required
import base64
import zlib
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
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

    def test_who_is_kept_out_does_not_sign_for_us(self):
        minutes = self._frozen(self.case)
        self.case.sudo().write({"barred_user_ids": [Command.link(self.director.id)]})
        with self.assertRaisesRegex(UserError, "somebody else signs"):
            minutes.with_user(self.director).sudo()._check_signer()
        # The permission beside.
        minutes.with_user(self.leader).sudo()._check_signer()

    def test_witness_has_neither_handled_it_nor_met_the_person(self):
        met = self._create_user("met")
        minutes = self._draft(self.case)
        colleague = {"role": "staff", "user_id": met.id, "is_agreed": True}
        minutes.meeting_id.sudo().participant_ids = [Command.create(colleague)]
        minutes.action_freeze()
        for handler in (self.worker, self.director):
            self.case.with_user(self.director).handler_id = handler
        for user in (met, self.worker):
            with self.assertRaisesRegex(UserError, "no part in the case"):
                minutes.sudo()._check_witness(user)
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
        odd = (b"PHN2Zy8+", b"aGVsbG8=", PIXEL[:32], self._huge())
        pdf = b"JVBERi0xLjQ="
        for raw in (*odd, pdf):
            with self.subTest(drawn=raw[:12]), self.assertRaises(UserError):
                self._sign_on_site(minutes, self.witness, raw)
        for raw in odd:
            with self.subTest(sheet=raw[:12]), self.assertRaises(UserError):
                self._sign_on_paper(minutes, raw)
        for raw, words in ((False, "is missing"), (b"%%%", "no picture")):
            with self.assertRaisesRegex(UserError, words):
                self._sign_on_site(minutes, self.witness, raw)
        largest = "odoo.addons.klagebehandling.wizard.meeting.complaint_minutes_sign"
        with (
            patch(f"{largest}.LARGEST", 10),
            self.assertRaisesRegex(UserError, "too large"),
        ):
            self._sign_on_site(minutes, self.witness)
        self.assertFalse(minutes.signature_ids)
        self.assertNotIn("scan", minutes.document_ids.mapped("kind"))
        # A sheet may be a PDF too.
        self._sign_on_paper(minutes, pdf)
        self.assertTrue(minutes.is_signed_by_complainant)

    def _sign_on_paper(self, minutes, raw):
        sheet = {"step": "paper", "scan": raw}
        self._sign_on_site(minutes, self.witness, False, **sheet)

    def _huge(self):
        """The head of a picture that no memory holds, in base64."""
        raw = bytearray(base64.b64decode(PIXEL))
        raw[16:24] = (60000).to_bytes(4, "big") * 2
        raw[29:33] = zlib.crc32(raw[12:29]).to_bytes(4, "big")
        return base64.b64encode(bytes(raw))

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

    def _signed_with(self, **values):
        """Minutes of a meeting with somebody else, signed by both."""
        meeting = self._meet(self.case, "2026-11-01 09:00:00")
        other = {"role": "support_person", **values}
        meeting.participant_ids = [Command.create(other)]
        meeting.action_hold()
        minutes = self.env["complaint.minutes"].with_user(self.leader)
        minutes = minutes.create({"meeting_id": meeting.id, "agreed": "Warm food"})
        minutes.action_freeze()
        minutes.action_sign()
        person = meeting.participant_ids.filtered(lambda o: o.role == other["role"])
        return minutes, person

    def test_who_took_part_is_handed_a_copy(self):
        # the kept one, once both have signed
        minutes, person = self._signed_with(is_agreed=True)
        with self.assertRaisesRegex(UserError, "both have signed"):
            person.action_hand_copy()
        self._sign_there(minutes, name="Kari")
        action = person.action_hand_copy()
        kept = minutes.document_ids.sorted("id")[-1:]
        token = action["url"].rpartition("/")[2]
        found = kept.with_user(self.leader)._find_by_token(token)
        self.assertEqual(found, kept)
        self.assertEqual(str(person.copy_on), "2026-11-02")
        entry = self.case.journal_ids.filtered(lambda o: o.event == "minutes_handed")
        self.assertEqual(entry.payload["digest"], kept.digest)
        self.assertNotIn("minutes_handed", self._told())
        # A sheet that was signed on paper shows names in ink: it is not handed on.
        self.env["complaint.minutes.document"]._keep(minutes.sudo(), "scan", b"ink")
        self.assertEqual(person.sudo()._signed_document(), kept)
        # A newer version that is not signed is no copy to hand.
        minutes.action_new_version()
        with self.assertRaisesRegex(UserError, "both have signed"):
            person.action_hand_copy()

    def _told(self):
        return [one.get("event") for one in self.case._timeline()]

    def test_who_was_absent_gets_no_copy_and_the_parties_have_theirs(self):
        minutes, person = self._signed_with(is_agreed=True, attendance="absent")
        self._sign_there(minutes, name="Kari")
        for one in minutes.meeting_id.participant_ids:
            with self.assertRaisesRegex(UserError, "who was there"):
                one.action_hand_copy()
        self.assertFalse(person.copy_on)

    def test_no_copy_without_consent_nor_once_the_text_is_removed(self):
        #
        minutes, person = self._signed_with(is_agreed=True)
        self._sign_there(minutes, name="Kari")
        person.sudo().is_agreed = False
        with self.assertRaisesRegex(UserError, "Ask the complainant"):
            person.action_hand_copy()
        person.sudo().is_agreed = True
        minutes.sudo()._erase_text("By law")
        with self.assertRaisesRegex(UserError, "both have signed"):
            person.action_hand_copy()
        self.assertFalse(person.copy_on)

    def test_copy_is_given_by_who_works_the_case(self):
        minutes, person = self._signed_with(is_agreed=True)
        self._sign_there(minutes, name="Kari")
        for user in (self.other_leader, self.auditor, self.custodian, self.employee):
            with self.assertRaises(AccessError):
                person.with_user(user).action_hand_copy()

    def test_copy_names_nobody_who_is_not_to_be_known(self):
        #
        self.case = self._register(
            anonymity="protected",
            parties=[{"role": "complainant", "name": "Kari Nordmann"}],
        )
        minutes, person = self._signed_with(is_agreed=True)
        minutes.sudo()._sign_there("code", minutes.digest, name="Kari Nordmann")
        person.action_hand_copy()
        self.assertNotIn("Nordmann", self._page(minutes))

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
