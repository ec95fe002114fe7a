from odoo import models


class ComplaintJournal(models.Model):
    """What happened around the wall, in words."""

    _inherit = "complaint.journal"

    def _event_labels(self):
        return {
            **super()._event_labels(),
            "access_refused": self.env._("Somebody without access asked for the case"),
            "hearing_answered": self.env._("Person complained about has answered"),
            "hearing_asked": self.env._("Person complained about was asked"),
            "recused": self.env._("Stepped back from the case"),
            "subject_identified": self.env._("Said whom the case is about"),
        }

    def _route_labels(self):
        return {
            **super()._route_labels(),
            "fallback": self.env._("Fallback receiver"),
            "here": self.env._("Here, in writing"),
            "nobody": self.env._("Nobody may receive it"),
            "top": self.env._("Top of the line"),
        }

    def _key_labels(self):
        return {**super()._key_labels(), "known": self.env._("Known")}
