import pytz

from odoo import api, fields, models

from ...models.identity.complaint_party import IDENTITY_FIELDS
from ...sealing import keyring

# What of a case is shown to be corrected, by the same names.
SHOWN = ("unit_id", "kind", "category_ids", "heading", "channel", "received_at")


class ComplaintCaseCorrection(models.TransientModel):
    """Put right what was registered wrongly: all is shown as it stands, and edited.

    What somebody else corrects while the dialog is open is shown before anything is
    written over it. How the person is reached is sealed here too.
    """

    _name = "complaint.case.correction"
    _inherit = ["complaint.case.dialog", "complaint.sealed"]
    _description = "Correct a case"
    _sealed_fields = IDENTITY_FIELDS

    unit_id = fields.Many2one(
        "complaint.unit",
        string="Where it happened",
        compute="_compute_from_case",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        domain="[('company_id', '=', company_id)]",
    )
    company_id = fields.Many2one(related="case_id.company_id", related_sudo=False)
    kind = fields.Selection(
        "_get_kinds",
        compute="_compute_from_case",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    kind_codes = fields.Json(compute="_compute_choices")
    category_ids = fields.Many2many(
        "complaint.category",
        string="Grounds",
        compute="_compute_from_case",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        domain="[('id', 'in', allowed_category_ids)]",
    )
    allowed_category_ids = fields.Many2many(
        "complaint.category", compute="_compute_choices"
    )
    heading = fields.Char(
        compute="_compute_from_case",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        help="The subject in our words. What the person wrote is never changed.",
    )
    title = fields.Char(
        related="case_id.title", related_sudo=False, string="As it was written"
    )
    channel = fields.Selection(
        "_get_channels",
        string="How it came in",
        compute="_compute_from_case",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    received_at = fields.Datetime(
        string="Received",
        compute="_compute_from_case",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    moves = fields.Char(
        string="What moves",
        compute="_compute_moves",
        help="The promises that follow the day of receipt.",
    )
    is_later = fields.Boolean(compute="_compute_moves")
    anonymity = fields.Selection(related="case_id.anonymity", related_sudo=False)
    is_reach_known = fields.Boolean(
        compute="_compute_is_reach_known", compute_sudo=False
    )
    identity_sealed = fields.Text(groups=fields.NO_ACCESS, copy=False)
    name = fields.Char(compute="_compute_identity", readonly=False)
    email = fields.Char(string="E-mail", compute="_compute_identity", readonly=False)
    phone = fields.Char(compute="_compute_identity", readonly=False)
    street = fields.Char(compute="_compute_identity", readonly=False)
    zip = fields.Char(string="Postcode", compute="_compute_identity", readonly=False)
    city = fields.Char(string="Town", compute="_compute_identity", readonly=False)
    reason = fields.Text(string="Why, and how you know it", required=True)
    seen = fields.Json(
        compute="_compute_from_case",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
        help="What stood in the case when the dialog was opened.",
    )
    is_stale = fields.Boolean(
        readonly=True, help="Somebody else has corrected the case meanwhile."
    )

    @api.model
    def _get_kinds(self):
        return self._labels("kind")

    @api.model
    def _get_channels(self):
        return self._labels("channel")

    @api.model
    def _labels(self, name):
        field = self.env["complaint.case"]._fields[name]
        return field._description_selection(self.env)

    @api.depends("case_id")
    def _compute_from_case(self):
        for dialog in self:
            case = dialog.case_id
            for name in SHOWN:
                dialog[name] = case[name]
            dialog.seen = dialog._look()

    @api.depends("case_id")
    def _compute_choices(self):
        for dialog in self:
            policy_sudo = dialog.case_id.policy_id.sudo()
            codes = policy_sudo._kinds_to_choose()
            dialog.kind_codes = [*codes, dialog.case_id.kind]
            grounds = policy_sudo._grounds_to_choose(dialog.case_id.company_id)
            dialog.allowed_category_ids = grounds | dialog.case_id.category_ids

    @api.depends("case_id", "received_at")
    def _compute_moves(self):
        for dialog in self:
            case = dialog.case_id._origin
            may_look = case and case.sudo(False).has_access("write")
            received_at = may_look and dialog.received_at
            dialog.moves = received_at and case._say_moves(received_at)
            dialog.is_later = received_at and received_at > case.received_at

    @api.depends("case_id")
    def _compute_is_reach_known(self):
        for dialog in self:
            dialog.is_reach_known = bool(dialog._person())

    @api.depends("case_id", "identity_sealed")
    def _compute_identity(self):
        for dialog in self:
            typed, person = dialog._open_typed(), dialog._person()
            for name in IDENTITY_FIELDS:
                dialog[name] = typed[name] if name in typed else person[name]

    def _prepare_create_values(self, vals_list):
        """Keep nothing here of who is anonymous or protected, whoever sends it."""
        cases = self.env["complaint.case"].sudo()
        return super()._prepare_create_values(
            [
                self._without_identity(vals, cases.browse(vals.get("case_id")))
                for vals in vals_list
            ]
        )

    def write(self, vals):
        cases = self.case_id.sudo()
        return super().write(self._without_identity(vals, cases))

    @api.model
    def _without_identity(self, vals, cases):
        if all(case.anonymity == "open" for case in cases):
            return vals
        return {name: vals[name] for name in vals if name not in IDENTITY_FIELDS}

    def _person(self):
        """Who complains, where the user may read who that is."""
        return self.case_id._find_complainant()

    @api.model
    def _seal(self, values):
        return {"identity_sealed": keyring.encrypt(values)}

    def _change_sealed(self, given):
        for dialog in self.sudo():
            dialog.write(self._seal({**dialog._open_typed(), **given}))

    def _look(self):
        """What stands in the case now, as it is compared; of a person hashed."""
        case = self.case_id._origin
        seen = {name: self._plain(name, case[name]) for name in SHOWN}
        person = self._person()
        return seen | {
            name: self._plain(name, person[name]) for name in IDENTITY_FIELDS
        }

    @api.model
    def _plain(self, name, value):
        if name in IDENTITY_FIELDS:
            return keyring.keyed_hash("correction", value or "")
        if name == "category_ids":
            return sorted(value.ids)
        if name == "unit_id":
            return value.id
        return str(value or "")

    def action_confirm(self):
        """Correct the case with what was changed in the dialog.

        What was corrected by somebody else meanwhile is shown first; what was typed
        stays.
        """
        case = self._begin()
        seen, now = self.seen or {}, self._look()
        if any(seen.get(name) != now[name] for name in now):
            self._show_again(seen, now)
            return self._show(self, name=self._description, target="new")
        case.action_correct(self._changes(now), self.reason)
        return self._finish(case)

    def _show_again(self, seen, now):
        """Take over what others have corrected, but for what was typed here."""
        case, person = self.case_id, self._person()
        fresh = {
            name: (person if name in IDENTITY_FIELDS else case)[name]
            for name in now
            if now[name] != seen.get(name)
            and self._plain(name, self[name]) == seen.get(name)
        }
        values = self._convert_to_write(fresh)
        self.write({**values, "seen": now, "is_stale": True})

    def _changes(self, now):
        """What is another here than in the case, as ``action_correct`` takes it."""
        values, contact = {}, {}
        for name in now:
            if self._plain(name, self[name]) == now[name]:
                continue
            if name in IDENTITY_FIELDS:
                contact[name] = self[name] or ""
            elif name == "received_at":
                values[name] = pytz.utc.localize(self.received_at).isoformat()
            elif name == "unit_id":
                values[name] = self.unit_id.id
            elif name == "category_ids":
                values[name] = self.category_ids.ids
            else:
                values[name] = self[name]
        if contact:
            values["contact"] = contact
        return values
