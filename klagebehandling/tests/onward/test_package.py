# What people say in a test is not translated.
# pylint: disable=translation-required
import hashlib

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import KARI, OnwardCase

NOW = "2026-11-02 09:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPackage(OnwardCase):
    """What a sent package carries, what it may not lack, and who acts on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._answered()

    def _ready(self, **values):
        """A handing on that lacks nothing."""
        referral = self._refer(self.case, **values)
        self._add(referral)
        referral.action_consent("Yes.")
        return referral

    def test_sent_it_carries_digests_its_proof_and_who_entered_it(self):
        # A-14, C-29
        referral = self._ready()
        other = self._add(referral, "And this.")
        self._send(referral)
        digests = referral.document_ids.mapped("digest")
        whole = hashlib.sha256("\n".join(digests).encode()).hexdigest()
        self.assertEqual(len(digests), 2)
        self.assertIn(other.digest, digests)
        self.assertEqual(referral.package_digest, whole)
        self.assertEqual(
            (referral.medium, referral.proof, referral.sent_by_id),
            ("By post", "RR 123 NO", self.worker),
        )
        journal = self.case.journal_ids
        entry = journal.filtered(lambda one: one.event == "referral_sent")
        self.assertEqual(entry.texts["proof"], "RR 123 NO")

    def test_without_documents_or_a_recipient_nothing_is_sent(self):
        # C-29
        empty = self._refer(self.case)
        empty.action_consent("Yes.")
        with self.assertRaisesRegex(UserError, "Choose the documents"):
            self._send(empty)
        nowhere = self._ready(recipient=False)
        with self.assertRaisesRegex(UserError, "to whom it goes"):
            self._send(nowhere)
        self.assertEqual({empty.state, nowhere.state}, {"draft"})

    def test_place_that_turns_out_municipal_sends_nothing_to_nav(self):
        #
        referral = self._ready()
        self.case.place_type = "municipal"
        with self.assertRaisesRegex(UserError, "municipal place"):
            self._send(referral)

    def test_caseworker_is_a_person_of_this_case(self):
        #
        worker = {"role": "external_caseworker", "name": "Siri Nav"}
        other = self._answered()
        parties = self.env["complaint.party"]
        theirs = parties.create({"case_id": other.id, **worker})
        ours = parties.create({"case_id": self.case.id, **worker})
        own = self.case.party_ids.filtered(lambda one: one.role == "complainant")
        referral = self._refer(self.case)
        for wrong in (theirs, own):
            with self.assertRaises(ValidationError):
                referral.sudo().party_id = wrong
        referral.party_id = ours
        self.assertEqual(referral.party_id, ours)

    def test_day_of_the_follow_up_is_one_that_somebody_means(self):
        # C-28
        referral = self._ready(follow_up_on="2027-11-02")
        for day in ("2027-11-03", "9999-12-31"):
            with self.assertRaises(UserError):
                referral.follow_up_on = day
            with self.assertRaises(UserError):
                self._refer(self.case, follow_up_on=day)
        self._send(referral)
        self.assertEqual(str(referral.sudo().review_id.due_on), "2027-11-02")

    def test_only_its_answer_meets_the_follow_up(self):
        # C-28
        self._send(self._ready())
        with self.assertRaisesRegex(UserError, "The way onward"):
            self._as(self.case).action_meet_duty("review")

    def test_what_was_begun_is_not_deleted(self):
        referral = self._refer(self.case)
        with self.assertRaisesRegex(UserError, "What was begun stays"):
            referral.sudo().unlink()

    def test_nothing_is_stopped_without_words(self):
        referral = self._refer(self.case)
        for reason in (None, "", "  "):
            with self.assertRaisesRegex(UserError, "why it is not sent"):
                referral.action_stop(reason)
        self.assertEqual(referral.state, "draft")

    def test_nobody_else_acts_on_it(self):
        # The refusal beside the permission: each act, each role.
        drafts, sent = self._ready(), self._ready()
        self._send(sent)
        acts = (
            (drafts, "action_consent", ("Yes.",)),
            (drafts, "action_withdraw_consent", ("No.",)),
            (drafts, "action_send", ("Post", "1")),
            (drafts, "action_stop", ("No.",)),
            (drafts, "action_accept_findings", ("Fine.",)),
            (sent, "action_answer", ("They said so.",)),
            (sent, "action_follow_up", ("2026-12-20", "Later.")),
        )
        users = (
            self.other_leader,
            self.independent,
            self.auditor,
            self.custodian,
            self.owner,
            self.employee,
        )
        for user in users:
            for referral, name, values in acts:
                with self.subTest(user.login, act=name), self.assertRaises(AccessError):
                    getattr(self._as(referral, user), name)(*values)
        self.assertEqual((drafts.state, drafts.consent), ("draft", "given"))
        self.assertEqual(sent.state, "sent")

    def test_who_is_walled_later_acts_on_it_no_more(self):
        referral = self._ready()
        self.env["complaint.party"].create(
            {"case_id": self.case.id, "role": "subject", "user_id": self.leader.id}
        )
        for name, values in (
            ("action_send", ("Post", "1")),
            ("action_stop", ("No.",)),
            ("action_withdraw_consent", ("No.",)),
        ):
            with self.assertRaises(AccessError):
                getattr(self._as(referral, self.leader), name)(*values)

    def test_guard_of_a_package_asks_who_sends_it(self):
        # N12: what the one who sends may not read is not compared with.
        self._register(
            unit_id=self.kitchen.id, parties=[{**KARI, "name": "Solveig Ulvang"}]
        )
        referral = self._refer(self.case)
        self._add(referral, "As Solveig Ulvang knows.")
        referral.action_consent("Yes.")
        with self.assertRaisesRegex(UserError, "Solveig Ulvang"):
            self._send(self._as(referral, self.director))
        self._send(referral)
        self.assertEqual(referral.state, "sent")
