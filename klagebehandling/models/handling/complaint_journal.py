from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("acknowledged", "Receipt acknowledged"),
    ("investigating", "Investigation started"),
    ("answered", "Answered"),
    ("delay_planned", "Delay planned"),
    ("note_added", "Running note written"),
    ("no_remedy", "Nothing was put right"),
    ("reassessed", "Duties assessed anew"),
    ("staff_informed", "Staff meeting informed"),
    ("staff_notice_suppressed", "Staff meeting not informed"),
]


class ComplaintJournal(models.Model):
    """The way of a case, and what the complainant reads of it."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {"notice", "started", "stopped"}

    @api.model
    def _bound_labels(self):
        return {**super()._bound_labels(), "note": self.env._("a running note")}

    @api.model
    def _explained_fields(self):
        return {
            **super()._explained_fields(),
            "started": ("complaint.deadline", "milestone"),
            "stopped": ("complaint.deadline", "milestone"),
        }

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "notice": self.env._("What was said"),
            "started": self.env._("Started"),
            "stopped": self.env._("Stopped"),
        }

    @api.model
    def _timeline_sentences(self):
        return {
            **super()._timeline_sentences(),
            "acknowledged": self.env._("We confirmed that we have it."),
            "investigating": self.env._("We began to look into what happened."),
            "answered": self.env._("We answered you."),
        }

    def _timeline_text(self, sentences, payload):
        if self.event == "acknowledged" and payload.get("is_suppressed"):
            return None
        return super()._timeline_text(sentences, payload)

    @api.model
    def _waiver_rules(self):
        return {
            **super()._waiver_rules(),
            "facts_changed": self.env._(
                "The facts of the case have changed, and with them what we promise."
            ),
            "walled_meeting": self.env._("Somebody it concerns attends the meeting."),
        }
