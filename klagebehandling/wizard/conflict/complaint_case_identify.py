from odoo import api, fields, models


class ComplaintCaseIdentify(models.TransientModel):
    """Say whom a case is about, so that the wall stands where it belongs."""

    _name = "complaint.case.identify"
    _inherit = ["complaint.case.dialog"]
    _description = "Who is this about?"

    party_id = fields.Many2one(
        "complaint.party",
        string="Person named",
        compute="_compute_party_id",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        domain="[('case_id', '=', case_id), ('role', '=', 'subject'), "
        "('user_id', '=', False), ('is_outsider', '=', False)]",
    )
    is_about_manager = fields.Boolean(
        compute="_compute_is_about_manager", compute_sudo=False
    )
    user_id = fields.Many2one(
        "res.users", string="It is", domain="[('share', '=', False)]"
    )
    is_outsider = fields.Boolean(string="Not one of our users")

    @api.depends("case_id")
    def _compute_party_id(self):
        for dialog in self:
            dialog.party_id = dialog.case_id._unknown_subjects()[:1]

    @api.depends("case_id")
    def _compute_is_about_manager(self):
        for dialog in self:
            dialog.is_about_manager = not dialog.case_id._unknown_subjects()

    def action_confirm(self):
        """Move the wall to the person, or away from the line where it is nobody."""
        case = self._begin()
        case.action_identify(
            user_id=not self.is_outsider and self.user_id.id,
            party_id=self.party_id.id,
        )
        return self._finish(case)
