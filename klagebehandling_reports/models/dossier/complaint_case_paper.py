import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import paper

SHEETS = [
    ("receipt", "Receipt with a copy of what was sent"),
    ("notice", "Notice for the staff meeting"),
    ("cover", "Cover of the person's own attachment"),
    ("file", "Case file"),
]


class ComplaintCasePaper(models.TransientModel):
    """Print a document of a case (A-09, A-18, A-27).

    Only who may work the case prints, and each document holds what that person may
    read, nothing of what is hidden from them. Each printing is entered in the journal.
    The case file leaves the house: it passes the guard on what leaves.
    """

    _name = "complaint.case.paper"
    _inherit = [
        "complaint.outgoing.dialog",
        "complaint.case.dialog",
        "complaint.printed",
    ]
    _description = "Documents of a case"

    sheet = fields.Selection(
        SHEETS, string="What to print", required=True, default="receipt"
    )
    lang = fields.Selection(
        "_get_languages",
        string="Language",
        required=True,
        compute="_compute_lang",
        store=True,
        precompute=True,
        readonly=False,
    )
    referral_id = fields.Many2one(
        "complaint.referral",
        string="Goes with",
        ondelete="cascade",
        domain="[('case_id', '=', case_id), ('document_ids.is_own', '=', True)]",
    )
    to_whom = fields.Char(
        string="For whom", help="It stands on the cover and in the journal."
    )
    has_notes = fields.Boolean(string="With the running notes")
    has_journal = fields.Boolean(string="With the journal")

    @api.model
    def _get_languages(self):
        return self.env["res.lang"].get_installed()

    @api.depends("case_id")
    def _compute_lang(self):
        """The person's language, where the user may read the case."""
        for one in self:
            case = one.case_id._origin.sudo(False)
            case_sudo = (case if case.has_access("read") else case.browse()).sudo()
            one.lang = case_sudo and case_sudo.policy_id._spoken(case_sudo.lang)

    @api.model
    def _outgoing_fields(self):
        return ["sheet", "lang", "has_notes", "has_journal"]

    def _outgoing_case(self):
        case = super()._outgoing_case()
        return case if self.sheet == "file" and self.lang else case.browse()

    def _outgoing_pieces(self):
        if self.sheet != "file":
            return []
        qweb = self.env["ir.qweb"].with_context(lang=self.lang)
        body = qweb._render(
            "klagebehandling_reports.case_file_parts", self._file_values()
        )
        return [self.env["complaint.outgoing"]._text_piece(body)]

    def action_print(self):
        """Print it; where no PDF can be made here, the page can be printed instead.

        :return: the action that downloads the PDF
        :raises UserError: where something is missing, or what leaves was not decided on
        """
        self._begin()
        self._check_printable()
        report = self.env.ref("klagebehandling_reports.complaint_case_paper_report")
        return report.report_action(self, config=False)

    def _check_printable(self):
        super()._check_printable()
        for one in self:
            one.case_id.check_access("write")
            getattr(one, f"_check_{one.sheet}")()

    def _check_receipt(self):
        """All that was sent is the person's own."""

    def _check_notice(self):
        if self.case_id.sudo()._is_staff_walled():
            raise UserError(
                self.env._("Nothing is told: somebody it concerns attends the meeting.")
            )

    def _check_cover(self):
        referral = self.referral_id
        if not referral or referral.case_id != self.case_id:
            raise UserError(
                self.env._("Choose what of this case the own attachment goes with.")
            )
        referral.check_access("read")
        if not referral._own_documents():
            raise UserError(
                self.env._(
                    "No document of this package is marked as the person's own. Mark "
                    "it there first."
                )
            )

    def _check_file(self):
        if not (self.to_whom or "").strip():
            raise UserError(self.env._("Write whom the case file is for."))
        outgoing = self.env["complaint.outgoing"]
        outgoing._check(self._outgoing_case(), self._outgoing_pieces())

    def _print_name(self):
        return f"{self.sheet}-{self.case_id.reference}"

    def _on_printed(self, content, is_reprint):
        super()._on_printed(content, is_reprint)
        self._log_export(digest=hashlib.sha256(content).hexdigest())

    def _on_shown(self, content):
        super()._on_shown(content)
        self._log_export(is_screen=True)

    def _log_export(self, **facts):
        if self.sheet == "file":
            facts["to_whom"] = self.to_whom
        self.case_id._log("exported", sheet=self.sheet, **facts)

    # -- the values of the documents

    def _sheet_values(self):
        """The values of the chosen document, in the chosen language."""
        self.ensure_one()
        one = self.with_context(lang=self.lang)
        return {
            **self.case_id._sheet_frame(self.sheet, self.lang),
            **getattr(one, f"_{self.sheet}_values")(),
        }

    def _receipt_values(self):
        return self.case_id._receipt_values()

    def _notice_values(self):
        return self.case_id._notice_values()

    def _cover_values(self):
        return self.referral_id._cover_values()

    def _file_values(self):
        one = self.with_context(lang=self.lang)
        values = one.case_id._file_values(self.has_notes, self.has_journal)
        return {"fit": paper.fit, "to_whom": self.to_whom, **values}
