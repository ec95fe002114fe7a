# What people say in a test is not translated.
# pylint: disable=translation-required
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ...sealing import keyring, receipt_code
from .common import PIXEL, MeetingCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestSigning(MeetingCase):
    """A-13: signed by both, in a way that suits; or refused with a remark."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._quieten_the_rest()
        cls.case = cls._register()

    def _sign_there(self, minutes, **values):
        return minutes.sudo()._sign_there("portal", minutes.digest, **values)

    def _dialog(self, minutes, **values):
        dialogs = self.env["complaint.minutes.sign"].with_user(self.leader)
        return dialogs.create({"minutes_id": minutes.id, **values})

    def _close(self, case, outcome):
        return case.with_user(self.leader).action_close(outcome)

    def _pass_days(self, case, day):
        """The clock, on a day at nine."""
        with freeze_time(f"{day} 09:00:00"):
            rows = case.deadline_ids.filtered(lambda o: o.milestone == "sign")
            rows.filtered("is_open")._escalate()
            rows.filtered("is_open")._escalate()

    # -- closing

    def test_resolved_needs_both_signatures(self):
        #
        with self.assertRaisesRegex(UserError, "both parties have signed"):
            self._close(self.case, "resolved")
        minutes = self._frozen(self.case)
        with self.assertRaises(UserError):
            self._close(self.case, "resolved")
        minutes.action_sign()
        with self.assertRaises(UserError):
            self._close(self.case, "resolved")
        self._sign_there(minutes, name="Kari Nordmann")
        self.assertEqual(minutes.state, "signed")
        self._close(self.case, "resolved")
        self.assertEqual(self.case.state, "closed")

    def test_a_newer_version_must_be_signed_too(self):
        #
        minutes = self._frozen(self.case)
        minutes.action_sign()
        self._sign_there(minutes, name="Kari")
        action = minutes.action_new_version()
        new = minutes.browse(action["res_id"])
        new.agreed = "Less"
        new.action_freeze()
        with self.assertRaises(UserError):
            self._close(self.case, "resolved")

    def test_at_once_is_no_way_around(self):
        # where they have met, nothing was put right at once.
        case = self._register()
        self._frozen(case)
        with self.assertRaises(UserError):
            self._close(case, "resolved_at_once")
        fresh = self._register()
        self._close(fresh, "resolved_at_once")

    def test_unresolved_closes_and_offers_the_way_onward(self):
        # A-13, C-27
        self._frozen(self.case)
        self._close(self.case, "unresolved")
        letter = self._letters(self.case, "closing")
        self.assertIn("You can go to the management.", letter.body)
        self.assertIn(self.case, self.case._may_go_further())

    def test_other_procedures_close_without(self):
        policy = self._create_policy("test_unsigned")
        self.kitchen.policy_id = policy
        case = self._register(unit_id=self.kitchen.id)
        case.with_user(self.other_leader).action_close("resolved")
        self.assertEqual(case.state, "closed")

    # -- who signs how

    def test_typed_name_is_kept_sealed(self):
        minutes = self._frozen(self.case)
        signature = self._sign_there(minutes, name="  Kari Nordmann ")
        self.assertEqual(signature.name, "Kari Nordmann")
        self.assertEqual((signature.way, signature.digest), ("portal", minutes.digest))
        self.assertIn("minutes_signed", self._events(self.case))
        with self.assertRaisesRegex(ValidationError, "Write your name"):
            self._sign_there(self._frozen(self._register()))

    def test_anonymous_signs_with_the_code_by_the_day_without_a_name(self):
        #
        case = self._register(anonymity="anonymous", parties=[])
        minutes = self._frozen(case)
        signature = minutes.sudo()._sign_there("code", minutes.digest, name="Kari")
        self.assertFalse(signature.name_sealed or signature.name)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(str(signature.signed_at), "2026-11-01 23:00:00")
        minutes.action_sign()
        self.assertEqual(minutes.state, "signed")

    def test_signing_twice_is_refused(self):
        minutes = self._frozen(self.case)
        minutes.action_sign()
        with self.assertRaisesRegex(UserError, "signed already"):
            minutes.action_sign()
        self._sign_there(minutes, name="Kari")
        with self.assertRaisesRegex(ValidationError, "signed this already"):
            self._sign_there(minutes, name="Kari")
        self.assertEqual(len(minutes.signature_ids), 2)

    def test_what_changed_meanwhile_is_not_signed(self):
        minutes = self._frozen(self.case)
        action = minutes.action_new_version()
        minutes.browse(action["res_id"]).action_freeze()
        with self.assertRaisesRegex(ValidationError, "changed since"):
            self._sign_there(minutes, name="Kari")
        with self.assertRaisesRegex(ValidationError, "changed since"):
            minutes.sudo()._sign_there("portal", "another", name="Kari")
        self.assertFalse(minutes.signature_ids)

    def test_remark_is_part_of_the_document(self):
        minutes = self._frozen(self.case)
        minutes.action_sign()
        signature = self._sign_there(minutes, name="Kari", remark="It was on Monday.")
        new = signature.minutes_id
        self.assertEqual((new.version, new.state), (2, "frozen"))
        self.assertIn("It was on Monday.", new._content()["remarks"])
        self.assertNotEqual(new.digest, minutes.digest)
        # We sign what we have not read yet: anew.
        self.assertFalse(new.is_signed_by_us)
        self.assertIn("has signed the minutes", str(self._tasks(self.case)))
        new.with_user(self.leader).action_sign()
        self.assertEqual(new.state, "signed")

    def _tasks(self, case):
        return case.activity_ids.mapped("summary")

    def test_remark_without_a_signature(self):
        minutes = self._frozen(self.case)
        new = minutes.sudo()._remark_there(minutes.digest, "Not quite.")
        self.assertEqual(new.remarks, "Not quite.")
        self.assertFalse(new.signature_ids)
        self.assertTrue(new.deadline_id.is_open)
        self.assertFalse(minutes.deadline_id.is_open)

    def test_refused_with_a_remark(self):
        minutes = self._frozen(self.case)
        with self.assertRaises(ValidationError):
            self._sign_there(minutes, is_refused=True)
        self._sign_there(minutes, is_refused=True, remark="It is not true.")
        self.assertEqual(minutes.state, "refused")
        self.assertIn("It is not true.", self._page(minutes))
        action = minutes.action_new_version()
        new = minutes.browse(action["res_id"])
        self.assertEqual(new.remarks, "It is not true.")

    def test_who_refused_can_sign_later(self):
        minutes = self._frozen(self.case)
        minutes.action_sign()
        self._sign_there(minutes, is_refused=True, remark="No.")
        self._sign_there(minutes, name="Kari")
        self.assertEqual(minutes.state, "signed")

    def test_we_refuse_with_a_reason(self):
        minutes = self._frozen(self.case)
        for reason in (None, " "):
            with self.assertRaises(UserError):
                minutes.action_refuse(reason)
        minutes.action_refuse("It was not so.")
        self.assertEqual(minutes.state, "refused")

    # -- before a witness

    def test_on_site_is_drawn_before_a_witness(self):
        minutes = self._frozen(self.case)
        dialog = self._dialog(
            minutes, name="Kari", signature=PIXEL, witness_id=self.witness.id
        )
        dialog.action_sign()
        signature = minutes.signature_ids
        self.assertEqual(
            (signature.way, signature.witness_id), ("on_site", self.witness)
        )
        self.assertIn(PIXEL.decode(), self._page(minutes))
        self.assertFalse(dialog.exists())

    def test_paper_keeps_the_sheet(self):
        minutes = self._frozen(self.case)
        self._dialog(
            minutes, step="paper", name="Kari", scan=PIXEL, witness_id=self.witness.id
        ).action_sign()
        scan = minutes.document_ids.filtered(lambda one: one.kind == "scan")
        self.assertTrue(scan.sudo()._open().startswith(b"\x89PNG"))

    def test_witness_is_no_party_and_not_the_handler(self):
        case = self._register(
            parties=[
                {"role": "complainant", "name": "Kari"},
                {"role": "witness", "user_id": self.worker.id},
            ]
        )
        minutes = self._frozen(case)
        minutes.with_user(self.director).action_sign()
        self.assertEqual(case.handler_id, self.leader)
        for user in (
            self.leader,
            self.director,
            self.worker,
            self.env.ref("base.public_user"),
        ):
            dialog = self._dialog(
                minutes, name="Kari", signature=PIXEL, witness_id=user.id
            )
            with self.assertRaisesRegex(UserError, "no part in the case"):
                dialog.action_sign()
            self.assertTrue(dialog.exists())
        dialog = self._dialog(minutes, name="Kari", signature=PIXEL)
        with self.assertRaises(UserError):
            dialog.action_sign()

    def test_who_must_not_be_known_is_not_asked_on_site(self):
        #
        for anonymity in ("protected", "anonymous"):
            case = self._register(anonymity=anonymity, parties=[])
            minutes = self._frozen(case)
            dialog = self._dialog(
                minutes, name="Kari", signature=PIXEL, witness_id=self.witness.id
            )
            with self.assertRaisesRegex(UserError, "with the code"):
                dialog.action_sign()

    def test_odd_pictures_are_refused(self):
        minutes = self._frozen(self.case)
        for value in (False, "%%%", "=="):
            dialog = self._dialog(minutes, name="K", witness_id=self.witness.id)
            dialog.signature = value if value else False
            with self.assertRaises(UserError):
                dialog.action_sign()

    # -- nobody reacts

    def test_two_reminders_then_closed_as_unresolved(self):
        #
        minutes = self._frozen(self.case)
        minutes.action_sign()
        self._pass_days(self.case, "2026-11-10")
        self.assertEqual(len(self._letters(self.case, "minutes_reminder")), 1)
        self._pass_days(self.case, "2026-11-18")
        self.assertEqual(len(self._letters(self.case, "minutes_reminder")), 2)
        self.assertIn(
            "close your case as not resolved",
            str(self._letters(self.case, "minutes_reminder").sorted("id")[-1].body),
        )
        self.assertNotEqual(self.case.state, "closed")
        self._pass_days(self.case, "2026-11-26")
        self.assertEqual((self.case.state, self.case.outcome), ("closed", "unresolved"))
        self.assertEqual(len(self._letters(self.case, "minutes_reminder")), 2)
        self.assertIn("minutes_unsigned", self._events(self.case))
        self.assertIn("You can still sign", self._letters(self.case, "closing").body)
        # Done again it changes nothing.
        self._pass_days(self.case, "2026-12-10")
        self.assertEqual(len(self._letters(self.case, "closing")), 1)
        # A signature is possible all the same.
        self._sign_there(minutes, name="Kari")
        self.assertEqual(minutes.state, "signed")

    def test_it_is_not_closed_where_we_have_not_signed(self):
        self._frozen(self.case)
        for day in ("2026-11-10", "2026-11-18", "2026-11-26"):
            self._pass_days(self.case, day)
        self.assertNotEqual(self.case.state, "closed")
        self.assertIn("not signed after two reminders", str(self._tasks(self.case)))

    def test_who_reacts_is_not_reminded(self):
        minutes = self._frozen(self.case)
        self._sign_there(minutes, name="Kari")
        self._pass_days(self.case, "2026-11-10")
        self.assertFalse(self._letters(self.case, "minutes_reminder"))

    def test_clock_asks_nobody_of_ours(self):
        self._frozen(self.case)
        row = self.case.deadline_ids.filtered(lambda one: one.milestone == "sign")
        self.assertEqual(row.next_at, row.due_at)
        self._pass_days(self.case, "2026-11-10")
        self.assertNotIn(
            "late",
            self.case.deadline_ids.filtered(lambda o: o.milestone == "sign").mapped(
                "state"
            ),
        )

    def test_no_clock_of_ours_is_late_with_it(self):
        # What is awaited is the person's: nothing of ours is alarmed or told late.
        self._frozen(self.case)
        tasks = len(self.case.activity_ids)
        for day in ("2026-11-10", "2026-11-18"):
            self._pass_days(self.case, day)
        rows = self.case.deadline_ids.filtered(lambda one: one.milestone == "sign")
        self.assertFalse(rows.filtered("late_at"))
        self.assertNotIn("deadline_late", self._events(self.case))
        self.assertEqual(len(self.case.activity_ids), tasks)

    def test_where_something_is_missing_the_handler_is_asked(self):
        # nothing closes by itself past what closing asks for
        minutes = self._frozen(self.case)
        minutes.action_sign()
        refused = patch.object(
            type(self.case), "_check_closing", side_effect=UserError("Not yet")
        )
        with refused:
            for day in ("2026-11-10", "2026-11-18", "2026-11-26"):
                self._pass_days(self.case, day)
        self.assertNotEqual(self.case.state, "closed")
        self.assertFalse(self._letters(self.case, "closing"))
        self.assertIn("not signed after two reminders", str(self._tasks(self.case)))

    # -- the code

    def _spoken(self):
        """A complaint that the leader has written down, and was shown the code of."""
        intake = self.intake.with_user(self.leader)
        result = intake.register(
            {
                "unit_id": self.workshop.id,
                "channel": "phone",
                "title": "Cold food",
                "description": "The food is cold.",
                "assisted": {"by": self.leader.id},
                "parties": [{"role": "complainant", "name": "Kari Nordmann"}],
            }
        )
        return self.env["complaint.case"].browse(result["case_id"])

    def test_nobody_makes_both_signatures(self):
        # who was shown the code does not sign for us
        case = self._spoken()
        minutes = self._frozen(case)
        with self.assertRaisesRegex(UserError, "shown its code"):
            minutes.action_sign()
        self.assertFalse(minutes.signature_ids)
        case._draw_code()
        with self.assertRaisesRegex(UserError, "shown its code"):
            minutes.action_sign()
        # Nor once the person has signed with a code that a colleague could have drawn.
        self._sign_there(minutes, name="Kari")
        with self.assertRaisesRegex(UserError, "shown its code"):
            minutes.action_sign()
        # A colleague does; and what was split off has the same code.
        minutes.with_user(self.director).action_sign()
        self.assertTrue(minutes.is_signed_by_us)
        part = self._register()
        part.parent_id = case
        self.assertEqual(part._shown_code(), self.leader)

    def test_who_was_shown_the_code_signs_after_a_witness(self):
        case = self._spoken()
        minutes = self._frozen(case)
        self._dialog(
            minutes, name="Kari", signature=PIXEL, witness_id=self.witness.id
        ).action_sign()
        minutes.action_sign()
        self.assertEqual(minutes.state, "signed")

    def test_refusal_before_a_witness_is_no_signature(self):
        minutes = self._frozen(self._spoken())
        minutes._sign_before("on_site", self.witness, is_refused=True, remark="No")
        with self.assertRaisesRegex(UserError, "shown its code"):
            minutes.action_sign()

    def test_document_says_that_the_code_was_drawn(self):
        # whoever reads the signature weighs it
        case = self._spoken()
        minutes = self._frozen(case)
        case._draw_code()
        words = "in place of one that others may know"
        signature = self._sign_there(minutes, name="Kari")
        self.assertTrue(signature.is_drawn)
        self.assertIn(words, self._page(minutes))
        # Not where the person was signed in, nor where nobody had seen it.
        other = self._frozen(self._spoken())
        known = other.with_context(complaint_by_account=True)
        self.assertFalse(self._sign_there(known, name="Kari").is_drawn)
        self.assertNotIn(words, self._page(other))
        minutes = self._frozen(self.case)
        self.assertFalse(self.case._shown_code(), "came by mail, as it were")
        self.case._draw_code()
        self.assertFalse(self._sign_there(minutes, name="Kari").is_drawn)

    def test_code_that_staff_have_seen_is_not_own(self):
        # what is spoken is registered by a colleague, who sees the code.
        spoken = self._register(channel="phone", assisted={"by": self.worker.id})
        public = self.env.ref("base.public_user")
        sent = (
            self.intake.with_user(public)
            .sudo()
            .register(
                {
                    "unit_id": self.workshop.id,
                    "channel": "web",
                    "description": "x",
                    "title": "x",
                }
            )
        )
        sent = self.env["complaint.case"].browse(sent["case_id"])
        self.assertFalse(spoken._is_code_own())
        self.assertTrue(sent._is_code_own())
        self.assertFalse(sent._shown_code())
        with self.assertRaisesRegex(ValidationError, "has seen your code"):
            spoken._take_back()
        self.assertEqual(spoken.state, "received")
        before = spoken.access_code_hash
        code = spoken._draw_code()
        self.assertEqual(receipt_code.normalise(code), code)
        self.assertNotEqual(spoken.access_code_hash, before)
        self.assertEqual(
            spoken.access_code_hash, keyring.keyed_hash("access code", code)
        )
        self.assertIn("code_drawn", self._events(spoken))
        self.assertNotIn(code, str(spoken.journal_ids.mapped("payload")))
        spoken._take_back()
        self.assertEqual(spoken.state, "withdrawn")

    def test_by_account_no_code_is_asked(self):
        spoken = self._register(channel="phone", assisted={"by": self.worker.id})
        spoken.with_context(complaint_by_account=True)._take_back()
        self.assertEqual(spoken.state, "withdrawn")
