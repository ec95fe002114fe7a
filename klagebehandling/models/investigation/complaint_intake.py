from odoo import models


class ComplaintIntake(models.AbstractModel):
    """Opens the ledger of the other side where a complaint names whom it is about."""

    _inherit = "complaint.intake"

    def _create_parts(self, forms):
        super()._create_parts(forms)
        cases = self.env["complaint.case"].union(
            *(
                form.case
                for form in forms
                if any(party["role"] == "subject" for party in form.parties)
            )
        )
        # These are no rows of the door: the journal enters their dates itself.
        later = cases.with_context(complaint_intake=False).sudo()
        later._subjects()._open_rights("inform", "hear")
