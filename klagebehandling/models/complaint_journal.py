import hashlib
import json
import secrets

from odoo import fields, models
from odoo.exceptions import UserError

ALGORITHM = 1
START = "0" * 64
# What the clock does on its own is no sign of work on the case.
BY_CLOCK = {"deadline_warned", "deadline_late", "correspondence_sent"}


class ComplaintJournal(models.Model):
    """Append-only register of what happened: evidence, where the chatter is talk.

    Each entry carries a digest over its facts and over the digest of the entry
    before it; the head of the chain stands on the case. Only a salted digest of the
    payload takes part, so that a text can be erased and the chain stays valid.
    """

    _name = "complaint.journal"
    _inherit = ["complaint.walled"]
    _description = "Journal entry"
    _order = "case_id, sequence desc"
    _rec_name = "event"

    case_id = fields.Many2one(
        "complaint.case", required=True, ondelete="restrict", index=True, readonly=True
    )
    company_id = fields.Many2one(related="case_id.company_id")
    sequence = fields.Integer(required=True, readonly=True)
    event = fields.Char(required=True, readonly=True)
    logged_on = fields.Datetime(required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="By", readonly=True, ondelete="restrict"
    )
    payload = fields.Json(readonly=True)
    salt = fields.Char(groups=fields.NO_ACCESS, readonly=True)
    payload_digest = fields.Char(required=True, readonly=True)
    previous_digest = fields.Char(required=True, readonly=True)
    digest = fields.Char(string="Chain digest", required=True, readonly=True)
    algorithm = fields.Integer(required=True, readonly=True)

    _sequence_unique = models.Constraint(
        "UNIQUE (case_id, sequence)", "The journal cannot fork."
    )

    # Refused for good, the superuser included: there is nothing to call super for.
    # pylint: disable=method-required-super,no-raise-unlink
    def write(self, vals):
        self.check_access("write")
        raise UserError(self.env._("The journal is only added to."))

    def unlink(self):
        self.check_access("unlink")
        raise UserError(self.env._("The journal is only added to."))

    def _append(self, entries):
        """Add entries to the chains of cases, whose rows carry the heads.

        :param entries: list of ``(case, event, payload)``, in their order
        """
        rows, heads = [], {}
        for case, event, payload in entries:
            head, count = heads.get(case) or (case.journal_head, case.journal_count)
            row = self._prepare_entry(
                case.reference,
                count + 1,
                head or START,
                event,
                payload,
                case._moment(fields.Datetime.now()),
            )
            rows.append(dict(row, case_id=case.id))
            heads[case] = (row["digest"], row["sequence"])
        acted = {case for case, event, _payload in entries if event not in BY_CLOCK}
        for case, (digest, sequence) in heads.items():
            values = {"journal_head": digest, "journal_count": sequence}
            if case in acted:
                values["last_act_on"] = case._today()
            case.with_context(mail_notrack=True, tracking_disable=True).write(values)
        return self.create(rows)

    def _prepare_entry(self, reference, sequence, previous, event, payload, moment):
        """Values of an entry, without its case, with all of its digests."""
        salt = secrets.token_hex(16)
        payload_digest = self._digest_payload(payload, salt)
        user = self.env.user
        facts = {
            "algorithm": ALGORITHM,
            "event": event,
            "logged_on": fields.Datetime.to_string(moment),
            "payload_digest": payload_digest,
            "previous": previous,
            "reference": reference,
            "sequence": sequence,
            "user": user.id if user._is_internal() else 0,
        }
        return {
            "sequence": sequence,
            "event": event,
            "logged_on": moment,
            "user_id": facts["user"] or False,
            "payload": payload or False,
            "salt": salt,
            "payload_digest": payload_digest,
            "previous_digest": previous,
            "digest": self._digest(facts),
            "algorithm": ALGORITHM,
        }

    def _digest_payload(self, payload, salt):
        return self._digest({"payload": payload or False, "salt": salt})

    def _digest(self, facts):
        text = json.dumps(facts, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()
