from collections import defaultdict

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...addresses import mail_address
from ...roles import READERS
from ...sealing import keyring, name_hashes
from ...vocabulary import PARTY_KINDS, PARTY_ROLES
from ..case.complaint_case_part import WORKERS, readers

IDENTITY_FIELDS = ("name", "email", "phone", "street", "zip", "city")
# What was told before a correction, in the sealed column beside the others.
FORMER = "former"
# A number that short is found too easily beside the numbers of cases.
PHONE_DIGITS = 5


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
    # Custodians keep the protected identities.
    _only_read_by = ("auditor",)

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
    identity_hashes = fields.Char(groups=fields.NO_ACCESS, copy=False)
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
    _identity_hashes_found = models.Index(
        # A list of what is not sorted in yet would be read for each hash asked for.
        "USING gin (string_to_array(identity_hashes, ' ')) WITH (fastupdate = off) "
        "WHERE is_protected IS NOT TRUE"
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
        self._check_known()
        readable = self._origin.sudo(False)._filtered_access("read")
        named = self.filtered(
            lambda party: not party.is_protected and party._origin <= readable
        )
        for party in self - named:
            party.display_name = party._neutral_name()
        # Read by themselves: one name that is hidden would be refused for all of them,
        # and each refusal is entered in the journal of its case.
        for party in named:
            party.display_name = party.name or party._neutral_name()

    def _check_known(self):
        """Refuse to name who is in a case that the person cannot read.

        In one that the person can read, whoever is hidden has a neutral name.
        """
        if self.env.uid == SUPERUSER_ID:
            return
        asked_sudo = self._origin.sudo()
        known = asked_sudo.case_id.sudo(False).exists()
        for party in asked_sudo:
            if party.case_id not in known:
                raise party._make_missing_error()

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        for email in filter(None, (vals.get("email") for vals in vals_list)):
            if not mail_address(email):
                raise ValidationError(
                    self.env._("“%(email)s” is not an e-mail address.", email=email)
                )

    def _search_name(self, operator, value):
        return self._search_identity(operator, value, name_hashes.typed_name)

    def _search_email(self, operator, value):
        return self._search_identity(operator, value, name_hashes.typed_address)

    def _search_phone(self, operator, value):
        return self._search_identity(operator, value, name_hashes.typed_phone)

    def _search_identity(self, operator, value, read):
        """By keyed hash: the database holds no plain text.

        :param read: the function of ``name_hashes`` that reads what was typed
        """
        if operator == "in":
            is_name = read == name_hashes.typed_name
            whole = {"whole": True} if is_name else {}
            typed = [read(text, **whole) for text in value if text]
            found = self._find(typed)
            return found if all(value) else found | self._unnamed()
        if operator in ("ilike", "like", "=ilike", "=like"):
            return self._find([read(value)]) if value else Domain.TRUE
        return NotImplemented

    @api.model
    def _found_by(self, text):
        """Where somebody is who is meant by what was typed into a search box."""
        typed = [name_hashes.typed_name(text), name_hashes.typed_address(text)]
        if sum(sign.isdecimal() for sign in text) >= PHONE_DIGITS:
            typed.append(name_hashes.typed_phone(text))
        return self._find(typed)

    @api.model
    def _find(self, typed):
        """Where somebody has all of one of these; never who is protected (A-08).

        The hashes are open to nobody: they are looked up as they are, and the rules of
        the search take away whom the user may not see.

        :param typed: a list of what the functions of ``name_hashes`` read
        """
        terms = set().union(*map(name_hashes.terms_of, typed))
        known = self._find_terms(terms) if terms else {}
        found = set().union(*(name_hashes.holders(units, known) for units in typed))
        # Odoo drops a condition that nothing fulfils, and asks for no right then: the
        # refusal would tell who has no right which names there are.
        return Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s = ANY(%s::int[])", SQL.identifier(alias, "id"), sorted(found)
            )
        )

    @api.model
    def _find_terms(self, terms):
        """Who has each of some terms: a dict of sets of ids."""
        hashes = name_hashes.lookups(terms)
        names = ("identity_hashes", "is_protected")
        # Asked for all at once PostgreSQL would read the whole table: it takes them for
        # most of it. The offset has it look up one after the other.
        rows = self.env.execute_query(
            SQL(
                """
                SELECT hash, person.id FROM unnest(%s::text[]) AS hash, LATERAL (
                    SELECT id FROM complaint_party
                     WHERE string_to_array(identity_hashes, ' ') @> ARRAY[hash]
                       AND is_protected IS NOT TRUE
                    OFFSET 0) AS person
                """,
                list(hashes),
                to_flush=[self._fields[name] for name in names],
            )
        )
        known = defaultdict(set)
        for hashed, id_ in rows:
            known[hashes[hashed]].add(id_)
        return known

    @api.model
    def _unnamed(self):
        sealed = Domain("identity_sealed", "=", False)
        return Domain("id", "in", self.sudo()._search(sealed))

    def _seal(self, values):
        """The stored columns for an identity given as a dict."""
        known = {name: values[name] for name in IDENTITY_FIELDS if values.get(name)}
        if not known and not values.get(FORMER):
            return {"identity_sealed": False, "identity_hashes": False}
        # Of who is protected the hashes find nobody; there are as many.
        hashes = name_hashes.seal({} if self.is_protected else known)
        if values.get(FORMER):
            known[FORMER] = values[FORMER]
        return {"identity_sealed": keyring.encrypt(known), "identity_hashes": hashes}

    @api.model
    def _seal_again(self, values):
        return {
            **self._seal(values),
            "identity_hashes": SQL(
                "CASE WHEN is_protected THEN %s ELSE %s END",
                name_hashes.seal({}),
                name_hashes.seal(values),
            ),
        }

    def _prepare_create_values(self, vals_list):
        prepared = super()._prepare_create_values(vals_list)
        for vals in prepared:
            if vals.get("is_protected") and vals.get("identity_hashes"):
                vals["identity_hashes"] = name_hashes.seal({})
        return prepared

    def _open_identity(self):
        """The identity as a dict, and whether its key is missing."""
        sealed = self.sudo().identity_sealed
        if not sealed:
            return {}, False
        try:
            return keyring.decrypt(sealed), False
        except keyring.IdentityUnreadable:
            return {}, True

    def _known_identity(self):
        """The identity as a dict, for an act that changes it.

        :raises UserError: without its key: what is not read is not written over
        """
        known, lost = self._open_identity()
        if lost:
            raise UserError(
                self.env._(
                    "The key that sealed this identity is missing. Put it back into "
                    "the key ring, then try again."
                )
            )
        return known

    @api.model_create_multi
    def create(self, vals_list):
        parties = super().create(vals_list)
        # Anybody can name a key of the context: only the door is believed.
        if not (self.env.su and self.env.context.get("complaint_intake")):
            parties._on_people_changed("party_added")
        return parties

    def write(self, vals):
        result = super().write(vals)
        if "is_protected" in vals:
            self._hash_again()
        if {"role", "user_id", "is_outsider"} & vals.keys():
            self._on_people_changed("party_changed")
        return result

    def _change_sealed(self, given):
        """Seal what is given with what is known, where that changes anything.

        Nothing is lost by it: what was told before stays beside it, sealed too.
        """
        for party in self.sudo():
            known = party._known_identity()
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

    def _hash_again(self):
        """Make the hashes anew by which these persons are found, or no longer."""
        for party in self.sudo():
            known, lost = party._open_identity()
            if known and not lost:
                hashes = name_hashes.seal({} if party.is_protected else known)
                party.identity_hashes = hashes

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
