from odoo import models


class IrModelData(models.Model):
    """An export for another system leaves an external id on each case it held."""

    _name = "ir.model.data"
    _inherit = ["ir.model.data", "complaint.walled.document"]
    _document_fields = ("model", "res_id")
