import logging

from odoo import models

from ... import pdf_engine

_logger = logging.getLogger(__name__)


class ComplaintMinutes(models.Model):
    """Minutes as tagged PDF/A. Made once for each step, and kept sealed by the core."""

    _inherit = "complaint.minutes"

    def _lay_out(self):
        """A PDF where this server can make one, else the page of the core.

        Nobody's signature is lost because a document could not be laid out.
        """
        engine = pdf_engine.find()
        if not engine:
            return super()._lay_out()
        lang = self._content()["lang"]
        minutes = self.with_context(lang=lang)
        qweb = self.env["ir.qweb"].with_context(lang=lang, minimal_qcontext=True)
        words = minutes.env["complaint.printed"]._page_words()
        case_sudo = minutes.case_id.sudo()
        face = case_sudo.unit_id._letterhead(case_sudo.company_id)
        html = qweb._render(
            "klagebehandling_reports.minutes_document",
            {**minutes._document_values(), "page_words": words, "face": face},
        )
        try:
            return "pdf", engine.write_pdf(str(html), self.env, pdf_engine.ARCHIVE)
        except Exception as error:  # noqa: BLE001 whatever the layout stumbles over
            _logger.warning(
                "Minutes are kept as a page, the PDF failed: %s", type(error).__name__
            )
            return super()._lay_out()
