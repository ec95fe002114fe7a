from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Domain

from ...roles import READERS, REGISTRAR

MINE = {"external_number", "is_register_secret"}


class ComplaintCase(models.Model):
    """Adds what the register tells of a case; the case shows its users no number of it.

    Who sees the numbers of the own cases would see by the gaps that there are others.
    """

    _inherit = "complaint.case"

    registry_number = fields.Char(
        related=None,
        compute="_compute_registry_number",
        inverse="_inverse_registry_number",
        search="_search_registry_number",
        compute_sudo=False,
    )
    external_number = fields.Char(
        string="Number in the central register",
        groups=READERS,
        copy=False,
        help="Of the register of the whole authority, where it is registered there "
        "too.",
    )
    is_register_secret = fields.Boolean(
        string="Secret in the register",
        help="The register has its number and no more: neither sender nor matter.",
    )
    has_running_series = fields.Boolean(related="policy_id.has_running_series")

    @api.depends("drawn_number")
    @api.depends_context("uid")
    def _compute_registry_number(self):
        """The number: drawn at the door, or the register's, for who keeps it."""
        rows_sudo = self.env["complaint.registration"].sudo()
        if self._reads_register():
            rows_sudo = rows_sudo.search([("case_id", "in", self.ids)])
        numbers = {row.case_id: row.registry_number for row in rows_sudo}
        for case in self:
            case.registry_number = case.drawn_number or numbers.get(case._origin)

    def _reads_register(self):
        """Whether the numbers of the register are shown: to the registrar, the program.

        Whoever Odoo acts for as superuser is a person all the same.
        """
        return self.env.uid == SUPERUSER_ID or self.env.user.has_group(REGISTRAR)

    def _inverse_registry_number(self):
        for case in self:
            case.drawn_number = case.registry_number

    def _search_registry_number(self, operator, value):
        if operator.startswith(("not", "!")):
            return NotImplemented
        drawn = Domain("drawn_number", operator, value)
        if not self._reads_register():
            return drawn
        rows_sudo = self.env["complaint.registration"].sudo()
        if operator == "in" and False in value:
            all_ = rows_sudo._search([]).subselect("case_id")
            drawn &= Domain("drawn_number", "!=", False) | Domain("id", "not in", all_)
        found = rows_sudo._search([("registry_number", operator, value)])
        return drawn | Domain("id", "in", found.subselect("case_id"))

    def _writable(self):
        return super()._writable() | MINE

    def write(self, vals):
        """Enter what is to stand in registers, as others rely on it."""
        before = {
            case: {name: case[name] for name in MINE & vals.keys()}
            for case in self.sudo()
        }
        result = super().write(vals)
        for case, values in before.items():
            if changed := {name for name in values if case[name] != values[name]}:
                case._log("register_changed", **{name: case[name] for name in changed})
        return result

    def _is_register_blank(self):
        """Whether the register leaves sender and matter out, for whoever reads it.

        What is walled from anybody is left out for all: else who it is left out for
        would know why.
        """
        return bool(
            not self.policy_id.has_open_register
            or self.is_register_secret
            or self.is_restricted
            or self.walled_user_ids
            or self.kind == "whistleblowing"
            or self.anonymity == "protected"
            or any(self.category_ids.mapped("is_sensitive"))
        )

    def _register_words(self):
        """Sender and matter as the register tells them, read as the caller.

        Of the matter no word that somebody wrote: what kind it is, and its grounds. In
        the language of the context.

        :return: dict of pairs of texts by the id of the case, both empty where they are
            left out
        """
        told = self.filtered(lambda case: not case.sudo()._is_register_blank())
        # Searched and not read off the case: what one reader was told is no answer to
        # the next.
        people = self.env["complaint.party"].search(
            [
                ("case_id", "in", told.ids),
                ("role", "=", "complainant"),
                ("is_protected", "=", False),
            ],
            order="id",
        )
        names = people.filtered("name").grouped("case_id")
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        words = dict.fromkeys(self.ids, ("", ""))
        for case in told:
            grounds = ", ".join(case.category_ids.mapped("name"))
            kind = kinds[case.kind]
            sender = ", ".join(names.get(case, people.browse()).mapped("name"))
            words[case.id] = sender, f"{kind}: {grounds}" if grounds else kind
        return words
