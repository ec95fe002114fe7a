# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import ComplaintCase

NOW = "2026-11-02 09:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestMeasures(ComplaintCase):
    """What is put right and what changes: owner, day, done, effect (M39, M55)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        strict = cls._create_policy("test_strict", is_measure_required=True)
        cls.annex = cls._create_unit(
            "Annex", manager_id=cls.leader.id, policy_id=strict.id
        )
        cls.case = cls._register()

    def _measure(self, user=None, **values):
        actions = self.env["complaint.action"].with_user(user or self.leader)
        return actions.create(
            {
                "case_id": self.case.id,
                "name": "Buy warm boxes",
                "due_on": "2026-11-20",
                **values,
            }
        )

    def _general(self, user=None, **values):
        return self._measure(user or self.director, case_id=False, **values)

    def _events(self, case=None):
        return (case or self.case).journal_ids.mapped("event")

    def test_measure_of_a_case_is_a_promise_with_an_owner(self):
        # C-10, C-19, M39
        form = Form(self.case.with_user(self.leader))
        with form.action_ids.new() as row:
            row.name = "Buy warm boxes"
            row.kind = "preventive"
            row.owner_id = self.worker
            row.due_on = "2026-11-20"
            row.check_on = "2027-02-01"
        form.save()
        measure = self.case.action_ids
        self.assertEqual(measure.deadline_id.milestone, "measure")
        self.assertEqual(str(measure.deadline_id.due_on), "2026-11-20")
        self.assertEqual(measure.company_id, self.company)
        self.assertIn("measure_opened", self._events())
        own = self.env["complaint.action.assignment"].with_user(self.worker).search([])
        self.assertEqual(own.name, "Buy warm boxes")
        self.assertEqual(own.sudo().activity_ids.user_id, self.worker)
        with freeze_time("2026-11-21 09:00:00"):
            measure.deadline_id._escalate()
            self.assertEqual(measure.deadline_id.state, "late")
            self.assertTrue(measure.is_overdue)
        found = self.env["complaint.journal"]._verify(self.case)
        self.assertFalse([one for one in found if one.kind in ("differs", "unbound")])

    def test_measure_is_done_and_its_effect_is_looked_at_later(self):
        # C-10, M39
        measure = self._measure(check_on="2027-02-01")
        with self.assertRaises(UserError):
            measure.action_done()
        measure.action_done("Bought ten.")
        self.assertEqual((measure.state, str(measure.done_on)), ("done", "2026-11-02"))
        self.assertEqual(measure.sudo().deadline_id.state, "met")
        check = measure.sudo().check_deadline_id
        self.assertEqual((check.milestone, str(check.due_on)), ("effect", "2027-02-01"))
        for act in (measure.action_done, measure.action_drop):
            with self.assertRaises(UserError):
                act("x")
        with self.assertRaises(UserError):
            measure.action_check("works")
        with self.assertRaises(ValidationError):
            measure.action_check("perhaps", "x")
        measure.action_check("works", "No complaint since.")
        self.assertEqual((measure.state, check.state), ("checked", "met"))
        with self.assertRaises(UserError):
            measure.action_check("fails", "x")
        self.assertLessEqual({"measure_done", "measure_checked"}, {*self._events()})
        self.assertNotIn("boxes", str(self.case._timeline()))

    def test_measure_outlives_the_closing(self):
        # M39
        measure = self._measure()
        self.case.with_user(self.leader).action_close(outcome="upheld")
        self.assertEqual(measure.sudo().deadline_id.state, "running")
        self.assertEqual(self._measure().state, "open")
        measure.action_done("Bought after all.")
        self.assertEqual(measure.sudo().deadline_id.state, "met")

    def test_measure_is_later_or_not_done_for_a_reason(self):
        measure = self._measure(owner_id=self.worker.id)
        for values in (
            {},
            {"until": "2026-12-01"},
            {"reason": "No money."},
            {"until": "2026-11-20", "reason": "No money."},
            {"until": "2028-01-01", "reason": "No money."},
        ):
            with self.assertRaises(UserError):
                measure.action_postpone(**values)
        measure.action_postpone("2026-12-01", "No money.")
        self.assertEqual(str(measure.due_on), "2026-12-01")
        assignment = measure.sudo().assignment_id
        self.assertEqual(str(assignment.due_on), "2026-12-01")
        self.assertEqual(str(assignment.activity_ids.date_deadline), "2026-12-01")
        self.assertEqual(str(measure.sudo().deadline_id.due_on), "2026-12-01")
        self.assertEqual(measure.sudo().deadline_id.extends_id.state, "extended")
        with self.assertRaises(UserError):
            measure.action_drop()
        measure.action_drop("The kitchen is closed.")
        self.assertEqual(measure.sudo().deadline_id.state, "waived")
        self.assertFalse(assignment.exists())
        dropped = self.case.journal_ids.filtered(
            lambda one: one.event == "measure_dropped"
        )
        self.assertEqual(dropped.texts["reason"], "The kitchen is closed.")

    def test_days_are_days_that_somebody_means(self):
        for values in (
            {"due_on": "2026-11-01"},
            {"due_on": "2028-11-01"},
            {"due_on": False},
            {"check_on": "2026-11-10"},
            {"check_on": "2028-11-10"},
            {"due_on": "tomorrow"},
            {"check_on": "20 November"},
            {"name": " "},
        ):
            with self.assertRaises(UserError):
                self._measure(**values)

    def test_owner_outside_the_case_sees_the_words_and_never_the_case(self):
        # M39
        measure = self._measure(owner_id=self.employee.id)
        mine = self.env["complaint.action.assignment"].with_user(self.employee)
        own = mine.search([])
        seen = own.read()[0]
        self.assertEqual(seen["name"], "Buy warm boxes")
        told = str(seen)
        for word in (self.case.reference, "Cold food", "Kari", "complaint.case"):
            self.assertNotIn(word, told)
        self.assertFalse(
            [
                name
                for name, field in own._fields.items()
                if field.comodel_name in ("complaint.case", "complaint.action")
            ]
        )
        with self.assertRaises(AccessError):
            self.env["complaint.action"].with_user(self.employee).search([])
        for model, row in (
            ("complaint.action", measure),
            ("complaint.case", self.case),
        ):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.employee).browse(row.id).read()
        tasks = self.env["mail.activity"].with_user(self.employee).search([])
        self.assertEqual(tasks.mapped("res_model"), ["complaint.action.assignment"])
        with self.assertRaises(UserError):
            own.action_done()
        own.report = "Ten boxes are here."
        own.action_done()
        self.assertEqual(measure.state, "done")
        self.assertEqual(measure.result, "Ten boxes are here.")
        self.assertEqual(measure.done_by_id, self.employee)
        with self.assertRaises(UserError):
            own.action_done("Again")
        with self.assertRaises(UserError):
            own.report = "Other words"
        # Nobody else sees it, nor makes one.
        for user in (self.worker, self.leader, self.auditor):
            self.assertFalse(mine.with_user(user).search([]))
            with self.assertRaises(AccessError):
                own.with_user(user).action_done("x")
            with self.assertRaises(UserError):
                mine.with_user(user).create({"name": "x", "due_on": "2026-11-20"})

    def test_nobody_behind_the_wall_owns_a_measure(self):
        cook = self._create_user("cook", "group_handler")
        self.workshop.member_ids += cook
        case = self._register(parties=[{"role": "subject", "user_id": cook.id}])
        words = set()
        stranger = self._create_user("stranger")
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        stranger.write({"company_ids": elsewhere.ids, "company_id": elsewhere.id})
        portal = self._create_user("portal")
        portal.group_ids = self.env.ref("base.group_portal")
        for user in (cook, stranger, portal):
            with self.assertRaises(UserError) as refusal:
                self._measure(case_id=case.id, owner_id=user.id)
            words.add(str(refusal.exception))
        self.assertEqual(len(words), 1)
        measure = self._measure(case_id=case.id)
        with self.assertRaises(UserError):
            measure.owner_id = cook
        self.assertFalse(measure.with_user(cook).exists())

    def test_wall_that_grows_takes_the_measure_back(self):
        measure = self._measure(owner_id=self.worker.id)
        mine = self.env["complaint.action.assignment"].with_user(self.worker)
        self.assertTrue(mine.search([]))
        self.env["complaint.party"].create(
            {
                "case_id": self.case.id,
                "role": "subject",
                "user_id": self.worker.id,
            }
        )
        self.assertFalse(mine.search([]))
        self.assertFalse(self.env["mail.activity"].with_user(self.worker).search([]))
        self.assertFalse(measure.with_user(self.worker).exists())
        self.assertNotEqual(measure.sudo().owner_id, self.worker)

    def test_measure_is_not_forged(self):
        measure = self._measure()
        for values in (
            {"state": "checked"},
            {"done_on": "2026-11-01"},
            {"due_on": "2027-01-01"},
            {"case_id": False},
            {"effect": "works"},
            {"company_id": self.env["res.company"].create({"name": "x"}).id},
        ):
            with self.assertRaises(UserError):
                measure.write(values)
        for values in ({"state": "done"}, {"is_independent": True}):
            with self.assertRaises(UserError):
                self._measure(**values)
        with self.assertRaises(UserError):
            measure.sudo().unlink()
        for user in (self.other_leader, self.custodian, self.auditor, self.owner):
            with self.assertRaises(AccessError):
                self._measure(user)

    def test_measure_of_the_organisation_is_seen_by_all_who_work_cases(self):
        # B-02, C-20
        measure = self._general(kind="routine", name="Check the boxes each Monday")
        for user in (self.worker, self.other_leader, self.independent):
            self.assertTrue(measure.with_user(user).read(["name"]))
        for user in (self.employee, self.auditor, self.custodian):
            with self.assertRaises(AccessError):
                measure.with_user(user).read(["name"])
        # Handlers read it, and those who lead decide.
        with self.assertRaises(AccessError):
            self._general(self.worker)
        for act in (
            lambda: measure.with_user(self.worker).write({"name": "x"}),
            lambda: measure.with_user(self.worker).action_done("x"),
        ):
            with self.assertRaises(AccessError):
                act()
        self.assertFalse(measure.sudo().deadline_id)
        self.assertEqual(measure.sudo().assignment_id.user_id, self.director)
        measure.action_postpone("2026-12-01", "Holidays")
        measure.action_done("It is in the routine.")
        entries = self.env["complaint.company.journal"].search(
            [("company_id", "=", self.company.id), ("event", "like", "measure")]
        )
        self.assertEqual(
            sorted(entries.mapped("event")),
            ["measure_done", "measure_moved", "measure_opened"],
        )
        self.assertNotIn("Monday", str(entries.mapped("payload")))

    def test_what_is_overdue_comes_first(self):
        late = self._measure(due_on="2026-11-10")
        done = self._measure(due_on="2026-11-05")
        done.action_done("x")
        later = self._measure(due_on="2026-12-10")
        ours = [("case_id", "=", self.case.id)]
        with freeze_time("2026-11-15 09:00:00"):
            actions = self.env["complaint.action"].with_user(self.leader)
            self.assertEqual(actions.search(ours), late | later | done)
            self.assertEqual(actions.search([*ours, ("is_overdue", "=", True)]), late)
            self.assertEqual(
                actions.search([*ours, ("is_overdue", "!=", True)]), later | done
            )
            self.assertEqual(
                actions.search([*ours, ("is_overdue", "in", [False])]), later | done
            )

    def test_closing_needs_a_measure_or_a_reason_for_none(self):
        # B-07
        for prepare in (
            lambda case: self._measure(case_id=case.id),
            lambda case: setattr(case, "remedy", "A warm dinner"),
            lambda case: setattr(case, "no_measure_reason", "It did not happen."),
        ):
            case = self._register(unit_id=self.annex.id).with_user(self.leader)
            with self.assertRaisesRegex(UserError, "why there is none"):
                case.action_close(outcome="upheld")
            prepare(case)
            case.action_close(outcome="upheld")
            self.assertEqual(case.state, "closed")
        case = self._register(unit_id=self.annex.id)
        self._measure(case_id=case.id).action_drop("Too dear.")
        with self.assertRaises(UserError):
            case.with_user(self.leader).action_close(outcome="upheld")

    def test_dialog_asks_why_there_is_no_measure(self):
        # B-07
        case = self._register(unit_id=self.annex.id)
        end = self.env["complaint.case.end"].with_user(self.leader)
        form = Form(end.with_context(default_case_id=case.id, default_step="close"))
        form.outcome = "not_upheld"
        self.assertTrue(form.is_measure_missing)
        with self.assertRaises(AssertionError):
            form.save()
        form.no_measure_reason = "It did not happen."
        form.save().action_confirm()
        self.assertEqual(case.no_measure_reason, "It did not happen.")
        self.assertEqual(case.state, "closed")

    def test_individual_and_general_measures_stand_apart(self):
        # B-02, M55
        remedy = self._measure(kind="apology", name="Say sorry")
        change = self._measure(kind="routine", name="Check the boxes")
        self.assertEqual((remedy.is_remedy, change.is_remedy), (True, False))

    def test_rectification_says_by_whom_and_when_the_person_was_told(self):
        # D-47
        remedy = self._measure(kind="correction", name="A warm dinner")
        remedy.action_done("Served on Monday.")
        self.assertFalse(remedy.told_on)
        self.case.with_user(self.leader).action_close(outcome="upheld")
        self.assertFalse(remedy.told_on, "not before the letter has left")
        self._deliver(self.case)
        self.env.invalidate_all()
        self.assertEqual(str(remedy.told_on), "2026-11-02")
        self.assertEqual(remedy.done_by_id, self.leader)

    def test_closing_asks_for_dialogue_put_right_and_learned(self):
        # D-04, D-10
        self.policy.is_dialogue_required = True
        case = self._register().with_user(self.leader)
        case = case.with_context(complaint_on_screen=True)
        for name, label, words in (
            ("lesson", "what was learned", "Boxes are checked."),
            ("remedy", "how it was put right", "A warm dinner."),
            ("dialogue_attempt", "tried in dialogue", "We talked and cooked together."),
        ):
            with self.assertRaisesRegex(UserError, f"enter .*{label}") as refused:
                case.action_close(outcome="resolved")
            case[name] = words
        self.assertNotIn("learned", str(refused.exception), "what is there")
        case.action_close(outcome="resolved")
        letter = case.sudo().correspondence_ids[:1]
        for words in ("cooked together", "A warm dinner.", "Boxes are checked."):
            self.assertIn(words, letter.body)

    def test_how_it_was_tried_is_told_where_that_is_wanted(self):
        # D-04, D-10
        self.policy.is_dialogue_required = True
        case = self._register()
        end = self.env["complaint.case.end"].with_user(self.leader)
        form = Form(end.with_context(default_case_id=case.id, default_step="close"))
        form.outcome = "resolved"
        form.remedy = "A warm dinner."
        form.lesson = "Boxes are checked."
        with self.assertRaises(AssertionError):
            form.save()
        form.dialogue_attempt = "We talked with Kari."
        self.assertIn("We talked with Kari.", form.body)
        form.is_dialogue_told = False
        self.assertNotIn("We talked with Kari.", form.body)
        form.save().action_confirm()
        self.assertEqual(case.dialogue_attempt, "We talked with Kari.")
        self.assertNotIn("We talked", case.correspondence_ids[:1].body)

    def test_words_go_with_the_words_of_the_case(self):
        measure = self._measure(owner_id=self.employee.id)
        own = measure.sudo().assignment_id
        own.with_user(self.employee).action_done("Kari got ten.")
        measure.sudo()._erase_text("Asked for it")
        self.assertFalse(measure.name or measure.result or own.report)
        self.assertNotIn("boxes", own.name)
