from odoo import api, models
from odoo.exceptions import UserError


class ComplaintCaseCompose(models.TransientModel):
    """Adds to an answer that it closes the case too: one letter for both."""

    _name = "complaint.case.compose"
    # The mixin first: it extends what the dialog itself is made of.
    _inherit = ["complaint.closing.dialog", "complaint.case.compose"]

    @api.model
    def _told_fields(self):
        return [*super()._told_fields(), "outcome", "lesson"]

    def _told_values(self):
        """An answer with an outcome can be the last: what was learned is told, and
        not that the case stays open.
        """
        values = super()._told_values()
        if self.purpose == "reply" and self.outcome:
            lesson = self.is_lesson_required and self.lesson
            values |= {"is_last": True, "lesson": lesson}
        return values

    def action_send_and_close(self):
        """Answer and close with one letter, which keeps what was still promised.

        :raises UserError: where the text, the outcome or an element of the procedure is
            missing; nothing typed is lost
        """
        if self.purpose != "reply":
            raise UserError(self.env._("Only an answer closes a case."))
        case = self._prepare()
        self._enter(case, "lesson")
        case.with_context(complaint_on_screen=True).action_close(
            outcome=self.outcome or None, body=self.body, medium=self.medium
        )
        return self._finish(case)
