from odoo import models
from odoo.exceptions import AccessError

# How a row of Odoo names what it hangs on.
HANGS_ON = ("model", "res_model")


class PrivacyLookupWizardLine(models.TransientModel):
    """Neither deletes nor archives what hangs on a case: it would do so as superuser.

    A line can be made by hand for any row. Held by ``test_privacy_lookup.py``.
    """

    _inherit = "privacy.lookup.wizard.line"

    def _is_of_case(self):
        """Whether the row is ours, or hangs on one of ours."""
        if (self.res_model or "").startswith("complaint."):
            return True
        if not self.res_model or self.res_model not in self.env:
            return False
        row = self.env[self.res_model].sudo().browse(self.res_id).exists()
        names = [row[name] for name in HANGS_ON if name in row._fields]
        return any(str(name or "").startswith("complaint.") for name in names)

    def _check_no_case(self):
        if any(line._is_of_case() for line in self):
            raise AccessError(
                self.env._(
                    "What belongs to complaints is not changed from here. Register a "
                    "request about own data."
                )
            )

    def action_unlink(self):
        self._check_no_case()
        return super().action_unlink()

    def _onchange_is_active(self):
        self._check_no_case()
        return super()._onchange_is_active()
