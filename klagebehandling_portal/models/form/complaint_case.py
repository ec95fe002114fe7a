from odoo import models
from odoo.tools import format_date

from odoo.addons.klagebehandling.vocabulary import TO_PERSON


class ComplaintCase(models.Model):
    """What is told of a case as soon as it is received."""

    _inherit = "complaint.case"

    def _receipt_facts(self):
        """The facts of the receipt, in the language of the context."""
        self.ensure_one()
        return {
            "received_on": self.policy_id._local(self.received_at).date(),
            "promises": self._public_promises(),
            "protection": self.policy_id.protection_text,
            "contact": self.unit_id._public_face()._public_contact(),
        }

    def _public_promises(self):
        """The open promises to the complainant, each as one sentence."""
        # Of a promise that was moved, the new date is the one that counts.
        deadlines = (self.deadline_ids - self.deadline_ids.extends_id).filtered(
            lambda deadline: deadline.is_open and deadline.milestone in TO_PERSON
        )
        return [
            {"text": self._promise_text(deadline), "is_late": deadline.is_overdue}
            for deadline in deadlines.sorted("due_at")
        ]

    def _promise_text(self, deadline):
        day = format_date(self.env, deadline.due_on, date_format="long")
        return {
            "acknowledge": self.env._(
                "By %(day)s we confirm that it has been received.", day=day
            ),
            "update": self.env._(
                "By %(day)s we tell you how far we have come.", day=day
            ),
            "reply": self.env._("By %(day)s we answer you.", day=day),
            "close": self.env._("By %(day)s the case is finished.", day=day),
        }[deadline.milestone]
