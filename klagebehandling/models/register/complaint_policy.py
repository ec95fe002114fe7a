from odoo import api, fields, models


class ComplaintPolicy(models.Model):
    """Adds which numbers the register of the procedure has.

    That is no promise to who complains: it may change while the procedure is used.
    """

    _inherit = "complaint.policy"

    has_running_series = fields.Boolean(
        string="Running registry numbers",
        help="For public bodies: numbered without gaps, by the next working day. "
        "Without it a number is drawn at the door, so that a gap tells nothing.",
    )

    @api.model
    def _editable_in_use(self):
        return super()._editable_in_use() | {"has_running_series"}

    @api.model
    def _numbering(self, company):
        """The procedure whose language the register of an organisation speaks."""
        own = [("company_id", "=", company.id), ("has_running_series", "=", True)]
        return self.search(own, order="sequence, valid_from desc, id desc", limit=1)
