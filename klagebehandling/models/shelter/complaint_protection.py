from odoo import api, fields, models

from ... import masking


class ComplaintProtection(models.Model):
    """A level of protection that a country gives persons, and how letters reach them.

    What it means is data: where no address is kept, letters go by an office that
    forwards them. What is not verified says so wherever it stands.
    """

    _name = "complaint.protection"
    _inherit = [
        "complaint.recorded",
        "complaint.sourced",
        "complaint.in.force",
        "complaint.owned",
    ]
    _description = "Level of protection of a person"
    _order = "country_id, sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_unaddressed = fields.Boolean(
        string="No address is kept",
        help="Neither address nor e-mail is kept, nothing is sent electronically, and "
        "letters go in two envelopes by the office that forwards them.",
    )
    office = fields.Text(
        string="Forwarding office",
        help="As it stands on the outer envelope. Empty where it is not known.",
    )
    guidance = fields.Text(
        string="How to send a letter",
        help="What whoever posts it has to do.",
    )
    has_personal_number = fields.Boolean(
        string="Personal number on the inner envelope",
        help="It is asked for when the envelopes are printed, and never kept.",
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
        for level in self:
            level.display_name = level._say_unsure(level.name)

    def _problem_of_number(self, number):
        """What is wrong with a personal number of the country; empty where nothing is.

        Of a country whose numbers are not known here, any number is taken.
        """
        if not masking.is_personal(number, self.country_id.code):
            return self.env._("This is no personal number. Look at it once more.")
        return ""
