from odoo import api, models

from .complaint_case import ELECTRONIC


class ComplaintCorrespondence(models.Model):
    """To who is unaddressed a letter needs no street: an office forwards it."""

    _inherit = "complaint.correspondence"

    @api.model
    def _lacks(self, person, medium):
        if not person._is_unaddressed():
            return super()._lacks(person, medium)
        need = self._channel(medium).needs
        if medium in ELECTRONIC:
            return need
        return "" if need == "street" else super()._lacks(person, medium)

    @api.model
    def _say_missing(self, person, medium):
        if medium in ELECTRONIC and person._is_unaddressed():
            return self.env._("Nothing is sent electronically to this person.")
        return super()._say_missing(person, medium)
