from odoo import fields, models


class ComplaintCompanyDialog(models.AbstractModel):
    """A dialog about the organisation that was chosen as it was opened.

    The row keeps it: an address that downloads comes without the choice, and Odoo
    answers it for the first organisation of the user.
    """

    _name = "complaint.company.dialog"
    _inherit = ["complaint.dialog"]
    _description = "Dialog of one person on an organisation"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )

    def _in_company(self):
        """The dialog as it is with its organisation chosen, where the user has that."""
        own = self.company_id & self.env.user.company_ids
        return self.with_company(own[:1] or self.env.company)
