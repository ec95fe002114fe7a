from odoo import models


class ComplaintConcealed(models.AbstractModel):
    """What may be hidden carries a day and no hour, where its case is anonymous."""

    _name = "complaint.concealed"
    _inherit = ["complaint.concealed", "complaint.day"]
