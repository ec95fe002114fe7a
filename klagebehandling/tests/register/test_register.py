from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ...models.register import complaint_registration
from ...sealing import journal_seal
from ..common import ComplaintCase

TODAY = "2026-11-02 09:00:00"


class RegisterCase(ComplaintCase):
    """A public body: its procedure has numbers that run."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.write({"has_running_series": True, "has_open_register": True})
        cls.rows = cls.env["complaint.registration"]
        cls.waiting = cls.env["complaint.register.waiting"]
        cls.env.flush_all()
        # The clock finds nothing of others.
        cls.env.cr.execute(
            "UPDATE complaint_case SET drawn_number = id "
            "WHERE company_id <> %s AND drawn_number IS NULL",
            [cls.company.id],
        )
        cls.env.invalidate_all()

    def setUp(self):
        super().setUp()
        cron = type(self.env["ir.cron"])
        self.commit = self.startPatcher(
            patch.object(cron, "_commit_progress", return_value=60)
        )

    def _number(self, company=None):
        """Number all that waits, as the button does."""
        total = 0
        while count := self.rows._number_next(company or self.company):
            total += count
        return total

    def _row(self, case):
        return self.rows.search([("case_id", "=", case.id)])

    def _days(self):
        return self.waiting.search([("company_id", "=", self.company.id)])


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestRegister(RegisterCase):
    """The registry numbers of a public body run without gaps (B-20, D-41, M33)."""

    def test_door_draws_no_number(self):
        case = self._register()
        self.assertFalse(case.registry_number)
        self.assertFalse(self._row(case))

    def test_numbers_of_a_private_body_are_drawn_at_the_door(self):
        self.policy.has_running_series = False
        case = self._register()
        self.assertRegex(case.registry_number, r"^2026-\d{7}$")
        self._number()
        self.assertFalse(self._row(case))

    def test_every_way_in_is_registered(self):
        # B-20, D-41, E-59: in whichever channel.
        cases = self.env["complaint.case"]
        for channel in ("web", "email", "phone", "letter", "paper_form", "meeting"):
            cases |= self._register(channel=channel)
        self.assertEqual(self._number(), len(cases))
        numbers = self.rows.search([("case_id", "in", cases.ids)]).mapped("number")
        self.assertEqual(sorted(numbers), list(range(1, len(cases) + 1)))

    def test_series_goes_on_where_it_ended(self):
        self._register()
        self._number()
        later = self._register()
        self.assertEqual(self._number(), 1)
        self.assertEqual(self._row(later).registry_number, "2026-2")
        self.assertEqual(self._number(), 0)

    def test_order_of_the_numbers_is_not_that_of_the_complaints(self):
        cases = sum((self._register() for _n in range(20)), self.env["complaint.case"])
        self._number()
        rows = self.rows.search([("case_id", "in", cases.ids)])
        by_case = rows.sorted(lambda row: row.case_id.id)
        self.assertNotEqual(by_case.mapped("number"), sorted(by_case.mapped("number")))
        # Nor do the ids of the rows tell it.
        self.assertEqual(rows.sorted("id"), rows.sorted("number"))

    def test_year_is_that_of_the_registration(self):
        with freeze_time("2026-12-31 20:00:00"):
            case = self._register()
        with freeze_time("2026-12-31 23:30:00"):
            # Half an hour into the new year in Oslo.
            self.rows._cron_number()
        row = self._row(case)
        self.assertEqual((row.year, row.number), (2027, 1))
        self.assertEqual(str(row.received_on), "2026-12-31")
        self.assertEqual(str(row.registered_on), "2027-01-01")

    def test_each_organisation_has_a_series_of_its_own(self):
        company = self.env["res.company"].create({"name": "Other"})
        policy = self._create_policy(
            "test_other", company_id=company.id, has_running_series=True
        )
        unit = self._create_unit("Other", company_id=company.id, policy_id=policy.id)
        ours, theirs = self._register(), self._register(unit_id=unit.id)
        self._number()
        self._number(company)
        self.assertEqual(self._row(ours).registry_number, "2026-1")
        self.assertEqual(self._row(theirs).registry_number, "2026-1")

    def test_clock_numbers_what_came_on_earlier_days(self):
        with freeze_time("2026-11-01 21:00:00"):
            earlier = self._register()
        today = self._register()
        self.rows._cron_number()
        self.assertTrue(self._row(earlier))
        self.assertFalse(self._row(today))
        with freeze_time("2026-11-02 23:10:00"):
            self.rows._cron_number()
        self.assertTrue(self._row(today))

    def test_clock_that_runs_twice_changes_nothing(self):
        with freeze_time("2026-11-01 09:00:00"):
            case = self._register()
        self.rows._cron_number()
        row = self._row(case)
        self.rows._cron_number()
        self.assertEqual(self._row(case), row)

    def test_clock_goes_on_where_it_was_stopped(self):
        with freeze_time("2026-11-01 09:00:00"):
            cases = [self._register() for _n in range(3)]
        self.startPatcher(patch.object(complaint_registration, "BATCH", 2))
        self.commit.return_value = 0
        self.rows._cron_number()
        self.assertEqual(sum(len(self._row(case)) for case in cases), 2)
        self.rows._cron_number()
        numbers = sorted(self._row(case).number for case in cases)
        self.assertEqual(numbers, [1, 2, 3])

    def test_undone_number_is_the_next_ones(self):
        self._register()
        with self.assertRaises(ZeroDivisionError), self.cr.savepoint():
            self._number()
            raise ZeroDivisionError
        self.env.invalidate_all()
        case = self._register()
        self._number()
        self.assertIn(self._row(case).number, (1, 2))
        numbers = self.rows.search([("company_id", "=", self.company.id)])
        self.assertEqual(sorted(numbers.mapped("number")), [1, 2])

    @mute_logger("odoo.sql_db")
    def test_database_refuses_a_double(self):
        case, other = self._register(), self._register()
        self._number()
        row = self._row(case)
        for values in ({"number": self._row(other).number}, {"case_id": other.id}):
            with self.assertRaises(UniqueViolation), self.cr.savepoint():
                (column, value), *_none = values.items()
                self.env.cr.execute(
                    f"UPDATE complaint_registration SET {column} = %s WHERE id = %s",
                    [value, row.id],
                )

    def test_nobody_deletes_a_row(self):
        self._number_one()
        for user in (self.env.ref("base.user_root"), self.registrar, self.director):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                self.rows.search([]).with_user(user).unlink()

    def _number_one(self, **values):
        case = self._register(**values)
        self._number()
        return self._row(case)

    def test_number_is_never_changed(self):
        row = self._number_one()
        for values in ({"number": 7}, {"year": 2025}, {"registered_on": "2026-01-01"}):
            with self.subTest(values=values), self.assertRaises(UserError):
                row.write(values)
            with self.subTest(values=values), self.assertRaises(UserError):
                row.with_user(self.registrar).write(values)

    def test_journal_of_the_case_holds_a_mark_and_no_number(self):
        row = self._number_one()
        entry = row.case_id.journal_ids.filtered(lambda one: one.event == "numbered")
        self.assertEqual(entry.payload.keys(), {"number_mark"})
        mark = journal_seal.commitment(f"{self.company.id} {row.registry_number}")
        self.assertEqual(entry.payload["number_mark"], mark)
        self.assertFalse(list(self.env["complaint.journal"]._verify(row.case_id)))

    # -- cancelling ----------------------------------------------------------------

    def test_mistake_is_cancelled_and_keeps_its_number(self):
        row = self._number_one()
        own = row.with_user(self.registrar)
        own.cancel_reason = "Registered twice"
        own.action_cancel()
        self.assertEqual(str(row.cancelled_on), "2026-11-02")
        self.assertEqual(row.cancelled_by_id, self.registrar)
        self.assertEqual(row.registry_number, "2026-1")
        events = row.case_id.journal_ids.mapped("event")
        self.assertIn("registration_cancelled", events)
        # The case waits for no other number, and the next one gets the next.
        self.assertEqual(self._number(), 0)
        self.assertEqual(self._number_one().registry_number, "2026-2")

    def test_cancelling_needs_a_reason_and_is_done_once(self):
        own = self._number_one().with_user(self.registrar)
        for reason in (None, " "):
            with self.assertRaises(UserError):
                own.action_cancel(reason)
        for reason in (7, ["x"], {}):
            with self.assertRaises(ValidationError):
                own.action_cancel(reason)
        own.action_cancel("Registered twice")
        with self.assertRaises(UserError):
            own.action_cancel("Again")
        with self.assertRaises(UserError):
            own.cancel_reason = "Another reason"

    # -- who may -------------------------------------------------------------------

    def test_registrar_alone_reads_the_register(self):
        row = self._number_one()
        self.assertEqual(row.with_user(self.registrar).registry_number, "2026-1")
        for user in self._others():
            with self.subTest(user=user.login):
                for model in (row, self._days()):
                    self.assertFalse(model.with_user(user).has_access("read"))
                with self.assertRaises(AccessError):
                    row.with_user(user).action_cancel("No")
                with self.assertRaises(AccessError):
                    self.waiting.with_user(user).action_number()
                with self.assertRaises(AccessError):
                    self.env["complaint.register.extract"].with_user(user).create({})

    def _others(self):
        system = new_test_user(self.env, "test_system", groups="base.group_system")
        return (
            self.director,
            self.leader,
            self.worker,
            self.independent,
            self.custodian,
            self.auditor,
            self.owner,
            self.employee,
            system,
        )

    def test_registrar_sees_no_case(self):
        row = self._number_one().with_user(self.registrar)
        self._register()
        cases = self.env["complaint.case"].with_user(self.registrar)
        self.assertFalse(cases.has_access("read"))
        self.env.invalidate_all()
        for ask in (
            lambda: row.case_id,
            lambda: row.read(["case_id"]),
            lambda: row.search([("case_id.title", "ilike", "x")]),
            lambda: row.search([("case_id", "=", 1)]),
            lambda: row.formatted_read_group([], ["case_id"]),
            lambda: self._days().with_user(self.registrar).read(["policy_id"]),
        ):
            with self.assertRaises(AccessError):
                self.env.invalidate_all()
                ask()

    def test_registrar_makes_no_row(self):
        case = self._register()
        with self.assertRaises(AccessError):
            self.rows.with_user(self.registrar).create(
                {"case_id": case.id, "number": 1, "year": 2026}
            )

    def test_registrar_of_another_company_sees_nothing(self):
        row = self._number_one()
        company = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "test_stranger",
            groups="klagebehandling.group_registrar",
            company_id=company.id,
            company_ids=company.ids,
        )
        self.assertFalse(self.rows.with_user(stranger).search([("id", "=", row.id)]))
        with self.assertRaises(AccessError):
            row.with_user(stranger).action_cancel("No")
        self._register()
        self.waiting.with_user(stranger).action_number()
        self.assertEqual(self._days().case_count, 1)

    def test_who_works_the_case_reads_its_reference_and_no_number(self):
        row = self._number_one()
        case = row.case_id.with_user(self.leader)
        self.assertEqual(case.display_name.split()[0], case.reference)
        words = str(case.read() + case.journal_ids.read())
        self.assertNotRegex(words, rf"{row.registry_number}(?![\d-])")
        found = self.env["complaint.case"].with_user(self.leader)
        self.assertFalse(found.name_search(row.registry_number))
        self.assertFalse(case.registry_number)
        for operator in ("=", "ilike", "in"):
            value = [row.registry_number] if operator == "in" else row.registry_number
            asked = [("registry_number", operator, value)]
            self.assertFalse(found.search_count(asked), operator)
            self.assertFalse(case.filtered_domain(asked), operator)
        self.assertIn(case, found.search([("registry_number", "=", False)]))

    def test_the_case_carries_its_number_for_the_program(self):
        # B-20
        row = self._number_one()
        waits = self._register()
        self.assertFalse(waits.registry_number)
        case, cases = row.case_id, self.env["complaint.case"]
        self.assertEqual(case.registry_number, row.registry_number)
        ours = Domain("company_id", "=", self.company.id)
        keeper = case.with_user(self.registrar).sudo()
        self.assertEqual(keeper.registry_number, row.registry_number)
        self.assertFalse(case.with_user(self.leader).sudo().registry_number)
        # Who does both in a small office.
        self.leader.group_ids += self.env.ref("klagebehandling.group_registrar")
        both = case.with_user(self.leader)
        self.assertEqual(both.registry_number, row.registry_number)
        asked = [("registry_number", "=", row.registry_number)]
        self.assertEqual(both.search(asked), case)
        for asked in (
            ("registry_number", "=", row.registry_number),
            ("registry_number", "in", ["x", row.registry_number]),
            ("registry_number", "ilike", row.registry_number),
        ):
            self.assertEqual(cases.search(ours & Domain(*asked)), case, asked)
            self.assertNotIn(case, cases.search(ours & ~Domain(*asked)))
        without = cases.search(ours & Domain("registry_number", "=", False))
        self.assertNotIn(case, without)
        self._number()
        self.assertEqual(waits.registry_number, self._row(waits).registry_number)

    # -- received, not registered --------------------------------------------------

    def test_what_waits_stands_under_the_day_of_its_true_receipt(self):
        # B-20: a letter of Friday evening in the municipality's box, entered on Monday.
        self._register(received_at="2026-10-30T23:50:00")
        self._register(received_at="2026-11-01T20:00:00")
        self._register(received_at="2026-11-01T21:00:00")
        days = self._days().with_user(self.registrar)
        self.assertEqual(
            [(str(day.received_on), day.case_count) for day in days],
            [("2026-10-30", 1), ("2026-11-01", 2)],
        )
        self.assertEqual({str(day.number_by) for day in days}, {"2026-11-02"})
        self.assertFalse(any(days.mapped("is_late")))
        with freeze_time("2026-11-03 09:00:00"):
            days.invalidate_recordset()
            self.assertTrue(all(days.mapped("is_late")))

    def test_registrar_numbers_what_waits(self):
        case = self._register()
        self.waiting.with_user(self.registrar).action_number()
        self.assertEqual(self._row(case).number, 1)
        self.assertFalse(self._days())

    # -- the central register ------------------------------------------------------

    def test_number_of_the_central_register_is_kept(self):
        # D-36: it is sent for registration at the social office, and gets a number.
        case = self._register().with_user(self.leader)
        case.external_number = "SOC 2026/117"
        self.assertEqual(case.external_number, "SOC 2026/117")
        entry = case.sudo().journal_ids.filtered(
            lambda one: one.event == "register_changed"
        )
        self.assertEqual(entry.payload, {"external_number": "SOC 2026/117"})
        with self.assertRaises(AccessError):
            case.with_user(self.registrar).external_number = "X"
