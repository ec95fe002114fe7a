from odoo import api, fields, models


class ComplaintPolicy(models.Model):
    """Adds which numbers the register of the procedure has, and what it tells.

    Neither is a promise to who complains: both may change while it is used.
    """

    _inherit = "complaint.policy"

    has_running_series = fields.Boolean(
        string="Running registry numbers",
        help="For public bodies: numbered without gaps, by the next working day. "
        "Without it a number is drawn at the door, so that a gap tells nothing.",
    )
    is_secrecy_rule = fields.Boolean(
        string="Secrecy is the rule",
        help="As in social services: the register has no sender and no matter in any "
        "row, so that an empty one tells nothing.",
    )

    @api.model
    def _editable_in_use(self):
        return super()._editable_in_use() | {"has_running_series", "is_secrecy_rule"}

    @api.model
    def _numbering(self, company):
        """The procedure whose language the register of an organisation speaks."""
        own = [("company_id", "=", company.id), ("has_running_series", "=", True)]
        return self.search(own, order="sequence, valid_from desc, id desc", limit=1)
