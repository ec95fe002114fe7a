from odoo import models


class ComplaintWalledDocument(models.AbstractModel):
    """What hangs on an anonymous case carries a day and no hour (M11)."""

    _name = "complaint.walled.document"
    _inherit = ["complaint.walled.document", "complaint.day"]
