# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import html2plaintext

from .common import InvestigationCase

NOW = "2026-11-02 09:00:00"
KARI = {
    "role": "complainant",
    "kind": "participant",
    "name": "Kari Nordmann",
    "email": "kari@example.com",
    "phone": "91 23 45 67",
}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestOtherSide(InvestigationCase):
    """The rights of who is complained about, each with its own clock (N08)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cook = cls._create_user("cook", "group_handler")
        cls.workshop.member_ids += cls.cook
        cls.case = cls._register(
            parties=[KARI, {"role": "subject", "user_id": cls.cook.id}]
        )
        cls.subject = cls.case.party_ids.filtered(lambda one: one.role == "subject")
        cls._look_into(cls.case)

    @classmethod
    def _look_into(cls, case):
        case.with_user(cls.director).action_investigate()
        return case

    def _right(self, kind, case=None):
        rights = (case or self.case).right_ids
        return self._as(rights.filtered(lambda right: right.kind == kind))

    def _ask_access(self, **values):
        return self._as(self.env["complaint.right"]).create(
            {"case_id": self.case.id, "party_id": self.subject.id, **values}
        )

    def test_ledger_opens_when_the_case_is_looked_into(self):
        case = self._register(parties=[{"role": "subject", "user_id": self.cook.id}])
        self.assertFalse(case.right_ids)
        rights = self.case.right_ids
        self.assertEqual(rights.mapped("kind"), ["inform", "hear"])
        self.assertEqual(rights.party_id, self.subject)
        rows = rights.deadline_id
        self.assertEqual(set(rows.mapped("milestone")), {"subject"})
        self.assertEqual({str(row.due_on) for row in rows}, {"2026-12-02"})
        found = self.env["complaint.journal"]._verify(self.case)
        self.assertFalse([one for one in found if one.kind in ("differs", "unbound")])

    def test_ledger_opens_for_who_is_named_later_and_stops_for_who_is_none(self):
        case = self._look_into(self._register())
        self.assertFalse(case.right_ids)
        party = self.env["complaint.party"].with_user(self.director)
        party = party.create(
            {"case_id": case.id, "role": "subject", "is_outsider": True, "name": "Ola"}
        )
        self.assertEqual(len(case.right_ids), 2)
        party.sudo().role = "witness"
        self.assertEqual(set(case.right_ids.mapped("state")), {"waived"})
        self.assertFalse(case.right_ids.deadline_id.filtered("is_open"))

    def test_ledger_is_hidden_from_the_person(self):
        # A-08, C-08
        rights = self.env["complaint.right"].with_user(self.cook)
        self.assertFalse(rights.search([("party_id", "=", self.subject.id)]))
        for user in (self.cook, self.other_leader):
            self.assertFalse(self.case.right_ids.with_user(user).exists())
        for user in (self.auditor, self.custodian, self.employee):
            with self.assertRaises(AccessError):
                rights.with_user(user).search([])

    def test_informing_is_postponed_with_ground_and_review_date(self):
        right = self._right("inform")
        for values in (
            {},
            {"ground": "He would warn others."},
            {"until": "2026-11-20"},
        ):
            with self.assertRaises(UserError):
                right.action_postpone(**values)
        for day in ("2026-11-02", "2028-01-01"):
            with self.assertRaises(UserError):
                right.action_postpone("He would warn others.", day)
        right.action_postpone("He would warn others.", "2026-11-20")
        self.assertEqual((right.state, str(right.due_on)), ("postponed", "2026-11-20"))
        self.assertEqual(right.sudo()._clocks(), right.sudo().deadline_id)
        # The day of the review comes, and nobody has looked.
        with freeze_time("2026-11-21 09:00:00"):
            row = right.sudo().deadline_id
            row._escalate()
            self.assertEqual(row.state, "late")
            right.action_postpone("Two are left to be heard.", "2026-11-30")
            self.assertFalse(row.is_open)
            right.action_done("Told in a talk.")
        self.assertEqual(right.sudo().deadline_id.state, "met")
        entry = self.case.journal_ids.filtered(
            lambda one: one.event == "right_postponed"
        )
        self.assertEqual(entry[-1:].texts, {"ground": "He would warn others."})
        self.assertNotIn("warn", str(self.case._timeline()))

    def test_access_is_asked_and_answered(self):
        right = self._ask_access(asked_on="2026-10-30")
        self.assertEqual(str(right.due_on), "2026-11-29")
        self._ask_access()  # one may ask again
        right.action_done("Given, without names.")
        self.assertEqual(right.state, "done")
        with self.assertRaises(ValidationError):
            self._ask_access(asked_on="2026-11-03")
        for kind in ("inform", "hear", "unfounded"):
            with self.assertRaises(UserError):
                self._ask_access(kind=kind)
        with self.assertRaises(ValidationError):
            self._ask_access(party_id=(self.case.party_ids - self.subject).id)

    def test_hearing_is_entered_in_the_ledger(self):
        # C-07
        hearing = self._as(self.env["complaint.hearing"]).create(
            {
                "case_id": self.case.id,
                "party_id": self.subject.id,
                "points": "Lunch on Monday?",
                "medium": "here",
            }
        )
        hearing.action_ask()
        self.assertEqual(self._right("inform").state, "done")
        self.assertEqual(self._right("hear").state, "open")
        hearing.sudo().statement_id.with_user(self.cook).action_answer("I was ill.")
        self.assertEqual(self._right("hear").state, "done")

    def _letter_dialog(self, right):
        dialog = self.env["complaint.right.letter"].with_user(self.leader)
        return Form(dialog.with_context(default_right_id=right.id))

    def test_letter_to_the_person_is_its_own(self):
        right = self._right("inform")
        form = self._letter_dialog(right)
        self.assertIn("To punish somebody for a complaint", form.body)
        self.assertNotIn(self.case.reference, form.body)
        self.assertNotIn("Kari", form.body)
        form.save().action_send()
        letter = self.case.correspondence_ids
        self.assertEqual(letter.recipient_id, self.subject)
        self.assertEqual((letter.state, letter.medium), ("queued", "letter"))
        self.assertEqual(right.state, "open", "not before it has left")
        kind = self.env.ref("klagebehandling.mail_activity_type_other_side")
        tasks = self.case.activity_ids.filtered(
            lambda one: one.activity_type_id == kind
        )
        self.assertEqual(tasks.user_id, self.leader)
        self._as(letter).action_mark_sent("Given to him")
        self.assertEqual(right.state, "done")
        self.assertEqual(right.sudo().deadline_id.state, "met")
        self.assertFalse(tasks.exists())
        # It is no word to the complainant.
        self.assertFalse(letter._is_to_complainant())
        self.assertFalse(letter._next_medium())
        self.assertFalse(self.case.answered_at)
        told = [step["text"] for step in self.case._timeline()]
        self.assertEqual(
            told, ["We received it.", "We began to look into what happened."]
        )

    def test_letter_that_comes_back_opens_the_right_again(self):
        right = self._right("inform")
        self._letter_dialog(right).save().action_send()
        letter = self.case.correspondence_ids
        self._as(letter).action_mark_sent("Posted")
        letter._mark_failed("Came back")
        self.assertEqual(right.state, "open")
        self.assertTrue(right.sudo().deadline_id.is_open)
        self.assertEqual(len(self.case.correspondence_ids), 1)

    def test_text_never_names_who_complained_unless_that_is_chosen(self):
        right = self._right("inform")
        for words in (
            "Kari Nordmann says so.",
            "<b>KARI</b> was there",
            "write to kari@example.com",
            "call 91 23 45 67",
        ):
            form = self._letter_dialog(right)
            form.body = f"<p>{words}</p>"
            with self.assertRaisesRegex(UserError, "names who complained"):
                form.save().action_send()
        form.is_complainant_named = True
        with self.assertRaises(AssertionError):
            form.save()
        form.reason = "He was alone with her."
        form.save().action_send()
        entry = self.case.journal_ids.filtered(
            lambda one: one.event == "complainant_named"
        )
        self.assertEqual(entry.texts, {"reason": "He was alone with her."})
        self.assertIn("call 91", html2plaintext(self.case.correspondence_ids.body))

    def test_text_with_a_name_of_the_person_or_the_handler_is_sent(self):
        self.case.party_ids[0].sudo().write({"name": "Kari Cook"})
        self.subject.sudo().write({"name": "Ola Cook"})
        right = self._right("inform")
        self.assertTrue(right.action_write("<p>Dear Ola Cook</p>", "meeting"))
        with self.assertRaises(UserError):
            right.action_write("<p>Kari Cook said it</p>", "meeting")

    def test_check_of_names_is_no_oracle_for_protected_ones(self):
        # Of no other case: what those name is found, whoever is protected here.
        hidden = {**KARI, "name": "Siri Solbakken", "email": "siri@example.com"}
        case = self._register(
            anonymity="protected",
            parties=[hidden, {"role": "subject", "user_id": self.cook.id}],
        )
        self._look_into(case)
        answers = {
            bool(self._right("inform", case).action_write(f"<p>{name}</p>", "meeting"))
            for name in ("Siri Solbakken", "Per Olsen")
        }
        self.assertEqual(answers, {True})

    def test_letter_goes_out_in_an_anonymous_case(self):
        case = self._register(
            anonymity="anonymous",
            parties=[
                {"role": "complainant"},
                {"role": "subject", "name": "Ola Kokk"},
            ],
        )
        case.party_ids[-1:].sudo().is_outsider = True
        case._update_wall(may_shrink=True)
        right = self._right("inform", self._look_into(case))
        right.action_write("<p>There is a complaint.</p>", "letter")
        letter = self._as(case.correspondence_ids)
        self.assertEqual(letter.recipient, "Ola Kokk")
        with self.assertRaises(UserError):
            case.with_user(self.leader)._write_to_complainant("message", "x", "letter")

    def test_letters_are_not_turned_round(self):
        self._right("inform").action_write("<p>There is a complaint.</p>", "letter")
        letter = self.case.correspondence_ids
        for values in (
            {"purpose": "reply"},
            {"recipient_id": (self.case.party_ids - self.subject).id},
            {"right_id": False},
        ):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                letter.sudo().write(values)
        drafts = self._as(self.env["complaint.correspondence"])
        for values in (
            {"purpose": "subject_inform"},
            {"right_id": self._right("inform").id},
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                drafts.create({"case_id": self.case.id, "body": "x", **values})
        with self.assertRaises(ValidationError):
            self._right("hear").action_write("<p>x</p>", "portal")

    def test_unfounded_complaint_is_told_to_the_person(self):
        self._as(self.case).action_close(outcome="not_upheld")
        right = self._right("unfounded")
        self.assertEqual(right.state, "open")
        form = self._letter_dialog(right)
        self.assertIn("did not find that you did anything wrong", form.body)
        form.save().action_send()
        upheld = self._register(parties=[{"role": "subject", "user_id": self.cook.id}])
        self._as(upheld).action_close(outcome="upheld")
        self.assertFalse(self._right("unfounded", upheld))

    def test_ledger_is_not_forged(self):
        right = self._right("inform")
        for values in (
            {"state": "done"},
            {"done_on": "2026-11-01"},
            {"deadline_id": False},
            {"party_id": self.case.party_ids[0].id},
        ):
            with self.assertRaises(UserError):
                right.write(values)
        right.action_waive("He has left, and nobody knows where he is.")
        with self.assertRaises(UserError):
            right.ground = "x"
        for act in (right.action_done, right.action_waive):
            with self.assertRaises(UserError):
                act("x")
