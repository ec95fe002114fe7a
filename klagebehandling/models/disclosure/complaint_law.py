from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class ComplaintLaw(models.Model):
    """Adds the provisions by which something is kept secret.

    They govern no activity: a case is offered none of them as its law.
    """

    _inherit = "complaint.law"

    is_secrecy = fields.Boolean(
        string="Ground for secrecy",
        help="A provision by which words are masked or a document is refused.",
    )
    citation = fields.Char(
        string="Short, at each mask",
        help="Such as the number of the paragraph. The whole name stands once, above "
        "the documents.",
    )

    @api.model
    def _fitting(self, country, day, domain=Domain.TRUE):
        is_asked = any(
            one.field_expr == "is_secrecy" for one in domain.iter_conditions()
        )
        if not is_asked:
            domain &= Domain("is_secrecy", "=", False)
        return super()._fitting(country, day, domain)

    @api.model
    def _grounds_under(self, policy):
        """By what something may be kept secret today, under a procedure."""
        is_ground = Domain("is_secrecy", "=", True)
        return self._fitting(policy.country_id, policy._today(), is_ground)

    def _check_grounds(self, policy):
        """:raises ValidationError: for one that keeps nothing secret there"""
        if self and self - self._grounds_under(policy):
            raise ValidationError(
                self.env._(
                    "This is no ground for secrecy here, or not in force. Choose "
                    "another."
                )
            )

    def _cite(self):
        """How the provision is named at each mask."""
        return self.citation or self.display_name
