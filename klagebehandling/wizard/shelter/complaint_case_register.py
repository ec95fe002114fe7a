from odoo import api, fields, models

from ...models.shelter.complaint_case import ELECTRONIC
from ...models.shelter.complaint_party import WHEREABOUTS


class ComplaintCaseRegister(models.TransientModel):
    """Adds the level at which who complains is protected, from the first moment."""

    _inherit = "complaint.case.register"

    protection_country_id = fields.Many2one(
        "res.country", string="Country", compute="_compute_protection_country_id"
    )
    protection_id = fields.Many2one(
        "complaint.protection",
        string="Level of protection",
        domain="[('country_id', '=', protection_country_id)]",
        ondelete="cascade",
        help="Where the person tells that the address is protected. What is typed "
        "that tells where the person is, is not kept at the highest level.",
    )
    is_unaddressed = fields.Boolean(
        string="No address is kept",
        related="protection_id.is_unaddressed",
        related_sudo=False,
    )

    @api.depends("unit_id")
    def _compute_protection_country_id(self):
        for form in self:
            policy_sudo = form.unit_id.sudo().effective_policy_id
            form.protection_country_id = (
                policy_sudo.country_id or form.unit_id.sudo().company_id.country_id
            )

    def _prepare_parties(self):
        """Of who has no address, none reaches the door."""
        complainant, *others = super()._prepare_parties()
        if self._protection().is_unaddressed:
            kept = complainant.keys() - set(WHEREABOUTS)
            complainant = {name: complainant[name] for name in kept}
        return [complainant, *others]

    def _prepare_wishes(self):
        wishes = super()._prepare_wishes()
        if self._protection().is_unaddressed and wishes.get("reply_channel") in ELECTRONIC:
            wishes["reply_channel"] = "letter"
        return wishes

    def _protection(self):
        """The level chosen, where the form asks for it."""
        is_asked = self.anonymity == "protected"
        return self.protection_id if is_asked else self.protection_id.browse()

    def _settle_at_once(self, case_sudo):
        """Before anything is written to the person."""
        if level := self._protection():
            level.check_access("read")
            case_sudo._protect(case_sudo._find_person(), level)
        return super()._settle_at_once(case_sudo)
