from odoo import models


class ComplaintParty(models.Model):
    """That somebody took part remains, in which role; not who it was."""

    _inherit = "complaint.party"
    _telling_links = ("user_id",)
