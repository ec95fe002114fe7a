from datetime import timedelta

from odoo import api, fields, models

OWN_MILESTONES = [("sign", "Signing of the minutes")]
# So many times the person is reminded; after that nothing more is awaited.
REMINDERS = 2


class ComplaintDeadline(models.Model):
    """Waits for the complainant to sign: two reminders, then it is left unsigned."""

    _inherit = "complaint.deadline"

    milestone = fields.Selection(
        selection_add=OWN_MILESTONES,
        ondelete={code: "cascade" for code, _label in OWN_MILESTONES},
    )

    def _pass(self):
        """It is the person who is awaited: nobody of ours is late."""
        awaited = self.filtered(lambda row: row.milestone == "sign")
        super(ComplaintDeadline, self - awaited)._pass()
        for row in awaited:
            minutes = row.env["complaint.minutes"].search(
                [("deadline_id", "=", row.id)]
            )
            if minutes:
                minutes._no_reaction(row)
            else:
                row._waive(row.env._("Nothing is to be signed any more."))

    def _remind_again(self, reason):
        """End this row as extended, and wait as long again.

        :return: the new row
        """
        self.write({"state": "extended", "reason": reason, "next_at": False})
        days = self.case_id.policy_id.sign_days
        until = self.case_id._today() + timedelta(days=days)
        new = self.create(self._prepare_extension(until))
        new.next_at = new.due_at
        return new

    @api.model
    def _prepare_signing(self, case, day):
        """Values of a row that asks nobody of ours before it is over."""
        row = case._prepare_promise("sign", day)
        return dict(row, next_at=row["due_at"])
