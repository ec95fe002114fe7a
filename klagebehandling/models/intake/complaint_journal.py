from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("registered", "Registered"),
    ("reclassified", "Registered as another kind"),
    ("nav_not_offered", "NAV cannot take part at this place"),
    ("routed", "Given to a receiver"),
    ("named_by_own_act", "Named by the complainant's own act"),
    ("complainant_entered", "Said who complains, in a forwarded e-mail"),
    ("erasure_asked", "The complainant asks that the text is removed"),
    ("split", "Part of it became a case of its own"),
    ("split_from", "Split from another case"),
]
EXPLAINED = {
    "anonymity": ("complaint.case", "anonymity"),
    "channel": ("complaint.case", "channel"),
    "from": ("complaint.case", "kind"),
    "kind": ("complaint.case", "kind"),
    "place_type": ("complaint.case", "place_type"),
    "route": ("complaint.unit", "function"),
    "to": ("complaint.case", "kind"),
}


class ComplaintJournal(models.Model):
    """Declares the events of the door: how a case came to be."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        own = {*EXPLAINED, "case", "complainant", "into", "received_on", "written_on"}
        return super()._fact_keys() | own

    @api.model
    def _explained_fields(self):
        return {**super()._explained_fields(), **EXPLAINED}

    @api.model
    def _code_labels(self):
        return {
            **super()._code_labels(),
            "nearest": self.env._("Nearest manager"),
            "above": self.env._("Further up the line"),
            "independent": self.env._("Independent receiver"),
            "fallback": self.env._("Fallback receiver"),
            "author": self.env._("Who wrote what was passed on"),
            "sender": self.env._("Who passed it on"),
            "not_found": self.env._("Could not be found out"),
            "top": self.env._("Top of the line"),
            "nobody": self.env._("Nobody may receive it"),
        }

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "anonymity": self.env._("Anonymity"),
            "case": self.env._("Case"),
            "channel": self.env._("Channel"),
            "complainant": self.env._("Complainant"),
            "from": self.env._("From"),
            "into": self.env._("New case"),
            "kind": self.env._("Kind"),
            "persons": self.env._("Persons"),
            "place_type": self.env._("Kind of place"),
            "received_on": self.env._("Received"),
            "route": self.env._("Route"),
            "to": self.env._("To"),
            "written_on": self.env._("Written on"),
        }

    @api.model
    def _timeline_sentences(self):
        return {
            **super()._timeline_sentences(),
            "registered": self.env._("We received it."),
        }

    def _timeline_day(self, payload):
        # What was phoned in is entered later than it was received.
        if self.event == "registered" and payload.get("received_on"):
            return fields.Date.to_date(payload["received_on"])
        return super()._timeline_day(payload)
