from odoo import api, fields, models

from ..journal.complaint_chain import kept
from .complaint_deadline import OWN_MILESTONES

EVENTS = [
    ("triage_answered", "First assessment answered"),
    ("signs_told", "The person says that it cannot wait"),
    ("contact_agreed", "Agreed how to keep in touch"),
    ("law_chosen", "Governing law chosen"),
    ("whistleblowing_assessed", "Assessed whether it is whistleblowing"),
    ("definition_agreed", "Agreed what the complaint is about"),
    ("definition_changed", "Changed what the complaint is about"),
    ("point_raised", "Point raised"),
    ("point_concluded", "Point concluded"),
    ("point_answered", "Point answered"),
    ("step_done", "Step of the investigation done"),
    ("duty_proposed", "Parallel duty proposed"),
    ("duty_done", "Parallel duty done"),
    ("duty_waived", "Parallel duty does not apply"),
    ("right_opened", "Right of the other side opened"),
    ("right_done", "Right of the other side met"),
    ("right_postponed", "Right of the other side postponed"),
    ("right_waived", "Right of the other side does not apply"),
    ("complainant_named", "The other side is told who complained"),
]


class ComplaintJournal(models.Model):
    """What the first assessment and the investigation did; never what was said."""

    _inherit = "complaint.journal"

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    @api.model
    def _idle_events(self):
        return super()._idle_events() | {"right_opened"}

    @api.model
    def _fact_keys(self):
        own = {"conclusion", "days", "is_possible", "law", "right", "signs", "triage"}
        return super()._fact_keys() | own | {code for code, _label in OWN_MILESTONES}

    @api.model
    def _explained_fields(self):
        return {
            **super()._explained_fields(),
            "conclusion": ("complaint.point", "conclusion"),
            "is_possible": ("complaint.case", "whistleblowing_answer"),
            "right": ("complaint.right", "kind"),
            "signs": ("complaint.policy.urgency", "sign"),
            "triage": ("complaint.case", "triage"),
        }

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "answer": self.env._("What was done"),
            "conclusion": self.env._("Conclusion"),
            "days": self.env._("Days"),
            "is_possible": self.env._("Answer"),
            "law": self.env._("Law"),
            "right": self.env._("Right"),
            "signs": self.env._("Signs"),
            "triage": self.env._("First assessment"),
            "what": self.env._("Duty"),
        }

    @api.model
    def _timeline_sentences(self):
        return {
            **super()._timeline_sentences(),
            "contact_agreed": self.env._("We agreed with you how we keep in touch."),
            "definition_agreed": self.env._(
                "We agreed with you what your complaint is about."
            ),
        }
