from odoo import api, fields, models


class ComplaintCorrespondenceProve(models.TransientModel):
    """Record that a person said, posted or handed over a letter, and what shows it."""

    _name = "complaint.correspondence.prove"
    _inherit = ["complaint.case.dialog"]
    _description = "Proof of a delivery by hand"
    _opens_on = "correspondence_id"

    correspondence_id = fields.Many2one(
        "complaint.correspondence", required=True, readonly=True, ondelete="cascade"
    )
    case_id = fields.Many2one(
        related="correspondence_id.case_id", required=False, groups=fields.NO_ACCESS
    )
    medium = fields.Selection(related="correspondence_id.medium", related_sudo=False)
    script = fields.Html(
        related="correspondence_id.body",
        related_sudo=False,
        string="What to say",
        readonly=True,
    )
    proof = fields.Char(required=True)
    sent_on = fields.Date(
        string="Sent on",
        required=True,
        compute="_compute_sent_on",
        store=True,
        precompute=True,
        readonly=False,
        help="The day it was posted or said. It counts for what was promised.",
    )

    @api.depends("correspondence_id")
    def _compute_sent_on(self):
        for prove in self:
            prove.sent_on = prove.correspondence_id.case_id._today()

    def action_confirm(self):
        """Mark the letter as sent with its proof."""
        letter = self._begin()
        letter.action_mark_sent(self.proof, self.sent_on)
        return self._finish(letter)
