import csv
import io
import random

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...sealing import journal_seal
from ...spreadsheet import csv_text

BATCH = 200
# The columns of the extract, in their order.
TOLD = (
    "registry_number",
    "received_on",
    "registered_on",
    "sender",
    "matter",
    "cancelled_on",
)
# What makes a row of the register what it is: not changed by anybody.
KEPT = {"company_id", "year", "number", "registry_number", "case_id", "registered_on"}


class ComplaintRegistration(models.Model):
    """One row of the register: a number, and what everybody may read beside it.

    The registrar reads what the extract says, not more, and no case by it. What is
    secret or walled from anybody has neither sender nor matter; where secrecy is the
    rule no row has. Gaps and double numbers cannot be: see ``_number_next``.
    """

    _name = "complaint.registration"
    _inherit = ["complaint.guarded", "complaint.unseen"]
    _description = "Row of the register"
    _order = "year desc, number desc"
    _rec_name = "registry_number"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    year = fields.Integer(
        required=True, readonly=True, aggregator=None, help="Of the registration."
    )
    number = fields.Integer(
        string="Running number", required=True, readonly=True, aggregator=None
    )
    registry_number = fields.Char(required=True, readonly=True, copy=False)
    case_id = fields.Many2one(
        "complaint.case",
        required=True,
        ondelete="restrict",
        groups=fields.NO_ACCESS,
        copy=False,
    )
    registered_on = fields.Date(string="Registered", required=True, readonly=True)
    received_on = fields.Date(
        string="Received", compute="_compute_told", help="The day of true receipt."
    )
    sender = fields.Char(compute="_compute_told")
    matter = fields.Char(compute="_compute_told")
    cancel_reason = fields.Char(string="Why it is cancelled", copy=False)
    cancelled_on = fields.Date(readonly=True, copy=False)
    cancelled_by_id = fields.Many2one(
        "res.users",
        string="Cancelled by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )

    _number_unique = models.Constraint(
        "UNIQUE (company_id, year, number)", "This number is given already."
    )
    _case_unique = models.Constraint(
        "UNIQUE (case_id)", "A case stands in the register once."
    )
    _number_positive = models.Constraint(
        "CHECK (number > 0)", "A series begins with 1."
    )
    _cancelled_reason = models.Constraint(
        "CHECK (cancelled_on IS NULL OR cancel_reason <> '')",
        "What is cancelled says why.",
    )

    @api.depends("case_id")
    def _compute_told(self):
        by_language = self.sudo().grouped(lambda row: row.case_id.policy_id.lang)
        for lang, rows_sudo in by_language.items():
            cases = rows_sudo.case_id.with_context(lang=lang, active_test=False)
            words = cases._register_words()
            for row_sudo in rows_sudo:
                row_sudo.received_on = row_sudo.case_id._received_on()
                row_sudo.sender, row_sudo.matter = words[row_sudo.case_id.id]

    def write(self, vals):
        if KEPT & vals.keys():
            raise UserError(
                self.env._(
                    "A number stays what it is. Cancel a mistake, with a reason."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("No row of the register is deleted. Cancel it, with a reason.")
        )

    def _writable(self):
        names = super()._writable()
        is_open = not any(row.cancelled_on for row in self)
        return names | {"cancel_reason"} if is_open else names

    def action_cancel(self, reason=None):
        """Cancel what was registered by mistake; it keeps its number.

        :param reason: why, where it is not written in the row yet
        :raises UserError: without a reason, or where it is cancelled already
        :raises AccessError: for who is not the registrar
        """
        self.check_access("write")
        if reason is not None and not isinstance(reason, str):
            raise ValidationError(self.env._("Write the reason in words."))
        for row in self:
            words = (reason or row.cancel_reason or "").strip()
            if row.cancelled_on:
                raise UserError(self.env._("This is cancelled already."))
            if not words:
                raise UserError(self.env._("Write why it is cancelled."))
            row_sudo = row.sudo()
            row_sudo.write(
                {
                    "cancel_reason": words,
                    "cancelled_on": row_sudo.case_id._today(),
                    "cancelled_by_id": self.env.uid,
                }
            )
            row_sudo.case_id._log("registration_cancelled", reason=words)
        return True

    def action_keep_secret(self):
        """Leave sender and matter out, for everybody; who works the case undoes it.

        :raises AccessError: for who is not the registrar
        """
        self.check_access("write")
        self.sudo().case_id.is_register_secret = True
        return True

    # -- giving numbers

    @api.model
    def _cron_number(self):
        """Number what was registered on earlier days.

        Every hour, so that what failed is caught up with the same day. Of a day all
        are shuffled: the order of the numbers tells nobody when each of them came.
        """
        cron = self.env["ir.cron"]
        for company in self.env["complaint.register.waiting"]._companies():
            while count := self._number_next(company, is_today=False):
                if not cron._commit_progress(count):
                    return

    @api.model
    def _number_next(self, company, is_today=True):
        """Give the next numbers to some of what waits, in no order.

        A number, its row and the series are one transaction: undone or killed, none of
        them is there, and the same number is the next one's.

        :param is_today: also what was registered today
        :return: how many were numbered
        """
        cases = self._waiting(company, is_today)
        if not cases:
            return 0
        today = cases[0]._today()
        series = self.env["complaint.register.series"].sudo()._hold(company, today.year)
        # What somebody works on right now gets its number the next time.
        cases = cases.try_lock_for_update(allow_referencing=True, limit=BATCH)
        if not series or not cases:
            return 0
        self.sudo().create(
            [
                {
                    "company_id": company.id,
                    "year": today.year,
                    "number": number,
                    "registry_number": f"{today.year}-{number}",
                    "case_id": case.id,
                    "registered_on": today,
                }
                for case, number in zip(cases, series._take(len(cases)), strict=True)
            ]
        )._log_numbers()
        cases.invalidate_recordset(["registry_number"])
        return len(cases)

    @api.model
    def _waiting(self, company, is_today):
        """The cases that wait, shuffled, as the superuser."""
        ids = self.env["complaint.register.waiting"]._case_ids(company, is_today)
        random.SystemRandom().shuffle(ids)
        return self.env["complaint.case"].sudo().browse(ids)

    def _log_numbers(self):
        """Enter it in the journals of the cases, by a mark that tells no number."""
        self.env["complaint.journal"].sudo()._append(
            [(row.case_id, "numbered", {"number_mark": row._mark()}) for row in self],
            is_act=False,
        )

    def _mark(self):
        return journal_seal.commitment(f"{self.company_id.id} {self.registry_number}")

    # -- the extract, which everybody may have

    @api.model
    def _extract(self, company, first, last):
        """The rows of the register in a period, whoever asks.

        :param company: whose register
        :param first: local date of registration, the last one is with it
        :return: list of dicts of texts and dates with the names of ``TOLD``, in the
            order of the numbers; what is empty is ``""``
        """
        rows = self._extracted(company, first, last)
        return [{name: row[name] or "" for name in TOLD} for row in rows]

    @api.model
    def _extracted(self, company, first, last, limit=None):
        """The rows of an extract, read as nobody in particular.

        Whoever prints it must not show in it.
        """
        return self.with_user(SUPERUSER_ID).search(
            [
                ("company_id", "=", company.id),
                ("registered_on", ">=", first),
                ("registered_on", "<=", last),
            ],
            order="year, number",
            limit=limit,
        )

    @api.model
    def _extract_labels(self, company):
        """What stands over the columns, in the language of the procedure."""
        policy = self.env["complaint.policy"].sudo()._numbering(company)
        words = self.with_context(lang=policy.lang or "en_US").env
        return {name: self._fields[name]._description_string(words) for name in TOLD}

    @api.model
    def _extract_csv(self, company, first, last):
        """The extract as a table: the same bytes whoever asks.

        :return: bytes, UTF-8 with a mark, parted by semicolons
        """
        labels = self._extract_labels(company)
        file = io.StringIO()
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(labels.values())
        for row in self._extract(company, first, last):
            writer.writerow([csv_text(str(row[name])) for name in TOLD])
        return file.getvalue().encode("utf-8-sig")
