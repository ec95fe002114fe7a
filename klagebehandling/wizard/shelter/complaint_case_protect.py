from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class ComplaintCaseProtect(models.TransientModel):
    """Protect a person, and see first where the address stands in the case."""

    _name = "complaint.case.protect"
    _inherit = ["complaint.case.dialog"]
    _description = "Protect a person"
    # Custodians, who keep the identities, work no case.
    _needs = "read"

    country_id = fields.Many2one("res.country", compute="_compute_country_id")
    party_id = fields.Many2one(
        "complaint.party",
        string="Person",
        compute="_compute_party_id",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        domain="[('case_id', '=', case_id)]",
    )
    pseudonym_id = fields.Many2one(
        "complaint.pseudonym",
        string="Person with a hidden name",
        domain="[('case_id', '=', case_id)]",
        ondelete="cascade",
    )
    protection_id = fields.Many2one(
        "complaint.protection",
        string="Level of protection",
        required=True,
        domain="[('country_id', '=', country_id)]",
        ondelete="cascade",
    )
    is_unaddressed = fields.Boolean(
        string="No address is kept",
        related="protection_id.is_unaddressed",
        related_sudo=False,
    )
    reason = fields.Text(string="How it is known", required=True)
    place_ids = fields.One2many(
        "complaint.case.protect.place",
        "dialog_id",
        string="Where the address stands",
        compute="_compute_place_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
    )

    @api.depends("case_id")
    def _compute_country_id(self):
        for dialog in self:
            policy_sudo = dialog.case_id.sudo().policy_id
            dialog.country_id = (
                policy_sudo.country_id or policy_sudo.company_id.country_id
            )

    @api.depends("case_id")
    def _compute_party_id(self):
        """Propose who complains, where the user may see who that is."""
        for dialog in self:
            people = self.env["complaint.party"].search(
                [("case_id", "=", dialog.case_id.id), ("role", "=", "complainant")]
            )
            dialog.party_id = people[:1]

    @api.depends("case_id", "party_id", "pseudonym_id")
    def _compute_place_ids(self):
        for dialog in self:
            rows, person = [], dialog._person_id()
            if dialog.case_id and person:
                rows = dialog.case_id._origin._find_whereabouts(person)
            dialog.place_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "res_model": row._name,
                            "res_id": row.id,
                            "name": dialog._say_place(row),
                        }
                    )
                    for row in rows
                ),
            ]

    def _person_id(self):
        """The id of the person meant: one of a pseudonym is that of the person."""
        return (self.pseudonym_id or self.party_id)._origin.id

    def _say_place(self, row):
        """What kind of text it is and from when; no word of it."""
        kind = self.env["ir.model"]._get(row._name).name
        if row._name == "complaint.case" or "create_date" not in row._fields:
            return kind
        day = fields.Date.to_date(row.create_date)
        return self.env._("%(kind)s, %(day)s", kind=kind, day=day)

    def action_confirm(self):
        """Protect the person, and take the address out of the texts that are ticked.

        :raises UserError: where no person was chosen
        """
        case = self._begin()
        person = self._person_id()
        if not person:
            raise UserError(self.env._("Choose a person of this case."))
        ticked = self.place_ids.filtered("is_masked")
        places = [(place.res_model, place.res_id) for place in ticked]
        case.action_protect(
            self.protection_id.id, self.reason, party_id=person, places=places
        )
        return self._finish(case)
