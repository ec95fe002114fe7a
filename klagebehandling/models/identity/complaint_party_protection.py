from psycopg2.errors import ReadOnlySqlTransaction

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...sealing import keyring
from .complaint_party import IDENTITY_FIELDS

# Without vowels, so that no word comes out, and without what is easily confused.
SIGNS = "23456789BCDFGHJKMNPQRSTVWXZ"
LENGTH = 4
# What of a case is read from the rows of protected persons.
SHOWN = ["pseudonym_ids", "protected_party_ids"]
# What a custodian may put right of a protected person.
CORRECTED = {*IDENTITY_FIELDS, "kind"}
ENTERED = {*CORRECTED, "role", "user_id", "is_outsider", "statement"}
# Of who complains it is entered where nothing is known yet, and never changed.
OWN = ENTERED - {"kind"}
LONGEST = 2000


class ComplaintParty(models.Model):
    """What keeps an identity as it was told: a pseudonym, guards, a record."""

    _inherit = "complaint.party"

    @api.model
    def _pseudonym(self, party_id):
        """A lasting neutral name, which nobody can trace back without the key."""
        number = int(keyring.keyed_hash("pseudonym", str(party_id)), 16)
        signs = ""
        for _sign in range(LENGTH):
            number, place = divmod(number, len(SIGNS))
            signs += SIGNS[place]
        return self.env._("Person %(sign)s", sign=signs)

    def _neutral_name(self):
        """What is shown in the place of a name: it tells nothing of who it is."""
        party_sudo = self.sudo()
        if self.is_protected:
            return self._pseudonym(self._origin.id)
        if party_sudo.case_id.anonymity == "anonymous" and not party_sudo._is_named():
            return self.env._("Anonymous person")
        return dict(self._fields["role"]._description_selection(self.env))[self.role]

    def _is_named(self):
        """Whether others said who it is: that does not tell who complains."""
        return self.role in ("subject", "staff")

    @api.model_create_multi
    def create(self, vals_list):
        parties = super().create(vals_list)
        if not self.env.su:
            parties._check_complainant()
        protected = parties.sudo().filtered("is_protected")
        protected.case_id.invalidate_recordset(SHOWN, flush=False)
        return parties

    def _writable(self):
        """What is known of others; of who complains only what is missing.

        What somebody says is written down once, whoever it is.
        """
        names = super()._writable() | ENTERED
        for party in self:
            if party.is_protected:
                names &= CORRECTED | super()._writable()
            elif party.role == "complainant":
                names -= {"role", *party._told(OWN)}
            else:
                names -= party._told({"statement"})
        return names

    @api.model
    def _creatable(self):
        return {"case_id", *ENTERED}

    def _told(self, names):
        """Those of some fields in which something stands already."""
        known, _lost = self._open_identity()
        return {
            name
            for name in names
            if (known.get(name) if name in IDENTITY_FIELDS else self[name])
        }

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        if operation == "write" and not self.env.su:
            is_new = any(party.role != "complainant" for party in self)
            if vals_list[0].get("role") == "complainant" and is_new:
                self._refuse_complainant()

    def _check_complainant(self):
        """Refuse a second person who complains: letters might go there."""
        for party in self.sudo().filtered(lambda party: party.role == "complainant"):
            others = party.case_id.party_ids - party
            if "complainant" in others.mapped("role"):
                self._refuse_complainant()

    def _refuse_complainant(self):
        raise UserError(
            self.env._(
                "Who complains is said by that person, and never changed. Enter this "
                "person in another role."
            )
        )

    def action_correct(self, name, text, reason):
        """Add what is right of an identity; what was told before stays with it.

        :param name: ``name``, ``email``, ``phone``, ``street``, ``zip`` or ``city``
        :param text: what is right
        :param reason: how that is known, required; not for auditors
        :raises UserError: without a text or a reason
        """
        self.check_access("write")
        if len(self) != 1 or name not in IDENTITY_FIELDS:
            raise ValidationError(self.env._("Choose one person, and what to correct."))
        if not (text or "").strip() or not (reason or "").strip():
            raise UserError(self.env._("Write what is right, and how you know it."))
        if max(len(text), len(reason)) > LONGEST:
            raise ValidationError(self.env._("This is too long. Write it shorter."))
        self._correct({name: text.strip()}, reason.strip())
        return True

    def _correct(self, values, reason):
        """Enter what is right of an identity; the journal has no word of it."""
        party_sudo = self.sudo()
        for name in values:
            party_sudo.case_id._log(
                "identity_corrected", party=self.id, field=name, reason=reason
            )
        party_sudo.write(values)

    def _open_request(self):
        """The user's own request that opens this identity now; empty without one."""
        requests = self.env["complaint.identity.request"].sudo()
        own = requests.search(
            [
                ("party_id", "=", self.id),
                ("asker_id", "=", self.env.uid),
                ("state", "=", "granted"),
            ]
        )
        return own.sudo(False).filtered(lambda request: request._is_open())[:1]

    def _note_reading(self):
        """Enter who reads protected identities: once for each, a person and a day."""
        protected = self.sudo().filtered("is_protected")
        unread = protected - protected._read_today() if protected else protected
        if not unread:
            return
        if self.env.cr.readonly:
            # Odoo answers by starting again where something can be written.
            raise ReadOnlySqlTransaction("Reading an identity is written down.")
        self.env["complaint.journal"].sudo()._append(
            [(party.case_id, "identity_read", {"party": party.id}) for party in unread]
        )

    def _read_today(self):
        """Those whose reading by this user stands in the journal of today."""
        entries = self.env["complaint.journal"].sudo()
        entries = entries.search_fetch(
            [
                ("case_id", "in", self.case_id.ids),
                ("event", "=", "identity_read"),
                ("user_id", "=", self.env.uid),
                ("logged_on", ">=", fields.Date.today()),
            ],
            ["payload"],
        )
        return self.browse(entry.payload["party"] for entry in entries)
