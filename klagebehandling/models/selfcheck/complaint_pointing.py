from odoo import api, models
from odoo.exceptions import ValidationError

from ..complaint_endpoint import is_number


class ComplaintPointing(models.AbstractModel):
    """Refuses what is no id before it is asked for, where a row is made by an act."""

    _inherit = "complaint.pointing"

    @api.model
    def _check_ids(self, vals_list, *names):
        """Refuse values that are no ids of rows.

        :param names: many2ones of the model, each perhaps not given
        :raises ValidationError: instead of the database's own words
        """
        given = [
            vals[name]
            for vals in vals_list
            for name in names
            if name in vals and vals[name] is not False and vals[name] is not None
        ]
        if not all(map(is_number, given)):
            raise ValidationError(self.env._("Choose from what is offered."))
