from odoo import api, fields, models

from ...sealing import keyring


class ComplaintParty(models.Model):
    """Keeps from which account of ours somebody has complained by name.

    As a keyed hash: who holds a copy of the database reads no name from it. It is set
    as the complaint is sent by who is signed in, and by nothing else: nobody gives
    somebody a case to read by writing a person into it.
    """

    _inherit = "complaint.party"

    account_hash = fields.Char(
        groups=fields.NO_ACCESS, copy=False, index="btree_not_null"
    )

    @api.model
    def _hash_account(self, user):
        return keyring.keyed_hash("account", str(user.id))

    def _link_account(self, user):
        """Remember who is signed in and has just complained in the own name."""
        for party in self.sudo():
            is_open = party.case_id.anonymity == "open" and not party.is_protected
            if is_open and party.role == "complainant":
                party.account_hash = self._hash_account(user)

    def _link_as(self, others):
        """Link who complains here to the account that others are linked to."""
        linked = others.sudo().filtered("account_hash")[:1]
        for party in self.sudo():
            is_open = party.case_id.anonymity == "open" and not party.is_protected
            if is_open and party.role == "complainant" and linked:
                party.account_hash = linked.account_hash

    def write(self, vals):
        """Who becomes protected is not linked to an account any more."""
        if vals.get("is_protected"):
            vals = {**vals, "account_hash": False}
        return super().write(vals)

    def _erase(self):
        self.sudo().account_hash = False
        return super()._erase()
