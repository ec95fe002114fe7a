from odoo import fields, models

PURPOSES = [
    ("invitation", "Invitation to a meeting"),
    ("minutes", "Minutes to read and sign"),
    ("minutes_reminder", "Reminder: the minutes are not signed"),
]


class ComplaintCorrespondence(models.Model):
    """Letters that invite, and that ask to read and sign."""

    _inherit = "complaint.correspondence"

    purpose = fields.Selection(
        selection_add=PURPOSES,
        ondelete={code: "set default" for code, _label in PURPOSES},
    )
