from odoo import models


class MailActivitySchedule(models.TransientModel):
    """A task is planned on a case that its planner sees.

    Leak: the dialog looks at the document of any id, and tells by its answer whether
    there is one. Proved by ``test_forged_values_are_no_oracle``.
    """

    _name = "mail.activity.schedule"
    _inherit = ["complaint.pointing.document", "mail.activity.schedule"]
