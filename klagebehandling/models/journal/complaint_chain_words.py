from odoo import api, fields, models

from ...roles import READERS

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
    "level": ("complaint.deadline", "warned"),
    "started": ("complaint.deadline", "milestone"),
    "stopped": ("complaint.deadline", "milestone"),
}
USERS = {"handler", "user"}
# What the anchors bind counts cases that the reader may not know of.
HIDDEN = {"after_id", "bound", "id", "party", "until_id"}


class ComplaintChain(models.AbstractModel):
    """A journal entry in words that a person reads."""

    _inherit = "complaint.chain"

    event_label = fields.Char(string="What happened", compute="_compute_words")
    details = fields.Char(compute="_compute_words")
    note = fields.Char(
        string="What was written",
        compute="_compute_note",
        groups=READERS,
    )

    @api.depends("event", "payload")
    @api.depends_context("lang")
    def _compute_words(self):
        labels, keys = self._event_labels(), self._key_labels()
        for entry in self:
            event = entry.event or ""
            entry.event_label = (
                labels.get(event) or event.replace("_", " ").capitalize()
            )
            entry.details = " · ".join(
                f"{keys.get(key) or key.replace('_', ' ').capitalize()}: {value}"
                for key, value in self._explain(entry.payload).items()
            )

    @api.depends("texts", "texts_digest")
    @api.depends_context("lang")
    def _compute_note(self):
        for entry in self:
            entry.note = " · ".join(map(str, (entry.texts or {}).values()))
            if entry.texts_digest and not entry.texts:
                entry.note = self.env._("The text was erased.")

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
            if key not in HIDDEN and value not in (None, "", False, [])
        }

    def _explain_value(self, key, value):
        if isinstance(value, list):
            return ", ".join(str(self._explain_value(key, one)) for one in value)
        if isinstance(value, dict):
            return ", ".join(f"{name} = {one}" for name, one in value.items())
        if value is True:
            return self.env._("Yes")
        if key in USERS:
            return self.env["res.users"].sudo().browse(value).exists().name or "–"
        if key in EXPLAINED:
            return self._explain_code(key, value)
        return self._explain_rule(key, value)

    def _explain_code(self, key, value):
        model, name = EXPLAINED[key]
        labels = dict(self.env[model]._fields[name]._description_selection(self.env))
        return labels.get(value) or self._route_labels().get(value, value)

    def _explain_rule(self, key, value):
        """What the organisation's journal tells of models, rules and groups."""
        if key in ("model", "rule"):
            return self.env["ir.model"]._get(value).sudo().name or value
        if key in ("given", "taken"):
            group = self.env.ref(
                f"klagebehandling.group_{value}", raise_if_not_found=False
            )
            return group.sudo().name if group else value
        return value

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
            "after": self.env._("Now"),
            "anonymity": self.env._("Anonymity"),
            "before": self.env._("Before"),
            "case": self.env._("Case"),
            "channel": self.env._("Channel"),
            "count": self.env._("Persons"),
            "due_on": self.env._("Due"),
            "entries": self.env._("Entries"),
            "fields": self.env._("Fields"),
            "from": self.env._("From"),
            "given": self.env._("Given"),
            "handler": self.env._("Handler"),
            "is_late": self.env._("Late"),
            "into": self.env._("New case"),
            "kind": self.env._("Kind"),
            "level": self.env._("Asked"),
            "medium": self.env._("Medium"),
            "milestone": self.env._("Duty"),
            "model": self.env._("Concerns"),
            "notice": self.env._("What was said"),
            "outcome": self.env._("Outcome"),
            "persons": self.env._("Persons"),
            "place_type": self.env._("Kind of place"),
            "policy": self.env._("Procedure"),
            "purpose": self.env._("Purpose"),
            "received_on": self.env._("Received"),
            "role": self.env._("Role"),
            "route": self.env._("Route"),
            "rule": self.env._("What was changed"),
            "rule_name": self.env._("Called"),
            "started": self.env._("Started"),
            "stopped": self.env._("Stopped"),
            "taken": self.env._("Taken away"),
            "to": self.env._("To"),
            "until": self.env._("New date"),
            "user": self.env._("User"),
            "valid_from": self.env._("In force from"),
        }

    def _event_labels(self):
        return {
            "registered": self.env._("Registered"),
            "adopted": self.env._("Entries of the first algorithm adopted"),
            "anchored": self.env._("Nightly anchor"),
            "assignment_refused": self.env._("Assignment refused"),
            "export_refused": self.env._("Export refused"),
            "exported": self.env._("Exported to a file"),
            "keyring_changed": self.env._("The keys of the identities changed"),
            "members_changed": self.env._("Who has a role changed"),
            "policy_in_force": self.env._("Procedure put in force"),
            "rule_changed": self.env._("Rule of access changed"),
            "unit_changed": self.env._("Who answers in a unit changed"),
            "texts_erased": self.env._("Texts erased"),
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
            "deadline_extended": self.env._("New date for a duty"),
            "deadline_late": self.env._("Duty is late"),
            "deadline_met": self.env._("Duty done"),
            "deadline_waived": self.env._("Duty fell away"),
            "deadline_warned": self.env._("Asked to do a duty in time"),
            "delay_planned": self.env._("Delay planned"),
            "no_remedy": self.env._("Nothing was put right"),
            "read_refused": self.env._("Opening refused"),
            "reassessed": self.env._("Duties assessed anew"),
            "split": self.env._("Part of it became a case of its own"),
            "split_from": self.env._("Split from another case"),
            "staff_informed": self.env._("Staff meeting informed"),
            "staff_notice_suppressed": self.env._("Staff meeting not informed"),
            "correspondence_sent": self.env._("Letter sent"),
            "correspondence_failed": self.env._("Letter could not be sent"),
            "message_received": self.env._("Message received"),
            "party_added": self.env._("Person added"),
            "party_changed": self.env._("Person changed"),
            "identity_erased": self.env._("Identity erased"),
            "wall_changed": self.env._("The wall around the case changed"),
        }
