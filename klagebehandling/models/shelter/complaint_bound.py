from odoo import api, models

from .complaint_word_mask import MASKED


class ComplaintBound(models.AbstractModel):
    """What words were taken out of is bound anew, and nothing else with it."""

    _inherit = "complaint.bound"

    @api.model
    def _speaking(self):
        return {**super()._speaking(), "protection_set": {"anonymity"}}

    @api.model
    def _bind(self, case, event):
        if event != "words_masked":
            return super()._bind(case, event)
        now = self.env["complaint.word.mask"]._bound(case)
        keys = self.env.context.get(MASKED, ())
        binds = {key: now[key] for key in keys if key in now}
        return {"binds": binds} if binds else {}
