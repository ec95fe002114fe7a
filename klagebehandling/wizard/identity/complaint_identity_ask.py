from odoo import api, fields, models


class ComplaintIdentityAsk(models.TransientModel):
    """Say why a protected identity is needed."""

    _name = "complaint.identity.ask"
    _inherit = ["complaint.pointing"]
    _description = "Ask to see a protected identity"

    case_id = fields.Many2one("complaint.case", required=True, readonly=True)
    pseudonym_id = fields.Many2one(
        "complaint.pseudonym",
        string="Person",
        required=True,
        domain="[('case_id', '=', case_id)]",
    )
    ground = fields.Text(
        string="Why it is needed",
        required=True,
        help="What the identity is needed for. The custodian reads nothing else of "
        "the case.",
    )

    @api.constrains("case_id", "pseudonym_id")
    def _check_readable(self):
        # Constraints run as superuser: ask the person.
        for form in self.sudo(False):
            form.case_id.check_access("read")
            form.pseudonym_id.check_access("read")

    def action_ask(self):
        """Send the request to the custodian."""
        self.check_access("write")
        for form in self:
            form.case_id.action_request_identity(form.ground, form.pseudonym_id.id)
        return {"type": "ir.actions.act_window_close"}
