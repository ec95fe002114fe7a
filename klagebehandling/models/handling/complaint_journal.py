from odoo import api, fields, models

from ..journal.complaint_chain import kept
from ..letter.complaint_deadline import UNDER_WAY

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
# Acts that write to the complainant, and what the letter is for.
WRITTEN = {"acknowledged": "acknowledgement", "answered": "reply"}


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
            "acknowledged": self.env._("Our confirmation is on its way to you."),
            "investigating": self.env._("We began to look into what happened."),
            "answered": self.env._("Our answer is on its way to you."),
        }

    @api.model
    def _timeline_letters(self):
        return {
            **super()._timeline_letters(),
            "acknowledgement": self.env._("We confirmed that we have it."),
            "reply": self.env._("We answered you."),
        }

    def _timeline_text(self, sentences, payload):
        """Say that something was told once its letter has left, and before that it is
        on its way; nothing of a letter that came back."""
        if self.event in WRITTEN and not self._is_on_its_way():
            return None
        if self.event == "correspondence_sent" and self._is_returned(payload):
            return None
        return super()._timeline_text(sentences, payload)

    def _is_on_its_way(self):
        """Whether what this act wrote last has not left yet."""
        acts = self.case_id.journal_ids.filtered(lambda one: one.event == self.event)
        letters = self.case_id.correspondence_ids.filtered(
            lambda letter: (
                letter.purpose == WRITTEN[self.event] and letter.state in UNDER_WAY
            )
        )
        return bool(letters) and self == acts.sorted("sequence")[-1:]

    def _is_returned(self, payload):
        letters = self.case_id.correspondence_ids
        return payload.get("purpose") in WRITTEN.values() and bool(
            letters.filtered(
                lambda letter: (
                    letter.id == payload.get("row") and letter.state == "failed"
                )
            )
        )

    @api.model
    def _waiver_rules(self):
        return {
            **super()._waiver_rules(),
            "facts_changed": self.env._(
                "The facts of the case have changed, and with them what we promise."
            ),
            "walled_meeting": self.env._("Somebody it concerns attends the meeting."),
        }
