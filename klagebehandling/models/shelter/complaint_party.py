from odoo import fields, models
from odoo.exceptions import AccessError, MissingError, UserError

from ...roles import CUSTODIAN
from ..identity.complaint_party import FORMER

# What tells where somebody is. The phone stays: the custodian may have to call.
WHEREABOUTS = ("email", "street", "zip", "city")


class ComplaintParty(models.Model):
    """Adds the level of protection; at the highest no address is kept."""

    _inherit = "complaint.party"

    protection_id = fields.Many2one(
        "complaint.protection",
        string="Level of protection",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    is_unaddressed = fields.Boolean(
        string="No address is kept", related="protection_id.is_unaddressed"
    )

    def _is_unaddressed(self):
        """Whether nothing that tells where the person is may be kept or used."""
        return bool(self.sudo().protection_id.is_unaddressed)

    def _seal(self, values):
        """Of who is unaddressed, whatever was typed, no address is sealed."""
        if self and self._is_unaddressed():
            values = {
                name: text
                for name, text in values.items()
                if name not in (*WHEREABOUTS, FORMER)
            }
        return super()._seal(values)

    def _change_sealed(self, given):
        if any(given.get(name) for name in WHEREABOUTS):
            for party in self:
                party._refuse_address()
        return super()._change_sealed(given)

    def _refuse_address(self):
        if self._is_unaddressed():
            raise UserError(
                self.env._(
                    "This person is protected: no address and no e-mail is kept. "
                    "Letters go by the office that forwards them."
                )
            )

    def _remove_whereabouts(self):
        """Take the address out of the row.

        :return: what it was, as ``complaint.word.mask`` looks for it
        """
        known = self._known_identity()
        self.sudo().write(self._seal(known))
        self.sudo().case_id._log("address_removed", party=self.id)
        return known

    def action_protect(self):
        """Open the dialog that protects this person at a level."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Protect a person"),
            "res_model": "complaint.case.protect",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_case_id": self.case_id.id,
                "default_party_id": self.id,
            },
        }

    def action_envelopes(self):
        """Open the page that prints the two envelopes of a letter to this person."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/klagebehandling/envelopes/{self.id}",
            "target": "new",
        }

    def _envelopes(self, number=None):
        """What the page of the envelopes shows of this person.

        The outer envelope names the office alone; the sender stands on the back of the
        inner one. What is typed is given back to the page, and kept nowhere.

        :param number: the personal number that was typed; None where none was
        :raises AccessError: for who keeps no identities, or not this one
        """
        self.ensure_one()
        if not self.env.user.has_group(CUSTODIAN):
            raise AccessError(self.env._("Only a custodian prints envelopes."))
        self.check_access("read")
        level_sudo = self.sudo().protection_id
        if not level_sudo.is_unaddressed:
            raise MissingError(self.env._("This person has an address."))
        asks, problem = level_sudo.has_personal_number, ""
        if number is not None and asks:
            problem = level_sudo._problem_of_number(number)
        is_ready = bool(number is not None and level_sudo.office and not problem)
        if is_ready:
            self.sudo().case_id._log("envelopes_printed", party=self.id)
        sender = self.sudo().company_id.partner_id
        return {
            "page_lang": (self.env.lang or "en_US").replace("_", "-"),
            "office": level_sudo.office,
            "guidance": level_sudo.guidance,
            "is_unsure": not level_sudo.is_sure,
            "asks_number": asks,
            "problem": problem,
            "is_ready": is_ready,
            "inner": number if asks else self.name,
            "sender": f"{sender.name}\n{sender._display_address(without_company=True)}",
        }
