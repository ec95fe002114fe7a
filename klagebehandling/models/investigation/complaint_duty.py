from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...roles import READERS


class ComplaintDuty(models.Model):
    """A duty beside the case: done, or waived with a reason (M31, M32).

    It is proposed as the governing law of the activity is chosen, or as the procedure
    says what cannot wait. It runs as a deadline and outlives the case.
    """

    _name = "complaint.duty"
    _inherit = ["complaint.case.part"]
    _description = "Parallel duty in a case"
    _order = "id"
    _words = ("answer",)

    name = fields.Char(string="Duty", required=True)
    duty_id = fields.Many2one(
        "complaint.law.duty",
        string="By law",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    urgency_id = fields.Many2one(
        "complaint.policy.urgency",
        string="Same-day rule",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    who = fields.Char(related="duty_id.who", related_sudo=False)
    recipient = fields.Char(related="duty_id.recipient", related_sudo=False)
    limit_text = fields.Char(related="duty_id.limit_text", related_sudo=False)
    source_url = fields.Char(related="duty_id.source_url", related_sudo=False)
    is_sure = fields.Boolean(related="duty_id.is_sure", related_sudo=False)
    owner_id = fields.Many2one(
        "res.users",
        domain="[('share', '=', False)]",
        default=lambda self: self.env.uid,
        ondelete="restrict",
    )
    deadline_id = fields.Many2one(
        "complaint.deadline", readonly=True, copy=False, index="btree_not_null"
    )
    due_on = fields.Date(string="Assessed by", related="deadline_id.due_on")
    state = fields.Selection(
        [("open", "To be assessed"), ("done", "Done"), ("waived", "Does not apply")],
        required=True,
        default="open",
        readonly=True,
        copy=False,
    )
    answer = fields.Text(
        string="What was done, or why not",
        groups=READERS,
    )
    done_on = fields.Date(string="Settled on", readonly=True, copy=False)
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    _case_duty_unique = models.Constraint(
        "UNIQUE (case_id, duty_id)", "This duty is in the case already."
    )
    _case_urgency_unique = models.Constraint(
        "UNIQUE (case_id, urgency_id)", "This duty is in the case already."
    )
    _done_state = models.Constraint(
        "CHECK ((state = 'open') = (done_on IS NULL))",
        "A duty is settled exactly when it carries the day it was.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        duties = super().create(vals_list)
        duties.sudo()._start()
        return duties

    def write(self, vals):
        result = super().write(vals)
        if "owner_id" in vals:
            self.sudo().filtered(lambda duty: duty.state == "open")._ask_owner()
        return result

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        if self.env.su:
            return
        for vals in vals_list:
            cases = self.case_id
            if operation == "create":
                cases = cases.browse(vals.get("case_id"))
            cases._check_works_there(vals.get("owner_id"))

    def _writable(self):
        names = super()._writable()
        is_open = all(duty.state == "open" for duty in self)
        return names | {"owner_id", "answer"} if is_open else names

    @api.model
    def _creatable(self):
        """One that no law of the list names, by hand."""
        return {"case_id", "name", "owner_id"}

    def action_done(self, answer=None):
        """Record that the duty was done.

        :param answer: what was done, where it has not been written yet
        :raises UserError: without it
        """
        return self._settle("done", answer)

    def action_waive(self, reason=None):
        """Record that the duty does not apply here.

        :param reason: why, where it has not been written yet
        :raises UserError: without it
        """
        return self._settle("waived", reason)

    def _settle(self, state, text):
        for duty in self:
            duty.check_access("write")
            if duty.state != "open":
                raise UserError(self.env._("This duty has been settled already."))
            answer = (text or duty.answer or "").strip()
            if not answer:
                raise UserError(
                    self.env._("Write what was done, or why the duty does not apply.")
                )
            duty_sudo = duty.sudo()
            duty_sudo.write(
                {
                    "state": state,
                    "answer": answer,
                    "done_on": duty_sudo.case_id._today(),
                }
            )
            told = {"row": duty.id, "what": duty.name, "answer": answer}
            if state == "done":
                duty_sudo.case_id._log("duty_done", **told)
                duty_sudo.deadline_id._meet()
            else:
                duty_sudo.case_id._log("duty_waived", **told)
                duty_sudo.deadline_id._waive(answer)
            duty_sudo.case_id._finish_tasks()
        return True

    def _start(self):
        """Give each its clock and its owner a task, many at once."""
        rows, entries = [], []
        for duty in self:
            case, day = duty.case_id, duty.case_id._today()
            if not duty.urgency_id:
                day += timedelta(days=duty.duty_id.check_days if duty.duty_id else 1)
            milestone = "contact" if duty.urgency_id else "statutory"
            rows.append(case._prepare_promise(milestone, day))
            payload = {"row": duty.id, "what": duty.name}
            entries.append((case, "duty_proposed", payload))
        deadlines = self.env["complaint.deadline"].sudo().create(rows)
        for duty, deadline in zip(self, deadlines, strict=True):
            duty.deadline_id = deadline
        self.env["complaint.journal"].sudo()._append(entries)
        self._ask_owner()

    def _ask_owner(self):
        self.env["complaint.case"]._plan_tasks(
            "promise",
            [
                (duty.case_id, duty.owner_id, duty.name, duty.due_on)
                for duty in self
                if duty.owner_id
            ],
        )
