from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("access_found", "Asked for: documents of the case"),
    ("access_reviewed", "Reviewed for who asked"),
    ("access_reopened", "Review begun anew"),
    ("access_read", "Read by a second person before it left"),
    ("access_case_answered", "Request for documents answered"),
    ("access_case_sent", "Answer on documents sent"),
    ("access_case_decision_asked", "Decision of the authority asked for"),
    ("access_case_decided", "Decision of the authority on documents"),
]


class ComplaintJournal(models.Model):
    """What became of a request for documents of the case; never who asked."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _idle_events(self):
        return super()._idle_events() | {event for event, _label in EVENTS}

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {
            "access_decision",
            "access_request",
            "access_result",
        }

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "access_decision": self.env._("Decision of the authority"),
            "access_request": self.env._("Request for documents"),
            "access_result": self.env._("What came of it"),
        }
