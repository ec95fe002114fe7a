from odoo import api, fields, models
from odoo.fields import Domain


class ComplaintInForce(models.AbstractModel):
    """What holds in one country, from its first day to its last."""

    _name = "complaint.in.force"
    _description = "In force in a country"

    country_id = fields.Many2one("res.country", required=True)
    valid_from = fields.Date(string="In force from")
    valid_to = fields.Date(string="In force until", help="Its last day.")

    _valid_dates = models.Constraint(
        "CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to)",
        "It is in force from its first day to its last.",
    )

    @api.model
    def _fitting(self, country, day, domain=Domain.TRUE):
        """Those in force on a local day; of one country, where it is known.

        :param domain: which of them
        """
        is_begun = Domain("valid_from", "=", False) | Domain("valid_from", "<=", day)
        is_left = Domain("valid_to", "=", False) | Domain("valid_to", ">=", day)
        here = Domain("country_id", "=", country.id) if country else Domain.TRUE
        return self.search(here & is_begun & is_left & domain)

    def _is_in_force_on(self, day):
        is_begun = not self.valid_from or self.valid_from <= day
        return is_begun and (not self.valid_to or day <= self.valid_to)
