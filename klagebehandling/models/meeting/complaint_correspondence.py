from odoo import fields, models

PURPOSES = [
    ("invitation", "Invitation to a meeting"),
    ("minutes", "Minutes to read and sign"),
    ("minutes_reminder", "Reminder: the minutes are not signed"),
    ("minutes_signed", "The minutes are signed by both"),
    ("code_drawn", "A new code was drawn"),
]


class ComplaintCorrespondence(models.Model):
    """Letters that invite, and that ask to read and sign."""

    _inherit = "complaint.correspondence"

    purpose = fields.Selection(
        selection_add=PURPOSES,
        ondelete={code: "set default" for code, _label in PURPOSES},
    )
