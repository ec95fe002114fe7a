from odoo import fields, models


class ComplaintParty(models.Model):
    """Opens the ledger of the other side for each person complained about."""

    _inherit = "complaint.party"

    right_ids = fields.One2many("complaint.right", "party_id", string="Rights")

    def _on_people_changed(self, event):
        super()._on_people_changed(event)
        self.sudo()._follow_rights()

    def _follow_rights(self):
        """Open what a person complained about is owed, and stop it for who is none.

        It is owed once the case is looked into: what is put right at once or belongs
        elsewhere is held against nobody.
        """
        subjects = self.filtered(lambda party: party.role == "subject")
        subjects.filtered(lambda party: party.case_id._keeps_rights())._open_rights(
            "inform", "hear"
        )
        (self - subjects).right_ids._unsettled()._settle(
            "waived", ground=self.env._("The complaint is not about this person.")
        )

    def _open_rights(self, *kinds):
        """Open rights that these persons do not have yet."""
        known = {(right.party_id, right.kind) for right in self.right_ids}
        return self.env["complaint.right"].create(
            [
                {"case_id": party.case_id.id, "party_id": party.id, "kind": kind}
                for party in self
                for kind in kinds
                if (party, kind) not in known
            ]
        )
