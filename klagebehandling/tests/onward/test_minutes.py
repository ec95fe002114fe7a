# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from . import leaky_files
from .common import OnwardCase
from .test_outgoing import PEDER

NOW = "2026-11-02 09:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMinutesLeave(OnwardCase):
    """Minutes pass the guard as they are frozen, and as they are handed on (M22)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._answered()
        cls.other = cls._register(parties=[PEDER])

    def _draft(self, case=None, agreed="Warm food"):
        values = {"start_at": "2026-11-01 09:00:00", "place": "Room 2"}
        values["case_id"] = (case or self.case).id
        meeting = self._as(self.env["complaint.meeting"]).create(values)
        meeting.action_hold()
        minutes = self._as(self.env["complaint.minutes"])
        return minutes.create({"meeting_id": meeting.id, "agreed": agreed})

    def _found(self, referral):
        """What the guard finds in the documents, in words."""
        outgoing = self._as(self.env["complaint.outgoing"])
        pieces = referral.document_ids._pieces()
        return "\n".join(outgoing._say(outgoing._look(referral.case_id, pieces)))

    def test_person_of_another_case_is_not_frozen_unseen(self):
        minutes = self._draft(agreed="As we do for Peder Aasen")
        self.assertIn("Peder Aasen", minutes.outgoing_findings)
        for act in (minutes.action_freeze, minutes.action_freeze_and_sign):
            with self.assertRaisesRegex(UserError, "Look at this before it leaves"):
                act()
        self.assertEqual(minutes.state, "draft")
        # Taken out, or decided on, as the form sends it.
        with Form(minutes) as form:
            form.outgoing_reason = "They came together."
        minutes.action_freeze()
        self.assertEqual(minutes.state, "frozen")
        decided = self.case.sudo().outgoing_ids
        self.assertEqual(decided.reason, "They came together.")
        self.assertIn("outgoing_accepted", self._events(self.case))
        with self.assertRaises(UserError):
            minutes.write({"outgoing_reason": "Another"})

    def test_a_decision_covers_these_words_only(self):
        minutes = self._draft(agreed="As we do for Peder Aasen")
        minutes.outgoing_reason = "They came together."
        minutes.action_freeze()
        new = minutes.browse(minutes.action_new_version()["res_id"])
        self.assertFalse(new.outgoing_reason)
        new.agreed = "As we did for Peder Aasen"
        with self.assertRaises(UserError):
            new.action_freeze()

    def test_clean_minutes_are_frozen_without_a_word(self):
        minutes = self._draft(agreed="Warm food for Kari Nordmann")
        self.assertFalse(minutes.outgoing_findings)
        minutes.action_freeze()
        self.assertFalse(self.case.sudo().outgoing_ids)

    def test_minutes_are_handed_on_as_they_are_kept(self):
        # A-14, C-29
        minutes = self._draft()
        minutes.action_freeze()
        kept = minutes.document_ids
        self.assertIn("version 1", kept.display_name)
        referral = self._refer(self.case)
        document = self._add(referral, False, minutes_document_id=kept.id)
        self.assertEqual(document.digest, kept.digest)
        self.assertEqual(document.sudo()._bytes(), kept.sudo()._open())
        referral.action_consent("Yes.")
        # A PDF of ours has the organisation as its author: that is no finding.
        self.assertFalse(self._found(referral))
        self._send(referral)
        self.assertEqual(referral.state, "sent")

    def test_persons_of_other_cases_are_found_in_kept_minutes(self):
        # M22: what was decided as they were frozen does not cover who gets them now
        minutes = self._draft(agreed="As we do for Peder Aasen")
        minutes.outgoing_reason = "They came together."
        minutes.action_freeze()
        referral = self._refer(self.case)
        self._add(referral, False, minutes_document_id=minutes.document_ids.id)
        self.assertIn("Peder Aasen", self._found(referral))
        referral.action_consent("Yes.")
        with self.assertRaisesRegex(UserError, "Look at this before it leaves"):
            self._send(referral)

    def test_what_programs_noted_in_a_scan_is_found(self):
        minutes = self._draft()
        minutes.action_freeze()
        raw = leaky_files.jpeg(exif=leaky_files.exif(315, "Kari Handler"))
        scan = self.env["complaint.minutes.document"]._keep(minutes.sudo(), "scan", raw)
        referral = self._refer(self.case)
        self._add(referral, False, minutes_document_id=scan.id)
        self.assertIn("Artist", self._found(referral))

    def test_minutes_of_another_case_are_not_handed_on(self):
        case = self._answered()
        theirs = self._draft(case)
        theirs.action_freeze()
        referral = self._refer(self.case)
        with self.assertRaisesRegex(ValidationError, "of this case"):
            self._add(referral, False, minutes_document_id=theirs.document_ids.id)
        # Of a case that one does not read it is as if there were none.
        case.sudo().write({"walled_user_ids": [(4, self.worker.id)]})
        with self.assertRaises(UserError):
            self._add(referral, False, minutes_document_id=theirs.document_ids.id)

    def test_minutes_whose_text_is_removed_are_not_handed_on(self):
        minutes = self._draft()
        minutes.action_freeze()
        minutes.sudo()._erase_text("By law")
        with self.assertRaisesRegex(UserError, "holds nothing"):
            self._add(
                self._refer(self.case),
                False,
                minutes_document_id=minutes.document_ids.id,
            )
