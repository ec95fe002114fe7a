import json
import logging
import traceback

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, format_date

from ...sealing import keyring
from ..intake.refused import IntakeRefused
from .cell_reader import CellReader
from .complaint_import import BATCH, WORK

_logger = logging.getLogger(__name__)
STATES = [
    ("read", "Waits to be checked"),
    ("new", "To be moved in"),
    ("same", "Here already"),
    ("changed", "Changed since it was moved in"),
    ("faulty", "Has faults"),
    ("moved", "Moved in"),
]


class ComplaintImportLine(models.Model):
    """One complaint of a file: what becomes of it, and what it would be promised.

    The row of one that was moved in remains, with its old number and a digest under
    the key: so the same line is known again, and one that was changed is told of and
    never written over. It points at no case: whoever moves in reads none.
    """

    _name = "complaint.import.line"
    _inherit = ["complaint.sealed", "complaint.unseen"]
    _description = "Line that is moved in"
    _order = "import_id, row, id"
    _rec_name = "number"
    _log_access = False
    _sealed_column = "cells_sealed"

    import_id = fields.Many2one(
        "complaint.import", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="import_id.company_id", store=True, index=True)
    row = fields.Integer(string="Line", readonly=True, aggregator=None)
    number = fields.Char(string="Old number", readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="read")
    is_open = fields.Boolean(string="Open", readonly=True)
    is_late = fields.Boolean(string="Late", readonly=True)
    received_on = fields.Date(string="Received", readonly=True)
    promises = fields.Text(string="Would be promised", readonly=True)
    problem = fields.Text(string="What is wrong", readonly=True)
    cells_sealed = fields.Text(groups=fields.NO_ACCESS)
    digest = fields.Char(groups=fields.NO_ACCESS)

    _moved_once = models.UniqueIndex(
        "(company_id, number) WHERE state = 'moved'", "This was moved in already."
    )
    _waiting = models.Index("(import_id, id) WHERE state IN ('read', 'new')")

    # -- in batches

    @api.model
    def _take_next(self, job):
        """Check or move in the next lines of an import, by what it is waiting for.

        :return: how many lines; 0 where the import goes on without the clock
        """
        job = job.sudo()
        domain = [("import_id", "=", job.id), ("state", "=", WORK.get(job.state, ""))]
        found = self.sudo().search(domain, order="id", limit=BATCH)
        if not found:
            job._settle()
            return 0
        if not job._may_go_on():
            job._end("stopped")
            return 0
        lines = found.try_lock_for_update()._as_mover(job)
        if job.state == "checking":
            lines._check()
        else:
            lines._move_in()
        return len(lines)

    @api.model
    def _count_waiting(self, jobs):
        return sum(
            self.sudo().search_count(
                [("import_id", "=", job.id), ("state", "=", WORK[job.state])]
            )
            for job in jobs
        )

    def _as_mover(self, job):
        """The lines as who approved them works on them, in the own language."""
        user = job.create_uid
        context = {"lang": user.lang, "allowed_company_ids": job.company_id.ids}
        return self.with_user(user).with_context(**context).sudo()

    # -- what would become of them

    def _check(self):
        """Find out what would become of these lines; only that is stored."""
        reader, known = CellReader(self.import_id), self._known()
        twice, memo, forms = self._twice(), {}, {}
        for line in self:
            found = line._find(reader, known, twice, memo)
            form = found.pop("form", None)
            if form:
                forms[line] = form
            line.write(found)
        self._look_at_promises(forms)

    def _look_at_promises(self, forms):
        """Note what lines would be promised; nothing is promised by it.

        :param forms: by line, what the door makes of it
        """
        if not forms:
            return
        intake = self.env["complaint.intake"]
        labels = dict(
            self.env["complaint.deadline"]
            ._fields["milestone"]
            ._description_selection(self.env)
        )
        intake._ensure_calendars(list(forms.values()))
        for line, form in forms.items():
            intake._prepare_duties(form)
            line.write(line._say_promises(form, labels))

    def _known(self):
        """By number the digest of what was moved in, whoever did it."""
        rows = self.sudo().search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "moved"),
                ("number", "in", self.mapped("number")),
            ]
        )
        return {row.number: row.digest for row in rows}

    def _twice(self):
        """By number, the row in which the file has it first."""
        rows = self.env.execute_query(
            SQL(
                "SELECT number, min(row) FROM complaint_import_line "
                "WHERE import_id = %s AND number = ANY(%s) GROUP BY number",
                self.import_id.id,
                self.mapped("number"),
            )
        )
        return dict(rows)

    def _find(self, reader, known, twice, memo):
        """What becomes of the line, as values of it."""
        cells = keyring.decrypt(self.cells_sealed)
        digest = _digest(cells)
        if self.number and twice[self.number] != self.row:
            first = twice[self.number]
            text = self.env._("Line %(row)s has this number too.", row=first)
            return self._faulty({"number": text})
        if self.number in known:
            return {
                "state": "same" if known[self.number] == digest else "changed",
                "digest": digest,
                "problem": False,
            }
        values, problems = reader.read_line(cells)
        if problems:
            return self._faulty(problems)
        try:
            form = self._try_door(values, memo)
        except IntakeRefused as error:
            return self._faulty(reader.place(error.problems))
        except (UserError, ValidationError) as error:
            return self._faulty({"number": str(error)})
        return {"state": "new", "digest": digest, "problem": False, "form": form}

    def _try_door(self, values, memo):
        """What the door would make of it; nothing is stored.

        :raises IntakeRefused: with what it would refuse
        """
        intake = self.env["complaint.intake"]
        place = ("own", values.get("unit_id"))
        if place not in memo:
            intake.sudo(False)._check_own(values)
            memo[place] = True
        return intake._accept(values, memo)

    def _say_promises(self, form, labels):
        rows = sorted(form.deadlines, key=lambda row: row["due_at"])
        is_late = any(row.get("state") == "late" for row in rows)
        return {
            "is_open": not form.given["moved"].closed_on,
            "is_late": is_late,
            "received_on": form.day,
            "promises": "\n".join(self._say_promise(row, labels) for row in rows),
        }

    def _say_promise(self, row, labels):
        words = {
            "duty": labels[row["milestone"]],
            "date": format_date(self.env, row["due_on"]),
        }
        if row.get("state") == "late":
            return self.env._("%(duty)s: was due %(date)s, late", **words)
        return self.env._("%(duty)s: by %(date)s", **words)

    def _faulty(self, problems):
        """:param problems: by the name of a column, what is wrong and what to do"""
        return {
            "state": "faulty",
            "problem": "\n".join(
                f"{self.import_id._cell_name(name, self.row)}: {text}"
                for name, text in problems.items()
            ),
        }

    # -- moved in

    def _move_in(self):
        """Register these lines; what cannot be is told, and stops no other one."""
        reader, known, ready = CellReader(self.import_id), self._known(), []
        for line in self:
            cells = keyring.decrypt(line.cells_sealed)
            values, problems = reader.read_line(cells)
            if line.number in known:
                is_same = known[line.number] == line.digest
                line.state = "same" if is_same else "changed"
            elif problems:
                line.write(line._faulty(problems))
            else:
                ready.append((line, values))
        if ready and not self._enter_lines(ready):
            for one in ready:
                self._enter_lines([one], is_last=True)

    def _enter_lines(self, ready, is_last=False):
        """Register lines through the door, all or none of them.

        :param ready: list of pairs of a line and the values for the door
        :param is_last: whether a line that is refused is told to be faulty
        :return: whether they are registered
        """
        lines = self.browse(line.id for line, _values in ready)
        intake = self.env["complaint.intake"]
        try:
            with self.env.cr.savepoint():
                intake._admit([values for _line, values in ready])
                lines.write({"state": "moved", "cells_sealed": False})
                self.env.flush_all()
        except IntakeRefused as error:
            problems = CellReader(self.import_id).place(error.problems)
        except Exception as error:  # noqa: BLE001 one line never stops the others
            # Only where it happened: the message of the fault could quote the line.
            place = "".join(traceback.format_tb(error.__traceback__))
            _logger.warning("A line could not be moved in:\n%s", place)
            problems = {"number": self.env._("It could not be moved in. Try it again.")}
        else:
            return True
        if is_last:
            lines.write(lines._faulty(problems))
        return False


def _digest(cells):
    """A digest under the key: of a short line nobody can find out what it said."""
    text = json.dumps(cells, sort_keys=True, ensure_ascii=False)
    return keyring.keyed_hash("import line", text)
