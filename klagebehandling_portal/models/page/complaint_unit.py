import re

from odoo import api, fields, models, tools


class ComplaintUnit(models.Model):
    _inherit = "complaint.unit"

    @api.model
    def _find_public(self, slug):
        """The unit whose public form has this address; empty where there is none."""
        if not re.fullmatch(r"[a-z0-9-]{1,64}", slug or ""):
            return self.browse()
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

    def _alarm_of_flood(self):
        """Tell who decides in the unit that forms are being stopped; once."""
        receiver = self.sudo()._nearest_manager()
        self.env["complaint.case"]._alarm_flood(receiver)

    def _public_name(self):
        """What the public knows the organisation as; a part of it with its own name."""
        self.ensure_one()
        # The name alone: the rest of a company fills a wide row.
        company = self.company_id.with_context(prefetch_fields=False).name
        return f"{company}, {self.name}" if self.parent_id else company

    def _public_contact(self):
        """Where else the organisation is reached: lines of text."""
        self.ensure_one()
        town = " ".join(filter(None, [self.zip, self.city]))
        return [line for line in (self.street, town, self.phone, self.email) if line]
