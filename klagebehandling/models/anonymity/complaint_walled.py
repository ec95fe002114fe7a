from odoo import models


class ComplaintWalled(models.AbstractModel):
    """The rows of a case carry a day and no hour, where it is anonymous (M11)."""

    _name = "complaint.walled"
    _inherit = ["complaint.walled", "complaint.day"]
