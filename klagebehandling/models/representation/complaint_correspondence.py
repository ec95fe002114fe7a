from odoo import fields, models

from ...channels import HAND
from ...roles import READERS


class ComplaintCorrespondence(models.Model):
    """Why a letter went to who may not read it; what the page does not show."""

    _inherit = "complaint.correspondence"

    authority_reason = fields.Text(
        string="Why it goes to who has no authorisation",
        readonly=True,
        copy=False,
        groups=READERS,
    )
    is_withheld = fields.Boolean(
        string="Not on the status page",
        readonly=True,
        help="Somebody without authorisation may have the code.",
    )

    def _next_medium(self):
        """What is kept off the page never goes by a way that leads there."""
        medium = super()._next_medium()
        if self.is_withheld and medium not in self._media_of(HAND):
            return False
        return medium
