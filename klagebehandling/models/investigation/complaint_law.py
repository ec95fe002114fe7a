from odoo import api, fields, models
from odoo.fields import Domain


class ComplaintLaw(models.Model):
    """A law that governs an activity, with the days on which it is in force.

    Law is data: addons for a country deliver it, and an organisation adds its own. What
    nobody has held against its source is never shown as certain.
    """

    _name = "complaint.law"
    _inherit = ["complaint.recorded"]
    _description = "Governing law of an activity"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    reference = fields.Char(help="Its official number.")
    country_id = fields.Many2one("res.country", required=True)
    source_url = fields.Char(string="Source")
    valid_from = fields.Date(string="In force from")
    valid_to = fields.Date(string="In force until", help="Its last day.")
    checked_on = fields.Date(string="Checked on", help="When the source was read.")
    is_sure = fields.Boolean(
        string="Checked against the source",
        help="Without it, it is shown as not verified wherever it stands.",
    )
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

    _sure_checked = models.Constraint(
        "CHECK (is_sure IS NOT TRUE OR (checked_on IS NOT NULL AND source_url IS NOT "
        "NULL))",
        "What is sure has a source and the day on which it was read.",
    )
    _valid_dates = models.Constraint(
        "CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)",
        "A law is in force from its first day to its last.",
    )

    @api.depends("name", "is_sure")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for law in self:
            law.display_name = law._say_unsure(law.name)

    def _say_unsure(self, name):
        """A name of law as people read it: what is not checked says so."""
        if self.is_sure or not name:
            return name
        return self.env._("%(name)s (not verified)", name=name)

    @api.model
    def _fitting(self, country, day):
        """The laws in force on a local day; of one country, where it is known."""
        is_begun = Domain("valid_from", "=", False) | Domain("valid_from", "<=", day)
        is_left = Domain("valid_to", "=", False) | Domain("valid_to", ">=", day)
        here = Domain("country_id", "=", country.id) if country else Domain.TRUE
        return self.search(here & is_begun & is_left)

    def _is_in_force_on(self, day):
        is_begun = not self.valid_from or self.valid_from <= day
        return is_begun and (not self.valid_to or day <= self.valid_to)
