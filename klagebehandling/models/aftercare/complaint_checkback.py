from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

ANSWERS = [
    ("well", "All is well"),
    ("not_well", "Something is not well"),
    ("reprisal", "Somebody has been treated badly for it"),
    ("silent", "No answer"),
]
# What the person says; that there was no answer is said by who asked.
SAID = ("well", "not_well", "reprisal")


class ComplaintCheckback(models.Model):
    """Asking a person, some time after the closing, how it has gone since (M30).

    It is promised as the case closes: after one, three and six months where somebody
    reported misconduct or reprisals, else where the procedure says so. The person's
    answer is recorded, also of who is anonymous: it is given on the status page.
    """

    _name = "complaint.checkback"
    _inherit = ["complaint.case.part"]
    _description = "Check-back after a case"
    _order = "due_on, id"
    _rec_name = "due_on"
    _words = ("note",)

    due_on = fields.Date(string="Ask on", required=True, readonly=True)
    deadline_id = fields.Many2one(
        "complaint.deadline", readonly=True, copy=False, index="btree_not_null"
    )
    letter_id = fields.Many2one(
        "complaint.correspondence",
        string="Asked by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("asked", "Asked"),
            ("answered", "Answered"),
            ("dropped", "Not asked"),
        ],
        required=True,
        default="planned",
        readonly=True,
        copy=False,
    )
    answer = fields.Selection(ANSWERS, readonly=True, copy=False)
    note = fields.Text(string="What the person said", copy=False)
    answered_on = fields.Date(readonly=True, copy=False)
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    _answered_state = models.Constraint(
        "CHECK ((state = 'answered') = "
        "(answer IS NOT NULL AND answered_on IS NOT NULL))",
        "A check-back is answered exactly when it carries the answer and its day.",
    )

    def _writable(self):
        names = super()._writable()
        is_open = all(row.state in ("planned", "asked") for row in self)
        return names | {"note"} if is_open else names

    def action_ask(self, body=None, medium=None):
        """Ask the person how it has gone, by a letter; that keeps the promise.

        :param body: HTML in the person's language; the standard words without it
        :raises UserError: where it was asked already
        """
        for checkback in self:
            checkback._begin("planned")
            case = checkback.case_id
            letter = case._write_to_complainant(
                "checkback",
                body,
                medium or (not case.wants_reply and "portal") or None,
                meets=checkback.sudo().deadline_id,
            )
            checkback.sudo().write({"state": "asked", "letter_id": letter.id})
            checkback.sudo().case_id._log("checkback_asked", row=checkback.id)
        return True

    def action_record(self, answer=None, note=None):
        """Record what the person answered by phone or in a meeting, or that none did.

        :param answer: ``well``, ``not_well``, ``reprisal`` or ``silent``
        :param note: in what words, where they have not been written yet
        :raises UserError: where it is answered already
        """
        if answer not in dict(ANSWERS):
            raise ValidationError(self.env._("Choose what the person answered."))
        for checkback in self:
            checkback._begin("planned", "asked")
            text = (note or checkback.note or "").strip()
            if answer in ("not_well", "reprisal") and not text:
                raise UserError(self.env._("Write what the person said."))
            checkback.sudo()._settle(answer, text)
        return True

    def action_well(self):
        """The person said that all is well."""
        return self.action_record("well")

    def action_not_well(self):
        """The person said that something is not well; with the note."""
        return self.action_record("not_well")

    def action_silent(self):
        """Nobody answered."""
        return self.action_record("silent")

    def _begin(self, *states):
        self.check_access("write")
        if self.state not in states:
            raise UserError(
                self.env._("This check-back stands otherwise by now. Look at it again.")
            )

    def _settle(self, answer, note):
        """Keep the answer; what was promised is kept by it too."""
        self.write(
            {
                "state": "answered",
                "answer": answer,
                "note": note or False,
                "answered_on": self.case_id._today(),
            }
        )
        self.case_id._log("checkback_answered", row=self.id, answered=answer)
        self.deadline_id._meet()
        self.case_id._finish_tasks()

    def _drop(self, reason):
        """Ask no more: the case was taken up again."""
        left = self.filtered(lambda row: row.state == "planned")
        left.state = "dropped"
        left.deadline_id._waive(reason)
