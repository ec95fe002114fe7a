from odoo import fields, models


class ComplaintPolicy(models.Model):
    """Adds whether a case closes without a measure."""

    _inherit = "complaint.policy"

    is_measure_required = fields.Boolean(
        string="Measure required at closing",
        help="A case closes with a measure, or with the reason why there is none.",
    )
