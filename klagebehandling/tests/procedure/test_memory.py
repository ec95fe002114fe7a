from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.modules.registry import Registry
from odoo.tests import tagged

from ...models.procedure import complaint_remembered
from ..common import ComplaintCase

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 3, day) for day in (16, 17, 18))
OSLO = "Europe/Oslo"


@tagged("post_install", "-at_install")
class TestMemory(ComplaintCase):
    """What the door and the calendar keep in memory, and what makes them forget it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar._ensure_holidays(date(2026, 1, 1), date(2026, 12, 31))
        cls.resource = cls.env["resource.resource"].create(
            {"name": "Kari", "calendar_id": cls.calendar.id, "tz": OSLO}
        )
        cls.other_calendar = cls._create_calendar("NO", OSLO)

    def _forgets(self, act):
        """Whether an act empties Odoo's default cache, here and in other workers."""
        kept = self.policy._door()
        self.registry.cache_invalidated.clear()
        result = act()
        self.env.flush_all()
        is_signalled = "default" in self.registry.cache_invalidated
        self.assertEqual(self.policy._door() is not kept, is_signalled)
        return result, is_signalled

    def _assert_forgets(self, act):
        result, is_signalled = self._forgets(act)
        self.assertTrue(is_signalled)
        return result

    def _assert_keeps(self, act):
        result, is_signalled = self._forgets(act)
        self.assertFalse(is_signalled)
        return result

    def _leave(self, company=None, **values):
        leave = self.env["resource.calendar.leaves"].create(
            {
                "name": "Away",
                "calendar_id": self.calendar.id,
                "date_from": "2026-03-16 23:00:00",
                "date_to": "2026-03-17 22:59:59",
                **values,
            }
        )
        # Odoo takes it from who creates it, whatever is given.
        leave.company_id = company or self.company
        return leave

    def _next_work_day(self):
        return self.policy._add_work_days(MONDAY, 1)

    def test_nobodys_leave_empties_the_cache_of_all(self):
        leave = self._assert_keeps(lambda: self._leave(resource_id=self.resource.id))
        self._assert_keeps(lambda: leave.write({"date_to": "2026-03-18 22:59:59"}))
        self._assert_keeps(leave.unlink)
        self.assertEqual(self._next_work_day(), TUESDAY)

    def test_a_calendar_of_no_procedure_empties_nothing(self):
        calendar = self.other_calendar
        closed = self._assert_keeps(lambda: self._leave(calendar_id=calendar.id))
        self._assert_keeps(closed.unlink)
        self._assert_keeps(calendar.attendance_ids[0].unlink)
        self._assert_keeps(lambda: calendar.write({"name": "Other"}))

    def test_a_closed_day_counts_at_once(self):
        self.assertEqual(self._next_work_day(), TUESDAY)
        closed = self._assert_forgets(self._leave)
        self.assertEqual(self._next_work_day(), WEDNESDAY)
        self._assert_forgets(lambda: closed.write({"date_to": "2026-03-18 22:59:59"}))
        self.assertEqual(self._next_work_day(), date(2026, 3, 19))
        self._assert_forgets(closed.unlink)
        self.assertEqual(self._next_work_day(), TUESDAY)

    def test_a_day_closed_everywhere_counts_at_once(self):
        self.assertEqual(self._next_work_day(), TUESDAY)
        self._assert_forgets(lambda: self._leave(calendar_id=False))
        self.assertEqual(self._next_work_day(), WEDNESDAY)

    def test_a_closed_day_of_another_company_moves_no_date(self):
        # E-52, E-57: working days are those of the organisation
        other = self.env["res.company"].create({"name": "Naboen AS"})
        for values in ({}, {"calendar_id": False}):
            leave = self._leave(other, **values)
            self.assertEqual(leave.company_id, other)
            self.assertEqual(self._next_work_day(), TUESDAY)
        theirs = self._create_policy(
            "theirs", company_id=other.id, independent_id=self.independent.id
        )
        self.assertEqual(theirs._add_work_days(MONDAY, 1), WEDNESDAY)
        shared = self._create_policy("shared", company_id=False)
        self.assertEqual(shared._add_work_days(MONDAY, 1), TUESDAY)
        self.assertEqual(self._leave().company_id, self.company)
        self.assertEqual(self._next_work_day(), WEDNESDAY)

    def test_public_holidays_of_a_shared_calendar_count_for_all(self):
        holidays = self.calendar.leave_ids.filtered("is_public_holiday")
        holidays.company_id = self.env["res.company"].create({"name": "Naboen AS"})
        whit_sunday = date(2026, 5, 24)
        self.assertEqual(self.policy._add_work_days(whit_sunday, 1), date(2026, 5, 26))

    def test_a_day_that_changes_whose_it_is_counts_at_once(self):
        leave = self._leave()
        self.assertEqual(self._next_work_day(), WEDNESDAY)
        self._assert_forgets(lambda: leave.write({"resource_id": self.resource.id}))
        self.assertEqual(self._next_work_day(), TUESDAY)
        self._assert_forgets(lambda: leave.write({"resource_id": False}))
        leave.company_id = self.company
        self.assertEqual(self._next_work_day(), WEDNESDAY)
        other = {"calendar_id": self.other_calendar.id}
        self._assert_forgets(lambda: leave.write(other))
        self.assertEqual(self._next_work_day(), TUESDAY)

    def test_changed_hours_count_at_once(self):
        self.assertEqual(self._next_work_day(), TUESDAY)
        tuesdays = self.calendar.attendance_ids.filtered(
            lambda hours: hours.dayofweek == "1"
        )
        self._assert_forgets(tuesdays.unlink)
        self.assertEqual(self._next_work_day(), WEDNESDAY)

    def test_another_calendar_of_the_procedure_counts_at_once(self):
        self.other_calendar._ensure_holidays(date(2026, 1, 1), date(2026, 12, 31))
        self._assert_forgets(
            lambda: self.policy.write({"calendar_id": self.other_calendar.id})
        )
        self._assert_forgets(lambda: self._leave(calendar_id=self.other_calendar.id))

    def test_a_changed_part_is_seen_by_the_door_at_once(self):
        question = {"name": "desired_outcome", "requirement": "required"}
        self._register()
        draft = self.policy.copy({"valid_from": "2026-01-01"})
        draft.change_reason = "Shorter limits."
        with freeze_time("2026-01-01 09:00:00"):
            draft.action_put_in_force()
        self._assert_keeps(draft._required_fields)
        self._assert_forgets(
            lambda: draft.write({"field_ids": [Command.create(question)]})
        )
        with self.assertRaises(ValidationError):
            self._register(received_at="2026-02-02T10:00")
        self._assert_forgets(
            lambda: draft.field_ids.write({"requirement": "voluntary"})
        )
        self.assertEqual(
            self._register(received_at="2026-02-02T10:00").policy_id, draft
        )

    def test_a_new_ground_and_a_new_version_are_seen_at_once(self):
        Category = self.env["complaint.category"]
        ground = self._assert_forgets(
            lambda: Category.create({"name": "Draught", "code": "test_draught"})
        )
        self.assertEqual(Category._ids_by_code()["test_draught"], ground.id)
        self._assert_forgets(ground.unlink)
        self.assertNotIn("test_draught", Category._ids_by_code())
        draft = self._assert_forgets(self.policy.copy)
        self._assert_forgets(draft.unlink)

    def test_another_worker_forgets_too(self):
        self.registry_enter_test_mode()
        known = self.registry.get_sequences(self.env.cr)[1]["default"]
        self._assert_forgets(self.policy.term_ids[0].unlink)
        # As a request does at its end and its beginning; Odoo's tests only pretend to.
        Registry.signal_changes(self.registry)
        # Another worker has what was so before, and has not heard of it yet.
        self.registry.cache_sequences["default"] = known
        type(self.policy)._door.__cache__.add_value(self.policy, cache_value="stale")
        self.assertEqual(self.policy._door(), "stale")
        Registry.check_signaling(self.registry, self.env.cr)
        self.assertEqual(
            self.policy._door()["term_ids"], tuple(self.policy.term_ids.ids)
        )


@tagged("post_install", "-at_install")
class TestKeptRows(ComplaintCase):
    """Whole rows of units and procedures that are kept in memory."""

    def setUp(self):
        super().setUp()
        self._begin()

    def _begin(self):
        """What follows is as in a transaction that has changed nothing yet."""
        self.env.flush_all()
        self.registry.cache_invalidated.clear()
        self.env.invalidate_all()

    def _queries(self, read):
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        result = read()
        return result, self.env.cr.sql_log_count - before

    def _assert_kept(self, read):
        read()
        result, queries = self._queries(read)
        self.assertEqual(queries, 0)
        return result

    def test_each_request_does_not_fetch_them(self):
        policy, unit = self.policy, self.workshop
        term = policy.term_ids[0]
        self.assertEqual(
            self._assert_kept(lambda: (policy.code, unit.manager_id, term.amount)),
            (policy.code, unit.manager_id, term.amount),
        )
        self._assert_kept(lambda: self.calendar.holidays_until)

    def test_a_change_counts_at_once_and_is_kept_when_it_is_committed(self):
        unit = self.workshop
        self._assert_kept(lambda: unit.phone)
        unit.phone = "22 22 22 22"
        self.assertEqual(self._queries(lambda: unit.phone)[0], "22 22 22 22")
        # It is not committed: others must not meet it yet, nor if it is rolled back.
        self.assertNotIn(unit.id, unit._kept_rows())
        self._begin()
        self.assertEqual(self._assert_kept(lambda: unit.phone), "22 22 22 22")

    def test_another_worker_forgets_them(self):
        self.registry_enter_test_mode()
        unit = self.workshop
        self._assert_kept(lambda: unit.phone)
        known = self.registry.get_sequences(self.env.cr)[1]["default"]
        unit.phone = "22 22 22 22"
        self.env.flush_all()
        Registry.signal_changes(self.registry)
        # Another worker has what was so before, and has not heard of it yet.
        self.registry.cache_sequences["default"] = known
        self._begin()
        unit._kept_rows()[unit.id] = {"phone": "stale"}
        self.assertEqual(self._queries(lambda: unit.phone)[0], "stale")
        Registry.check_signaling(self.registry, self.env.cr)
        self.assertEqual(self._queries(lambda: unit.phone)[0], "22 22 22 22")

    def test_each_language_has_its_own(self):
        self.env["res.lang"]._activate_lang("sv_SE")
        swedish = self.policy.with_context(lang="sv_SE")
        swedish.name = "Klagomål"
        self._begin()
        name = self.policy.name
        self.assertNotEqual(name, "Klagomål")
        self.assertEqual(self._assert_kept(lambda: swedish.name), "Klagomål")
        self.assertEqual(self._assert_kept(lambda: self.policy.name), name)

    def test_what_is_kept_opens_nothing_to_anybody_else(self):
        policy = self.policy
        self._assert_kept(lambda: policy.code)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            policy.with_user(self.employee).mapped("code")

    def test_what_is_gone_is_missing(self):
        unit = self._create_unit("Gone")
        self._begin()
        self._assert_kept(lambda: unit.phone)
        unit.unlink()
        self._begin()
        with self.assertRaises(MissingError):
            self._queries(lambda: unit.phone)

    def test_a_calendar_that_no_procedure_counts_by_is_not_kept(self):
        calendar = self._create_calendar("NO", OSLO)
        self._begin()
        calendar.mapped("name")
        self.assertNotIn(calendar.id, calendar._kept_rows())
        self.assertGreater(self._queries(lambda: calendar.name)[1], 0)

    def test_few_enough_are_kept(self):
        with patch.object(complaint_remembered, "MOST_ROWS", 1):
            units = self.workshop | self.kitchen
            self._begin()
            for unit in units:
                unit.browse(unit.id).mapped("phone")
                self.assertEqual(list(unit._kept_rows()), [unit.id])
