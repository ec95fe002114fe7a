from psycopg2.errors import ReadOnlySqlTransaction

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sealing import keyring
from .complaint_party import IDENTITY_FIELDS

# Without vowels, so that no word comes out, and without what is easily confused.
SIGNS = "23456789BCDFGHJKMNPQRSTVWXZ"
LENGTH = 4
# Set when the person is entered, and by nothing afterwards.
GUARDED = {"case_id", "company_id", "is_protected"}
# What of a case is read from the rows of protected persons.
SHOWN = ["pseudonym_ids", "protected_party_ids"]
# What a custodian may put right of a protected person.
CORRECTED = {*IDENTITY_FIELDS, "kind"}


class ComplaintParty(models.Model):
    """What keeps a protected identity protected: a pseudonym, guards, a record."""

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
        if not self.env.su and any("is_protected" in vals for vals in vals_list):
            self._refuse_guarded()
        parties = super().create(vals_list)
        protected = parties.sudo().filtered("is_protected")
        protected.case_id.invalidate_recordset(SHOWN, flush=False)
        return parties

    def write(self, vals):
        if not self.env.su:
            if GUARDED & vals.keys():
                self._refuse_guarded()
            if vals.keys() - CORRECTED and any(self.mapped("is_protected")):
                raise UserError(
                    self.env._(
                        "Of a protected person only the identity is put right here."
                    )
                )
        return super().write(vals)

    def _refuse_guarded(self):
        raise UserError(
            self.env._(
                "The protection of a person is set at registration and never lifted "
                "by others. Ask for the identity instead."
            )
        )

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

    @api.model
    def _seal_again(self, values):
        return self._seal(values)
