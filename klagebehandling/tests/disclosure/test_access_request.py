from datetime import date
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import (
    AccessError,
    ConcurrencyError,
    UserError,
    ValidationError,
)
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from ...sealing import receipt_code
from ..common import ComplaintCase

# A Monday.
TODAY = "2026-11-02 09:00:00"
WISH = "I want to see the complaint about the cold food."


class DisclosureCase(ComplaintCase):
    """A public body, whom somebody asks for documents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.is_public_body = True
        cls.requests = cls.env["complaint.access.request"]
        cls.reviews = cls.env["complaint.access.review"]
        cls.clerk = new_test_user(
            cls.env,
            "test_clerk",
            groups="klagebehandling.group_registrar,klagebehandling.group_handler",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.law = cls.env["complaint.law"].create(
            {
                "name": "Secrecy Act 7",
                "country_id": cls.env.ref("base.no").id,
                "company_id": cls.company.id,
                "is_secrecy": True,
            }
        )

    @classmethod
    def _ask(cls, user=None, **values):
        return cls.requests.with_user(user or cls.clerk).create(
            {
                "unit_id": cls.management.id,
                "wish": WISH,
                "received_on": "2026-11-02",
                "search_words": "unheated porridge",
                **values,
            }
        )

    def _porridge(self, **values):
        return self._register(
            description="Kari Nordmann got unheated porridge.", **values
        )

    def _found(self, request):
        return request.sudo().review_ids


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestAccessRequest(DisclosureCase):
    """Somebody asks for documents; the program searches all cases (B-27, B-29, M34)."""

    def test_clerk_registers_what_came_by_mail(self):
        # B-27
        request = self._ask(reply_to="Kari Canary, Storgata 1")
        self.assertEqual(request.state, "received")
        self.assertEqual(request.reply_to, "Kari Canary, Storgata 1")
        self.env.flush_all()
        self.env.cr.execute("SELECT t::text FROM complaint_access_request t")
        self.assertFalse([row for (row,) in self.cr.fetchall() if "Canary" in row])

    def test_form_is_filled_in(self):
        with Form(self.requests.with_user(self.clerk)) as form:
            form.unit_id = self.management
            form.wish = WISH
        self.assertEqual(form.record.state, "received")

    def test_clock_is_prompt(self):
        # B-29: the same day to three working days; a Friday is answered on Monday.
        for days, day, due in (
            (0, "2026-11-02", date(2026, 11, 2)),
            (1, "2026-11-02", date(2026, 11, 3)),
            (1, "2026-10-30", date(2026, 11, 2)),
            (0, "2026-10-31", date(2026, 11, 2)),
            (3, "2026-10-30", date(2026, 11, 4)),
        ):
            self.policy.access_days = days
            with self.subTest(days=days, day=day):
                self.assertEqual(self._ask(received_on=day).due_on, due)

    def test_late_request_surfaces(self):
        # B-29
        request = self._ask()
        late = self.requests.search([("is_late", "=", True)])
        self.assertNotIn(request, late)
        with freeze_time("2026-11-04 09:00:00"):
            request.invalidate_recordset()
            self.assertTrue(request.is_late)
            late = self.requests.search([("is_late", "=", True)])
            self.assertIn(request, late)

    def test_silence_is_a_refusal_where_the_procedure_says_it(self):
        # B-29: no answer in five working days.
        self.policy.silence_days = 5
        request = self._ask()
        for day, is_refused in (("2026-11-09", False), ("2026-11-10", True)):
            with self.subTest(day=day), freeze_time(f"{day} 09:00:00"):
                request.invalidate_recordset()
                self.assertEqual(request.is_refused_by_silence, is_refused)

    @mute_logger("odoo.sql_db")
    def test_longer_than_three_days_is_not_prompt(self):
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            self.policy.access_days = 4
            self.env.flush_all()

    def test_private_body_is_asked_for_nothing(self):
        self.policy.is_public_body = False
        with self.assertRaises(ValidationError):
            self._ask()

    def test_day_to_come_is_refused(self):
        with self.assertRaises(ValidationError):
            self._ask(received_on="2026-11-03")

    def test_others_neither_see_nor_register(self):
        request = self._ask()
        for user in (self.worker, self.leader, self.director, self.independent):
            with self.subTest(user=user.login):
                self.assertFalse(request.with_user(user).has_access("read"))
                with self.assertRaises(AccessError):
                    self._ask(user=user)
        with self.assertRaises(AccessError):
            _read = request.with_user(self.auditor).wish
        self.assertEqual(request.with_user(self.auditor).state, "received")
        with self.assertRaises(AccessError):
            request.with_user(self.auditor).action_search()

    def test_delegate_sees_what_is_asked_a_decision_on_and_no_more(self):
        request = self._ask()
        self.assertFalse(request.with_user(self.delegate).has_access("read"))
        request.sudo().decision_asked_on = "2026-11-02"
        self.assertEqual(request.with_user(self.delegate).wish, WISH)
        with self.assertRaises(UserError):
            request.with_user(self.delegate).write({"answer": "x"})

    def test_nobody_deletes_a_request(self):
        with self.assertRaises(UserError):
            self._ask().sudo().unlink()

    def test_facts_are_not_written_by_hand(self):
        request = self._ask()
        for values in (
            {"state": "answered"},
            {"due_on": "2027-01-01"},
            {"received_on": "2026-01-01"},
            {"decision": "released"},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                request.write(values)

    def test_search_gives_each_case_to_who_may_read_it(self):
        # B-28: all cases, the walled ones too.
        mine = self._porridge(unit_id=self.kitchen.id)
        mine.handler_id = self.clerk
        theirs = self._porridge()
        request = self._ask()
        request.action_search()
        found = self._found(request)
        self.assertEqual(found.case_id, mine | theirs)
        self.assertEqual(request.own_review_ids.case_id, mine)
        by_case = found.grouped("case_id")
        self.assertEqual(by_case[mine].reviewer_id, self.clerk)
        self.assertEqual(by_case[theirs].reviewer_id, self.leader)
        self.assertTrue(theirs.with_user(self.leader).activity_ids)

    def _walled(self):
        person = {"role": "subject", "name": "Clerk", "user_id": self.clerk.id}
        return self._porridge(parties=[person])

    def test_clerk_learns_nothing_of_a_walled_case(self):
        # B-28, B-30: the answer denies nothing because of the wall.
        case = self._walled()
        self.assertIn(self.clerk, case.walled_user_ids)
        other = self._ask(search_words="nothing at all")
        request = self._ask()
        self.assertEqual(request.action_search(), other.action_search())
        self.assertEqual(self._found(request).case_id, case)
        self.assertNotEqual(self._found(request).reviewer_id, self.clerk)
        names = set(request._fields) - {"id", "reference", "search_words"}
        names = [
            n for n in names if request._has_field_access(request._fields[n], "read")
        ]
        seen, none = (one.read(sorted(names))[0] for one in (request, other))
        for values in (seen, none):
            for name in (
                "id",
                "reference",
                "search_words",
                "display_name",
                "copy_name",
            ):
                values.pop(name, None)
        self.assertEqual(seen, none)
        reviews = self.reviews.with_user(self.clerk)
        self.assertFalse(reviews.search_count([]))
        request.action_answer()
        self.assertEqual(request.state, "answered")

    def test_number_in_the_wish_is_found(self):
        # B-27: a number of the register, that of the central one, or the reference.
        self.policy.has_running_series = True
        case, other, third = (self._register() for _n in range(3))
        self.env["complaint.registration"]._number_next(self.company)
        row = self.env["complaint.registration"].search([("case_id", "=", case.id)])
        other.external_number = "2025-881"
        for words, hit in (
            (f"Send me {row.registry_number}, please.", case),
            ("2025-881", other),
            (f"reference {third.reference}", third),
            ("2031-4", self.env["complaint.case"]),
        ):
            with self.subTest(words=words):
                request = self._ask(wish=words, search_words=False)
                request.action_search()
                self.assertEqual(self._found(request).case_id, hit)

    def test_person_and_period_are_searched_for(self):
        person = {"role": "complainant", "name": "Kari Nordmann"}
        with freeze_time("2026-05-04 09:00:00"):
            spring = self._register(parties=[person])
        autumn = self._register(parties=[person])
        request = self._ask(search_words="Kari Nordmann", search_until="2026-05-31")
        request.action_search()
        self.assertEqual(self._found(request).case_id, spring)
        request.search_until = False
        request.action_search()
        self.assertEqual(self._found(request).case_id, spring | autumn)

    def test_short_word_is_refused(self):
        with self.assertRaises(UserError):
            self._ask(search_words="of").action_search()

    def test_other_organisations_are_not_searched(self):
        company = self.env["res.company"].create({"name": "Other"})
        policy = self._create_policy("test_other", company_id=company.id)
        unit = self._create_unit("Other", company_id=company.id, policy_id=policy.id)
        self._porridge(unit_id=unit.id)
        request = self._ask()
        request.action_search()
        self.assertFalse(self._found(request))

    def test_answer_waits_for_the_cases_of_the_clerk(self):
        case = self._porridge(unit_id=self.kitchen.id)
        case.handler_id = self.clerk
        request = self._ask()
        with self.assertRaises(UserError):
            request.action_answer()
        request.action_search()
        with self.assertRaises(UserError):
            request.action_answer()
        self._found(request).write({"answered_on": "2026-11-02"})
        request.action_answer()
        self.assertEqual(request.answered_on, date(2026, 11, 2))
        with self.assertRaises(UserError):
            request.action_search()

    def test_journal_tells_what_was_done_and_not_who_asked(self):
        # M34
        case = self._porridge()
        request = self._ask(reply_to="Kari Canary")
        request.action_search()
        request.action_answer()
        entries = self.env["complaint.company.journal"].search(
            [("company_id", "=", self.company.id), ("event", "=like", "access_%")]
        )
        self.assertEqual(
            entries.sorted("sequence").mapped("event"),
            ["access_received", "access_searched", "access_answered"],
        )
        told = f"{entries.mapped('payload')}{entries.mapped('texts')}"
        self.assertIn(request.reference, told)
        for words in ("Canary", "porridge", case.reference):
            self.assertNotIn(words, told)
        events = case.journal_ids.mapped("event")
        self.assertIn("access_found", events)

    def test_asker_without_a_name_leaves_a_day_and_no_more(self):
        # B-27
        code = self.requests._ask(self.management, WISH, "", "en_US", "token")
        request = self.requests._find_asked(code)
        self.assertEqual(request.wish, WISH)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = 'complaint_access_request'"
        )
        columns = {name for (name,) in self.env.cr.fetchall()}
        self.assertFalse(columns & {"create_uid", "create_date", "write_uid"})
        self.assertFalse(request.contact_sealed)
        self.assertFalse(
            self.env["complaint.company.journal"].search_count(
                [("event", "=", "access_received")]
            )
        )

    def test_sent_twice_is_one_request(self):
        asked = [
            self.requests._ask(self.management, WISH, "", "en_US", token)
            for token in ("one", "one", "two")
        ]
        self.assertEqual(asked[0], asked[1])
        self.assertNotEqual(asked[0], asked[2])
        first = self.requests._find_asked(asked[0])
        self.assertNotEqual(first, self.requests._find_asked(asked[2]))

    def test_wrong_code_finds_nothing(self):
        self._ask()
        for code in ("", "x", receipt_code.make(), None):
            with self.subTest(code=code):
                self.assertFalse(self.requests._find_asked(code))

    def test_asking_looks_nothing_up(self):
        # B-27: whatever number is named, the same is done.
        case = self._walled()
        for wish in (case.reference, "2026-999", WISH):
            code = self.requests._ask(self.management, wish, "", "en_US", wish)
            request = self.requests._find_asked(code)
            self.assertEqual(
                (request.state, self._found(request).ids), ("received", [])
            )

    def test_authority_that_hands_out_more_has_it_answered_anew(self):
        # B-28
        self.policy.has_access_decision = True
        request = self._ask()
        request.action_search()
        request.action_answer()
        request.sudo()._ask_decisions()
        decided = request.with_user(self.delegate)
        decided.write({"decision": "released", "decision_text": "Look again."})
        with self.assertRaises(AccessError):
            request.action_decide()
        decided.action_decide()
        self.assertEqual((request.state, request.answered_on), ("searched", False))
        request.action_answer()

    def test_ground_for_secrecy_is_no_law_of_an_activity(self):
        laws = self.env["complaint.law"]
        country, day = self.law.country_id, date(2026, 11, 2)
        self.assertNotIn(self.law, laws._fitting(country, day))
        self.law.is_secrecy = False
        self.assertIn(self.law, laws._fitting(country, day))

    def test_key_is_turned(self):
        request = self._ask(reply_to="Kari Canary")
        self.requests._reseal_batch(100)
        self.assertEqual(request.reply_to, "Kari Canary")

    def test_a_second_search_at_once_is_refused_whatever_is_found(self):
        # It would run into the rows of the first, and tell which cases they are of.
        self._porridge()
        for words in ("unheated porridge", "nothing at all"):
            request = self._ask(search_words=words)
            held = patch.object(
                type(request), "try_lock_for_update", lambda rows: rows.browse()
            )
            with self.subTest(words=words), held, self.assertRaises(UserError):
                request.action_search()

    def test_sent_twice_at_once_it_is_retried(self):
        given = (self.management, WISH, "", "en_US", "token")
        self.requests._ask(*given)
        unseen = patch.object(type(self.requests), "search_count", lambda *_, **__: 0)
        with unseen, self.assertRaises(ConcurrencyError), mute_logger("odoo.sql_db"):
            self.requests._ask(*given)

    def test_a_request_came_on_a_day(self):
        for day in (False, "0001-01-01"):
            with self.subTest(day=day), self.assertRaises(ValidationError):
                self._ask(received_on=day)
