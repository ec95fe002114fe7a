from odoo import fields, models

from ...roles import AUDITOR

IMPULSES = [
    ("feedback", "What people told us"),
    ("audit", "An audit"),
    ("best_practice", "How others do it well"),
    ("figure", "A figure of the review"),
]
REVIEWERS = f"klagebehandling.group_manager,klagebehandling.group_procedure,{AUDITOR}"


class ComplaintAction(models.Model):
    """Adds which clause under review a measure comes of, and what gave the impulse."""

    _inherit = "complaint.action"

    impulse = fields.Selection(IMPULSES, string="It comes of", readonly=True)
    review_line_id = fields.Many2one(
        "complaint.review.line",
        string="Clause under review",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        # Who handles a case reads measures of the organisation, and no review.
        groups=REVIEWERS,
    )
