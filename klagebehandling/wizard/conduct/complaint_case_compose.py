from odoo import fields, models


class ComplaintCaseCompose(models.TransientModel):
    """Says how we keep in contact for now, before somebody writes."""

    _inherit = "complaint.case.compose"

    contact_limit = fields.Char(related="case_id.contact_limit", related_sudo=False)
