from odoo import api, fields, models


class ComplaintLawDuty(models.Model):
    """A duty that runs beside the complaint, by a law: a report, a notice (M32).

    It is linked to the case and never part of it: another procedure decides on it.
    """

    _name = "complaint.law.duty"
    _inherit = ["complaint.recorded", "complaint.sourced", "complaint.owned"]
    _description = "Parallel duty by law"
    _order = "law_id, sequence, id"
    _belongs_by = "law_id"

    law_id = fields.Many2one(
        "complaint.law", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="law_id.company_id")
    name = fields.Char(string="Duty", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    who = fields.Char(string="Who does it", translate=True)
    recipient = fields.Char(string="To whom", translate=True)
    check_days = fields.Integer(
        string="Assessed within, days",
        required=True,
        default=1,
        help="Within how many days we assess whether it applies. It is our own rule, "
        "and no limit that the law sets.",
    )
    limit_text = fields.Char(
        string="Limit by law", translate=True, help="As the source has it."
    )

    _check_days_positive = models.Constraint(
        "CHECK (check_days BETWEEN 0 AND 365)",
        "It is assessed within a number of days up to a year.",
    )

    @api.depends("name", "is_sure")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for duty in self:
            duty.display_name = duty._say()

    def _say(self):
        """The duty as people read it."""
        return self._say_unsure(self.name)

    def _recorded_companies(self):
        return self.law_id._recorded_companies()
