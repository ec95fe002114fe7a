from odoo import api, fields, models
from odoo.exceptions import UserError

from ...mail_reader import forwarded
from ...models.identity.complaint_party import IDENTITY_FIELDS
from ...sealing import keyring

# What stands first in a file made of an attached mail is enough.
READ = 20_000


class ComplaintCaseAttribute(models.TransientModel):
    """Say who complains, of an e-mail that an employee passed on.

    Proposes what the passed-on mail says; who works the case chooses and edits. What is
    entered is sealed here too, until the dialog is gone.
    """

    _name = "complaint.case.attribute"
    _inherit = ["complaint.case.dialog", "complaint.sealed"]
    _description = "Who is the complainant?"
    _sealed_fields = IDENTITY_FIELDS

    identity_sealed = fields.Text(groups=fields.NO_ACCESS, copy=False)
    who = fields.Selection(
        [
            ("other", "The person who wrote what was passed on"),
            ("own", "The employee who sent it: it is their own complaint"),
            ("nobody", "It cannot be found out"),
        ],
        default="other",
        required=True,
    )
    sender = fields.Char(compute="_compute_named", string="Sent to us by")
    named = fields.Text(
        compute="_compute_named",
        string="Named in the e-mail",
        help="As the lines above what was passed on say. Nobody has checked it.",
    )
    name = fields.Char(compute="_compute_identity", readonly=False)
    email = fields.Char(string="E-mail", compute="_compute_identity", readonly=False)
    phone = fields.Char(compute="_compute_identity", readonly=False)
    street = fields.Char(compute="_compute_identity", readonly=False)
    zip = fields.Char(string="Postcode", compute="_compute_identity", readonly=False)
    city = fields.Char(string="Town", compute="_compute_identity", readonly=False)
    written_on = fields.Date(
        compute="_compute_written_on",
        compute_sudo=False,
        store=True,
        readonly=False,
        help="The day that the passed-on mail names.",
    )
    reason = fields.Text(string="How you know it")

    @api.depends("case_id")
    def _compute_named(self):
        for dialog in self:
            case = dialog.case_id
            dialog.sender = case.assisted_by_id.name
            dialog.named = "\n".join(
                f"{one.name} <{one.address}> {one.day or ''}".strip()
                for one in dialog._authors()
            )

    @api.depends("case_id", "identity_sealed")
    def _compute_identity(self):
        for dialog in self:
            known = dialog._open_typed() or dialog._propose()
            for name in IDENTITY_FIELDS:
                dialog[name] = known.get(name, False)

    @api.depends("case_id")
    def _compute_written_on(self):
        for dialog in self:
            author = dialog._author()
            dialog.written_on = author and author.day

    def action_confirm(self):
        """Enter it in the case."""
        case = self._begin()
        values = {name: self[name] for name in IDENTITY_FIELDS if self[name]}
        if self.who == "other" and not values:
            raise UserError(self.env._("Write the name, or how we reach the person."))
        day = self.who == "other" and self.written_on
        case.action_attribute(self.who, values, self.reason or None, day or None)
        return self._finish(case)

    def _propose(self):
        author = self._author()
        if not author:
            return {}
        return {"name": author.name, "email": author.address}

    def _author(self):
        """The one who wrote first: the innermost that is no employee."""
        outsiders = [
            one
            for one in self._authors()
            if not self._find_colleagues(one.address) or not one.address
        ]
        return outsiders[-1] if outsiders else None

    def _authors(self):
        """Whom the case and the mails attached to it name, as the user may read."""
        self.ensure_one()
        case = self.case_id._origin
        if not case or not case.has_access("write"):
            return []
        files = self.env["ir.attachment"].search(
            [
                ("res_model", "=", case._name),
                ("res_id", "=", case.id),
                ("mimetype", "=", "text/plain"),
            ],
            limit=5,
        )
        texts = [case.description or ""]
        texts += [(file.raw or b"")[:READ].decode(errors="replace") for file in files]
        return [author for text in texts for author in forwarded.authors(text)]

    def _find_colleagues(self, address):
        users = self.env["res.users"].sudo()
        domain = [("email_normalized", "=", address.lower()), ("share", "=", False)]
        return users.search_count(domain, limit=1)

    @api.model
    def _seal(self, values):
        known = {name: text for name, text in values.items() if text}
        return {"identity_sealed": known and keyring.encrypt(known)}

    def _change_sealed(self, given):
        for dialog in self.sudo():
            dialog.write(self._seal({**dialog._open_typed(), **given}))
