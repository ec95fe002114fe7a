# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import ComplaintCase

NOW = "2026-11-02 09:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestFollowup(ComplaintCase):
    """The head follows up each case, and leaves a trace (D-45)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.is_followed_up = True

    def _due(self, user):
        cases = self.env["complaint.case"].with_user(user)
        return cases.search([("is_follow_up_due", "=", True)], order="received_at")

    def test_head_follows_up_each_case_and_that_is_recorded(self):
        # D-45
        case = self._register()
        self.assertTrue(case.is_follow_up_due)
        case.with_user(self.director).action_follow_up("Look at the rota.")
        row = case.followup_ids
        self.assertEqual(row.user_id, self.director)
        self.assertEqual(str(row.followed_on), "2026-11-02")
        self.assertEqual(row.note, "Look at the rota.")
        self.assertEqual(str(case.followed_up_on), "2026-11-02")
        self.assertFalse(case.is_follow_up_due)
        entry = case.journal_ids.filtered(lambda one: one.event == "followed_up")
        self.assertEqual(entry.user_id, self.director)
        self.assertEqual(entry.texts, {"note": "Look at the rota."})
        self.assertNotIn("rota", str(entry.payload))
        with freeze_time("2026-12-02 09:00:00"):
            case.with_user(self.director).action_follow_up()
        self.assertEqual(len(case.followup_ids), 2, "continuously")

    def test_list_of_what_nobody_has_followed_up_is_by_age(self):
        # D-45
        cases = self.env["complaint.case"]
        for day in (30, 10, 20):
            cases |= self._register(received_at=f"2026-10-{day}T10:00:00")
        praise = self._register()
        praise.kind = "praise"
        done = self._register()
        done.with_user(self.director).action_follow_up()
        twice = self._register()
        twice.is_repeat = True
        due = self._due(self.director)
        self.assertEqual(due & (cases | praise | done | twice), cases)
        self.assertFalse(twice.is_follow_up_due)
        self.assertEqual([*due & cases], [cases[1], cases[2], cases[0]])
        self._due(self.director).action_follow_up()  # many at once
        self.assertFalse(self._due(self.director))
        self.assertEqual(cases.followup_ids.user_id, self.director)
        self.policy.is_followed_up = False
        self._register()
        self.assertFalse(self._due(self.director))

    def test_nobody_else_follows_up(self):
        # D-45
        case = self._register()
        for user in (self.leader, self.worker):
            with self.assertRaises(UserError):
                case.with_user(user).action_follow_up()
        for user in (
            self.other_leader,
            self.independent,
            self.custodian,
            self.auditor,
            self.owner,
            self.employee,
        ):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                case.with_user(user).action_follow_up()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["complaint.followup"].with_user(user).create(
                    {"case_id": case.id}
                )
        with self.assertRaises(UserError):
            self.env["complaint.followup"].with_user(self.leader).create(
                {"case_id": case.id}
            )
        self.assertFalse(case.followup_ids)

    def test_trace_is_neither_changed_nor_taken_away(self):
        case = self._register()
        case.with_user(self.director).action_follow_up()
        row = case.followup_ids.with_user(self.director)
        for act in (lambda: row.write({"note": "x"}), row.unlink):
            with self.assertRaises(AccessError):
                act()
        for values in ({"user_id": self.leader.id}, {"followed_on": "2020-01-01"}):
            with self.assertRaises(UserError):
                row.create({"case_id": case.id, **values})
        with self.assertRaises(UserError):
            case.with_user(self.director).followed_up_on = "2020-01-01"
        with self.assertRaises(UserError):
            row.sudo().unlink()

    def test_procedure_names_who_it_is(self):
        # D-45: "the head" of the organisation, a receiver
        self.policy.follower_id = self.leader
        case = self._register()
        with self.assertRaises(UserError):
            case.with_user(self.director).action_follow_up()
        case.with_user(self.leader).action_follow_up()
        elsewhere = self._register(unit_id=self.kitchen.id)  # the leader reads it not
        elsewhere.with_user(self.director).action_follow_up()

    def test_nobody_behind_the_wall_follows_up(self):
        # D-45: then the independent receiver
        about = [{"role": "subject", "user_id": self.leader.id}]
        self.policy.follower_id = self.leader
        case = self._register(parties=about)
        self.assertEqual(case._followers(), self.director)
        about = [{"role": "subject", "user_id": self.director.id}]
        case = self._register(parties=about)
        self.assertTrue(case.is_restricted)
        self.assertEqual(case._followers(), self.independent)
        for user in (self.director, self.leader):
            with self.assertRaises(AccessError):
                case.with_user(user).action_follow_up()
        self.assertNotIn(case, self._due(self.director))
        self.assertIn(case, self._due(self.independent))
        case.with_user(self.independent).action_follow_up()
        self.assertFalse(
            self.env["complaint.followup"].with_user(self.director).search([])
            & case.followup_ids
        )

    def test_what_is_handled_independently_is_followed_up_there(self):
        # D-45: also where nobody stands behind a wall
        self.policy.follower_id = self.director
        case = self._register(kind="whistleblowing")
        self.assertTrue(case.is_restricted)
        self.assertFalse(case.walled_user_ids)
        self.assertEqual(case._followers(), self.independent)
        case.with_user(self.independent).action_follow_up()

    def test_head_is_who_leads_where_the_procedure_begins(self):
        # D-45: the head of social services, and not who leads the municipality
        mayor = self._create_user("mayor", "group_manager")
        council = self._create_unit("Council", manager_id=mayor.id)
        self.management.parent_id = council
        case = self._register()
        self.assertEqual(case._followers(), self.director)
        with self.assertRaises(UserError):
            case.with_user(mayor).action_follow_up()
        about = [{"role": "subject", "user_id": self.director.id}]
        case = self._register(parties=about)
        self.assertEqual(case._followers(), mayor)

    def test_odd_values_are_refused_in_words(self):
        rows = self.env["complaint.followup"].with_user(self.director)
        for values in ({}, {"case_id": "x"}, {"case_id": True}, {"case_id": [1]}):
            with self.subTest(values=values), self.assertRaises(UserError):
                rows.create(values)
        trainings = self.env["complaint.training"].with_user(self.director)
        for values in ({"user_id": "x"}, {"trained_on": "x"}, {"company_id": {}}):
            with self.subTest(values=values), self.assertRaises(UserError):
                trainings.create({"given_by": "x", **values})
        needs = self.env["complaint.proposal"].with_user(self.director)
        for values in ({"case_id": "x"}, {"unit_id": "x"}, {"name": [1]}):
            with self.subTest(values=values), self.assertRaises(UserError):
                needs.create({"name": "x", "reason": "x", **values})

    def test_procedure_without_it_refuses(self):
        # D-45
        self.policy.is_followed_up = False
        case = self._register()
        with self.assertRaises(UserError):
            case.with_user(self.director).action_follow_up()
        self.assertFalse(case.is_follow_up_due)

    def test_term_makes_it_a_duty_that_the_head_is_asked_for(self):
        # D-45
        self.policy.term_ids = [self._term("follow_up", 20, "day")]
        case = self._register(received_at="2026-11-02T08:00:00")
        duty = self._deadline(case, "follow_up")
        self.assertEqual(str(duty.due_on), "2026-11-22")
        with freeze_time("2026-11-19 09:00:00"):
            duty._warn("handler")
            tasks = case.activity_ids.filtered(
                lambda task: "Follow-up by the head" in task.summary
            )
            self.assertEqual(tasks.user_id, self.director)
            case.with_user(self.director).action_follow_up()
        self.assertEqual(duty.state, "met")
        self.assertFalse(tasks.exists())

    def test_duty_outlives_the_closing_and_is_late_by_itself(self):
        # D-45
        self.policy.term_ids = [self._term("follow_up", 14, "day")]
        case = self._register(received_at="2026-11-02T08:00:00")
        case.with_user(self.leader).action_close(outcome="upheld")
        duty = self._deadline(case, "follow_up")
        self.assertEqual(duty.state, "running")
        with freeze_time("2026-11-17 09:00:00"):
            known = case.activity_ids
            duty._escalate()
            self.assertEqual(duty.state, "late")
            told = case.activity_ids - known
            self.assertEqual(told.user_id, self.director, "and not the line")
            self.assertIn("is late", str(told.mapped("summary")))
            self.assertFalse(duty.is_reason_missing, "nobody outside was promised it")
            case.with_user(self.director).action_follow_up()
        self.assertEqual(duty.state, "met")

    def test_head_writes_it_in_the_case(self):
        case = self._register()
        form = Form(case.with_user(self.director))
        with form.followup_ids.new() as row:
            row.note = "Seen"
        form.save()
        self.assertEqual(case.followup_ids.note, "Seen")
        form = Form(case.with_user(self.leader))
        self.assertFalse(form.can_follow_up)

    def test_remark_can_be_erased_and_auditors_read_none(self):
        case = self._register()
        case.with_user(self.director).action_follow_up("Kari")
        row = case.followup_ids
        as_auditor = row.with_user(self.auditor)
        self.assertEqual(as_auditor.user_id, self.director)
        with self.assertRaises(AccessError):
            as_auditor.read(["note"])
        row._erase_text("Asked for")
        self.assertFalse(row.note)
        self.assertTrue(row.text_erased_on)
