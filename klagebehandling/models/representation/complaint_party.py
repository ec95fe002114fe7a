from odoo import fields, models


class ComplaintParty(models.Model):
    """Adds by what right somebody speaks or reads for the person."""

    _inherit = "complaint.party"

    authorisation_ids = fields.One2many("complaint.authorisation", "party_id")

    def _may_read_for(self):
        """Those of these persons who may read what is written about the other, today.

        :return: persons, as superuser
        """
        people = self.sudo()
        return people.filtered(
            lambda one: any(
                row._gives_reading(one.case_id._today())
                for row in one.authorisation_ids
            )
        )
