import base64
import hashlib

from odoo import api, fields, models
from odoo.tools import date_utils

from ...models.register.complaint_registration import TOLD, UNNAMED

SPANS = [
    ("day", "One day"),
    ("week", "The week"),
    ("month", "The month"),
    ("year", "The year"),
]


class ComplaintRegisterExtract(models.TransientModel):
    """What was registered in a period, as a file that everybody may have.

    The register of the organisation that was chosen. The same bytes whoever makes it.
    The public journal is the same without the column of the senders: what goes to a web
    page or to the press names nobody, however long it lies there (B-27).
    """

    _name = "complaint.register.extract"
    _inherit = ["complaint.company.dialog"]
    _description = "Extract of the register"

    is_public_journal = fields.Boolean(
        string="Public journal",
        help="No row names a person. For a web page or the press.",
    )
    span = fields.Selection(
        SPANS,
        string="Period",
        default="year",
        help="The one in which the last day lies, until today.",
    )
    first = fields.Date(
        string="From",
        compute="_compute_days",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    last = fields.Date(
        string="Until",
        compute="_compute_days",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    table_file = fields.Binary(
        string="Extract (CSV)", compute="_compute_table_file", attachment=False
    )
    table_name = fields.Char(compute="_compute_table_file")

    @api.depends("span")
    def _compute_days(self):
        for dialog in self:
            dialog.first, dialog.last = dialog._span_days()

    @api.onchange("first", "last")
    def _onchange_days(self):
        if (self.first, self.last) != self._span_days():
            self.span = False

    def _span_days(self):
        """The first and the last day of the span; without one, those that are there."""
        today = fields.Date.context_today(self)
        if not self.span:
            return self.first or today, self.last or today
        day = min(self.last or today, today)
        last = min(date_utils.end_of(day, self.span), today)
        return date_utils.start_of(day, self.span), last

    @api.depends("company_id", "first", "last", "is_public_journal")
    def _compute_table_file(self):
        for dialog in self:
            content = dialog._content()
            dialog.table_file = base64.b64encode(content) if content else False
            kind = "journal" if dialog.is_public_journal else "register"
            dialog.table_name = f"{kind}-{dialog.first}-{dialog.last}.csv"

    def action_download(self):
        """Hand out the file, and enter in the journal that it was taken (M19).

        :raises AccessError: for who does not read the register
        """
        self.ensure_one()
        self.check_access("read")
        self.env["complaint.journal"]._log_company(
            self._in_company().env.company,
            "register_extracted",
            **self._taken(),
            digest=hashlib.sha256(self._content()).hexdigest(),
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/table_file/{self.table_name}"
            "?download=true",
            "target": "download",
        }

    def _content(self):
        """The bytes; none for a period without both of its days.

        :raises AccessError: for who does not read the register
        """
        Registration = self.env["complaint.registration"]
        Registration.check_access("read")
        if not self.first or not self.last:
            return b""
        company = self._in_company().env.company
        days = self.first, self.last
        return Registration._extract_csv(company, *days, self._columns())

    def _columns(self):
        return UNNAMED if self.is_public_journal else TOLD

    def _taken(self):
        """What the journal keeps of it, beside the digest."""
        days = {"first": str(self.first), "last": str(self.last)}
        return {**days, "is_public_journal": True} if self.is_public_journal else days
