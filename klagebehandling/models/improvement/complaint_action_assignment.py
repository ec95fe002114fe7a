from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError


class ComplaintActionAssignment(models.Model):
    """What somebody is asked to do: the words of a measure, and nothing of a case.

    It points at no measure and no case: the measure points at it. Whoever owns a
    measure has one, whether they work cases or not.
    """

    _name = "complaint.action.assignment"
    _inherit = [
        "complaint.guarded",
        "complaint.unseen",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Measure given to you"
    _order = "is_done, due_on, id"
    _has_followers = False

    name = fields.Char(string="What is to be done", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="By", required=True, readonly=True, index=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    due_on = fields.Date(string="Until", required=True, readonly=True)
    report = fields.Text(string="What was done")
    is_done = fields.Boolean(string="Done", readonly=True)
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )

    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for assignment in self:
            due_on = assignment.due_on
            assignment.is_overdue = (
                not assignment.is_done and bool(due_on) and due_on < today
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = fields.Domain("is_done", "=", False)
        overdue &= fields.Domain("due_on", "<", fields.Date.context_today(self))
        return overdue if True in value else ~overdue

    def _writable(self):
        """The report is its owner's own, until it is handed in."""
        names = super()._writable()
        is_own = all(row.user_id == self.env.user and not row.is_done for row in self)
        return names | {"report"} if is_own else names

    def message_post(self, **kwargs):
        """Ask first: Odoo tells a hidden row from none before it asks."""
        self.check_access("write")
        return super().message_post(**kwargs)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Nobody follows it: every employee can read who follows what."""
        return True

    def action_done(self, report=None):
        """Report that the measure is done; the report stands from then on.

        :param report: what was done, where it has not been written yet
        :raises UserError: without it, or where it has been reported already
        """
        for assignment in self:
            assignment.check_access("write")
            if assignment.is_done:
                raise UserError(self.env._("This has been reported already."))
            text = (report or assignment.report or "").strip()
            if not text:
                raise UserError(self.env._("Write what was done."))
            assignment_sudo = assignment.with_user(SUPERUSER_ID)
            measure = self.env["complaint.action"].with_user(SUPERUSER_ID)
            measure = measure.search([("assignment_id", "=", assignment.id)])
            assignment_sudo.write({"report": text})
            measure._settle_done(text, by=self.env.user)
        return True

    def _ask(self):
        """Put each on the list of things to do of who is asked; nobody is mailed."""
        for assignment in self:
            assignment.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=assignment.due_on,
                summary=assignment.name,
                user_id=assignment.user_id.id,
            )

    def _end(self):
        """It is done or falls away: nothing of it is left to do."""
        self.activity_ids.unlink()
        self.is_done = True
