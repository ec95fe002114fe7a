from odoo import fields, models

PURPOSES = [
    ("rights_answer", "Answer about your data"),
    ("rights_extended", "More time for your request about your data"),
    ("rights_ended", "Your data are used again"),
]


class ComplaintCorrespondence(models.Model):
    """The letters that answer a request about the own data."""

    _inherit = "complaint.correspondence"

    purpose = fields.Selection(
        selection_add=PURPOSES,
        ondelete={code: "set default" for code, _label in PURPOSES},
    )

    def _forget_copies(self):
        """What was handed out for machines goes with the words of the letter."""
        super()._forget_copies()
        reviews = self.env["complaint.access.review"].sudo()
        reviews = reviews.search([("letter_id", "in", self.ids)])
        names = [review._machine_name() for review in reviews]
        self.sudo()._files_named(names).unlink()
