import base64
import re
from urllib.parse import urlencode

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

# Readable on paper that was folded or got wet: 15 % of it may be missing.
QR = {"barcode_type": "QR", "barLevel": "M"}


class ComplaintUnit(models.Model):
    """The public face of a unit: its address, its name, its places."""

    _inherit = "complaint.unit"

    public_url = fields.Char(
        string="Address on the web",
        compute="_compute_public_url",
        help="Typed by hand, large and small letters are the same.",
    )
    public_qr = fields.Binary(string="QR code", compute="_compute_public_qr")
    # Kept with the unit, which is remembered: each page asks for it.
    company_name = fields.Char(compute="_compute_company_name", store=True)

    @api.depends("company_id.name")
    def _compute_company_name(self):
        for unit in self:
            unit.company_name = unit.sudo().company_id.name
        self._forget(self._is_remembered())

    @api.depends("slug", "effective_policy_id")
    def _compute_public_url(self):
        for unit in self:
            has_form = unit.slug and unit.sudo().effective_policy_id
            base = has_form and unit.get_base_url()
            unit.public_url = has_form and f"{base}/klage/{unit.slug}"

    @api.depends("public_url")
    def _compute_public_qr(self):
        barcode = self.env["ir.actions.report"].barcode
        for unit in self:
            image = unit.public_url and barcode(
                QR["barcode_type"],
                unit.public_url,
                width=300,
                height=300,
                barLevel=QR["barLevel"],
            )
            unit.public_qr = image and base64.b64encode(image)

    def action_open_qr(self):
        """Open the QR code of the public form, large enough for a poster.

        :raises UserError: for a unit without a form
        """
        self.ensure_one()
        self.check_access("read")
        if not self.public_url:
            raise UserError(self.env._("This unit has no public form."))
        query = {**QR, "value": self.public_url, "width": 1000, "height": 1000}
        return {
            "type": "ir.actions.act_url",
            "url": f"/report/barcode?{urlencode(query)}",
            "target": "new",
        }

    @api.model
    def _find_public(self, slug):
        """The unit whose public form has this address; empty where there is none.

        From paper an address is typed with any letters, large or small.
        """
        if not re.fullmatch(r"[A-Za-z0-9-]{1,64}", slug or ""):
            return self.browse()
        slug = slug.lower()
        return self._list_public().filtered(lambda unit: unit.slug == slug)

    @api.model
    def _list_public(self):
        """The units that have a public form, as the superuser."""
        return self.sudo().browse(self._public_ids())

    @api.model
    @tools.ormcache("self.env.lang")
    def _public_ids(self):
        """Their ids in the order of their names; units are remembered."""
        units = self.sudo().search([("slug", "!=", False)], order="name, id")
        return tuple(units.filtered("effective_policy_id").ids)

    def _public_policy(self):
        """The version of the procedure that binds what is sent today."""
        self.ensure_one()
        now = fields.Datetime.now()
        today = self.effective_policy_id._local(now).date()
        return self.env["complaint.case"]._find_policy(None, self, today)

    def _public_places(self):
        """The units one may point at on the form of this one, with their names.

        A unit with another procedure has its own form.

        :return: dict from unit id to name, the names of units between in front
        """
        self.ensure_one()
        code = self.effective_policy_id.code
        below = self.search([("id", "child_of", self.id), ("id", "!=", self.id)])
        names = {}
        for unit in below.sorted("parent_path"):
            prefix = names.get(unit.parent_id.id)
            names[unit.id] = f"{prefix} – {unit.name}" if prefix else unit.name
        return {
            unit.id: names[unit.id]
            for unit in below.sorted(lambda unit: names[unit.id].casefold())
            if unit.is_public and unit.effective_policy_id.code == code
        }

    def _web_address(self):
        return self.public_url or super()._web_address()

    def _alarm_of_flood(self):
        """Tell who decides in the unit that forms are being stopped; once."""
        receiver = self.sudo()._nearest_manager()
        self.env["complaint.case"]._alarm_flood(receiver)

    def _public_face(self):
        """The nearest unit up the line with a form of its own, else the topmost: whom
        the person wrote to."""
        line = self._line()
        return line.filtered("slug")[:1] or line[-1:]

    def _public_name(self):
        """What the public knows the organisation as; a part of it with its own name."""
        self.ensure_one()
        name = self.company_name
        return f"{name}, {self.name}" if self.parent_id else name

    def _public_contact(self):
        """Where else the organisation is reached: lines of text."""
        self.ensure_one()
        town = " ".join(filter(None, [self.zip, self.city]))
        return [line for line in (self.street, town, self.phone, self.email) if line]
