from odoo import models


class ComplaintOwned(models.AbstractModel):
    """What belongs to one organisation, and is given to no other and not to all.

    A record rule is asked before a change only. Inherited by rows whose owners write
    them; ``_belongs_by`` is the field through which a row belongs to somebody.
    """

    _name = "complaint.owned"
    _description = "Belongs to one organisation"
    _belongs_by = "company_id"

    def write(self, vals):
        result = super().write(vals)
        if self._belongs_by in vals:
            self.check_access("write")
        return result
