from odoo import api, models


class CalendarEvent(models.Model):
    """A meeting planned from a case is seen by who works the case.

    Leak: every employee reads who is busy when, and keeps what they were invited to; an
    invitation is mailed. Proved by ``test_world_is_the_same_without_the_hidden_cases``,
    ``test_talk_on_a_hidden_meeting_disturbs_no_list_of_messages`` and
    ``test_meeting_is_mailed_to_nobody``. Nobody follows it: see ``mail.followers``.
    """

    _name = "calendar.event"
    _inherit = ["complaint.case.attached", "calendar.event"]

    @api.model_create_multi
    def create(self, vals_list):
        walled = {self.env["ir.model"]._get_id(name) for name in self._walled_models()}
        given = {vals.get("res_model_id") for vals in vals_list}
        given.add(self.env.context.get("default_res_model_id"))
        names = {vals.get("res_model") for vals in vals_list}
        names.add(self.env.context.get("default_res_model"))
        if given & walled or names & set(self._walled_models()):
            self = self.with_context(no_mail_to_attendees=True, mail_create_nolog=True)
        return super().create(vals_list)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """Leave out what the user may not see: Odoo would read its privacy."""
        known = self - self._kept_back()
        return super(
            CalendarEvent, known
        )._mail_get_operation_for_mail_message_operation(message_operation)
