from odoo import api, fields, models


class ComplaintLaw(models.Model):
    """A law that governs an activity, with the days on which it is in force.

    Law is data: addons for a country deliver it, and an organisation adds its own. What
    nobody has held against its source is never shown as certain.
    """

    _name = "complaint.law"
    _inherit = [
        # Which laws are in use decides which bodies are named.
        "complaint.remembered",
        "complaint.recorded",
        "complaint.sourced",
        "complaint.in.force",
        "complaint.owned",
    ]
    _description = "Governing law of an activity"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    reference = fields.Char(help="Its official number.")
    note = fields.Text(translate=True)
    duty_ids = fields.One2many(
        "complaint.law.duty", "law_id", string="Parallel duties", copy=True
    )
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: not self.env.su and self.env.company,
        help="Without one it is shared by all, and changed by nobody.",
    )

    @api.depends("name", "is_sure")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for law in self:
            law.display_name = law._say_unsure(law.name)
