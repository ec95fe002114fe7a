# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from ...models.selfcheck.complaint_selfcheck import FIGURES
from ..common import ComplaintCase

IN_QUARTER = "2026-08-10 09:00:00"
AFTER = "2026-10-01 09:00:00"


@tagged("post_install", "-at_install")
class TestSelfcheck(ComplaintCase):
    """Management looks through each quarter (D-48, D-49, B-26)."""

    @classmethod
    def setUpClass(cls):
        with freeze_time(IN_QUARTER):
            super().setUpClass()
            cls.policy.write(
                {
                    "is_selfchecked": True,
                    "question_ids": [
                        Command.create({"name": "What recurs?"}),
                        Command.create({"name": "What do we change?"}),
                    ],
                }
            )
            cls.management.flush_recordset()
            cls.env.cr.execute(
                "UPDATE complaint_unit SET create_date = %s WHERE company_id = %s",
                ("2026-08-01 09:00:00", cls.company.id),
            )
            cls.env.invalidate_all()
        cls.checks = cls.env["complaint.selfcheck"]

    def _open(self):
        with self.enter_registry_test_mode():
            cron = self.env.ref("klagebehandling.ir_cron_open_selfchecks")
            cron.method_direct_trigger()
        self.env.invalidate_all()
        return self.checks.search([("company_id", "=", self.company.id)])

    def _propose(self, user, case=None, **values):
        return (
            self.env["complaint.proposal"]
            .with_user(user)
            .create(
                {
                    "name": "Warm plates",
                    "reason": "The food gets cold on its way.",
                    "case_id": case and case.id,
                    "unit_id": self.workshop.id,
                    **values,
                }
            )
        )

    def test_each_quarter_is_counted_once_it_has_ended(self):
        # D-48, D-49, B-26
        with freeze_time(IN_QUARTER):
            for _number in range(2):
                self._register(received_at="2026-08-10T08:00:00")
            case = self._register(received_at="2026-08-10T08:00:00")
            case.with_user(self.leader).action_close(outcome="upheld")
            measures = self.env["complaint.action"].with_user(self.director)
            late, done = (
                measures.create(
                    {"unit_id": self.workshop.id, "name": name, "due_on": "2026-09-01"}
                )
                for name in ("Late", "Done")
            )
            done.action_done("Bought")
            self.assertFalse(self._open(), "the quarter runs still")
        with freeze_time(AFTER):
            self._register(received_at="2026-10-01T08:00:00")  # the next quarter's
            check = self._open()
            self.assertEqual(self._open(), check, "once")
        self.assertEqual(
            (check.name, str(check.first_on), str(check.last_on)),
            ("2026 / 3", "2026-07-01", "2026-09-30"),
        )
        self.assertEqual(check.unit_id, self.management)
        self.assertEqual(check.received_count, 3)
        self.assertEqual(check.closed_count, 1)
        self.assertEqual(check.measure_done_count, 1)
        self.assertEqual(check.measure_late_count, 1)
        self.assertEqual(
            check.answer_ids.mapped("name"), ["What recurs?", "What do we change?"]
        )
        self.assertTrue(late)

    def test_missed_quarters_are_made_up_for(self):
        # D-49
        with freeze_time("2027-03-01 09:00:00"):
            checks = self._open()
        self.assertEqual(sorted(checks.mapped("name")), ["2026 / 3", "2026 / 4"])
        self.policy.is_selfchecked = False
        with freeze_time("2027-06-01 09:00:00"):
            self.assertEqual(self._open(), checks)

    def test_hidden_cases_change_no_figure(self):
        # D-49: two worlds, with the hidden cases and without
        def figures():
            unit, policy = self.management, self.policy
            counted = self.checks._count(unit, policy, *days)
            self.assertEqual(set(counted), set(FIGURES))
            return counted

        days = [
            self.env["complaint.selfcheck"]._fields["first_on"].to_date(day)
            for day in ("2026-07-01", "2026-09-30")
        ]
        with freeze_time(IN_QUARTER):
            ground = self.env["complaint.category"].create(
                {"name": "food", "code": "check_food", "company_id": self.company.id}
            )
            values = {"received_at": "2026-08-10T08:00:00", "categories": [ground.code]}
            for _number in range(3):
                self._register(**values)
            self.env["complaint.pattern"]._find_in(self.company)
            before = figures()
            self.assertEqual(before["pattern_count"], 1)
            for about in (self.leader, self.director, self.worker):
                parties = [{"role": "subject", "user_id": about.id}]
                for _number in range(3):
                    case = self._register(parties=parties, **values)
                    self.env["complaint.action"].create(
                        {"case_id": case.id, "name": "x", "due_on": "2026-09-01"}
                    )
                    user = case.handler_id
                    case.with_user(user).action_close(outcome="upheld")
            for _number in range(3):
                self._register(kind="whistleblowing", **values)
            self.env["complaint.pattern"]._find_in(self.company)
            self.assertEqual(figures(), before)

    def test_who_leads_at_the_top_answers_and_closes_it_for_good(self):
        # D-48, D-49, B-26
        with freeze_time(IN_QUARTER):
            need = self._propose(self.worker)
        with freeze_time(AFTER):
            check = self._open().with_user(self.director)
            self.assertEqual(check.proposal_ids, need)
            check.answer_ids[0].answer = "Cold food"
            check.answer_ids[1].answer = " "
            with self.assertRaisesRegex(UserError, "Answer each question"):
                check.action_close()
            check.answer_ids[1].answer = "Warm plates"
            with self.assertRaisesRegex(UserError, "Decide on each need"):
                check.action_close()
            need.with_user(self.director).action_accept("We buy them.")
            check.write(
                {
                    "decision": "More staff at noon",
                    "action_ids": [
                        Command.create(
                            {
                                "name": "Buy plates",
                                "due_on": "2026-11-01",
                                "unit_id": self.management.id,
                            }
                        )
                    ],
                }
            )
            measure = check.action_ids
            self.assertFalse(measure.case_id)
            self.assertTrue(measure.with_user(self.worker).name, "of all")
            check.action_close()
            self.assertEqual(check.closed_by_id, self.director)
            journal = self.env["complaint.company.journal"].search(
                [("company_id", "=", self.company.id)], limit=1
            )
            self.assertEqual(journal.event, "selfcheck_closed")
            measures = self.env["complaint.action"].with_user(self.director)
            for act in (
                lambda: check.write({"decision": "x"}),
                lambda: check.answer_ids[0].write({"answer": "x"}),
                check.action_close,
                lambda: measures.create(
                    {
                        "name": "x",
                        "due_on": "2026-11-01",
                        "unit_id": self.management.id,
                        "selfcheck_id": check.id,
                    }
                ),
            ):
                with self.assertRaises(UserError):
                    act()
            for act in (check.unlink, check.answer_ids.unlink):
                with self.assertRaises(AccessError):
                    act()

    def test_quarter_asks_until_none_waits(self):
        # D-49
        def tasks():
            kind = self.env.ref("klagebehandling.mail_activity_type_selfcheck")
            return self.env["mail.activity"].search(
                [
                    ("activity_type_id", "=", kind.id),
                    ("user_id", "=", self.director.id),
                ]
            )

        with freeze_time("2027-03-01 09:00:00"):
            checks = self._open().with_user(self.director)
            self.assertEqual((len(checks), len(tasks())), (2, 1))
            checks.answer_ids.write({"answer": "Cold food"})
            checks[0].action_close()
            self.assertEqual(len(tasks()), 1, "another waits")
            checks[1].action_close()
            self.assertFalse(tasks())

    def test_needs_of_the_quarter_and_of_the_place_are_looked_at(self):
        # D-48
        elsewhere = self._create_unit(
            "Elsewhere",
            manager_id=self.other_leader.id,
            policy_id=self._create_policy("plain").id,
        )
        with freeze_time(IN_QUARTER):
            need = self._propose(self.worker)
            self._propose(self.other_leader, unit_id=elsewhere.id)
        with freeze_time(AFTER):
            later = self._propose(self.worker)
            check = self._open()
            self.assertEqual(check.unit_id, self.management)
            self.assertEqual(check.proposal_ids, need)
            self.assertFalse(later.sudo().selfcheck_id)

    def test_self_check_decides_on_no_measure_of_a_case_nor_of_others(self):
        # D-48, B-26
        with freeze_time(AFTER):
            case, check = self._register(), self._open()
            values = {"name": "x", "due_on": "2026-11-01", "selfcheck_id": check.id}
            measures = self.env["complaint.action"]
            with self.assertRaises(UserError):
                measures.with_user(self.director).create({**values, "case_id": case.id})
            values["unit_id"] = self.workshop.id
            with self.assertRaises(AccessError):
                measures.with_user(self.leader).create(values)
            # Who reads every self-check decides in none.
            self.leader.group_ids |= self.env.ref("klagebehandling.group_auditor")
            self.assertTrue(check.with_user(self.leader).name)
            with self.assertRaises(AccessError):
                measures.with_user(self.leader).create(values)
            self.assertTrue(measures.with_user(self.director).create(values))

    def test_nobody_else_reads_or_changes_it(self):
        # D-48, D-49
        with freeze_time(AFTER):
            check = self._open()
            self.assertEqual(check.with_user(self.auditor).received_count, 0)
            self.assertTrue(check.with_user(self.auditor).answer_ids[0].name)
            for user in (self.leader, self.other_leader):
                own = self.checks.with_user(user)
                self.assertFalse(own.search([]) & check)
                with self.assertRaises(AccessError):
                    check.with_user(user).action_close()
                with self.assertRaises(AccessError):
                    check.answer_ids.with_user(user).write({"answer": "x"})
            for user in (
                self.worker,
                self.independent,
                self.custodian,
                self.owner,
                self.employee,
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    self.checks.with_user(user).search([])
            for user in (self.auditor, self.worker):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    check.with_user(user).action_close()
            for values in ({"received_count": 7}, {"state": "closed"}):
                with self.assertRaises(UserError):
                    check.with_user(self.director).write(values)
            with self.assertRaises(UserError):
                self.checks.with_user(self.director).create({})

    def test_handlers_name_needs_and_read_what_was_decided(self):
        # D-48
        with freeze_time(IN_QUARTER):
            case = self._register()
            need = self._propose(self.worker, case)
            self.assertEqual(need.user_id, self.worker)
            self.assertFalse(need.case_id)
            self.assertIn("need_named", case.journal_ids.mapped("event"))
            for user in (self.leader, self.worker):
                with self.assertRaises(AccessError):
                    need.with_user(user).action_decline("No")
                with self.assertRaises(UserError):
                    need.with_user(user).decision = "No"
            need.with_user(self.director).decision = "Let us see."
            need.with_user(self.director).decision = False
            with self.assertRaises(UserError):
                need.with_user(self.director).action_decline()
            need.with_user(self.director).action_decline("Too dear.")
            self.assertEqual(need.with_user(self.worker).decision, "Too dear.")
            with self.assertRaises(UserError):
                need.with_user(self.director).action_accept("Yes")
            with self.assertRaises(UserError):
                need.with_user(self.director).decision = "Yes"
            for user in (self.other_leader,):
                self.assertFalse(
                    self.env["complaint.proposal"].with_user(user).search([]) & need
                )
            for user in (self.employee, self.custodian, self.owner):
                with self.assertRaises(AccessError):
                    self.env["complaint.proposal"].with_user(user).search([])

    def test_need_tells_of_nobody_and_of_no_hidden_case(self):
        # D-48
        with freeze_time(IN_QUARTER):
            case = self._register()
            for words in ("Kari Nordmann says so", f"See {case.reference}"):
                with self.assertRaises(UserError):
                    self._propose(self.worker, case, reason=words)
            about = [{"role": "subject", "user_id": self.leader.id}]
            hidden = self._register(parties=about)
            with self.assertRaises(UserError):
                self._propose(self.director, hidden)
            for user in (self.leader, self.worker):
                with self.assertRaises(AccessError):
                    self._propose(user, hidden)
            own = self._register()
            with self.assertRaises(AccessError):
                self._propose(self.other_leader, own)
            self.assertNotIn("need_named", own.journal_ids.mapped("event"))
            other = self.env["res.company"].create({"name": "Elsewhere"})
            foreign = self.workshop.create({"name": "x", "company_id": other.id})
            with self.assertRaises(AccessError):
                self._propose(self.worker, unit_id=foreign.id)
            for user in (self.employee, self.auditor, self.owner, self.custodian):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    self._propose(user)
            for values in ({"name": " "}, {"reason": ""}, {"unit_id": False}):
                with self.assertRaises(UserError):
                    self._propose(self.worker, **values)
            with self.assertRaises(UserError):
                self._propose(self.worker, user_id=self.director.id)
