from odoo import api, models
from odoo.fields import Domain


class MailMessage(models.Model):
    """The talk of a case, and of a meeting on one, is for who works the case now.

    Leak: authors and recipients keep what they wrote or got, whatever became of the
    case. Proved by ``test_adding_a_subject_revokes_everything_at_once``,
    ``test_talk_on_a_meeting_is_for_who_works_the_case_now`` and
    ``test_world_is_the_same_without_the_hidden_cases``.
    """

    _name = "mail.message"
    _inherit = ["complaint.case.attached", "mail.message"]
    _document_fields = ("model", "res_id")
    _is_found_first = True

    def _kept_back(self):
        """What hangs on a case, or on a meeting that does."""
        meetings = self.env["calendar.event"]
        rows = self._read_columns(Domain("model", "=", meetings._name), "res_id")
        held = set(meetings.browse(id_ for _row, id_ in rows)._kept_back()._ids)
        kept = self.browse(id_ for id_, meeting in rows if meeting in held)
        return super()._kept_back() | kept

    @api.model
    def _visible_documents(self):
        meetings = self.env["calendar.event"]
        hidden = meetings.sudo()._search(~meetings._visible_documents())
        on_hidden = Domain("model", "=", meetings._name) & Domain(
            "res_id", "in", hidden
        )
        return super()._visible_documents() & ~on_hidden
