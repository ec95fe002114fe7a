from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("corrected", "Corrected what was registered"),
    ("entered_by_hand", "Entered in the form"),
    ("joined", "Joined with another case"),
    ("parted", "Taken apart again"),
]
# Of one length: the database keeps the keys of a payload by length, then by letters.
SIDES = ("from", "into")


def sides(*names):
    return {f"{name}_{side}" for name in names for side in SIDES}


# The keys with ids, by the model that names them.
NAMED = {
    **dict.fromkeys(sides("unit"), "complaint.unit"),
    **dict.fromkeys(sides("grounds"), "complaint.category"),
}


class ComplaintJournal(models.Model):
    """What was corrected, and what the complainant reads of it: the day, the unit.

    The subject is a text, which auditors do not read.
    """

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | sides(
            "unit", "grounds", "kind", "channel", "receipt"
        )

    @api.model
    def _explained_fields(self):
        return {
            **super()._explained_fields(),
            **dict.fromkeys(sides("kind"), ("complaint.case", "kind")),
            **dict.fromkeys(sides("channel"), ("complaint.case", "channel")),
        }

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "channel_from": self.env._("Channel until now"),
            "channel_into": self.env._("Right channel"),
            "grounds_from": self.env._("Grounds until now"),
            "grounds_into": self.env._("Right grounds"),
            "is_repeat": self.env._("Same person"),
            "kind_from": self.env._("Kind until now"),
            "kind_into": self.env._("Right kind"),
            "receipt_from": self.env._("Received until now"),
            "receipt_into": self.env._("Rightly received"),
            "unit_from": self.env._("Unit until now"),
            "unit_into": self.env._("Right unit"),
        }

    def _explain_value(self, key, value):
        if key in NAMED and isinstance(value, int):
            rows = self.env[NAMED[key]].sudo()
            return rows.browse(value).exists().display_name or "–"
        return super()._explain_value(key, value)

    def _timeline_text(self, sentences, payload):
        if self.event == "corrected":
            return self._say_corrected(payload)
        return super()._timeline_text(sentences, payload)

    def _say_corrected(self, payload):
        """What concerns the complainant of a correction; None of the others."""
        words = []
        if day := fields.Date.to_date((payload.get("receipt_into") or "")[:10] or None):
            words.append(
                self.env._(
                    "We corrected the day on which it reached us: it is %(day)s.",
                    day=self.case_id._say_day(day),
                )
            )
        unit_sudo = self.env["complaint.unit"].sudo()
        if unit := unit_sudo.browse(payload.get("unit_into") or ()).exists():
            words.append(
                self.env._(
                    "We corrected which place it is about: it is %(unit)s.",
                    unit=unit.display_name,
                )
            )
        return " ".join(words) or None
