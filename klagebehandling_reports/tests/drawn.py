"""A year of drawn cases, stored as rows: thousands of them in a few statements."""

import json
import os
import random
from datetime import date, datetime, timedelta

from odoo.tools import SQL

from odoo.addons.klagebehandling.models.figures.complaint_figure import DUTIES
from odoo.addons.klagebehandling.vocabulary import CHANNELS, OUTCOMES

HOW_MANY = 10_000 if os.environ.get("KLAGE_PROVE") else 300
# Above what any sequence of a test has reached.
FIRST_ID = 50_000_000
BEGIN = datetime(2025, 10, 1)
DAYS = 500
# The last and first minutes of a year in Oslo, where one is easily off by one.
EDGES = [
    datetime(2025, 12, 31, 22, 59, 59),
    datetime(2025, 12, 31, 23, 0),
    datetime(2026, 12, 31, 22, 59, 59),
    datetime(2026, 12, 31, 23, 0),
]


class Drawn:
    """Draws the rows for the world of a test and stores them."""

    def __init__(self, test, seed):
        self.test, self.env = test, test.env
        self.chance = random.Random(seed)
        self.next_id = FIRST_ID

    def store(self, count=HOW_MANY):
        """Draw so many cases, with what hangs on them."""
        test, chance = self.test, self.chance
        case = test._register(received_at="2026-06-01T10:00")
        self.grounds = test.policy._grounds_to_choose(test.company)[:6].ids
        self.units = (test.management | test.workshop | test.kitchen).ids
        # Nobody else is walled: few numbers of one wall are told of by none.
        self.people = [test.other_leader.id, test.employee.id]
        cases = [self._case() for _one in range(count)]
        self._copy(case, cases)
        for name, column, chosen in (
            ("complaint_case_complaint_category_rel", "ground", self.grounds),
            ("complaint_case_wall", "wall", self.people),
            ("complaint_case_barred", "barred", self.people),
        ):
            self._link(name, cases, chosen, 0.5 if column == "ground" else 0.03)
        for make, most in (
            (self._deadline, 4),
            (self._letter, 2),
            (self._measure, 2),
            (self._referral, 1),
        ):
            model = self._example(make, case)
            self._copy(
                model,
                [
                    make(one)
                    for one in cases
                    for _time in range(chance.randint(0, most))
                ],
            )
        self._minutes(case, cases)
        self._lessons()
        # The one they were copied of stands in no year that is counted.
        self.env.cr.execute(
            "UPDATE complaint_case SET received_at = '2020-01-01' WHERE id = %s",
            [case.id],
        )
        self.env.cr.execute(
            "UPDATE complaint_deadline SET due_on = '2020-01-01', "
            "due_at = '2020-01-01' WHERE case_id = %s",
            [case.id],
        )
        self.env.invalidate_all()

    # -- storing

    def _copy(self, row, values):
        """Store copies of a row, each with some columns of its own."""
        self.env.flush_all()
        for one in values:
            one.setdefault("id", self._id())
        table = SQL.identifier(row._table)
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s SELECT (jsonb_populate_recordset(c, %s::jsonb)).* "
                "FROM %s c WHERE c.id = %s",
                table,
                json.dumps(values, default=str),
                table,
                row.id,
            )
        )

    def _link(self, table, cases, chosen, share):
        pairs = [
            (one["id"], other)
            for one in cases
            for other in chosen
            if self.chance.random() < share / len(chosen) * 2
        ]
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s SELECT * FROM unnest(%s::int[], %s::int[])",
                SQL.identifier(table),
                [one for one, _other in pairs],
                [other for _one, other in pairs],
            )
        )

    def _id(self):
        self.next_id += 1
        return self.next_id

    def _example(self, make, case):
        """A row of each model, to be copied; a test says what is drawn anew."""
        if make == self._deadline:
            return case.deadline_ids[:1]
        values = {
            self._letter: ("complaint.correspondence", {"body": "<p>We look.</p>"}),
            self._measure: (
                "complaint.action",
                {"name": "A warm counter", "due_on": "2020-01-01"},
            ),
            self._referral: ("complaint.referral", {"kind": "body"}),
        }
        model, own = values[make]
        return self.env[model].sudo().create({"case_id": case.id, **own})

    # -- drawing

    def _moment(self):
        if self.chance.random() < 0.05:
            return self.chance.choice(EDGES)
        return BEGIN + timedelta(minutes=self.chance.randrange(DAYS * 24 * 60))

    def _day(self):
        return date(2025, 10, 1) + timedelta(self.chance.randrange(DAYS))

    def _often(self, share):
        return self.chance.random() < share

    def _case(self):
        chance, number = self.chance, self._id()
        received = self._moment()
        answered = received + timedelta(minutes=chance.randrange(60 * 24 * 40))
        closed = answered + timedelta(minutes=chance.randrange(60 * 24 * 40))
        end = chance.choice(["open", "closed", "closed", "withdrawn"])
        return {
            "id": number,
            "reference": f"D-{number}",
            "drawn_number": f"D-{number}",
            "access_code_hash": None,
            "submission_hash": None,
            "received_at": received,
            "answered_at": answered if self._often(0.7) else None,
            "workdays_to_answer": chance.randrange(30),
            "workdays_to_acknowledge": chance.randrange(12),
            "kind": chance.choice(["complaint"] * 5 + ["view", "view", "praise"]),
            "channel": chance.choice(CHANNELS)[0],
            "unit_id": chance.choice(self.units),
            "state": "received" if end == "open" else end,
            "outcome": chance.choice(OUTCOMES)[0] if end == "closed" else None,
            "closed_at": None if end == "open" else closed,
            "is_repeat": self._often(0.06),
            "is_restricted": self._often(0.04),
        }

    def _deadline(self, case):
        due = self._moment()
        state = self.chance.choice(
            ["met", "met", "met", "late", "running", "waived", "extended"]
        )
        met = due + timedelta(seconds=self.chance.choice([-86400, -1, 0, 86400]))
        return {
            "case_id": case["id"],
            "milestone": self.chance.choice(DUTIES),
            "state": state,
            "due_at": due,
            "due_on": due.date(),
            "met_on": met if state == "met" else None,
            "late_at": due if state == "late" else None,
            "next_at": None,
            "reason": "It takes longer.",
        }

    def _letter(self, case):
        is_sent = self._often(0.7)
        return {
            "case_id": case["id"],
            "purpose": self.chance.choice(["update", "update", "message"]),
            "state": "sent" if is_sent else "draft",
            "sent_at": self._moment() if is_sent else None,
        }

    def _measure(self, case):
        state = self.chance.choice(["open", "done", "checked", "dropped"])
        is_done = state in ("done", "checked")
        return {
            "case_id": case["id"],
            "unit_id": case["unit_id"],
            "state": state,
            "due_on": self._day(),
            "done_on": self._day() if is_done else None,
            "check_on": self._day() if self._often(0.5) else None,
            "checked_on": self._day() if state == "checked" else None,
            "effect": "works" if state == "checked" else None,
        }

    def _referral(self, case):
        return {
            "case_id": case["id"],
            "kind": self.chance.choice(["body", "report", "appeal"]),
            "opened_on": self._day(),
        }

    def _minutes(self, case, cases):
        """Meetings of some of the cases, each with up to two versions of minutes."""
        meeting = self.env["complaint.meeting"].create(
            {"case_id": case.id, "start_at": "2020-01-02 09:00:00", "place": "Room 2"}
        )
        meeting.action_hold()
        minutes = self.env["complaint.minutes"].create(
            {"meeting_id": meeting.id, "agreed": "A warm counter"}
        )
        minutes.action_freeze()
        chosen = [one for one in cases if self._often(0.3)]
        held = [{"id": self._id(), "case_id": one["id"]} for one in chosen]
        self._copy(meeting, held)
        rows = []
        for one in held:
            for version in range(1, self.chance.randint(1, 2) + 1):
                rows.append(
                    {
                        "meeting_id": one["id"],
                        "case_id": one["case_id"],
                        "version": version,
                        "state": self.chance.choice(["frozen", "signed"]),
                        "frozen_on": self._day(),
                    }
                )
        self._copy(minutes, rows)

    def _lessons(self):
        self.env["complaint.lesson"].sudo().create(
            [
                {
                    "company_id": self.test.company.id,
                    "unit_id": self.chance.choice(self.units),
                    "text": "We answer the phone until four.",
                    "released_on": self._day(),
                }
                for _number in range(20)
            ]
        )
