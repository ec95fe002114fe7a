from odoo import api, fields, models

from ..journal_seal import START


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

    _sequence_unique = models.Constraint(
        "UNIQUE (company_id, sequence)", "The journal cannot fork."
    )

    def _append(self, entries):
        """Add entries to the chains of companies, whose rows carry the heads.

        :param entries: list of ``(company, event, payload)``, in their order
        """
        rows, heads = [], {}
        self._hold(self.env["res.company"].union(*(entry[0] for entry in entries)))
        moment = fields.Datetime.now()
        for company, event, payload in entries:
            head, count = heads.get(company) or (
                company.complaint_journal_head,
                company.complaint_journal_count,
            )
            row = self._prepare_entry(
                self._reference(company.id),
                company.id,
                count + 1,
                head or START,
                event,
                payload,
                moment,
            )
            rows.append(row)
            heads[company] = (row["digest"], row["sequence"])
        for company, (digest, sequence) in heads.items():
            company.write(
                {
                    "complaint_journal_head": digest,
                    "complaint_journal_count": sequence,
                }
            )
        return self.create(rows)

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
