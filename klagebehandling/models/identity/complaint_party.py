import re
import secrets
import unicodedata

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...addresses import mail_address
from ...roles import READERS
from ...sealing import keyring
from ...vocabulary import PARTY_KINDS, PARTY_ROLES
from ..case.complaint_case_part import WORKERS, readers

IDENTITY_FIELDS = ("name", "email", "phone", "street", "zip", "city")
# What was told before a correction, in the sealed column beside the others.
FORMER = "former"
# What can be searched for; of anything else no hash is kept.
HASHED_FIELDS = ("name", "email", "phone")
# Hashes are filled up to a multiple of it: their number tells nothing.
HASH_BLOCK = 8
HASH_SIGNS = 20


class ComplaintParty(models.Model):
    """A person in the case; the only home of identity, sealed in one column."""

    _name = "complaint.party"
    _inherit = ["complaint.case.part", "complaint.sealed"]
    _description = "Person in a case"
    _order = "case_id, role, id"
    _sealed_fields = IDENTITY_FIELDS
    _words = ("statement",)
    _readers = {
        **readers(*WORKERS, alone="('is_protected', '=', False)"),
        "custodian": "('is_protected', '=', True)",
    }

    role = fields.Selection(
        PARTY_ROLES, required=True, default="complainant", index=True
    )
    kind = fields.Selection(PARTY_KINDS)
    is_protected = fields.Boolean(
        string="Protected identity",
        readonly=True,
        help="Seen by custodians, or by a granted request.",
    )
    user_id = fields.Many2one("res.users", index=True)
    is_outsider = fields.Boolean(
        string="Not one of our users",
        help="Nobody in the organisation: only a name is known of the person.",
    )
    identity_sealed = fields.Text(groups=fields.NO_ACCESS, copy=False)
    identity_hashes = fields.Char(groups=fields.NO_ACCESS, copy=False, index="trigram")
    name = fields.Char(
        compute="_compute_identity", readonly=False, search="_search_name"
    )
    email = fields.Char(
        string="E-mail",
        compute="_compute_identity",
        readonly=False,
        search="_search_email",
    )
    phone = fields.Char(
        compute="_compute_identity", readonly=False, search="_search_phone"
    )
    street = fields.Char(compute="_compute_identity", readonly=False)
    zip = fields.Char(string="Postcode", compute="_compute_identity", readonly=False)
    city = fields.Char(string="Town", compute="_compute_identity", readonly=False)
    former = fields.Char(
        string="Told before",
        compute="_compute_identity",
        help="What stood here before it was corrected, the latest last.",
    )
    is_identity_lost = fields.Boolean(compute="_compute_is_identity_lost")
    statement = fields.Text(
        string="What the person says",
        groups=READERS,
    )
    text_erased_on = fields.Date(string="Statement removed", readonly=True, copy=False)

    _protected_user = models.Constraint(
        "CHECK (NOT is_protected OR user_id IS NULL)",
        "A protected person is not linked to a user.",
    )

    @api.depends("identity_sealed")
    @api.depends_context("uid")
    def _compute_identity(self):
        if not self.env.su:
            # Opened as superuser below: ask the person first.
            self._origin.check_access("read")
            self._origin._note_reading()
        for party in self:
            known, _lost = party._open_identity()
            for name in IDENTITY_FIELDS:
                party[name] = known.get(name, False)
            party.former = ", ".join(known.get(FORMER, ())) or False

    @api.depends("identity_sealed")
    def _compute_is_identity_lost(self):
        for party in self:
            party.is_identity_lost = party._open_identity()[1]

    @api.depends("role", "is_protected", "identity_sealed")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        # The web client reads the names of many2ones as superuser: ask the person.
        self.case_id._check_known()
        named = self._origin.sudo(False)._filtered_access("read")
        for party in self:
            is_named = not party.is_protected and party._origin <= named
            party.display_name = is_named and party.name or party._neutral_name()

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        for email in filter(None, (vals.get("email") for vals in vals_list)):
            if not mail_address(email):
                raise ValidationError(
                    self.env._("“%(email)s” is not an e-mail address.", email=email)
                )

    def _search_name(self, operator, value):
        return self._search_identity("name", operator, value)

    def _search_email(self, operator, value):
        return self._search_identity("email", operator, value)

    def _search_phone(self, operator, value):
        return self._search_identity("phone", operator, value)

    def _search_identity(self, field, operator, value):
        """Whole words only, by keyed hash: the database holds no plain text."""
        if operator == "in":
            return Domain.OR(self._words_domain(field, text) for text in value)
        if operator in ("=", "ilike", "like", "=ilike", "=like"):
            return self._words_domain(field, value)
        return NotImplemented

    @api.model
    def _words_domain(self, field, text):
        """Where all the words are, whichever key of the ring hashed them.

        The hashes are open to nobody: they are looked up as superuser, and the rules
        of the search take away what the user may not see.
        """
        found = Domain("identity_hashes", "=", False)
        if self._hash_words(field, text):
            found = Domain.OR(
                Domain.AND(
                    Domain("identity_hashes", "like", hashed)
                    for hashed in self._hash_words(field, text, key)
                )
                for key in keyring.keyring()
            )
        return Domain("id", "in", self.sudo()._search(found))

    @api.model
    def _seal(self, values):
        """The stored columns for an identity given as a dict."""
        known = {name: values[name] for name in IDENTITY_FIELDS if values.get(name)}
        if not known and not values.get(FORMER):
            return {"identity_sealed": False, "identity_hashes": False}
        hashes = {
            hashed
            for name in HASHED_FIELDS
            for hashed in self._hash_words(name, known.get(name))
        }
        decoys = -len(hashes) % HASH_BLOCK
        hashes.update(secrets.token_hex(HASH_SIGNS // 2) for _decoy in range(decoys))
        if values.get(FORMER):
            known[FORMER] = values[FORMER]
        return {
            "identity_sealed": keyring.encrypt(known),
            "identity_hashes": " ".join(sorted(hashes)),
        }

    @api.model
    def _hash_words(self, field, text, key=None):
        """Keyed hashes of the words, under the first key unless another is given."""
        plain = unicodedata.normalize("NFKC", str(text or "")).casefold()
        if field == "phone":
            digits = re.sub(r"\D", "", plain)[-8:]
            words = [digits] if digits else []
        else:
            words = re.findall(r"[\w@.+'-]+", plain)
        key = key or keyring.keyring()[0]
        return [
            keyring.keyed_hash(f"party:{field}", word, key)[:HASH_SIGNS]
            for word in words
        ]

    def _open_identity(self):
        """The identity as a dict, and whether its key is missing."""
        sealed = self.sudo().identity_sealed
        if not sealed:
            return {}, False
        try:
            return keyring.decrypt(sealed), False
        except keyring.IdentityUnreadable:
            return {}, True

    @api.model_create_multi
    def create(self, vals_list):
        parties = super().create(vals_list)
        # Anybody can name a key of the context: only the door is believed.
        if not (self.env.su and self.env.context.get("complaint_intake")):
            parties._on_people_changed("party_added")
        return parties

    def write(self, vals):
        result = super().write(vals)
        if {"role", "user_id", "is_outsider"} & vals.keys():
            self._on_people_changed("party_changed")
        return result

    def _change_sealed(self, given):
        """Seal what is given with what is known, where that changes anything.

        Nothing is lost by it: what was told before stays beside it, sealed too.
        """
        for party in self.sudo():
            known, lost = party._open_identity()
            if lost:
                raise UserError(
                    self.env._(
                        "The key that sealed this identity is missing. Put it back "
                        "into the key ring, then try again."
                    )
                )
            values = {**known, **given}
            values = {name: text for name, text in values.items() if text}
            if values != known:
                former = [
                    known[name]
                    for name in IDENTITY_FIELDS
                    if known.get(name) and known[name] != values.get(name)
                ]
                values[FORMER] = known.get(FORMER, []) + former
                party.write(self._seal(values))
                party.case_id._log("party_changed", party=party.id)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "A person is not deleted from a case. Erase the identity instead."
            )
        )

    def _on_people_changed(self, event):
        """Hook: the persons of a case, or their roles, are others now.

        :param event: ``party_added`` or ``party_changed``
        """
        for party in self.sudo():
            party.case_id._log(event, party=party.id, role=party.role)
        self.sudo().case_id._bar_parties()

    def _prepare_split(self):
        """Values of the door for the same person in another case."""
        known, _lost = self._open_identity()
        values = {name: known[name] for name in IDENTITY_FIELDS if known.get(name)}
        values["role"] = self.role
        if self.kind:
            values["kind"] = self.kind
        if self.user_id:
            values["user_id"] = self.user_id.id
        return values

    def _erase(self):
        """Remove what identifies the persons; that they took part remains."""
        self.sudo().write(
            {"identity_sealed": False, "identity_hashes": False, "user_id": False}
        )
        for party in self.sudo():
            party.case_id._log("identity_erased", party=party.id)
