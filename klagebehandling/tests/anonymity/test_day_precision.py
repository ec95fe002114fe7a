# What people say in a test is not translated.
# pylint: disable=translation-required
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytz
from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.modules.migration import load_script
from odoo.tests import tagged

from ..common import ComplaintCase

UPDATE = Path(__file__).parents[2] / "migrations/19.0.1.7.0/post-meeting.py"
# Instants of promises, not of acts; they begin a day themselves.
PROMISED = {("complaint_deadline", "due_at"), ("complaint_deadline", "next_at")}
LINKS = """
    SELECT c.table_name,
           array_agg(c.column_name::text) FILTER (WHERE c.data_type LIKE 'timestamp%'),
           array_agg(c.column_name::text)
      FROM information_schema.columns c
      JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = current_schema AND t.table_type = 'BASE TABLE'
  GROUP BY c.table_name
"""


@tagged("post_install", "-at_install")
class TestDayPrecision(ComplaintCase):
    """M11: whoever reads the rows of an anonymous case learns days, never hours."""

    def _rows(self, case):
        """Each row of each table that belongs to a case: table and its times."""
        self.env.flush_all()
        cr = self.env.cr
        cr.execute(LINKS)
        for table, times, columns in cr.fetchall():
            condition = self._condition(table, set(columns))
            if not times or not condition or table in self._pages():
                continue
            names = ", ".join(f'"{name}"' for name in times)
            cr.execute(f'SELECT {names} FROM "{table}" WHERE {condition}', [case.id])
            for row in cr.fetchall():
                yield table, dict(zip(times, row, strict=True))

    def _pages(self):
        """The tables of pages staff work on, which are removed within the hour."""
        models = self.env.registry.models.values()
        return {model._table for model in models if model._transient}

    def _condition(self, table, columns):
        if table == "complaint_case":
            return "id = %s"
        if "case_id" in columns:
            return "case_id = %s"
        if "mail_message_id" in columns:
            return (
                "mail_message_id IN (SELECT id FROM mail_message "
                "WHERE model = 'complaint.case' AND res_id = %s)"
            )
        for name in ("res_model", "model"):
            if {name, "res_id"} <= columns:
                return f"\"{name}\" = 'complaint.case' AND res_id = %s"
        return None

    def _exact(self, case):
        """The times that are no beginning of a local day."""
        found, tables = [], set()
        for table, times in self._rows(case):
            tables.add(table)
            for name, moment in times.items():
                if moment and (table, name) not in PROMISED:
                    local = pytz.utc.localize(moment).astimezone(self._zone())
                    if (local.hour, local.minute, local.second) != (0, 0, 0):
                        found.append((table, name, moment))
        return found, tables

    def _zone(self):
        return pytz.timezone(self.policy.tz)

    def _live_through(self, case):
        """All that can happen to a case, by the hands of its manager."""
        case = case.with_user(self.leader)
        case.message_post(body="talk", attachments=[("a.txt", b"file")])
        file = self.env["ir.attachment"].create({"name": "b.txt", "raw": b"later"})
        file.write({"res_model": case._name, "res_id": case.id})
        case.activity_schedule(
            "klagebehandling.mail_activity_type_promise", user_id=self.leader.id
        ).action_feedback("done")
        case.action_acknowledge()
        case.action_investigate()
        later = fields.Date.today() + timedelta(days=300)
        case.action_delay("It takes longer.", later)
        case.action_inform_staff()
        case.action_record_wish(False, "Said so on the phone.")
        compose = self.env["complaint.case.compose"].with_user(self.leader)
        compose.create({"case_id": case.id, "purpose": "message", "body": "<p>x</p>"})
        case.action_answer(body="<p>We bought a stove.</p>")
        case.action_close("resolved")
        case.action_reopen("It broke again.")

    def _register_anonymous(self, **values):
        files = [{"name": "note.txt", "content": "aGVsbG8gYW5vbnltb3Vz"}]
        values.setdefault("attachments", files)
        return self._register(anonymity="anonymous", **values)

    def _meet(self, case, start_at):
        """A meeting that keeps its hour, as those to come do."""
        meeting = self.env["complaint.meeting"].with_user(self.leader)
        meeting = meeting.create(
            {"case_id": case.id, "start_at": start_at, "place": "2"}
        )
        # The transaction began after that hour, which is cut to the day then.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE complaint_meeting SET start_at = %s WHERE id = %s",
            [start_at, meeting.id],
        )
        self.env.invalidate_all()
        return meeting

    def test_meeting_minutes_and_signatures_have_a_day_only(self):
        #
        case = self._register_anonymous()
        with freeze_time("2026-11-02 09:12:13"):
            meeting = self._meet(case, "2026-11-03 14:30:00")
            missed = self._meet(case, "2026-11-03 16:30:00")
            (meeting | missed).action_call()
            self.env.flush_all()
        with freeze_time("2026-11-03 17:18:19"):
            meeting.action_hold()
            missed.action_miss("Nobody came")
            minutes = self.env["complaint.minutes"].with_user(self.leader)
            minutes = minutes.create({"meeting_id": meeting.id, "agreed": "Warm food"})
            minutes.action_freeze_and_sign()
            case._draw_code()
            minutes.sudo()._sign_there("code", minutes.digest)
            minutes.document_ids[:1].action_open()
            exact, tables = self._exact(case)
        self.assertEqual(minutes.state, "signed")
        self.assertEqual(exact, [])
        for model in ("meeting", "minutes", "signature", "minutes_document"):
            self.assertIn(f"complaint_{model}", tables)

    def test_meeting_that_nobody_marked_has_a_day_only_once_its_day_is_over(self):
        #
        case = self._register_anonymous()
        case.handler_id = self.leader
        known = self._register()
        with freeze_time("2026-11-02 09:12:13"):
            called, late = (
                self._meet(case, f"2026-11-03 {hour}:30:00") for hour in (14, 22)
            )
            open_one = self._meet(known, "2026-11-03 14:30:00")
            (called | open_one).action_call()
            self.env.flush_all()
        late.duration = 2  # until after midnight
        cron = self.env.ref("klagebehandling.ir_cron_forget_hours")
        event = called.sudo().event_id
        self.assertTrue(event)
        for now, hours in (
            ("2026-11-03 22:00:00", ["14:30", "22:30"]),
            ("2026-11-04 00:30:00", ["23:00", "22:30"]),
            ("2026-11-05 00:30:00", ["23:00", "23:00"]),
            ("2026-11-06 00:30:00", ["23:00", "23:00"]),
        ):
            with freeze_time(now), self.enter_registry_test_mode():
                cron.method_direct_trigger()
            self.env.invalidate_all()
            starts = [str(one.start_at)[11:16] for one in (called | late)]
            self.assertEqual(starts, hours, now)
        self.assertFalse(event.exists())
        self.assertEqual(str(called.start_at), "2026-11-02 23:00:00")
        self.assertEqual(str(open_one.start_at), "2026-11-03 14:30:00")
        self.assertEqual((called.state, late.state), ("called", "planned"))
        called.action_miss("Nobody came")

    def test_update_forgets_the_hours_of_meetings_that_are_over(self):
        case = self._register_anonymous()
        held = self._meet(case, "2026-11-03 14:30:00")
        to_come = self._meet(case, "2026-11-03 16:30:00")
        held.sudo().state = "held"
        for _once in range(2):
            load_script(str(UPDATE), "post_meeting").migrate(self.env.cr, "19.0.1.6.0")
        self.assertEqual(str(held.start_at), "2026-11-02 23:00:00")
        self.assertEqual(str(to_come.start_at), "2026-11-03 16:30:00")
        # Whoever is known keeps the hour, of what is over too.
        known = self._meet(self._register(), "2026-11-03 14:30:00")
        known.action_hold()
        self.assertEqual(str(known.start_at), "2026-11-03 14:30:00")

    def test_every_row_of_an_anonymous_case_has_a_day_only(self):
        case = self._register_anonymous()
        self._live_through(case)
        exact, tables = self._exact(case)
        self.assertEqual(exact, [])
        for table in (
            "complaint_case",
            "complaint_party",
            "complaint_deadline",
            "complaint_correspondence",
            "complaint_journal",
            "ir_attachment",
            "mail_message",
        ):
            self.assertIn(table, tables)

    def test_case_with_a_name_keeps_its_hours(self):
        case = self._register()
        self._live_through(case)
        tables = {table for table, _name, _moment in self._exact(case)[0]}
        self.assertLessEqual(
            {"complaint_case", "complaint_party", "complaint_journal", "mail_message"},
            tables,
        )

    def test_cache_agrees_with_the_database(self):
        case = self._register_anonymous()
        self._live_through(case)
        self.env.flush_all()
        for records in (case, case.journal_ids, case.deadline_ids, case.message_ids):
            for row in records:
                for name in ("create_date", "write_date"):
                    known = row[name]
                    row.invalidate_recordset([name])
                    self.assertEqual(known, row[name], (row, name))

    def test_journal_of_a_lived_case_can_be_proved(self):
        case = self._register_anonymous()
        self._live_through(case)
        case.invalidate_recordset()
        self.assertFalse(list(self.env["complaint.journal"]._verify(case)))

    @freeze_time("2026-11-02 23:30:00")
    def test_day_is_the_local_one_of_the_procedure(self):
        case = self._register_anonymous()
        entries = case.journal_ids.mapped("logged_on")
        moments = {case.received_at, case.registered_at, *entries}
        self.assertEqual(moments, {datetime(2026, 11, 2, 23)})
        self.assertEqual(str(case.last_act_on), "2026-11-03")

    def test_promises_are_not_moved(self):
        self.kitchen.policy_id = self._create_policy(
            "hours", term_ids=[self._term("acknowledge", 36, "hour")]
        )
        long_ago = fields.Datetime.now() - timedelta(days=200)
        case = self._register_anonymous(
            unit_id=self.kitchen.id, received_at=fields.Datetime.to_string(long_ago)
        )
        self.env.flush_all()
        deadline = case.deadline_ids
        deadline.invalidate_recordset()
        self.assertEqual(deadline.due_at, case.received_at + timedelta(hours=36))

    def test_late_by_hours_is_still_late(self):
        self.kitchen.policy_id = self._create_policy(
            "hours", term_ids=[self._term("acknowledge", 36, "hour")]
        )
        with freeze_time("2026-11-02 09:00:00"):
            late, met = (
                self._register_anonymous(unit_id=self.kitchen.id) for _one in range(2)
            )
        due_at = late.deadline_ids.due_at
        self.assertEqual(due_at, datetime(2026, 11, 3, 11))
        with freeze_time("2026-11-03 10:00:00"):
            met.action_acknowledge()
            self.env.flush_all()
        with freeze_time("2026-11-03 15:00:00"):
            late.deadline_ids._escalate()
            self.env.flush_all()
        self.assertEqual(late.deadline_ids.filtered("late_at").late_at, due_at)
        self.assertEqual(met.deadline_ids.met_on, datetime(2026, 11, 2, 23))

    def test_incoming_letter_has_a_day(self):
        case = self._register_anonymous()
        mail = {"body": "<p>More</p>", "email_from": "kari@example.com"}
        case.message_update(mail)
        self.assertTrue(case.correspondence_ids)
        self.assertEqual(self._exact(case)[0], [])

    def test_files_on_disk_have_a_day(self):
        case = self._register_anonymous(
            attachments=[{"name": "a.bin", "content": "YW5vbnltb3VzIGNhbmFyeQ=="}]
        )
        file = self.env["ir.attachment"].search(
            [("res_model", "=", case._name), ("res_id", "=", case.id)]
        )
        path = file._full_path(file.store_fname)
        mark = file._full_path(f"checklist/{file.store_fname}")
        midnight = pytz.utc.localize(case.registered_at).timestamp()
        for trace in (path, os.path.dirname(path), mark, os.path.dirname(mark)):
            self.assertEqual(os.stat(trace).st_mtime, midnight, trace)

    def test_files_put_on_a_case_have_a_day(self):
        case = self._register_anonymous()
        Attachment = self.env["ir.attachment"]
        link = {"res_model": case._name, "res_id": case.id}
        # Contents that no file has yet: what is known is not written again.
        made, moved = (
            Attachment.create({"name": "a.txt", "raw": os.urandom(16), **values})
            for values in (link, {})
        )
        moved.write(link)
        day = self.policy._moment(fields.Datetime.now(), "anonymous")
        midnight = pytz.utc.localize(day).timestamp()
        for file in made | moved:
            path = file._full_path(file.store_fname)
            self.assertEqual(os.stat(path).st_mtime, midnight, file.name)

    def test_holidays_of_a_new_year_have_a_day(self):
        # The first complaint that needs them has them filled in.
        self._register_anonymous()
        calendar = self.policy.calendar_id
        self.assertTrue(calendar.holiday_country_id)
        known = calendar.global_leave_ids
        first = calendar.holidays_until + relativedelta(years=1, month=1, day=1)
        calendar._ensure_holidays(first, first)
        filled = calendar.global_leave_ids - known
        self.assertTrue(filled)
        zone = pytz.timezone(calendar.tz)
        for moment in (calendar.write_date, *filled.mapped("create_date")):
            local = pytz.utc.localize(moment).astimezone(zone)
            self.assertEqual((local.hour, local.minute, local.second), (0, 0, 0))

    def test_ids_of_messages_hold_no_time(self):
        case = self._register_anonymous()
        message = case.message_post(body="talk")
        second = str(int(datetime.now(pytz.utc).timestamp()))[:7]
        self.assertNotIn(second, message.message_id)

    def test_wizard_of_an_anonymous_complaint_keeps_no_hour(self):
        wizard = (
            self.env["complaint.case.register"]
            .with_user(self.employee)
            .create({"unit_id": self.workshop.id, "description": "Cold food"})
        )
        wizard.anonymity = "anonymous"
        wizard.action_register()
        self.env.flush_all()
        midnight = self._case_of(wizard).registered_at
        self.env.cr.execute(
            "SELECT create_date, write_date, received_at FROM complaint_case_register "
            "WHERE id = %s",
            [wizard.id],
        )
        self.assertEqual(set(self.env.cr.fetchone()), {midnight})

    def _case_of(self, wizard):
        return self.env["complaint.case"].browse(wizard.sudo().case_number)
