import hashlib
from datetime import timedelta
from functools import partial
from urllib.parse import quote

from odoo import api, fields, models
from odoo.tools import SQL

from ...sealing import journal_witness
from ...sealing.journal_seal import START
from .complaint_chain import kept

EVENTS = [
    ("adopted", "Entries of the first algorithm adopted"),
    ("anchored", "Nightly anchor"),
    ("customising_refused", "Building upon cases without code was refused"),
    ("keyring_changed", "The keys of the identities changed"),
    ("members_changed", "Who has a role changed"),
    ("nobody_receives", "A complaint that nobody may receive"),
    ("ground_changed", "Ground changed"),
    ("owner_appointed", "Owner of the procedure appointed"),
    ("policy_changed", "Procedure in force changed"),
    ("policy_in_force", "Procedure put in force"),
    ("rule_changed", "Rule of access changed"),
    ("unit_changed", "Unit changed"),
]
FACTS = {
    "after",
    "before",
    "bound",
    "commitments",
    "given",
    "ground",
    "policy",
    "rule",
    "rule_name",
    "taken",
    "user",
    "valid_from",
}

# What an anchor says of ids and of how many there are.
HIDDEN = {"after_id", "after_mark", "bound", "commitments", "until_id", "until_mark"}
ANCHORS = ("anchored", "adopted")
# What is younger may belong to a transaction that is still open: a day, and another
# one because the entries of an anonymous case carry the start of their day.
AGE = timedelta(days=2)
# So many entries are bound by one anchor, and read at once.
BATCH = 10_000


class ComplaintCompanyJournal(models.Model):
    """What happened to the organisation's rules: who may see, and under which key.

    A table of its own: no rule about cases can let a reader of cases in here.
    """

    _name = "complaint.company.journal"
    _inherit = ["complaint.chain"]
    _description = "Entry in the organisation's journal"
    _order = "company_id, sequence desc"
    _rec_name = "event"

    company_id = fields.Many2one(index=True)
    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    _sequence_unique = models.Constraint(
        "UNIQUE (company_id, sequence)", "The journal cannot fork."
    )

    def _append(self, entries):
        """Add entries to the chains of companies, whose rows carry the heads.

        :param entries: list of ``(company, event, payload)``, in their order
        """
        rows, heads = [], {}
        self._hold(self.env["res.company"].union(*(entry[0] for entry in entries)))
        now = fields.Datetime.now()
        for company, event, payload in entries:
            head, count, last = heads.get(company) or (
                company.complaint_journal_head,
                company.complaint_journal_count,
                company.complaint_journal_on,
            )
            row = self._prepare_entry(
                self._reference(company.id),
                company.id,
                count + 1,
                head or START,
                event,
                payload,
                max(now, last or now),
            )
            rows.append(row)
            heads[company] = (row["digest"], row["sequence"], row["logged_on"])
        for company, (digest, sequence, last) in heads.items():
            company.write(
                {
                    "complaint_journal_head": digest,
                    "complaint_journal_count": sequence,
                    "complaint_journal_on": last,
                }
            )
        return self.create(rows)

    @api.model
    def _log_refused(self, event, **payload):
        """Enter what is being refused, in every organisation, once that is undone."""
        enter = partial(_enter_refused, self.env.registry, self.env.uid, event, payload)
        self.env.cr.postrollback.add(enter)

    def _check_known(self):
        """Whoever reads an entry may know of it: it belongs to no case."""

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | FACTS

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "after": self.env._("Now"),
            "before": self.env._("Before"),
            "given": self.env._("Given"),
            "ground": self.env._("Ground"),
            "policy": self.env._("Procedure"),
            "rule": self.env._("What was changed"),
            "rule_name": self.env._("Called"),
            "taken": self.env._("Taken away"),
            "user": self.env._("User"),
            "valid_from": self.env._("In force from"),
        }

    def _explain(self, payload):
        """Old and new values with the names of fields, people and other rows."""
        words = super()._explain(payload)
        rule = payload.get("rule") if isinstance(payload, dict) else None
        if rule in self.env.registry.descendants(["complaint.recorded"], "_inherit"):
            for key in {"before", "after"} & words.keys():
                words[key] = self._explain_facts(rule, payload[key])
        return words

    @api.model
    def _explain_facts(self, model, facts):
        rows = self.env[model].sudo()
        return ", ".join(
            f"{rows._fields[name]._description_string(self.env)} = "
            f"{self._explain_fact(rows._fields[name], value)}"
            for name, value in facts.items()
            if name in rows._fields
        )

    @api.model
    def _explain_fact(self, field, value):
        if field.type == "one2many":
            parts = [self._explain_facts(field.comodel_name, part) for part in value]
            return "; ".join(parts) or "–"
        if not field.relational or not value:
            return value if value not in (None, False, "") else "–"
        known = self.env[field.comodel_name].sudo().with_context(active_test=False)
        return ", ".join(known.browse(value).exists().mapped("display_name")) or "–"

    @api.model
    def _hidden_keys(self):
        """What the anchors bind counts cases that the reader may not know of."""
        return super()._hidden_keys() | HIDDEN

    @api.model
    def _reference(self, company_id):
        """What stands where an entry of a case has the reference of its case."""
        return f"company {company_id}"

    @api.model
    def _companies(self, wanted=None):
        """The companies that handle complaints, as the superuser.

        :param wanted: only these; the first of them where none handles complaints
        """
        groups = (
            self.env["complaint.unit"]
            .sudo()
            .with_context(active_test=False)
            ._read_group([], ["company_id"])
        )
        handling = self.env["res.company"].sudo().union(*(row[0] for row in groups))
        if wanted is None:
            return handling or self.env.company.sudo()
        return (wanted.sudo() & handling) or wanted.sudo()[:1]

    @api.model
    def _cron_anchor(self):
        """Bind what was written since the last anchor and is older than a day.

        Killed at any point nothing is lost: the next anchor goes on where the last
        one that was committed ended.
        """
        cron, before = self.env["ir.cron"], fields.Datetime.now() - AGE
        for company in self._companies_with_entries():
            while count := self._anchor_next(company, before=before):
                if not cron._commit_progress(count):
                    return

    @api.model
    def _companies_with_entries(self):
        rows = self.env.execute_query(
            SQL("SELECT DISTINCT company_id FROM complaint_journal ORDER BY company_id")
        )
        return self.env["res.company"].browse(row[0] for row in rows)

    @api.model
    def _anchor_next(self, company, event="anchored", before=None):
        """Write one anchor over the next entries of cases, in the order of their ids.

        :param before: only what was logged earlier
        :return: how many entries it binds; without any there is no anchor
        """
        self.env.flush_all()
        rows, after = [], self._anchored_until(company)
        for row in self._bound_rows(company.id, after):
            if before and row[2] >= before:
                break
            rows.append(row)
        if rows:
            self.env["complaint.journal"]._log_company(
                company,
                event,
                after_id=after,
                until_id=rows[-1][0],
                bound=bind(rows).hexdigest(),
                **self._prepare_marks(company, before),
            )
            self._publish(company.sudo())
        return len(rows)

    @api.model
    def _prepare_marks(self, company, before=None):
        """What an anchor says of the next commitments, as long as there are any."""
        after = self._anchored_until(company, "until_mark")
        marks = self.env["complaint.commitment"]._marks(
            company.id, after, before=before and before.date(), limit=BATCH
        )
        return {
            "after_mark": after,
            "until_mark": marks[-1][0] if marks else after,
            "commitments": bind(marks).hexdigest(),
        }

    @api.model
    def _anchored_until(self, company, key="until_id"):
        anchor = self.sudo().search(
            [("company_id", "=", company.id), ("event", "in", ANCHORS)],
            order="sequence desc",
            limit=1,
        )
        return (anchor.payload or {}).get(key, 0)

    @api.model
    def _bound_rows(self, company_id, after, until=2**31 - 1):
        """The next entries of an organisation's cases: id, digest and time."""
        return self.env.execute_query(
            SQL(
                """SELECT id, digest, logged_on FROM complaint_journal
                WHERE company_id = %s AND id > %s AND id <= %s
                ORDER BY id LIMIT %s""",
                company_id,
                after,
                until,
                BATCH,
            )
        )

    @api.model
    def _publish(self, company):
        """Tell the witness, once it is certain, how far the chain has come."""
        note = partial(
            journal_witness.record,
            self._database(),
            company.id,
            company.complaint_journal_count,
            company.complaint_journal_head,
        )
        self.env.cr.postcommit.add(note)

    @api.model
    def _database(self):
        """What the witness knows the database by: a copy of it is another one."""
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        return f"{uuid}@{quote(self.env.cr.dbname)}"

    @api.model
    def _adopt_plain(self):
        """Take over what the first, unkeyed algorithm wrote: runs at every update.

        Its entries count from then on only where an anchor of that moment binds them,
        so that nobody can write new ones. What people typed leaves the payload.
        """
        self.env.cr.execute(
            """UPDATE complaint_journal SET
                texts = payload - ARRAY(SELECT key FROM jsonb_object_keys(payload) key
                    WHERE key NOT IN ('reason', 'proof', 'failure', 'suppressed')),
                payload = NULLIF(payload - ARRAY['reason', 'proof', 'failure',
                    'suppressed'], '{}'::jsonb)
            WHERE algorithm = 1 AND texts IS NULL AND payload ?|
                ARRAY['reason', 'proof', 'failure', 'suppressed']"""
        )
        rows = self.env.execute_query(
            SQL(
                """SELECT company_id FROM complaint_journal
                GROUP BY company_id HAVING max(algorithm) = 1"""
            )
        )
        for company in self.env["res.company"].browse(row[0] for row in rows):
            if not self._anchored_until(company):
                while self._anchor_next(company, "adopted"):
                    pass


def _enter_refused(registry, uid, event, payload):
    with registry.cursor() as cr:
        env = api.Environment(cr, uid, {})
        # Who was made in the transaction that is undone was never there.
        if env.user.exists():
            journal = env["complaint.company.journal"].sudo()
            journal._append([(one, event, payload) for one in journal._companies()])


def bind(rows, digest=None):
    """Fold entries, in the order of their ids, into one digest."""
    digest = digest or hashlib.sha256()
    for row in rows:
        digest.update(f"{row[0]}:{row[1]}\n".encode())
    return digest
