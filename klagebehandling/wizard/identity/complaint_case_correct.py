from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintCaseCorrect(models.TransientModel):
    """Add what is right of a person; what was told before stays with it."""

    _name = "complaint.case.correct"
    _inherit = ["complaint.case.dialog"]
    _description = "Correct an identity"

    party_id = fields.Many2one(
        "complaint.party",
        string="Person",
        compute="_compute_party_id",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        domain="[('case_id', '=', case_id)]",
    )
    name = fields.Selection(
        "_get_names", string="What to correct", required=True, default="email"
    )
    text = fields.Char(string="What is right", required=True)
    reason = fields.Text(string="How you know it", required=True)

    @api.model
    def _get_names(self):
        known = self.env["complaint.party"]._fields
        names = ("name", "email", "phone", "street", "zip", "city")
        return [(name, known[name]._description_string(self.env)) for name in names]

    @api.depends("case_id")
    def _compute_party_id(self):
        """Propose who complains."""
        for dialog in self:
            people = dialog.case_id.party_ids
            dialog.party_id = people.filtered(lambda one: one.role == "complainant")[:1]

    def action_confirm(self):
        """Enter the correction.

        :raises UserError: where no person of the case was chosen
        """
        case = self._begin()
        if self.party_id.case_id != case:
            raise UserError(self.env._("Choose a person of this case."))
        party = case.party_ids.filtered(lambda one: one == self.party_id)
        party.action_correct(self.name, self.text, self.reason)
        return self._finish(case)
