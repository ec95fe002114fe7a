from odoo import api, fields, models

from ..journal.complaint_chain import kept

EVENTS = [
    ("hold_set", "Held from disposal"),
    ("hold_lifted", "Hold lifted"),
    ("disposal_approved", "Disposal approved"),
    ("disposed", "Disposed of"),
]


class ComplaintJournal(models.Model):
    """The journal outlives the case: its texts are erased, its chain stays whole."""

    _inherit = "complaint.journal"
    _is_disposed_of = False

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _idle_events(self):
        return super()._idle_events() | {event for event, _label in EVENTS}

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {"basis", "decision", "part"}

    @api.model
    def _bound_sentences(self, told):
        said = self.env._(
            "%(place)s: %(what)s is still there. Entry %(number)s says that it is "
            "disposed of.",
            **told,
        )
        return {**super()._bound_sentences(told), "undisposed": said}

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "basis": self.env._("Legal basis"),
            "decision": self.env._("Disposal decision"),
            "part": self.env._("How far"),
            "until": self.env._("Until"),
        }

    @api.model
    def _explained_fields(self):
        own = {"part": ("complaint.disposal", "state")}
        return {**super()._explained_fields(), **own}
