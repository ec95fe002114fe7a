from odoo import models


class ComplaintHearing(models.Model):
    """Enters in the ledger of the other side that the person was asked, and heard."""

    _inherit = "complaint.hearing"

    def action_ask(self):
        result = super().action_ask()
        # Who is asked knows of the complaint from then on.
        self.sudo()._rights("inform")._done_by_hearing()
        return result

    def _answered(self, answer):
        result = super()._answered(answer)
        self.sudo()._rights("hear")._done_by_hearing()
        return result

    def _rights(self, kind):
        return self.party_id.right_ids.filtered(lambda right: right.kind == kind)
