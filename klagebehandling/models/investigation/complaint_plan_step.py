from odoo import api, fields, models
from odoo.exceptions import UserError

WRITTEN = {"sequence", "name", "owner_id", "due_on", "is_done", "result"}


class ComplaintPlanStep(models.Model):
    """A step of the plan: what is looked into, by whom, until when (C-03)."""

    _name = "complaint.plan.step"
    _inherit = ["complaint.case.part"]
    _description = "Step of an investigation"
    _order = "sequence, id"
    _words = ("name", "result")

    sequence = fields.Integer(default=10)
    name = fields.Char(string="What is done")
    owner_id = fields.Many2one(
        "res.users",
        string="By",
        domain="[('share', '=', False)]",
        default=lambda self: self.env.uid,
        ondelete="restrict",
    )
    due_on = fields.Date(string="Until")
    is_done = fields.Boolean(string="Done")
    done_on = fields.Date(string="Done on", readonly=True, copy=False)
    result = fields.Text(string="What came of it")
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps._follow_done()
        return steps

    def write(self, vals):
        result = super().write(vals)
        if "is_done" in vals:
            self._follow_done()
        return result

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        if self.env.su:
            return
        is_named = [
            (vals.get("name") or "").strip()
            for vals in vals_list
            if operation == "create" or "name" in vals
        ]
        if not all(is_named):
            raise UserError(self.env._("Write what is done."))
        for vals in vals_list:
            cases = self.case_id
            if operation == "create":
                cases = cases.browse(vals.get("case_id"))
                self.env["complaint.point"]._check_open([vals])
            cases._check_works_there(vals.get("owner_id"))

    def _writable(self):
        names = super()._writable()
        is_over = any(step.case_id._has_ended() for step in self)
        return names if is_over else names | WRITTEN

    @api.model
    def _creatable(self):
        return {"case_id", *WRITTEN}

    @api.ondelete(at_uninstall=False)
    def _unlink_open_only(self):
        if any(step.is_done or step.case_id._has_ended() for step in self.sudo()):
            raise UserError(self.env._("What was done stays."))

    def _follow_done(self):
        """Date what is done, and enter it."""
        for step in self.sudo():
            if step.is_done and not step.done_on:
                step.done_on = step.case_id._today()
                step.case_id._log("step_done", row=step.id)
            elif step.done_on and not step.is_done:
                step.done_on = False
