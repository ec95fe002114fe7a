from odoo import fields, models


class ComplaintLesson(models.Model):
    """What was learned, for everybody in a unit and below: no case, no person (M41).

    It points at nothing that it comes from: the issue points at it.
    """

    _name = "complaint.lesson"
    _inherit = ["complaint.guarded"]
    _description = "Lesson from complaints"
    _order = "released_on desc, id desc"
    _rec_name = "text"

    company_id = fields.Many2one("res.company", required=True, index=True)
    unit_id = fields.Many2one("complaint.unit", index=True, ondelete="restrict")
    category_id = fields.Many2one(
        "complaint.category", string="Ground", ondelete="restrict"
    )
    text = fields.Text(string="What was learned", required=True)
    released_on = fields.Date(
        string="Since", required=True, default=fields.Date.context_today
    )
