import collections
import contextlib
import datetime
import json
import os
import random
import zoneinfo
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.klagebehandling_example.organisations import company

from .common import ExampleCase
from .mail_server import MailServer
from .oracle import COUNTRIES, TERMS, ZONES, _days_off, _is_working, reckon

# Each year has 120 cases; the long form lives 25 of them, 3 000 cases in all.
SEEDS = range(20260101, 20260126 if os.environ.get("KLAGE_PROVE") else 20260102)
CASES = 120
# Of the person it is about, where the procedure asks for it.
ASKED = {"own_view_how": "asked", "own_view": "All is well."}
START = datetime.datetime(2026, 1, 2, 8, 0)
DAYS = 365
MILESTONES = {
    "ack": "acknowledge",
    "staff_meeting": "inform_staff",
    "reply": "reply",
    "close": "close",
}
POISON = '"x y"@example.com'
# So many leave the organisation within the year.
LEAVERS = 3
TOLD = ("acknowledge", "reply", "close")
OWED = (*TOLD, "update")
UTC = datetime.timezone.utc


class Killed(Exception):
    """The worker is gone in the middle of a pass."""


@tagged("post_install", "-at_install")
class TestSimulatedYear(ExampleCase):
    """A year of five organisations: random cases, people who are late, crons that stand
    still for days, are killed in the middle of a pass and run twice; addresses that no
    server takes, a mail server that is slow, full, down or drops the connection for
    days, and people who leave.

    Clauses: A-24…A-31, B-15, B-21…B-24, C-01, C-09, C-14, D-37, E-35, E-52, E-56.
    """

    def setUp(self):
        super().setUp()
        self.random = random.Random()
        self.kill_after = None
        self.savepoint = None
        self.registered = {}
        self.server = MailServer(self.random)
        self.posted, self.ended = {}, {}
        self.ticks, self.left = [], 0
        self._patch("ir.cron", "_commit_progress", self._commit)
        self._patch("ir.mail_server", "_connect__", self.server.connect)
        self._patch("ir.mail_server", "_disable_send", lambda *_args: False)

    def _patch(self, model, method, function):
        self.startPatcher(patch.object(type(self.env[model]), method, function))

    def _commit(self, _processed=0, **_kwargs):
        """A commit is the release of a savepoint; a kill goes back to the last one."""
        self.savepoint.close(rollback=False)
        self.savepoint = self.env.cr.savepoint()
        if self.kill_after is not None:
            self.kill_after -= 1
            if self.kill_after < 0:
                raise Killed
        return 60

    def _pass(self, kill_after=None):
        """One pass of both crons, as a worker would make it."""
        self.kill_after = kill_after
        for model, method in (
            ("complaint.deadline", "_cron_keep"),
            ("complaint.correspondence", "_cron_send"),
        ):
            self.savepoint = self.env.cr.savepoint()
            with contextlib.suppress(Killed):
                getattr(self.env[model], method)()
                self.env.flush_all()
                self.savepoint.close(rollback=False)
                continue
            self.savepoint.close(rollback=True)
            self.env.invalidate_all()

    def live_and_check(self, seed):
        """Live the year of a seed: every promise is kept, or told of in time."""
        self.random.seed(seed)
        arrivals = sorted(
            self.random.uniform(0, (DAYS - 60) * 24) for _case in range(CASES)
        )
        with freeze_time(START) as clock:
            self.server.clock = clock
            self._live(clock, arrivals)
        self._check_dates()
        self._check_promises()
        self._check_notices()
        self._check_letters()
        self._check_mails()
        self._check_journals()

    def _live(self, clock, arrivals):
        """Hour by hour: people write, colleagues work, crons run when they run."""
        hour, standstill = 0.0, 0.0
        while hour < DAYS * 24:
            hour += self.random.choice((3, 4, 6, 8))
            moment = START + datetime.timedelta(hours=hour)
            clock.move_to(moment)
            while arrivals and arrivals[0] <= hour:
                self._register(moment, arrivals.pop(0))
            self.server.look(moment)
            self._work()
            if self.random.random() < 0.005:
                self._leave()
            if standstill > 0:
                standstill -= 6
                continue
            if self.random.random() < 0.01:
                standstill = self.random.randint(1, 9) * 24
            if self.random.random() < 0.05:
                self._pass(kill_after=self.random.randint(0, 2))
            else:
                self._pass()
                if self.random.random() < 0.1:
                    self._pass()  # a second worker with the same work
            self.ticks.append(moment)

    def _register(self, moment, _arrival):
        code = self.random.choice(sorted(TERMS))
        zone = zoneinfo.ZoneInfo(ZONES[COUNTRIES.get(code, "SE")])
        local = moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
        line = {
            "policy": code,
            "received_at": local.isoformat(),
            "expected": {"anonymous": self.random.random() < 0.2},
        }
        is_anonymous = line["expected"]["anonymous"]
        facts = {
            "has_external_parties": self.random.random() < 0.3,
            "wants_reply": self.random.random() < 0.8,
        }
        result = (
            self.env["complaint.intake"]
            .with_company(company(self.env, code))
            .register(
                {
                    "policy": code,
                    "channel": "paper_form",
                    "description": "Something happened.",
                    "received_at": line["received_at"],
                    "anonymity": "anonymous" if is_anonymous else "open",
                    "reply_channel": self.random.choice(("email", "portal", "letter")),
                    "parties": [{"role": "complainant", "email": "a@example.com"}],
                    **facts,
                }
            )
        )
        self.registered[result["case_id"]] = (line, facts)
        if self.random.random() < 0.2:
            self._poison(self.env["complaint.case"].browse(result["case_id"]))

    def _poison(self, case):
        """Of a time when addresses were not held against what can be sent to."""
        party = case.party_ids.filtered("email")
        if party:
            party.write(party._seal({"email": POISON}))

    def _leave(self):
        """Somebody who works cases leaves the organisation."""
        open_cases = self._cases().filtered(
            lambda case: not case._has_ended() and case.handler_id
        )
        if open_cases and self.left < LEAVERS:
            self.random.choice(open_cases).handler_id.active = False
            self.left += 1

    def _work(self):
        """Now and then somebody acknowledges, explains, answers or ends a case."""
        cases = self.env["complaint.case"].browse(self.registered)
        open_cases = cases.filtered(
            lambda case: case.state in ("received", "acknowledged")
        )
        for case in open_cases:
            if self.random.random() < 0.06:
                self._act(case)
        for letter in cases.correspondence_ids:
            is_waiting = letter.is_by_hand and letter.state == "queued"
            if is_waiting and self.random.random() < 0.1:
                self._post(letter)

    def _post(self, letter):
        """A colleague posts it, and enters the proof on that day or some days later."""
        today = letter.case_id._today()
        days = (today - letter.queued_on).days
        sent_on = today - datetime.timedelta(self.random.randint(0, min(days, 3)))
        letter.action_mark_sent("Posted", sent_on)
        self.posted[letter.id] = sent_on

    def _act(self, case):
        today = case._today()
        acts = ("acknowledge", "delay", "answer", "close", "withdraw", "nothing")
        act = self.random.choice(acts)
        if act == "acknowledge" and case.state == "received":
            case.expected_on = today + datetime.timedelta(
                days=self.random.randint(5, 60)
            )
            case.action_acknowledge()
        elif act == "delay" and case._delayable(None):
            late = max(case._delayable(None).mapped("due_on"))
            until = max(late, today) + datetime.timedelta(self.random.randint(1, 20))
            case.action_delay(
                "We wait for a colleague.", until, send_now=self.random.random() < 0.5
            )
        elif act == "answer":
            case.expected_on = case.expected_on or today
            case.action_answer(body="<p>It is mended.</p>", remedy="Mended.")
        elif act == "close" and self.random.random() < 0.5:
            case.write({"remedy": "Mended.", "lesson": "Look after it."})
            case.write({"dialogue_attempt": "Talked.", **ASKED})
            told = {}
            if self.random.random() < 0.2 and case.anonymity != "anonymous":
                told = {"told_on": today, "medium": "phone"}
            # Nobody meets this year: without signed minutes it is not resolved.
            is_signed = case.policy_id.is_minutes_signed
            case.action_close("unresolved" if is_signed else "resolved", **told)
            self.ended[case.id] = "closing"
        elif act == "withdraw" and self.random.random() < 0.2:
            case.action_withdraw("By phone")
            self.ended[case.id] = "withdrawal"

    def _cases(self):
        return self.env["complaint.case"].browse(self.registered)

    def _check_dates(self):
        """Every first date is the oracle's, and no duty is missing or too many."""
        for case in self._cases():
            line, facts = self.registered[case.id]
            expected = {}
            for duty in TERMS[line["policy"]]:
                if duty == "close" and facts["has_external_parties"]:
                    continue
                is_wanted = line["policy"] != "ljusnarsberg" or facts["wants_reply"]
                if duty == "reply" and not is_wanted:
                    continue
                due = reckon(line, duty)
                if isinstance(due, datetime.datetime):
                    due = due.astimezone(UTC).replace(tzinfo=None)
                expected[MILESTONES[duty]] = due
            first = case.deadline_ids.filtered(
                lambda row: (
                    row.term_id and not row.extends_id and row.milestone != "update"
                )
            )
            found = {
                row.milestone: row.due_at
                if row.term_id.period == "hour"
                else row.due_on
                for row in first
            }
            self.assertEqual(found, expected, line)

    def _check_promises(self):
        """At the end each is met by what has left, waived or extended with its reason,
        or late and told; nobody waived anything this year."""
        end = self.ticks[-1]
        rows = self._cases().deadline_ids
        for row in rows:
            if row.due_at <= end and row.state == "running":
                self.fail(f"{row.milestone} of {row.due_at} was forgotten")
            if row.state in ("extended", "waived"):
                self.assertTrue(row.reason)
            if row.state == "met" and row.met_on > row.due_at:
                first = self._first_tick(row.due_at)
                self.assertTrue(
                    row.late_at or first is None or row.met_on <= first, row.milestone
                )
        self.assertTrue(rows.filtered(lambda row: row.state == "extended"))
        self.assertTrue(rows.filtered(lambda row: row.late_at))
        self.assertTrue(rows.filtered(lambda row: row.state == "met"))

    def _check_letters(self):
        """Every end is one letter, and what it or another kept was met as it left.

        When that was is known from outside: the mail server's hour, the day on which
        the colleague posted it, at once on the status page.
        """
        cases = self._cases()
        for case in cases:
            ends = case.correspondence_ids.filtered(
                lambda one: one.purpose in ("closing", "redirect", "withdrawal")
            )
            expected = [self.ended[case.id]] if case.id in self.ended else []
            firsts = ends.filtered(lambda one: not one.replaces_id)
            self.assertEqual(firsts.mapped("purpose"), expected)
        for letter in cases.correspondence_ids:
            is_settled = letter.direction == "out" and letter.state in (
                "sent",
                "failed",
            )
            self.assertEqual(bool(letter.settled_at), is_settled)
        for row in cases.deadline_ids.filtered(
            lambda row: row.milestone in OWED and row.state == "met"
        ):
            left = row.letter_ids.filtered(lambda one: one.state == "sent")
            moments = [self._left_at(letter) for letter in left]
            self.assertIn(self._moment(row, row.met_on), moments)
        self.assertFalse(cases.deadline_ids.filtered(lambda row: row.state == "waived"))
        self.assertTrue(self.posted and self.ended)
        self._check_ways()

    def _check_mails(self):
        """What the mail server said it took is sent, once; the rest of what was to be
        mailed goes another way, or is tried again. Only where the server could not say
        so a mail came again, under the same id.
        """
        books = self.server
        self.assertTrue(books.met)
        letters = self._cases().correspondence_ids.filtered("message_id")
        by_name = {letter.message_id: letter for letter in letters}
        self.assertEqual(len(by_name), len(letters))
        others = (books.answered + books.unanswered).keys() - by_name.keys()
        sent = self.env["complaint.correspondence"].search_count(
            [("message_id", "in", list(others))]
        )
        self.assertEqual(sent, len(others))
        for name, letter in by_name.items():
            is_sent = letter.state == "sent"
            self.assertEqual(books.answered[name], int(is_sent), letter.state)
            if not is_sent:
                self.assertIn(letter.state, ("queued", "failed"))

    def _check_ways(self):
        """What no server takes went another way; who left has no open case."""
        letters = self._cases().correspondence_ids
        failed = letters.filtered(lambda letter: letter.state == "failed")
        self.assertTrue(failed)
        self.assertNotIn("x y", str(self.server.addressed))
        self.assertEqual(failed - letters.replaces_id, letters.browse())
        self.assertTrue(self.left)
        for case in self._cases().filtered(lambda case: not case._has_ended()):
            self.assertEqual(case.handler_id, case.handler_id.filtered("active"))

    def _left_at(self, letter):
        """When a letter has left, as the world outside the program knows it."""
        moment = self.server.answered_at.get(letter.message_id) or letter.sent_at
        return self.posted.get(letter.id) or self._moment(letter, moment)

    def _moment(self, row, moment):
        """An instant; where a colleague posts things, or nobody is known, its day."""
        case = row.case_id
        if case.reply_channel != "letter" and case.anonymity != "anonymous":
            return moment
        zone = zoneinfo.ZoneInfo(ZONES[COUNTRIES.get(case.policy_id.code, "SE")])
        return moment.replace(tzinfo=UTC).astimezone(zone).date()

    def _first_tick(self, moment):
        return next((tick for tick in self.ticks if tick >= moment), None)

    def _check_notices(self):
        """One notice for each delay told of, on the day the clock first could."""
        letters = self._cases().correspondence_ids
        notices = letters.filtered(lambda letter: letter.purpose == "delay")
        firsts = notices.filtered(lambda letter: not letter.replaces_id)
        by_deadline = collections.Counter(letter.deadline_id.id for letter in firsts)
        self.assertEqual(set(by_deadline.values()), {1})
        for row in self._cases().deadline_ids.filtered(
            lambda row: (
                row.milestone in TOLD and (row.late_at or row.state == "extended")
            )
        ):
            self.assertEqual(by_deadline[row.id], 1, (row.milestone, row.state))
            notice = firsts.filtered(lambda letter, row=row: letter.deadline_id == row)
            if row.late_at:
                self.assertLessEqual(self._gap(row), datetime.timedelta(hours=8))
                self._check_neutral(row, notice)
        waiting = letters.filtered(
            lambda letter: letter.state == "queued" and letter.medium == "email"
        )
        day = datetime.timedelta(days=1)
        self.assertFalse(
            [x for x in waiting if x.retry_at and x.retry_at < self.ticks[-1] - day]
        )

    def _gap(self, row):
        """Between the first pass that could know it and the one that told it."""
        ticks = [tick for tick in self.ticks if row.due_at <= tick]
        return self._told_at(row, ticks) - ticks[0]

    def _told_at(self, row, ticks):
        """When it was found late; of an anonymous case the first pass of that day."""
        case = row.case_id
        if case.anonymity != "anonymous":
            return row.late_at
        self.assertGreaterEqual(row.late_at, row.due_at)
        day = case._moment(row.late_at)
        return next(tick for tick in ticks if case._moment(tick) == day)

    def _check_neutral(self, row, notice):
        """The neutral notice's date is at most three working days on."""
        code = row.case_id.policy_id.code
        zone = zoneinfo.ZoneInfo(ZONES[COUNTRIES.get(code, "SE")])
        day = row.late_at.replace(tzinfo=UTC).astimezone(zone).date()
        working = 0
        days_off = _days_off(code, day, None)
        while day < notice.new_due_on:
            day += datetime.timedelta(days=1)
            working += _is_working(day, days_off)
        self.assertLessEqual(working, 3)

    def _check_journals(self):
        """Every chain is whole, and tells of every lateness and every letter."""
        for case in self._cases():
            entries = case.journal_ids.sorted("sequence")
            self.assertEqual(
                entries.mapped("sequence"), list(range(1, case.journal_count + 1))
            )
            for earlier, later in zip(entries, entries[1:], strict=False):
                self.assertEqual(later.previous_digest, earlier.digest)
            self.assertEqual(entries[-1].digest, case.journal_head)
            events = collections.Counter(entries.mapped("event"))
            late = case.deadline_ids.filtered("late_at")
            self.assertEqual(events["deadline_late"], len(late))
            sent = case.correspondence_ids.filtered("sent_at")
            self.assertEqual(events["correspondence_sent"], len(sent))
            self.assertNotIn("a@example.com", json.dumps(entries.mapped("payload")))


def _year(seed):
    return lambda self: self.live_and_check(seed)


for _seed in SEEDS:
    setattr(TestSimulatedYear, f"test_year_{_seed}", _year(_seed))
