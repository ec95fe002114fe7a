# What people say in a test is not translated.
# pylint: disable=translation-required
import base64
import hashlib

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import OnwardCase

NOW = "2026-11-02 09:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestReferral(OnwardCase):
    """A case is handed on: with consent, whole, proved and followed up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._answered()

    def test_goes_to_the_caseworker_with_date_recipient_and_content(self):
        # A-14, C-29
        referral = self._refer(self.case)
        self.assertEqual(str(referral.due_on), "2026-11-09")
        document = self._add(referral)
        letter = self.case.correspondence_ids.filtered(
            lambda one: one.purpose == "reply"
        )
        other = referral.env["complaint.referral.document"].create(
            {"referral_id": referral.id, "letter_id": letter.id}
        )
        referral.action_consent("By phone today.")
        self._send(referral)
        self.assertEqual(referral.state, "sent")
        self.assertEqual(str(referral.sent_on), "2026-11-02")
        self.assertEqual(self.case.stage, "external")
        raw = document.sudo()._bytes()
        self.assertEqual(raw, b"I see it differently.")
        self.assertEqual(document.digest, hashlib.sha256(raw).hexdigest())
        self.assertIn(b"looked into it", other.sudo()._bytes())
        entry = self.case.journal_ids.filtered(lambda one: one.event == "referral_sent")
        self.assertEqual(entry.payload["digests"], [document.digest, other.digest])
        self.assertEqual(entry.payload["sent_on"], "2026-11-02")
        self.assertIn("NAV Sagene", str(entry.texts))
        self.assertIn("RR 123 NO", str(entry.texts))
        # C-28: followed up by a row of its own.
        self.assertEqual(referral.sudo().deadline_id.state, "met")
        self.assertEqual(referral.sudo().review_id.milestone, "review")
        self.assertEqual(str(referral.follow_up_on), "2026-12-02")
        found = self.env["complaint.journal"]._verify(self.case)
        self.assertFalse([one for one in found if one.kind in ("differs", "unbound")])
        self.assertIn("handed it on", str(self.case._timeline()))

    def test_person_chooses_between_nav_and_the_management(self):
        #
        referral = self._refer(self.case, kind="management", recipient=False)
        with self.assertRaisesRegex(UserError, "Ask the person first"):
            referral.action_send()
        referral.action_consent("Prefers the management, said on the phone.")
        referral.action_send()
        entry = self.case.journal_ids.filtered(
            lambda one: one.event == "referral_consent"
        )
        self.assertEqual(entry.payload["referral"], "management")
        self.assertEqual(self.case.handler_id, self.director)
        self.assertEqual((self.case.stage, self.case.state), ("2", "investigating"))

    def test_nav_has_no_part_in_a_municipal_place(self):
        #
        case = self._answered(place_type="municipal")
        for kind in ("nav", "report"):
            with self.assertRaisesRegex(UserError, "municipal place"):
                self._refer(case, kind=kind)
        self.assertTrue(self._refer(case, kind="management", recipient=False))

    def test_nothing_is_sent_before_the_person_agrees(self):
        #
        referral = self._refer(self.case)
        self._add(referral)
        for reason in (None, "", "  "):
            with self.assertRaises(UserError):
                referral.action_consent(reason)
        with self.assertRaisesRegex(UserError, "Ask the person first"):
            self._send(referral)
        with self.assertRaisesRegex(UserError, "person chooses"):
            referral.action_demanded("The law says so.")
        referral.action_consent("Said yes.")
        self._send(referral)

    def test_package_with_withdrawn_consent_is_refused_with_what_to_do(self):
        referral = self._refer(self.case)
        self._add(referral)
        referral.action_consent("Said yes.")
        referral.action_withdraw_consent("Has thought better of it.")
        with self.assertRaisesRegex(UserError, "Ask anew"):
            self._send(referral)
        self.assertEqual(len(referral.document_ids), 1)
        referral.action_stop("The person does not want it.")
        self.assertEqual(referral.state, "stopped")
        self.assertEqual(referral.sudo().deadline_id.state, "waived")
        with self.assertRaises(UserError):
            referral.action_consent("Changed again.")

    def test_consent_withdrawn_later_is_recorded_and_recalls_nothing(self):
        referral = self._refer(self.case)
        self._add(referral)
        referral.action_consent("Said yes.")
        self._send(referral)
        referral.action_withdraw_consent("Does not want it any more.")
        self.assertEqual((referral.state, referral.consent), ("sent", "withdrawn"))
        with self.assertRaises(UserError):
            referral.action_consent("Yes again.")

    def test_authority_that_demands_it_needs_no_consent(self):
        # C-28, C-29
        body = self.env["complaint.body"].create(
            {"name": "The county", "country_id": self.env.ref("base.no").id}
        )
        referral = self._refer(self.case, kind="body", body_id=body.id, recipient=False)
        self._add(referral)
        with self.assertRaises(UserError):
            referral.action_demanded()
        referral.action_demanded("Letter of 1 November, supervision.")
        self._send(referral)
        self.assertEqual(self.case.stage, "external")
        # The person did not ask for it, and is not told that it was wanted.
        self.assertNotIn("handed it on", str(self.case._timeline()))
        with self.assertRaisesRegex(UserError, "Here the person chooses"):
            self._refer(self.case).action_demanded("Letter of NAV.")

    def test_report_with_own_attachment_is_not_sent_without_it(self):
        #
        report = self._refer(self.case, kind="report", has_own_attachment=True)
        self._add(report, "The report of the professional leader.", name="Report")
        report.action_consent("Knows of the report.")
        with self.assertRaisesRegex(UserError, "own attachment"):
            self._send(report)
        self.assertEqual(report.state, "draft")
        # Nor is its duty met past it.
        with self.assertRaisesRegex(UserError, "The way onward"):
            self._as(self.case).action_meet_duty("refer")
        with self.assertRaisesRegex(UserError, "The way onward"):
            self._as(self.case).action_waive_duty("refer", "Not needed")
        own = self._add(report, "This is not how it was.", is_own=True)
        self._send(report)
        self.assertEqual(report.state, "sent")
        self.assertNotIn("handed it on", str(self.case._timeline()))
        self.assertIn(own, report.document_ids)
        # Nor taken out afterwards.
        for act in (own.unlink, lambda: own.write({"is_own": False})):
            with self.assertRaises(UserError):
                act()
        self.assertEqual(own.sudo()._bytes(), b"This is not how it was.")

    def test_statement_to_a_decision_is_kept_and_sent_with_it(self):
        #
        referral = self._refer(self.case, kind="appeal", has_own_attachment=True)
        self.assertEqual(str(referral.due_on), "2026-11-02")
        referral.action_demanded("It is an appeal, and goes to who decides.")
        self._add(referral, "The decision", name="Decision")
        with self.assertRaises(UserError):
            self._send(referral)
        own = self._add(referral, "I do not agree, for these reasons.", is_own=True)
        self._send(referral)
        self.assertEqual(own.sudo()._bytes(), b"I do not agree, for these reasons.")
        self.assertEqual(own.name, "The person's own statement.txt")

    def test_document_is_one_thing_of_this_case(self):
        referral = self._refer(self.case)
        documents = referral.env["complaint.referral.document"]
        letter = self._answered().correspondence_ids[:1]
        for values in (
            {},
            {"text": "  "},
            {"text": "a", "content": base64.b64encode(b"b")},
            {"letter_id": letter.id},
            {"content": "no base64"},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                documents.create({"referral_id": referral.id, **values})
                documents.flush_model()
        for values in ({"digest": "0"}, {"size": 1}, {"case_id": self.case.id}):
            with self.subTest(values), self.assertRaises(UserError):
                self._add(referral, **values)

    def test_nothing_of_it_is_forged(self):
        referral = self._refer(self.case)
        for name, value in (
            ("state", "sent"),
            ("consent", "given"),
            ("sent_on", "2026-11-01"),
            ("proof", "none"),
            ("case_id", self._answered().id),
            ("user_id", self.director.id),
            ("kind", "body"),
            ("deadline_id", False),
        ):
            with self.subTest(name), self.assertRaises(UserError):
                referral.write({name: value})
        for values in ({"state": "sent"}, {"consent": "given"}, {"kind": "second"}):
            with self.subTest(values), self.assertRaises(UserError):
                self._refer(self.case, **values)
        with self.assertRaises(UserError):
            referral.unlink()

    def test_twice_and_late_are_refused(self):
        referral = self._refer(self.case)
        with self.assertRaisesRegex(UserError, "withdrawn|Ask"):
            self._send(referral)
        self._add(referral)
        referral.action_consent("Yes.")
        for day in ("2026-11-03", "2026-10-01"):
            with self.subTest(day), self.assertRaises(ValidationError):
                referral.action_send("Post", "1", day)
        for medium, proof in ((None, "1"), ("Post", None), (" ", " ")):
            with self.assertRaises(UserError):
                referral.action_send(medium, proof)
        self._send(referral)
        for act in (
            lambda: self._send(referral),
            lambda: referral.action_stop("No"),
            lambda: self._add(referral),
            lambda: referral.write({"recipient": "NAV Frogner"}),
        ):
            with self.assertRaises(UserError):
                act()

    def test_follow_up_is_moved_and_answered(self):
        # C-28
        referral = self._refer(self.case)
        self._add(referral)
        referral.action_consent("Yes.")
        self._send(referral)
        for until, reason in (
            ("2026-11-20", "Soon"),
            ("2026-12-20", None),
            (None, "Later"),
        ):
            with self.assertRaises(UserError):
                referral.action_follow_up(until, reason)
        referral.action_follow_up("2026-12-20", "They asked for more time.")
        row = referral.sudo().review_id
        self.assertEqual((str(row.due_on), row.state), ("2026-12-20", "running"))
        with self.assertRaises(UserError):
            referral.action_answer()
        referral.action_answer("They have talked with everybody.")
        self.assertEqual((referral.state, row.state), ("answered", "met"))
        with self.assertRaises(UserError):
            referral.action_answer("Once more.")

    def test_it_outlives_the_closing(self):
        referral = self._refer(self.case)
        self._add(referral)
        self._as(self.case).action_close(outcome="unresolved", body="<p>Closed.</p>")
        self.assertTrue(referral.sudo().deadline_id.is_open)
        referral.action_consent("Yes.")
        self._send(referral)
        self.assertEqual(self.case.state, "closed")

    def test_who_reads_and_writes_it(self):
        referral = self._refer(self.case)
        document = self._add(referral)
        for user in (self.worker, self.leader, self.director):
            self.assertTrue(self._as(referral, user).exists())
            self.assertTrue(self._as(document, user).has_access("write"))
        for user in (self.other_leader, self.independent):
            self.assertFalse(self._as(referral, user).exists())
            self.assertFalse(self._as(document, user).exists())
        for user in (self.auditor, self.custodian, self.employee, self.owner):
            for rows in (referral, document):
                with self.assertRaises(AccessError):
                    self._as(rows, user).search([])

    def test_who_is_walled_later_reads_nothing_of_it(self):
        referral = self._refer(self.case)
        document = self._add(referral)
        file = self.env["ir.attachment"].search(
            [
                ("res_model", "=", document._name),
                ("res_field", "=", "content"),
                ("res_id", "=", document.id),
            ]
        )
        self.assertTrue(file.with_user(self.leader).has_access("read"))
        self.env["complaint.party"].with_user(self.director).create(
            {"case_id": self.case.id, "role": "subject", "user_id": self.leader.id}
        )
        for rows in (referral, document, file):
            self.assertFalse(rows.with_user(self.leader).has_access("read"), rows)
            self.assertFalse(rows.with_user(self.worker).has_access("read"))
            self.assertTrue(rows.with_user(self.director).has_access("read"))
