from odoo import fields, models

from ...roles import READERS

MINE = {"external_number", "is_register_secret"}


class ComplaintCase(models.Model):
    """Adds what the register tells of a case; the case itself shows no number of it."""

    _inherit = "complaint.case"

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
