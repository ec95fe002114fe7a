from freezegun import freeze_time

from odoo.tests import Form, tagged

from ..common import ComplaintCase

NOW = "2026-11-02 09:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestGlance(ComplaintCase):
    """Who complains, how to reach them, and what comes next."""

    def _seen(self, case, user=None):
        return case.with_user(user or self.leader)

    def test_case_says_who_complains_and_how_to_reach_them(self):
        case = self._register(
            reply_channel="phone",
            parties=[
                {
                    "role": "complainant",
                    "name": "Kari Nordmann",
                    "phone": "90011222",
                    "email": "kari@example.com",
                }
            ],
        )
        seen = self._seen(case)
        self.assertEqual(seen.complainant, "Kari Nordmann")
        self.assertEqual(seen.reach, "Phone · 90011222 · kari@example.com")

    def test_representative_is_who_is_reached(self):
        case = self._register(
            reply_channel="email",
            parties=[
                {"role": "complainant", "name": "Kari Nordmann"},
                {
                    "role": "representative",
                    "name": "Ola Nordmann",
                    "email": "ola@example.com",
                },
            ],
        )
        self._authorise(case)
        seen = self._seen(case)
        self.assertEqual(seen.complainant, "Kari Nordmann, through Ola Nordmann")
        self.assertIn("ola@example.com", seen.reach)

    def test_protected_person_is_a_neutral_name_without_address(self):
        #
        case = self._register(
            anonymity="protected",
            parties=[
                {
                    "role": "complainant",
                    "name": "Canary Protected",
                    "email": "canary@example.com",
                }
            ],
        )
        for user in (self.leader, self.director):
            seen = self._seen(case, user)
            self.assertTrue(seen.complainant)
            self.assertNotIn("Canary", seen.complainant)
            self.assertNotIn("canary", seen.reach)

    def test_a_hidden_person_among_many_costs_nothing_and_refuses_nobody(self):
        refused = []
        party = type(self.env["complaint.party"])
        self.patch(party, "_note_refusal", lambda people: refused.append(people.ids))
        cases = self._register(anonymity="protected") + self._register(wants_reply=True)
        counts = []
        for more in (1, 2, 8):  # what is kept in memory costs once
            for _number in range(more):
                cases += self._register()
            seen = self._seen(cases)
            self.env.invalidate_all()
            seen.mapped("reference")
            before = self.env.cr.sql_log_count
            seen.mapped("complainant")
            seen.mapped("reach")
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])
        self.assertFalse(refused)

    def test_anonymous_person_has_the_status_page(self):
        case = self._register(anonymity="anonymous", parties=[])
        seen = self._seen(case)
        self.assertEqual(seen.complainant, "Anonymous")
        self.assertEqual(seen.reach, "Status page, with the receipt code")

    def test_who_wants_no_answer_is_said(self):
        case = self._register(wants_reply=False)
        self.assertEqual(self._seen(case).reach, "Wants no answer")

    def test_auditor_and_custodian_read_no_name(self):
        case = self._register(anonymity="protected")
        for user in (self.auditor, self.custodian):
            seen = self._seen(case, user)
            self.assertFalse(
                {"complainant", "reach", "dialogue"} & seen.fields_get().keys()
            )

    def test_next_duty_is_one_line(self):
        case = self._register()
        self.assertFalse(any(case.deadline_ids.mapped("on_its_way")))
        line = self._seen(case).next_step
        self.assertEqual(
            line,
            "Acknowledgement of receipt: by Thursday 12 November 2026, in 10 days",
        )
        told = {11: "tomorrow", 12: "today", 14: "Overdue: Acknowledgement"}
        for day, words in told.items():
            with freeze_time(f"2026-11-{day} 09:00:00"):
                self.env.invalidate_all()
                self.assertIn(words, self._seen(case).next_step)

    def test_letter_under_way_is_said(self):
        # C-01: met when it is sent, and until then not asked for again
        case = self._register(
            reply_channel="letter",
            parties=[{"role": "complainant", "name": "Kari", "street": "Veien 1"}],
        )
        self._seen(case).action_acknowledge()
        self.assertIn("on its way", self._seen(case).next_step)

    def test_lists_are_ordered_by_what_is_due(self):
        late = self._register(received_at="2026-10-20T10:00")
        first = self._register()
        done = self._register()
        done.deadline_ids._waive("Done elsewhere")
        soon = self._register(received_at="2026-10-28T10:00")
        cases = late | first | done | soon
        found = self.env["complaint.case"].search(
            [("id", "in", cases.ids)], order="next_due_at, received_at desc"
        )
        self.assertEqual(found, late + soon + first + done)
        self.assertFalse(done.next_due_at)

    def test_cases_are_grouped_by_the_duty_that_comes_first(self):
        cases = self._register() | self._register()
        first = cases[0]
        self._deadline(first, "acknowledge")._meet()
        model = self.env["complaint.case"].with_user(self.leader)
        groups = model.formatted_read_group(
            [("id", "in", cases.ids)], ["next_milestone"], ["__count"]
        )
        counted = {row["next_milestone"]: row["__count"] for row in groups}
        self.assertEqual(counted, {"acknowledge": 1, "inform_staff": 1})
        first.deadline_ids._waive("Done elsewhere")
        self.assertFalse(first.next_milestone)

    def test_work_list_says_why_a_case_is_in_it(self):
        case = self._register()
        self.assertFalse(self._seen(case).attention)
        case.is_waiting = True
        self.assertEqual(self._seen(case).attention, "Waiting for the complainant")
        with freeze_time("2026-11-12 23:00:00"):
            self._deadline(case, "acknowledge")._escalate()
        self.env.invalidate_all()
        self.assertEqual(
            self._seen(case).attention,
            "Late, reason missing · Waiting for the complainant",
        )

    def test_next_due_moment_follows_the_duties(self):
        case = self._register()
        first = self._deadline(case, "acknowledge")
        self.assertEqual(case.next_due_at, first.due_at)
        first._meet()
        self.assertEqual(case.next_due_at, self._deadline(case, "inform_staff").due_at)

    def test_list_asks_no_more_for_more_cases(self):
        few, many = self._register(), self.env["complaint.case"]
        for _case in range(6):
            many |= self._register()
        self.assertLessEqual(self._queries(many), self._queries(few))

    def _queries(self, cases):
        self.env.flush_all()
        self.env.invalidate_all()
        names = {"complainant": {}, "reach": {}, "next_step": {}}
        cases.with_user(self.leader).web_read(names)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        cases.with_user(self.leader).web_read(names)
        return self.env.cr.sql_log_count - before

    def test_acknowledgement_proposes_handler_and_date(self):
        # A-25, D-38, E-53
        terms = self.policy.term_ids.filtered(
            lambda term: term.milestone == "acknowledge"
        )
        terms.write({"needs_expected_date": True, "needs_handler": True})
        case = self._register()
        compose = self.env["complaint.case.compose"].with_user(self.leader)
        form = Form(
            compose.with_context(
                default_case_id=case.id, default_purpose="acknowledgement"
            )
        )
        self.assertEqual(form.handler_id, self.leader)
        self.assertEqual(form.expected_on, self._deadline(case, "close").due_on)
        form.save().action_send()
        self.assertEqual(case.state, "acknowledged")

    def test_answer_and_close_is_one_letter(self):
        # B-23, C-12
        case = self._register()
        compose = self.env["complaint.case.compose"].with_user(self.leader)
        form = Form(
            compose.with_context(default_case_id=case.id, default_purpose="reply")
        )
        form.body = "<p>We found that you were right.</p>"
        form.remedy = "The heating is repaired."
        form.is_every_point_answered = True
        form.outcome = "upheld"
        form.save().action_send_and_close()
        self._deliver(case)
        self.assertEqual((case.state, case.outcome), ("closed", "upheld"))
        letters = case.correspondence_ids.filtered(
            lambda letter: letter.purpose in ("reply", "closing")
        )
        self.assertEqual(len(letters), 1)
        self.assertIn("you were right", letters.body)
        kept = case.deadline_ids.filtered(lambda row: row.state == "met")
        self.assertLessEqual({"acknowledge", "close"}, {*kept.mapped("milestone")})
