from odoo import api, fields, models


class ComplaintCorrespondenceProve(models.TransientModel):
    """Record that a person said, posted or handed over a letter, and what shows it."""

    _name = "complaint.correspondence.prove"
    _inherit = ["complaint.pointing"]
    _description = "Proof of a delivery by hand"

    correspondence_id = fields.Many2one(
        "complaint.correspondence", required=True, readonly=True, ondelete="cascade"
    )
    medium = fields.Selection(related="correspondence_id.medium", related_sudo=False)
    script = fields.Html(
        related="correspondence_id.body",
        related_sudo=False,
        string="What to say",
        readonly=True,
    )
    proof = fields.Char(required=True)

    @api.constrains("correspondence_id")
    def _check_correspondence_id(self):
        # Constraints run as superuser: ask the person.
        self.correspondence_id.sudo(False).check_access("read")

    def action_confirm(self):
        """Mark the letter as sent with its proof."""
        self.ensure_one()
        self.check_access("write")
        self.correspondence_id.action_mark_sent(self.proof)
        return {"type": "ir.actions.act_window_close"}
