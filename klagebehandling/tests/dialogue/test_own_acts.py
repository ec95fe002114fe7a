from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import ComplaintCase


@tagged("post_install", "-at_install")
class TestOwnActs(ComplaintCase):
    """What the person does in the own case, and what follows from it."""

    def _answered(self, **values):
        case = self._register(**values)
        case.with_user(self.leader).action_answer(body="<p>No.</p>")
        self._deliver(case)
        return case

    def _events(self, case):
        return case.journal_ids.mapped("event")

    def test_going_further_needs_no_reason_and_brings_somebody_above(self):
        # C-27, M24: somebody else, above who has handled it; promised anew
        with freeze_time("2026-03-02 09:00:00"):
            case = self._answered()
        with freeze_time("2026-03-20 09:00:00"):
            self.assertEqual(case._may_go_further(), case)
            self.assertTrue(case._go_further())
            self.assertEqual(case.handler_id, self.director)
            self.assertEqual((case.state, case.stage), ("investigating", "2"))
            wish = case.correspondence_ids.filtered(lambda one: one.purpose == "onward")
            self.assertIn("gave no reason", wish.body)
            promised = case.deadline_ids.filtered("is_open")
            self.assertEqual(
                [str(row.due_on) for row in promised if row.milestone == "close"],
                ["2026-04-02"],  # promised before, and not fulfilled
            )
            tasks = case.activity_ids.filtered(lambda one: one.user_id == self.director)
            self.assertTrue(any("go further" in one.summary for one in tasks))
            texts = [step["text"] for step in case._timeline()]
            self.assertTrue(any("you want to go further" in text for text in texts))
            self.assertFalse(case._may_go_further())
            self.assertFalse(case._go_further())

    def test_closed_case_is_taken_up_anew(self):
        with freeze_time("2026-03-02 09:00:00"):
            case = self._answered()
            case.with_user(self.leader).action_close("not_upheld")
            self._deliver(case)
        with freeze_time("2026-03-20 09:00:00"):
            self.assertTrue(case._go_further("It is still cold."))
        row = case.deadline_ids.filtered("is_open").filtered_domain(
            [("milestone", "=", "close")]
        )
        self.assertEqual(str(row.due_on), "2026-04-20")
        self.assertEqual((case.state, case.stage), ("investigating", "2"))
        self.assertFalse(case.closed_at or case.outcome)

    def test_second_time_it_goes_outside_the_line(self):
        case = self._answered()
        case._go_further()
        case.with_user(self.director).action_answer(body="<p>No again.</p>")
        self._deliver(case)
        self.assertTrue(case._go_further())
        self.assertEqual(case.handler_id, self.independent)
        self.assertTrue(case.with_user(self.independent).has_access("write"))
        case.with_user(self.independent).action_answer(body="<p>Still no.</p>")
        self._deliver(case)
        # Nobody is left: the wish is kept, nothing is promised, auditors are told.
        self.assertFalse(case._go_further("Not right."))
        self.assertEqual(case.handler_id, self.independent)
        self.assertIn("nobody_else", self._events(case))
        self.assertTrue(case._said_further_on())
        self.assertFalse(case._may_go_further())

    def test_never_to_somebody_below_or_behind_the_wall(self):
        case = self._register()
        case.handler_id = self.director
        case.with_user(self.director).action_answer(body="<p>No.</p>")
        self._deliver(case)
        case._go_further()
        self.assertEqual(case.handler_id, self.independent)
        walled = self._answered(
            parties=[
                {"role": "complainant", "name": "Kari"},
                {"role": "subject", "user_id": self.worker.id},
            ]
        )
        walled.walled_user_ids |= self.director
        walled._go_further()
        self.assertEqual(walled.handler_id, self.independent)

    def test_without_a_limit_for_an_answer_the_person_still_hears(self):
        with freeze_time("2026-03-02 09:00:00"):
            case = self._answered(has_external_parties=True)
        with freeze_time("2026-03-20 09:00:00"):
            case._go_further()
        row = case.deadline_ids.filtered("is_open").filtered(
            lambda one: one.milestone == "update"
        )
        self.assertEqual(str(row.due_on), "2026-03-30")

    def test_taking_back_ends_all_of_the_submission(self):
        grounds = self.env["complaint.category"].create(
            [{"name": name, "code": f"own_{name}"} for name in ("a", "b")]
        )
        case = self._register(categories=grounds.mapped("code"))
        part = case.browse(case.with_user(self.leader).action_split(grounds[0].ids))
        # A colleague has registered it and seen the code: another one is drawn first.
        case._draw_code()
        case._take_back()
        self.assertEqual({case.state, part.state}, {"withdrawn"})
        letters = (case | part).correspondence_ids.mapped("purpose")
        self.assertEqual(letters.count("withdrawal"), 2)
        case._take_back()
        letters = (case | part).correspondence_ids.mapped("purpose")
        self.assertEqual(letters.count("withdrawal"), 2)

    def test_what_was_written_down_is_confirmed_or_corrected(self):
        # by the person, once
        written = {"channel": "phone", "assisted": {"by": self.worker.id}}
        case = self._register(**written)
        self.assertTrue(case._is_text_to_confirm())
        case._confirm_text()
        case._confirm_text()
        self.assertEqual(self._events(case).count("text_confirmed"), 1)
        self.assertFalse(case._is_text_to_confirm())
        other = self._register(**written)
        text = other.description
        other._say("It was on Tuesday.", purpose="correction")
        self.assertFalse(other._is_text_to_confirm())
        self.assertEqual(other.description, text)
        self.assertFalse(self._register()._is_text_to_confirm())

    def test_company_is_wished_by_policy_and_never_nav_at_a_municipal_place(self):
        #
        self.assertFalse(self._register()._company_offered())
        policy = self._create_policy(
            "nav_no",
            is_nav_partner=True,
            field_ids=[
                Command.create({"name": "invite", "requirement": "voluntary"}),
                Command.create({"name": "description", "requirement": "required"}),
            ],
        )
        unit = self._create_unit("Hall", policy_id=policy.id, manager_id=self.leader.id)
        case = self._register(unit_id=unit.id)
        self.assertEqual(
            case._company_offered(), ["staff", "support_person", "external_caseworker"]
        )
        self.assertFalse(case.invite)
        municipal = self._register(unit_id=unit.id, place_type="municipal")
        self.assertNotIn("external_caseworker", municipal._company_offered())
        with self.assertRaises(ValidationError):
            municipal._wish_company(["external_caseworker"])
        case._wish_company(["support_person", "external_caseworker"])
        self.assertEqual(case.invite, "support_person,external_caseworker")
        self.assertTrue(case.has_external_parties)
        self.assertIn("company_wished", self._events(case))

    def test_what_is_new_counts_from_the_last_own_act(self):
        case = self._register()
        first = case._last_own_act()
        case.with_user(self.leader).action_acknowledge()
        self.assertEqual(case._last_own_act(), first)
        case._say("Thank you.")
        self.assertGreater(case._last_own_act(), first)

    def test_account_is_linked_for_open_names_only(self):
        user = self.employee
        parties = self.env["complaint.party"]
        hashed = parties._hash_account(user)
        case = self._register()
        case.party_ids._link_account(user)
        self.assertEqual(case.party_ids.account_hash, hashed)
        self.assertNotIn(str(user.id), hashed.split())
        for anonymity in ("protected", "anonymous"):
            hidden = self._register(anonymity=anonymity)
            hidden.party_ids._link_account(user)
            self.assertFalse(hidden.party_ids.account_hash)
        case.party_ids.is_protected = True
        self.assertFalse(case.party_ids.account_hash)
        erased = self._register()
        erased.party_ids._link_account(user)
        erased.party_ids._erase()
        self.assertFalse(erased.party_ids.account_hash)

    def test_limits_that_ran_are_not_promised_twice(self):
        case = self._answered()
        before = case.deadline_ids.filtered(
            lambda row: row.is_open and row.milestone == "close"
        )
        self.assertTrue(before)
        with freeze_time(fields.Datetime.now() + timedelta(days=3)):
            case._go_further()
        rows = case.deadline_ids.filtered(
            lambda row: row.is_open and row.milestone == "close"
        )
        self.assertEqual(rows, before)
