from odoo import api, models

from .complaint_inspection import INSPECTORS

OURS = ("complaint.inspection", "complaint.inspection.line")
# What the web client reads of Odoo to show them, and who is signed in.
NEEDED = (
    *("res.users", "res.users.settings", "res.company", "res.partner", "res.lang"),
    *("ir.ui.menu", "ir.ui.view", "ir.model", "ir.model.fields", "ir.filters"),
    *("ir.actions.actions", "ir.actions.act_window", "ir.actions.act_window.view"),
    *("ir.actions.client", "ir.actions.server", "ir.actions.report", "ir.default"),
    *("ir.embedded.actions", "res.groups", "res.country", "res.currency"),
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
