from odoo import models

DAY = 24 * 60 * 60


class ComplaintCaseRegister(models.TransientModel):
    """The page on which an anonymous complaint was written down keeps no hour (M11).

    Who helped is recorded (A-11); when exactly would tell who sat there.
    """

    _inherit = "complaint.case.register"

    def _transient_clean_rows_older_than(self, seconds):
        # By its rows, a page of this morning is as old as the day.
        return super()._transient_clean_rows_older_than(max(seconds, DAY))

    def _can_join_cases(self):
        return True

    def _case_link(self, row):
        if self._stored_value(row, "anonymity") != "anonymous":
            return None
        unit = self.env["complaint.unit"].browse(self._stored_value(row, "unit_id"))
        return "complaint.policy", unit.sudo().effective_policy_id.id

    def _cut_update(self, vals, policy):
        """What was stored before the person chose to be anonymous is cut as well."""
        row = {"create_date": self.create_date, "received_at": self.received_at, **vals}
        return super()._cut_update(row, policy)
