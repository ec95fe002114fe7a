from odoo import fields, models

from .complaint_deadline import OWN_MILESTONES


class ComplaintCase(models.Model):
    """Adds who reviews a case that somebody asks for, and forgets it with the case."""

    _inherit = "complaint.case"

    next_milestone = fields.Selection(
        selection_add=OWN_MILESTONES,
        ondelete={code: "set null" for code, _label in OWN_MILESTONES},
    )

    def _reviewer(self):
        """Its handler, else who receives it; as superuser, empty where nobody may."""
        kept_out = self._kept_out()
        if self.handler_id and self.unit_id._can_handle(self.handler_id, kept_out):
            return self.handler_id
        user, _route = self.unit_id._receiver(
            self.policy_id, kept_out, is_restricted=self.is_restricted
        )
        return user

    def _erase_text(self, ground):
        """What was taken out of the case for a review goes with its words."""
        super()._erase_text(ground)
        for model in ("review", "document", "mask"):
            rows = self.env[f"complaint.access.{model}"].sudo()
            kept = [("case_id", "in", self.ids), ("text_erased_on", "=", False)]
            rows.search(kept)._erase_text(ground)
