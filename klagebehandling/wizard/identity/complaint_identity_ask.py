from odoo import fields, models


class ComplaintIdentityAsk(models.TransientModel):
    """Say why a protected identity is needed."""

    _name = "complaint.identity.ask"
    _inherit = ["complaint.case.dialog"]
    _description = "Ask to see a protected identity"

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

    def action_ask(self):
        """Send the request to the custodian."""
        case = self._begin()
        case.action_request_identity(self.ground, self.pseudonym_id.id)
        return self._finish(case)
