import re

from odoo import api, fields, models
from odoo.tools import format_date

from ...roles import READERS

USERS = {"handler", "user"}
# A date as entries keep it.
DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])")


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
        labels = dict(self._fields["event"]._description_selection(self.env))
        keys = self._key_labels()
        for entry in self:
            event = entry.event or ""
            # An addon that is gone has taken its words along, not its entries.
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
            entry.note = " · ".join(map(str, entry._said().values()))
            if entry.texts_digest and not entry.texts:
                entry.note = self.env._("The text was erased.")

    def _said(self):
        """Hook: the texts that are words for people, by key."""
        return self.texts or {}

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
        hidden = self._hidden_keys()
        return {
            key: self._explain_value(key, value)
            for key, value in payload.items()
            if key not in hidden and value not in (None, "", False, [])
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
        if key in self._explained_fields():
            return self._explain_code(key, value)
        if isinstance(value, str) and DAY.fullmatch(value):
            return self._explain_day(value)
        return self._explain_rule(key, value)

    def _explain_day(self, value):
        try:
            return format_date(self.env, value)
        except ValueError:  # no day of any calendar: told as it stands
            return value

    def _explain_code(self, key, value):
        model, name = self._explained_fields()[key]
        labels = dict(self.env[model]._fields[name]._description_selection(self.env))
        return labels.get(value) or self._code_labels().get(value, value)

    def _explain_rule(self, key, value):
        """What the journals tell of models, rules and groups."""
        if key in ("model", "rule"):
            return self.env["ir.model"]._get(value).sudo().name or value
        if key in ("given", "taken"):
            group = self.env.ref(
                f"klagebehandling.group_{value}", raise_if_not_found=False
            )
            return group.sudo().name if group else value
        return value

    @api.model
    def _explained_fields(self):
        """Hook: the keys whose values are codes, and whose labels those are.

        :return: by key, a pair of a model and the name of its selection field
        """
        return {}

    @api.model
    def _code_labels(self):
        """Hook: labels of the codes that no selection has, by code."""
        return {}

    @api.model
    def _key_labels(self):
        """Hook: what the keys of a payload are called."""
        return {"fields": self.env._("Fields"), "model": self.env._("Concerns")}

    @api.model
    def _hidden_keys(self):
        """Hook: the keys of a payload that are proof, and no words for people."""
        return {"id"}
