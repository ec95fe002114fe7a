from odoo import api, models


class ComplaintCorrespondence(models.Model):
    """What a letter is called."""

    _inherit = "complaint.correspondence"

    @api.depends("purpose")
    @api.depends_context("lang")
    def _compute_display_name(self):
        self._check_known()
        labels = dict(self._fields["purpose"]._description_selection(self.env))
        for letter in self:
            letter.display_name = labels.get(letter.purpose, "")
