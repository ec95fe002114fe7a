from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...roles import READERS
from ..case.complaint_case_part import WORKERS, readers

LONGEST_REASON = 2000


class ComplaintHold(models.Model):
    """A case is not disposed of, for a reason, until a day or until it is lifted.

    Set by who leads the work. It is written once: who needs it longer sets another.
    """

    _name = "complaint.hold"
    _inherit = ["complaint.case.part"]
    _description = "Hold from disposal"
    _order = "until_on desc, id desc"
    _rec_name = "until_on"
    _readers = readers(*WORKERS, "auditor")
    _words = ("reason",)

    case_id = fields.Many2one(readonly=True, ondelete="restrict")
    reason = fields.Text(groups=READERS, help="Such as a case in court.")
    until_on = fields.Date(string="Held until", required=True, help="Its last day.")
    set_on = fields.Date(readonly=True)
    set_by_id = fields.Many2one(
        "res.users", string="Set by", readonly=True, ondelete="restrict"
    )
    lifted_on = fields.Date(string="Lifted", readonly=True)
    lifted_by_id = fields.Many2one(
        "res.users", string="Lifted by", readonly=True, ondelete="restrict"
    )
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    @api.model
    def _creatable(self):
        return {"case_id", "reason", "until_on"}

    @api.model_create_multi
    def create(self, vals_list):
        cases = self.env["complaint.case"].browse(
            vals.get("case_id") for vals in vals_list
        )
        self._check_values("create", vals_list)
        if not all(cases._ids):
            raise UserError(self.env._("Choose the case that is held."))
        cases.check_access("write")
        rows = []
        for case, vals in zip(cases.sudo(), vals_list, strict=True):
            day, reason = fields.Date.to_date(vals.get("until_on")), vals.get("reason")
            today = case._today()
            self._check_hold(day, reason, today)
            rows.append({**vals, "set_on": today, "set_by_id": self.env.uid})
        holds = super(ComplaintHold, self.sudo()).create(rows)
        for hold in holds:
            hold.case_id._log("hold_set", until=str(hold.until_on), reason=hold.reason)
        return holds.sudo(False)

    def _check_hold(self, day, reason, today):
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Write why the case is held."))
        if len(reason) > LONGEST_REASON:
            raise ValidationError(self.env._("This is too long. Write it shorter."))
        if not day or day < today:
            raise UserError(self.env._("Choose a day from today on."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A hold stays. Lift it where it is not needed."))

    def action_lift(self):
        """Lift these holds today.

        :raises AccessError: for who does not lead the work on the case
        :raises UserError: where one is lifted already
        """
        self.check_access("write")
        self.sudo().case_id.sudo(False).check_access("write")
        if any(hold.lifted_on for hold in self):
            raise UserError(self.env._("This hold is lifted already."))
        for hold in self.sudo():
            today = hold.case_id._today()
            hold.write({"lifted_on": today, "lifted_by_id": self.env.uid})
            hold.case_id._log("hold_lifted", row=hold.id)
        return True
