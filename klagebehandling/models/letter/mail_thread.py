from functools import partial

from odoo import api, models

from ...mail_reader import reports
from ...retry import until_alone


class MailThread(models.AbstractModel):
    """Takes the bounces of our notices: each opens another way to the person."""

    _inherit = "mail.thread"

    @api.model
    def message_process(self, *args, **kwargs):
        """What is fetched is tried again where it meets another writer.

        Who fetches mail counts as done what has failed: a report that met who settles
        its letter would never come again, and what came back would be met for ever.
        """
        process = partial(super().message_process, *args, **kwargs)
        if "default_fetchmail_server_id" not in self.env.context:
            return process()
        return until_alone(self.env, process)

    def _routing_handle_bounce(self, email_message, message_dict):
        """A bounce of one of our notices opens the next way to reach the person.

        Odoo calls every report a bounce; one that says that the server still tries is
        none, and what has arrived has.
        """
        letters = self.env["complaint.correspondence"]
        ids = set(message_dict.get("bounced_msg_ids") or ())
        report = email_message and reports.report_of(email_message)
        if ids and report and report.outcome != reports.FAILED:
            if report.outcome == reports.DELIVERED:
                letters._note_delivered(ids)
            if letters.sudo().search_count([("message_id", "in", list(ids))], limit=1):
                return None
        elif ids and letters._bounce(ids):
            return None
        return super()._routing_handle_bounce(email_message, message_dict)
