from odoo import api, fields, models


class ComplaintLesson(models.Model):
    """Adds to which units a lesson was given back, and what they did with it (B-08)."""

    _inherit = "complaint.lesson"

    feedback_ids = fields.One2many(
        "complaint.feedback",
        "lesson_id",
        string="Given back to",
        groups="klagebehandling.group_handler,klagebehandling.group_auditor",
    )

    @api.model_create_multi
    def create(self, vals_list):
        lessons = super().create(vals_list)
        self.env["complaint.feedback"]._give_back(lessons.sudo())
        return lessons
