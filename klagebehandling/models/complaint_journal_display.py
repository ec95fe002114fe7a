from odoo import api, fields, models

# Which field explains the code that stands in a payload.
EXPLAINED = {
    "channel": ("complaint.case", "channel"),
    "kind": ("complaint.case", "kind"),
    "from": ("complaint.case", "kind"),
    "to": ("complaint.case", "kind"),
    "anonymity": ("complaint.case", "anonymity"),
    "outcome": ("complaint.case", "outcome"),
    "place_type": ("complaint.case", "place_type"),
    "milestone": ("complaint.deadline", "milestone"),
    "purpose": ("complaint.correspondence", "purpose"),
    "medium": ("complaint.correspondence", "medium"),
    "role": ("complaint.party", "role"),
    "route": ("complaint.unit", "function"),
}
HIDDEN = {"party"}


class ComplaintJournal(models.Model):
    """A journal entry in words that a person reads."""

    _inherit = "complaint.journal"

    event_label = fields.Char(string="What happened", compute="_compute_words")
    details = fields.Char(compute="_compute_words")

    @api.depends("event", "payload")
    @api.depends_context("lang")
    def _compute_words(self):
        labels, keys = self._event_labels(), self._key_labels()
        for entry in self:
            event = entry.event or ""
            entry.event_label = (
                labels.get(event) or event.replace("_", " ").capitalize()
            )
            payload = entry.payload or {}
            entry.details = " · ".join(
                f"{keys.get(key) or key.replace('_', ' ').capitalize()}: {value}"
                for key, value in self._explain(payload).items()
            )

    @api.depends("event")
    @api.depends_context("lang")
    def _compute_display_name(self):
        self._check_known()
        for entry in self:
            entry.display_name = entry.event_label

    def _explain(self, payload):
        """The payload with labels in the place of codes and ids."""
        if not isinstance(payload, dict):
            return {}
        return {
            key: self._explain_value(key, value)
            for key, value in payload.items()
            if key not in HIDDEN and value not in (None, "", False)
        }

    def _explain_value(self, key, value):
        if key == "handler":
            return self.env["res.users"].sudo().browse(value).exists().name or "–"
        if value is True:
            return self.env._("Yes")
        if key not in EXPLAINED:
            return value
        model, name = EXPLAINED[key]
        labels = dict(self.env[model]._fields[name]._description_selection(self.env))
        return labels.get(value) or self._route_labels().get(value, value)

    def _route_labels(self):
        return {
            "nearest": self.env._("Nearest manager"),
            "above": self.env._("Further up the line"),
            "independent": self.env._("Independent receiver"),
        }

    def _key_labels(self):
        milestones = self.env["complaint.deadline"]._fields["milestone"]
        return {
            **dict(milestones._description_selection(self.env)),
            "anonymity": self.env._("Anonymity"),
            "channel": self.env._("Channel"),
            "count": self.env._("Persons"),
            "due_on": self.env._("Due"),
            "failure": self.env._("Failure"),
            "from": self.env._("From"),
            "handler": self.env._("Handler"),
            "is_late": self.env._("Late"),
            "kind": self.env._("Kind"),
            "medium": self.env._("Medium"),
            "milestone": self.env._("Duty"),
            "outcome": self.env._("Outcome"),
            "persons": self.env._("Persons"),
            "place_type": self.env._("Kind of place"),
            "proof": self.env._("Proof"),
            "purpose": self.env._("Purpose"),
            "reason": self.env._("Reason"),
            "received_on": self.env._("Received"),
            "role": self.env._("Role"),
            "route": self.env._("Route"),
            "to": self.env._("To"),
        }

    def _event_labels(self):
        return {
            "registered": self.env._("Registered"),
            "reclassified": self.env._("Registered as another kind"),
            "nav_not_offered": self.env._("NAV cannot take part at this place"),
            "routed": self.env._("Given to a receiver"),
            "deadlines_opened": self.env._("Time limits started"),
            "handler_assigned": self.env._("Handler assigned"),
            "acknowledged": self.env._("Receipt acknowledged"),
            "investigating": self.env._("Investigation started"),
            "answered": self.env._("Answered"),
            "closed": self.env._("Closed"),
            "redirected": self.env._("Redirected"),
            "withdrawn": self.env._("Withdrawn"),
            "reopened": self.env._("Reopened"),
            "deadline_met": self.env._("Duty done"),
            "deadline_waived": self.env._("Duty fell away"),
            "correspondence_sent": self.env._("Letter sent"),
            "correspondence_failed": self.env._("Letter could not be sent"),
            "message_received": self.env._("Message received"),
            "party_added": self.env._("Person added"),
            "party_changed": self.env._("Person changed"),
            "identity_erased": self.env._("Identity erased"),
            "wall_changed": self.env._("The wall around the case changed"),
        }
