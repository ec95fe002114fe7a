from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("access_received", "Request for documents registered"),
    ("access_searched", "Searched for what was asked for"),
    ("access_answered", "Request for documents answered"),
    ("access_sent", "Answer on documents sent"),
    ("access_contact_removed", "Where the answer went is forgotten"),
    ("access_decision_asked", "Decision of the authority asked for"),
    ("access_decided", "Decision of the authority on documents"),
]


class ComplaintCompanyJournal(models.Model):
    """What was done with a request for documents: not who asked, nor what was found."""

    _inherit = "complaint.company.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {
            "access_decision",
            "access_request",
            "channel",
            "received_on",
        }

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "access_decision": self.env._("Decision of the authority"),
            "access_request": self.env._("Request for documents"),
            "channel": self.env._("Channel"),
            "received_on": self.env._("Received"),
        }
