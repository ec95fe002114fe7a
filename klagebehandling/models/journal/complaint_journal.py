from odoo import api, fields, models
from odoo.tools import SQL

from ...sealing.journal_seal import START
from ..case.complaint_case_part import WORKERS, readers
from .complaint_chain import kept

# Also those of the rooms below, which do not know the journal.
EVENTS = [
    ("facts_bound", "Facts bound, that were there before"),
    ("handler_assigned", "Handler assigned"),
    ("assignment_refused", "Assignment refused"),
    ("access_refused", "Somebody without access asked for the case"),
    ("exported", "Exported to a file"),
    ("export_refused", "Export refused"),
    ("text_erased", "Words removed"),
    ("texts_erased", "Texts erased"),
]


class ComplaintJournal(models.Model):
    """Append-only register of what happened: evidence, where the chatter is talk.

    One chain for each case; its head and its length stand on the case.
    """

    _name = "complaint.journal"
    _inherit = ["complaint.chain", "complaint.case.part"]
    _description = "Journal entry"
    _order = "case_id, sequence desc"
    _rec_name = "event"
    _company_path = "case_id.company_id"
    _readers = readers(*WORKERS, "auditor")

    case_id = fields.Many2one(ondelete="restrict", readonly=True)
    company_id = fields.Many2one(
        related=None,
        index=False,
        compute="_compute_company_id",
        store=True,
        precompute=True,
        readonly=False,
    )

    event = fields.Selection(selection_add=EVENTS, ondelete=kept(EVENTS))

    _sequence_unique = models.Constraint(
        "UNIQUE (case_id, sequence)", "The journal cannot fork."
    )
    _company_rows = models.Index("(company_id, id)")

    @api.depends("case_id")
    def _compute_company_id(self):
        for entry in self:
            entry.company_id = entry.case_id.company_id

    def _append(self, entries, is_act=True):
        """Add entries to the chains of cases, whose rows carry the heads.

        :param entries: list of ``(case, event, payload)``, in their order
        :param is_act: whether somebody has done something in the case
        """
        rows, heads = [], {}
        self._hold(self.env["complaint.case"].union(*(entry[0] for entry in entries)))
        Bound = self.env["complaint.bound"]
        for case, event, payload in entries:
            head, count, last = heads.get(case) or (
                case.journal_head,
                case.journal_count,
                case.journal_on,
            )
            moment = case._moment(fields.Datetime.now())
            row = self._prepare_entry(
                case.reference,
                case.company_id.id,
                count + 1,
                head or START,
                event,
                {**(payload or {}), **Bound._bind(case, event)},
                # Whatever the clock says, what is entered later did not happen before.
                max(moment, last or moment),
            )
            rows.append(dict(row, case_id=case.id))
            heads[case] = (row["digest"], row["sequence"], row["logged_on"])
        idle = self._idle_events()
        acted = {case for case, event, _payload in entries if event not in idle}
        acted = acted if is_act else set()
        for case, (digest, sequence, last) in heads.items():
            values = {
                "journal_head": digest,
                "journal_count": sequence,
                "journal_on": last,
            }
            if case in acted:
                values["last_act_on"] = case._today()
            case.with_context(mail_notrack=True, tracking_disable=True).write(values)
        return self.create(rows)

    @api.model
    def _idle_events(self):
        """Hook: what the clock does on its own, or a reader: no work on the case."""
        return {"exported", "facts_bound", "text_erased", "texts_erased"}

    @api.model
    def _fact_keys(self):
        return super()._fact_keys() | {"binds", "entries", "handler"}

    @api.model
    def _hidden_keys(self):
        return super()._hidden_keys() | {"binds", "row"}

    @api.model
    def _key_labels(self):
        return {
            **super()._key_labels(),
            "entries": self.env._("Entries"),
            "ground": self.env._("Ground"),
            "handler": self.env._("Handler"),
        }

    def _local_day(self):
        return self.case_id.policy_id._local(self.logged_on).date()

    @api.model
    def _timeline_sentences(self):
        """Hook: by event, what the complainant reads of it.

        Only what was done towards the complainant: never who did it, who else is in
        the case, who may not see it, how it is routed, or that a date drew near.
        """
        return {}

    def _timeline_text(self, sentences, payload):
        """Hook: what the complainant reads of this entry; None of most entries.

        :param sentences: of :meth:`_timeline_sentences`
        :param payload: of the entry, a dict also where it was erased
        """
        return sentences.get(self.event)

    def _timeline_day(self, payload):
        """Hook: the local day that the complainant reads beside the sentence."""
        return self._local_day()

    def _log_company(self, company, event, **payload):
        """Write one entry of evidence that belongs to no case (M19).

        Auditors read it, nobody else.
        """
        return (
            self.env["complaint.company.journal"]
            .sudo()
            ._append([(company.sudo(), event, payload)])
        )

    def _erase_texts(self):
        """Remove the texts of entries for good; their chains stay whole.

        The erasure is an entry itself: without one, a text that is gone is told as
        tampering. The salts go too, so that a short text cannot be guessed.
        """
        erasable = self.sudo().filtered(lambda entry: entry.texts)
        entries = [
            (case, "texts_erased", {"entries": sorted(group.mapped("sequence"))})
            for case, group in erasable.grouped("case_id").items()
        ]
        if entries:
            self.sudo()._append(entries)
            self.env.flush_all()
            # Algorithm 1 has one digest for both: its payload goes as well.
            self.env.execute_query(
                SQL(
                    """UPDATE complaint_journal SET texts = NULL, texts_salt = NULL,
                    payload = CASE WHEN algorithm = 1 THEN NULL ELSE payload END,
                    salt = CASE WHEN algorithm = 1 THEN NULL ELSE salt END
                    WHERE id = ANY(%s) RETURNING id""",
                    erasable.ids,
                )
            )
            erasable.invalidate_recordset()
