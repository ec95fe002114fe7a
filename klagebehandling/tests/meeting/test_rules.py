# What people say in a test is not translated.
# pylint: disable=translation-required
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ...sealing import receipt_code
from .common import MeetingCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestRules(MeetingCase):
    """A-13, A-20…A-23: each rule once, also for who acts as superuser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register()

    def _add(self, meeting, **values):
        meeting.participant_ids = [Command.create(values)]

    # -- with whom

    def test_nav_is_entered_by_itself_only_where_it_is_welcome(self):
        # A-21…A-23: whatever was wished for before the place was known
        self.case.write({"invite": "external_caseworker", "place_type": "municipal"})
        roles = self._meet(self.case).participant_ids.mapped("role")
        self.assertNotIn("external_caseworker", roles)
        self.case.place_type = "nav"
        roles = self._meet(self.case).participant_ids.mapped("role")
        self.assertIn("external_caseworker", roles)

    def test_nav_takes_no_part_where_the_procedure_has_none(self):
        #
        self.kitchen.policy_id = self._create_policy("test_without_nav")
        case = self._register(unit_id=self.kitchen.id, place_type="nav")
        values = {"case_id": case.id, "start_at": "2026-11-05 09:00:00"}
        meeting = self.env["complaint.meeting"].create(values)
        with self.assertRaisesRegex(ValidationError, "NAV takes no part"):
            self._add(meeting, role="external_caseworker", is_agreed=True)

    def test_nav_at_the_table_lifts_the_limit_without_others(self):
        # the month holds for cases without external parties
        self.assertFalse(self.case.has_external_parties)
        meeting = self._meet(self.case)
        self._add(meeting, role="external_caseworker", is_agreed=True)
        meeting.action_call()
        self.assertTrue(self.case.has_external_parties)

    def test_consent_is_asked_of_a_meeting_that_was_never_called(self):
        #
        meeting = self._meet(self.case, "2026-11-01 09:00:00")
        self._add(meeting, role="support_person")
        with self.assertRaisesRegex(UserError, "Ask the complainant first"):
            meeting.action_hold()
        self.assertEqual(meeting.state, "planned")

    def test_people_are_those_of_the_case(self):
        meeting, other = self._meet(self.case), self._register()
        people = meeting.sudo().participant_ids
        with self.assertRaisesRegex(ValidationError, "person of this case"):
            people[:1].party_id = other.party_ids[:1]
        # Nor somebody of this case who has another role.
        ours = people.filtered(lambda one: one.role == "organisation")
        with self.assertRaisesRegex(ValidationError, "person of this case"):
            ours.party_id = self.case.party_ids[:1]
        outsider = self.env.ref("base.public_user")
        with self.assertRaisesRegex(ValidationError, "no part in the case"):
            ours.write({"party_id": False, "user_id": outsider.id})

    def test_consent_is_settled_by_the_invitation(self):
        # who is invited hears of any change of it
        meeting = self._meet(self.case)
        self._add(meeting, role="support_person", is_agreed=True)
        meeting.action_call()
        for values in ({"is_agreed": False}, {"user_id": self.worker.id}):
            with self.assertRaises(UserError):
                meeting.participant_ids[-1:].write(values)

    def test_day_of_a_meeting_is_one_that_can_be(self):
        with self.assertRaisesRegex(ValidationError, "day of the meeting"):
            self._meet(self.case, "0026-11-05 09:00:00")

    def test_who_was_there_is_settled_by_freezing(self):
        minutes = self._frozen(self.case)
        with self.assertRaises(UserError):
            minutes.meeting_id.participant_ids[:1].attendance = "absent"

    # -- what stays

    def test_nothing_of_it_is_deleted(self):
        minutes = self._frozen(self.case)
        minutes.action_sign()
        for rows, words in (
            (minutes.signature_ids, "A signature stays"),
            (minutes.document_ids, "What was signed is kept"),
            (minutes, "Write a new version"),
            (minutes.meeting_id.participant_ids, "Who was invited stays"),
            (minutes.meeting_id, "cancelled, not deleted"),
        ):
            with (
                self.subTest(model=rows._name),
                self.assertRaisesRegex(UserError, words),
                self.env.cr.savepoint(),
            ):
                rows.sudo().unlink()
        # The permission beside: a plan is changed, and a draft discarded.
        self._meet(self.case).participant_ids[:1].unlink()
        self._draft(self.case).action_discard()

    def test_pen_of_frozen_minutes_is_not_taken(self):
        minutes = self._frozen(self.case)
        with self.assertRaisesRegex(UserError, "gone on meanwhile"):
            minutes.with_user(self.director).action_take_pen()
        self.assertEqual(minutes.writer_id, self.leader)

    def test_what_is_frozen_is_laid_out_whatever_is_changed_later(self):
        # Also where somebody writes past the guards.
        minutes = self._frozen(self.case)
        minutes.sudo().write({"discussion": "Changed", "agreed": "Changed"})
        minutes.meeting_id.sudo().place = "Changed"
        self.assertNotIn("Changed", self._page(minutes))
        self.assertEqual(minutes.sudo()._digest_of(minutes._content()), minutes.digest)

    def test_same_words_have_another_fingerprint(self):
        # Nobody guesses a short text from it.
        first, second = self._frozen(self.case), self._frozen(self.case)
        self.assertNotEqual(first.digest, second.digest)

    def test_each_step_keeps_a_document(self):
        minutes = self._frozen(self.case)
        counted = [len(minutes.document_ids)]
        minutes.action_sign()
        counted.append(len(minutes.document_ids))
        minutes.sudo()._sign_there("portal", minutes.digest, name="Kari")
        counted.append(len(minutes.document_ids))
        self.assertEqual(counted, [1, 2, 3])

    # -- when

    def test_minutes_have_words_and_a_meeting_that_was(self):
        empty = self._draft(self.case, discussion=" ", agreed=False)
        with self.assertRaisesRegex(UserError, "Write what was talked about"):
            empty.action_freeze()
        called = self._meet(self.case)
        with self.assertRaisesRegex(UserError, "meeting that was held"):
            empty.create({"meeting_id": called.id, "agreed": "x"})
        # Nor are they signed before they are frozen.
        with self.assertRaisesRegex(UserError, "gone on meanwhile"):
            empty.action_sign()

    def test_no_meeting_is_planned_in_a_case_that_has_ended(self):
        self.case.with_user(self.leader).action_close("unresolved")
        with self.assertRaisesRegex(UserError, "Reopen it first"):
            self._meet(self.case)

    def test_nobody_is_told_that_the_own_signature_is_late(self):
        self._frozen(self.case)
        self.assertTrue(
            self.case.deadline_ids.filtered(lambda one: one.milestone == "sign")
        )
        self.assertFalse(self.case._delayable("sign"))

    def test_two_at_once_sign_one_after_the_other(self):
        minutes = self._frozen(self.case)
        busy = patch.object(
            type(minutes), "try_lock_for_update", lambda self: self.browse()
        )
        with busy, self.assertRaisesRegex(UserError, "signing at this moment"):
            minutes.action_sign()
        with busy, self.assertRaisesRegex(ValidationError, "signing at this moment"):
            minutes.sudo()._sign_there("portal", minutes.digest, name="Kari")
        self.assertFalse(minutes.signature_ids)

    # -- who signs what

    def test_what_was_not_read_is_not_signed(self):
        minutes = self._frozen(self.case).sudo()
        with self.assertRaisesRegex(ValidationError, "changed since"):
            minutes._sign_there("portal", "another", name="Kari")
        self.assertFalse(minutes.signature_ids)

    def test_who_is_anonymous_signs_without_typing_a_name(self):
        #
        case = self._register(anonymity="anonymous", parties=[])
        minutes = self._frozen(case).sudo()
        self.assertTrue(minutes._sign_there("code", minutes.digest))

    def test_code_in_a_remark_is_masked(self):
        # M10
        minutes = self._frozen(self.case).sudo()
        new = minutes._remark_there(minutes.digest, f"It is {receipt_code.make()}.")
        self.assertIn("[receipt code removed]", new.remarks)

    def test_witness_is_neither_the_handler_nor_who_enters_it(self):
        minutes = self._frozen(self.case)
        entering = minutes.with_user(self.director).sudo()
        with self.assertRaisesRegex(UserError, "no part in the case"):
            entering._check_witness(self.director)
        # Before that colleague has a part, the permission beside; then no more.
        minutes.sudo()._check_witness(self.director)
        self.case.handler_id = self.director
        with self.assertRaisesRegex(UserError, "no part in the case"):
            minutes.sudo()._check_witness(self.director)

    def test_witness_neither_wrote_the_minutes_nor_is_kept_out(self):
        minutes = self._draft(self.case)
        minutes.with_user(self.director).action_take_pen()
        minutes.with_user(self.director).action_freeze()
        with self.assertRaisesRegex(UserError, "no part in the case"):
            minutes.sudo()._check_witness(self.director)
        self.case.sudo().write({"walled_user_ids": [(4, self.witness.id)]})
        with self.assertRaisesRegex(UserError, "no part in the case"):
            minutes.sudo()._check_witness(self.witness)
