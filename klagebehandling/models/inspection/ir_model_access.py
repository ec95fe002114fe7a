from odoo import api, models

from .complaint_inspection import INSPECTORS

OURS = ("complaint.inspection", "complaint.inspection.line")
# What the web client reads of Odoo to show them: no person, no contact, no talk.
NEEDED = (
    *("ir.actions.act_window", "ir.actions.act_window.view", "ir.actions.actions"),
    *("ir.embedded.actions", "ir.filters", "ir.ui.menu", "ir.ui.view"),
    *("res.company", "res.lang", "res.users.settings"),
)


class IrModelAccess(models.Model):
    """An inspector reads what is inspected, and writes nothing, whatever else is given.

    Whatever the role: a right that another addon gives to every employee is none of an
    inspector's. When the time is over, nothing is read either, in whichever way the
    account came in. Proved by ``test_inspection.py``.
    """

    _inherit = "ir.model.access"

    @api.model
    def check(self, model, mode="read", raise_exception=True):
        if not self.env.su and self.env.user.has_group(INSPECTORS):
            is_read = mode == "read" and model in (*OURS, *NEEDED)
            Inspection = self.env["complaint.inspection"]
            if not is_read or Inspection._is_shut_out(self.env.user):
                if raise_exception:
                    raise self._make_access_error(model, mode)
                return False
        return super().check(model, mode, raise_exception)
