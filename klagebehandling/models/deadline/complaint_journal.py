from odoo import api, fields, models

from ...vocabulary import MILESTONES
from ..journal.complaint_chain import kept

EVENTS = [
    ("deadlines_opened", "Time limits started"),
    ("deadline_extended", "New date for a duty"),
    ("deadline_late", "Duty is late"),
    ("deadline_met", "Duty done"),
    ("deadline_reopened", "Duty runs again"),
    ("deadline_waived", "Duty fell away"),
    ("deadline_warned", "Asked to do a duty in time"),
]
FACTS = {
    *(code for code, _label in MILESTONES),
    "due_on",
    "level",
    "milestone",
    "rule",
    "until",
}


class ComplaintJournal(models.Model):
    """What becomes of the duties; a duty is also the key of its own date."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _idle_events(self):
        idle = {"deadline_late", "deadline_reopened", "deadline_warned"}
        return super()._idle_events() | idle

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | FACTS

    @api.model
    def _bound_labels(self):
        return {**super()._bound_labels(), "promises": self.env._("the date of a duty")}

    @api.model
    def _explained_fields(self):
        return {
            **super()._explained_fields(),
            "level": ("complaint.deadline", "warned"),
            "milestone": ("complaint.deadline", "milestone"),
        }

    @api.model
    def _code_labels(self):
        return {**super()._code_labels(), **self._waiver_rules()}

    @api.model
    def _key_labels(self):
        milestones = self.env["complaint.deadline"]._fields["milestone"]
        return {
            **super()._key_labels(),
            **dict(milestones._description_selection(self.env)),
            "due_on": self.env._("Due"),
            "is_late": self.env._("Late"),
            "level": self.env._("Asked"),
            "milestone": self.env._("Duty"),
            "rule": self.env._("Rule of the procedure"),
            "until": self.env._("New date"),
        }

    @api.model
    def _waiver_rules(self):
        """Hook: the rules of the procedure by which a duty falls away, in words.

        The complainant reads them too.
        """
        return {}

    def _timeline_text(self, sentences, payload):
        if self.event == "deadline_waived":
            return self._say_waived(payload)
        return super()._timeline_text(sentences, payload)

    def _say_waived(self, payload):
        """What the complainant reads of a promise that is not kept any more, and why.

        Of duties to others nothing. A reason that a person wrote is in that person's
        words; once it is erased, only that there was one is told.
        """
        promise = {
            "acknowledge": self.env._("We do not confirm that we have it."),
            "update": self.env._("We no longer tell you how far we have come."),
            "reply": self.env._("We no longer owe you an answer."),
            "close": self.env._("There is no longer a date when it is finished."),
        }.get(payload.get("milestone"))
        if not promise:
            return None
        rules = self._waiver_rules()
        reason = rules.get(payload.get("rule")) or (self.texts or {}).get("reason")
        if not reason:
            return promise
        return self.env._(
            "%(promise)s The reason: %(reason)s", promise=promise, reason=reason
        )
