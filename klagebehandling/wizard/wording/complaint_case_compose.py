from odoo import api, fields, models


class ComplaintCaseCompose(models.TransientModel):
    """Adds the standard texts that fit the letter: what is chosen goes into it."""

    _inherit = "complaint.case.compose"

    wording_id = fields.Many2one(
        "complaint.wording",
        string="Standard text",
        domain="[('id', 'in', fitting_wording_ids)]",
    )
    fitting_wording_ids = fields.Many2many(
        "complaint.wording", compute="_compute_fitting_wording_ids"
    )

    @api.depends("case_id", "purpose")
    def _compute_fitting_wording_ids(self):
        for letter in self:
            case = letter.case_id
            letter.fitting_wording_ids = self.env["complaint.wording"]._fitting(
                letter.purpose,
                case.company_id,
                case.policy_id,
                case.kind,
                case.policy_id.sudo()._spoken(case.lang),
            )

    @api.onchange("wording_id")
    def _onchange_wording_id(self):
        """Put the text where the letter ends; it may be chosen again."""
        if self.wording_id:
            text = self.wording_id._fill(self.case_id)
            self.body = (self.body or "") + text
            self.wording_id = False
