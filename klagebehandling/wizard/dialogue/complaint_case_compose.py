from odoo import fields, models


class ComplaintCaseCompose(models.TransientModel):
    """Adds to what is written that it can be a question, and that files go with it."""

    _inherit = "complaint.case.compose"

    complainant = fields.Char(related="case_id.complainant", related_sudo=False)
    purpose = fields.Selection(
        selection_add=[("question", "Question to the complainant")],
        ondelete={"question": "set default"},
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        string="Files",
        help="The person opens them on the status page.",
    )

    def _acts(self, case):
        return {**super()._acts(case), "question": case._ask}

    def _finish(self, opened):
        """Put what was uploaded here to the letter that was just written."""
        uploads = self.attachment_ids.filtered(
            lambda file: (
                file.res_model == self._name and file.create_uid == self.env.user
            )
        )
        letters = opened.sudo().correspondence_ids
        written = letters.filtered(lambda one: one.direction == "out").sorted("id")
        written[-1:]._put_files(uploads)
        return super()._finish(opened)
