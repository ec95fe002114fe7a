from odoo import fields, models

OWN_MILESTONES = [("follow_up", "Follow-up by the head")]


class ComplaintDeadline(models.Model):
    """Adds the follow-up to the duties of a case; the clock asks who owes it."""

    _inherit = "complaint.deadline"

    milestone = fields.Selection(
        selection_add=OWN_MILESTONES,
        ondelete={code: "cascade" for code, _label in OWN_MILESTONES},
    )

    def _prepare_warnings(self, level):
        if self.milestone != "follow_up":
            return super()._prepare_warnings(level)
        users = self.case_id._followers()
        return [(self, user, self._say_due(user), self.due_on) for user in users]

    def _prepare_alarm(self):
        if self.milestone != "follow_up":
            return super()._prepare_alarm()
        users = self.case_id._followers()
        return [(self, user, self._say_late(user), self.due_on) for user in users]
