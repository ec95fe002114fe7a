from odoo import models


class IrModelData(models.Model):
    """An external id of a row of a case is for who works the case.

    Leak: an export for another system leaves one on each row it held, and users of the
    developer mode read them all. Proved by
    ``test_world_is_the_same_without_the_hidden_cases``.
    """

    _name = "ir.model.data"
    _inherit = ["ir.model.data", "complaint.case.attached"]
    _document_fields = ("model", "res_id")
