from odoo import fields, models
from odoo.tools import format_date

OWN_MILESTONES = [("access", "Documents on request")]


class ComplaintDeadline(models.Model):
    """Adds the duty to answer who asked for documents of the case (B-29)."""

    _inherit = "complaint.deadline"

    milestone = fields.Selection(
        selection_add=OWN_MILESTONES,
        ondelete={code: "cascade" for code, _label in OWN_MILESTONES},
    )

    def _say_new(self, user):
        if self.milestone != "access":
            return super()._say_new(user)
        reader = self.with_context(lang=user.lang)
        return reader.env._(
            "Somebody asks to see documents of the case: answer by %(date)s",
            date=format_date(reader.env, reader.due_on),
        )
