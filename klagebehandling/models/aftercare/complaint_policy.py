import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

MOST_MONTHS = 24


class ComplaintPolicy(models.Model):
    """Adds after how many months a person is asked again how it has gone.

    It promises nobody anything before a case closes: it may change at any time.
    """

    _inherit = "complaint.policy"

    checkback_months = fields.Char(
        string="Asked again after, months",
        help="Such as 1, 3, 6. Who reported misconduct or reprisals is asked after 1, "
        "3 and 6 months in any case.",
    )

    @api.constrains("checkback_months")
    def _check_checkback_months(self):
        for policy in self:
            text = policy.checkback_months or ""
            is_list = re.fullmatch(r"\s*(\d{1,2}\s*(,\s*\d{1,2}\s*)*)?", text)
            if not is_list or not all(
                1 <= months <= MOST_MONTHS for months in policy._checkback_months()
            ):
                raise ValidationError(
                    self.env._("Write the months like this: 1, 3, 6. At most 24.")
                )

    def _checkback_months(self):
        """The months as numbers, each once, first things first."""
        return sorted(
            {int(one) for one in re.findall(r"\d+", self.checkback_months or "")}
        )

    @api.model
    def _editable_in_use(self):
        return super()._editable_in_use() | {"checkback_months"}
