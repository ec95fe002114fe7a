import secrets
from datetime import date

from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...roles import READERS
from ...sealing import journal_seal

# Under these keys a text is a code: both journals enter what was exported or changed.
FACTS = {"fields", "model"}


def kept(events):
    """Return the ``ondelete`` of events: an addon that goes leaves what it entered.

    Each of Odoo's own answers would write to evidence, or delete it.

    :param events: list of ``(event, label)``, as given to ``selection_add``
    """
    return {event: _leave for event, _label in events}


def _leave(entries):
    """Do nothing with entries whose event is declared no longer."""


class ComplaintChain(models.AbstractModel):
    """Entries that are only added, each one sealing the one before it.

    The digest covers all that stands in the row. Of payload and texts only a salted
    digest takes part, so that a text can be erased and the chain stays valid.

    Each room and each addon declares the events that its own code enters: by
    ``selection_add`` on the journal it writes to, with ``ondelete=kept(…)``. The words
    of their payloads go with them (``_fact_keys``, ``_key_labels``,
    ``_explained_fields``).
    """

    _name = "complaint.chain"
    _description = "Sealed entries"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict"
    )
    sequence = fields.Integer(required=True, readonly=True)
    event = fields.Selection([], required=True, readonly=True)
    logged_on = fields.Datetime(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="By", readonly=True, ondelete="restrict"
    )
    payload = fields.Json(readonly=True)
    salt = fields.Char(groups=fields.NO_ACCESS, readonly=True)
    payload_digest = fields.Char(required=True, readonly=True)
    texts = fields.Json(
        readonly=True,
        groups=READERS,
        help="What people wrote: not for auditors, and it can be erased.",
    )
    texts_salt = fields.Char(groups=fields.NO_ACCESS, readonly=True)
    texts_digest = fields.Char(readonly=True)
    previous_digest = fields.Char(required=True, readonly=True)
    digest = fields.Char(string="Chain digest", required=True, readonly=True)
    algorithm = fields.Integer(required=True, readonly=True)
    key_mark = fields.Char(readonly=True, help="Which key of the ring has sealed it.")

    # Refused for good, the superuser included: there is nothing to call super for.
    # pylint: disable=method-required-super,no-raise-unlink
    def write(self, vals):
        self.check_access("write")
        raise UserError(self.env._("The journal is only added to."))

    def unlink(self):
        self.check_access("unlink")
        raise UserError(self.env._("The journal is only added to."))

    @api.model
    def _hold(self, owners):
        """Wait for the rows that carry the heads, so that no chain can fork.

        Of two writers at once the later one gets a serialization failure here and is
        retried, before anything that people wrote stands in a query that fails: the
        server's log would have it.
        """
        self.env.cr.execute(
            SQL(
                "SELECT FROM %s WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE",
                SQL.identifier(owners._table),
                owners.ids,
            ),
            log_exceptions=False,
        )

    def _prepare_entry(
        self, reference, company_id, sequence, previous, event, payload, moment
    ):
        """Values of an entry, without what it belongs to, with all of its digests.

        :raises ValueError: as :meth:`_check_event`
        """
        self._check_event(event)
        facts, texts = self._split_payload(payload)
        user = self.env.user
        row = {
            "company_id": company_id,
            "sequence": sequence,
            "event": event,
            "logged_on": moment,
            "user_id": user.id if user._is_internal() else False,
            **self._seal_part("payload", "salt", facts),
            **self._seal_part("texts", "texts_salt", texts),
            "previous_digest": previous,
        }
        if not texts:
            row.update(texts_salt=False, texts_digest=False)
        sealed = self._sealed_facts(reference, row)
        row["digest"] = journal_seal.seal(sealed, journal_seal.secrets_by_mark())
        return dict(row, algorithm=sealed["algorithm"], key_mark=sealed["key"])

    @api.model
    def _check_event(self, event):
        """Refuse an event without words, before anything of it is sealed.

        :raises ValueError: where no addon has declared the event
        """
        if event not in self._fields["event"]._selection:
            raise ValueError(
                f"{self._name}: the event {event!r} is not declared (selection_add)"
            )

    @api.model
    def _sealed_facts(self, reference, row):
        """What the digest covers: all of the row that is evidence, and whose it is."""
        return {
            "company": row["company_id"],
            "event": row["event"],
            "logged_on": str(row["logged_on"]),
            "payload_digest": row["payload_digest"],
            "previous": row["previous_digest"],
            "reference": reference,
            "sequence": row["sequence"],
            "texts_digest": row["texts_digest"] or "",
            "user": row["user_id"] or 0,
        }

    def _seal_part(self, name, salt_name, part):
        salt = secrets.token_hex(16)
        return {
            name: part or False,
            salt_name: salt,
            f"{name}_digest": self._digest_payload(part, salt),
        }

    def _digest_payload(self, payload, salt):
        return journal_seal.part_digest(payload or None, salt)

    @api.model
    def _split_payload(self, payload):
        """Codes and numbers apart from texts; what is not known as a code is text."""
        keys = self._known_fact_keys()
        facts, texts = {}, {}
        for key, value in (payload or {}).items():
            is_fact = key in keys or self._is_plain(value)
            (facts if is_fact else texts)[key] = value
        return facts, texts

    @api.model
    @tools.ormcache()
    def _known_fact_keys(self):
        """What the rooms together know as codes: put together once, asked each time."""
        return frozenset(self._fact_keys())

    @api.model
    def _fact_keys(self):
        """Hook: the keys of a payload whose texts are codes that auditors may read."""
        return FACTS

    @api.model
    def _is_plain(self, value):
        if value is None or isinstance(value, (bool, int, float)):
            return True
        try:
            return bool(date.fromisoformat(value))
        except (TypeError, ValueError):
            return False
