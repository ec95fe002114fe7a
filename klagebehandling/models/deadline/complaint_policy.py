from odoo import models


class ComplaintPolicy(models.Model):
    """Adds the dry run: which dates of open cases a version would change (M63)."""

    _inherit = "complaint.policy"

    def action_dry_run(self):
        """Show which dates the open cases would get under this version (M63)."""
        run = self.env["complaint.policy.compare"]._run(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dry run"),
            "res_model": run._name,
            "res_id": run.id,
            "view_mode": "form",
            "target": "new",
        }
