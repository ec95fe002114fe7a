from odoo import models


class ComplaintPolicy(models.Model):
    """Adds the dry run: how many dates of open cases a version would move (M63)."""

    _inherit = "complaint.policy"

    def action_dry_run(self):
        """Show how many dates of open cases this version would move (M63)."""
        run = self.env["complaint.policy.compare"]._run(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dry run"),
            "res_model": run._name,
            "res_id": run.id,
            "view_mode": "form",
            "target": "new",
        }
