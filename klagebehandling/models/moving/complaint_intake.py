from odoo import fields, models

from ...vocabulary import OUTCOMES
from ..deadline.complaint_deadline_ladder import TOLD
from .moved import Moved


class ComplaintIntake(models.AbstractModel):
    """What a case is spared that was received and perhaps ended elsewhere (N18).

    Nobody fills in a form, so nothing is demanded of it; nothing is sent. Of what has
    ended nothing is promised. Of what is open, what is late already is told to be late
    where cases are worked, and to nobody outside: else whoever waits would be written
    to on the same night as all the others.
    """

    _inherit = "complaint.intake"

    def _read(self, values):
        moved = values.get("moved") if isinstance(values, dict) else None
        if not isinstance(moved, Moved):
            return super()._read(values)
        rest = {name: value for name, value in values.items() if name != "moved"}
        clean, problems = super()._read(rest)
        return {**clean, "moved": moved}, problems

    def _is_filled_in(self, form):
        return super()._is_filled_in(form) and not form.given.get("moved")

    def _check_anonymity(self, form, problems):
        # Who was anonymous there is anonymous here: what came is taken as it came.
        if not form.given.get("moved"):
            super()._check_anonymity(form, problems)

    def _prepare_duties(self, form):
        super()._prepare_duties(form)
        moved = form.given.get("moved")
        if not moved:
            return
        if moved.closed_on:
            form.deadlines = []
        if moved.acknowledged_on:
            form.deadlines = [
                row for row in form.deadlines if row["milestone"] != "acknowledge"
            ]
        now = fields.Datetime.now()
        for row in form.deadlines:
            if row["due_at"] <= now:
                row |= {"state": "late", "late_at": now, "next_at": False}
                row["is_reason_missing"] = row["milestone"] in TOLD

    def _prepare_case(self, form):
        values = super()._prepare_case(form)
        moved = form.given.get("moved")
        if not moved:
            return values
        values["external_number"] = moved.number
        if moved.acknowledged_on:
            values["state"] = "acknowledged"
        if moved.closed_on:
            values |= self._prepare_end(form, moved)
        return values

    def _prepare_end(self, form, moved):
        """The end of a case, on the day it was; the old register has its number."""
        closed_at = form.policy._day_start(moved.closed_on)
        is_outcome = moved.end in dict(OUTCOMES)
        return {
            "drawn_number": form.drawn_number,
            "state": "closed" if is_outcome else moved.end,
            "outcome": moved.end if is_outcome else False,
            "closed_at": max(closed_at, form.received_at),
            "days_to_close": (moved.closed_on - form.day).days,
            "triage": "at_once" if moved.end == "resolved_at_once" else False,
        }

    def _events(self, form):
        yield from super()._events(form)
        moved = form.given.get("moved")
        if not moved:
            return
        days = {
            name: str(day)
            for name in ("acknowledged_on", "closed_on")
            if (day := getattr(moved, name))
        }
        yield (
            "moved_in",
            {"digest": moved.file, "external_number": moved.number, **days}
            | self._say_end(moved),
        )
        for row in form.deadlines:
            if row.get("state") == "late":
                yield (
                    "deadline_late",
                    {"milestone": row["milestone"], "due_on": str(row["due_on"])},
                )

    def _say_end(self, moved):
        if not moved.end:
            return {}
        return {"outcome" if moved.end in dict(OUTCOMES) else "end": moved.end}

    def _prepare_receipts(self, form):
        return [] if form.given.get("moved") else super()._prepare_receipts(form)

    def _tell_auditors(self, forms):
        # In one message, by the clock: not one for each case of a table.
        super()._tell_auditors([form for form in forms if not form.given.get("moved")])
