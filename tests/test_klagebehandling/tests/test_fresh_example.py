import re
import threading
from datetime import timedelta
from functools import partial

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import file_open

from odoo.addons.klagebehandling.models.onward.complaint_case import APPEALS
from odoo.addons.klagebehandling.sealing.journal_check import NOTES
from odoo.addons.klagebehandling_example.clock import Clock
from odoo.addons.klagebehandling_example.organisations import (
    MODULE,
    ORGANISATIONS,
    company,
)
from odoo.addons.klagebehandling_example.progress import Past
from odoo.addons.klagebehandling_example.stories import stories

from .common import ExampleCase

# Who finds something to do, beside the cases: where it is.
DUTIES = {
    "identitet": "complaint.identity.request",
    "prosedyre": "complaint.policy",
    "rutin": "complaint.policy",
}
ALSO = ("identitet", "revisor", "rutin")


def printed_logins():
    with file_open(f"{MODULE}/LOGINS.txt") as file:
        return re.findall(r"^  (\w+\.\w+) ", file.read(), re.MULTILINE)


@tagged("post_install", "-at_install")
class TestFreshExample(ExampleCase):
    """Whenever the example is installed, there is something of everything to do."""

    def install_on(self, moment):
        """Enter the cases as an installation at a moment would.

        :param moment: naive UTC
        """
        frozen = freeze_time(moment)
        self.clock = frozen.start()
        self.addCleanup(frozen.stop)
        self.cases = self.env["complaint.case"].union(
            *Past(self.env).live(stories()).values()
        )

    def check_on(self, moment):
        self.install_on(moment)
        for code in ORGANISATIONS:
            with self.subTest(policy=code):
                self.check_spread(code)
        self.check_nothing_lies_ahead()
        self.check_logins()
        self.check_journals()
        self.check_a_week_later(moment)

    def check_spread(self, code):
        cases = self.cases.filtered(
            lambda case: case.company_id == company(self.env, code)
        )
        # Which day it is they say where the organisation is, as for its people.
        cases = cases.with_context(tz=cases.policy_id.tz)
        letters = cases.correspondence_ids
        recent = fields.Datetime.now() - timedelta(days=2)
        spread = {
            "new": cases.filtered(
                lambda case: (
                    case.state == "received"
                    and case.received_at > recent
                    and not case.is_late
                )
            ),
            "due today": cases.filtered(
                lambda case: case.is_due_today and not case.is_late
            ),
            "late": cases.filtered("is_late"),
            "file": self.env["complaint.original"].search(
                [("case_id", "in", cases.ids)]
            ),
            "letter that came back": letters.filtered("is_returned"),
            "dialogue": letters.filtered(lambda one: one.direction == "in"),
        }
        for state in (
            "acknowledged",
            "investigating",
            "answered",
            "closed",
            "redirected",
        ):
            spread[state] = cases.filtered(lambda case, of=state: case.state == of)
        for way in ("protected", "anonymous"):
            spread[way] = cases.filtered(lambda case, of=way: case.anonymity == of)
        spread["whistleblowing"] = cases.filtered(
            lambda case: case.kind == "whistleblowing"
        )
        if "praise" in cases.policy_id._kinds():
            spread["praise"] = cases.filtered(lambda case: case.kind == "praise")
        self.assertFalse([name for name, found in spread.items() if not found])
        # E-21: an appeal is due until it is passed on, whatever its days.
        appeals = spread["due today"].filtered(
            lambda case: case.referral_ids.filtered_domain(APPEALS)
        )
        self.assertFalse(appeals.filtered(lambda case: case.state == "redirected"))
        self.assertTrue(spread["due today"] - appeals)
        for case in spread["due today"] - appeals:
            today = case.policy_id._today()
            self.assertIn(today, case.deadline_ids.filtered("is_open").mapped("due_on"))
        for case in spread["late"]:
            self.assertLess(case.next_due_at, fields.Datetime.now())

    def check_nothing_lies_ahead(self):
        now = fields.Datetime.now()
        past = {
            "complaint.case": ("received_at", "registered_at", "closed_at"),
            "complaint.correspondence": ("sent_at", "settled_at", "create_date"),
            "complaint.deadline": ("met_on", "late_at", "counted_from"),
            "complaint.journal": ("logged_on",),
        }
        for model, names in past.items():
            key = "id" if model == "complaint.case" else "case_id"
            rows = self.env[model].search([(key, "in", self.cases.ids)])
            for name in names:
                late = [row for row in rows.mapped(name) if row and row > now]
                self.assertFalse(late, f"{model}.{name}")
        messages = self.env["mail.message"].search(
            [("model", "=", "complaint.case"), ("res_id", "in", self.cases.ids)]
        )
        self.assertFalse([day for day in messages.mapped("date") if day > now])
        letters = self.cases.correspondence_ids.filtered(
            lambda one: one.state == "queued" and not one.is_by_hand
        )
        self.assertFalse(letters, "A mail server would be asked to send these.")

    def check_logins(self):
        for login in printed_logins():
            with self.subTest(login=login):
                name = login.partition(".")[0]
                if name != "resepsjon":
                    self.check_login(login, DUTIES.get(name, "complaint.case"))
        for code in ORGANISATIONS:
            for name in ALSO:
                user = self.env["res.users"].search(
                    [
                        ("company_id", "=", company(self.env, code).id),
                        ("login", "=like", f"{name}.%"),
                    ]
                )
                with self.subTest(login=user.login):
                    if user:
                        self.check_login(user.login, DUTIES.get(name, "complaint.case"))

    def check_login(self, login, model):
        user = self.env["res.users"].search([("login", "=", login)])
        action = self.env[user.action_id.type].browse(user.action_id.id)
        self.assertEqual(action.res_model, model)
        domain = []
        if model == "complaint.case":
            domain = [("id", "in", self.cases.ids)]
            if user.has_group("klagebehandling.group_caseworker"):
                # What "My work" asks for.
                domain += [
                    ("handler_id", "=", user.id),
                    ("state", "in", ("received", "acknowledged", "investigating")),
                ]
        if model == "complaint.identity.request":
            domain = [("state", "=", "requested"), ("case_id", "in", self.cases.ids)]
        self.assertTrue(self.env[model].with_user(user).search_count(domain))

    def check_journals(self):
        journal = self.env["complaint.journal"]
        findings = journal._all_findings(journal._new_check())
        self.assertFalse(
            [(one.kind, one.reference) for one in findings if one.kind not in NOTES]
        )
        for case in self.cases:
            times = case.journal_ids.sorted("sequence").mapped("logged_on")
            self.assertEqual(times, sorted(times))
            self.assertGreaterEqual(times[0], case.received_at)

    def check_a_week_later(self, moment):
        self.clock.move_to(fields.Datetime.to_datetime(moment) + timedelta(days=7))
        self.env.invalidate_all()
        Deadline = self.env["complaint.deadline"]
        domain = [
            ("case_id", "in", self.cases.ids),
            ("next_at", "<=", fields.Datetime.now()),
        ]
        while rows := Deadline.search(domain):
            rows._escalate()
        self.env.flush_all()
        self.check_journals()
        for user in self.cases.handler_id:
            mine = self.env["complaint.case"].with_user(user)
            mine = mine.search([("id", "in", self.cases.ids)])
            mine.read(["next_step", "complainant", "due_state", "dialogue"])
        late = self.cases.filtered("is_late")
        self.assertTrue(late)

    def test_on_a_friday(self):
        self.check_on("2026-11-27 09:00:00")

    def test_on_the_day_before_christmas_eve(self):
        self.check_on("2026-12-23 12:00:00")

    def test_on_the_national_days(self):
        self.check_on("2027-05-17 10:00:00")

    def test_on_a_sunday_that_is_the_swedish_national_day(self):
        self.check_on("2027-06-06 07:30:00")

    def test_on_a_leap_day(self):
        self.check_on("2028-02-29 13:00:00")

    def test_on_new_years_eve(self):
        self.check_on("2027-12-31 08:00:00")

    def test_in_the_first_hour_of_a_day_on_which_the_clocks_change(self):
        self.check_on("2027-03-27 23:30:00")

    def test_clock_moves_for_this_thread_only_and_never_back(self):
        clock, other = Clock(self.env), []
        early = clock.present - timedelta(days=3)
        with clock.held():
            clock.move(early)
            self.assertEqual(fields.Datetime.now(), early)
            self.assertEqual(fields.Date.today(), early.date())
            clock.move(early - timedelta(days=1))
            self.assertEqual(fields.Datetime.now(), early)
            tell = partial(self._tell_time, other)
            thread = threading.Thread(target=tell)
            thread.start()
            thread.join()
            clock.move(clock.present + timedelta(days=1))
            self.assertEqual(fields.Datetime.now(), clock.present)
        self.assertGreaterEqual(other[0], clock.present)
        self.assertGreaterEqual(fields.Datetime.now(), clock.present)

    def _tell_time(self, told):
        told.append(fields.Datetime.now())

    def test_robot_never_opens_over_the_board(self):
        users = self.env["res.users"].search(
            [("login", "in", [*printed_logins(), "admin"])]
        )
        self.assertGreater(len(users), 5)
        if "odoobot_state" in users._fields:
            self.assertEqual(set(users.mapped("odoobot_state")), {"disabled"})
        self.assertTrue(all(users.mapped("action_id")))
