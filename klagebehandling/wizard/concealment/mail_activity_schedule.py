from odoo import models


class MailActivitySchedule(models.TransientModel):
    _name = "mail.activity.schedule"
    _inherit = ["complaint.pointing.document", "mail.activity.schedule"]
