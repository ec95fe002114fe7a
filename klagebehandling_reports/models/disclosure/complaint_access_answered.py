from odoo import models

from ... import pdf_engine


class ComplaintAccessAnswered(models.AbstractModel):
    """The answer as tagged PDF/A, laid out from the same text as the page."""

    _inherit = "complaint.access.answered"

    def _copy_kind(self):
        return "pdf" if pdf_engine.find() else super()._copy_kind()

    def _lay_out_copy(self):
        engine = pdf_engine.find()
        if not engine:
            return super()._lay_out_copy()
        values = self._copy_values()
        spoken = self.with_context(lang=values["spoken"])
        unit_sudo = values["unit"].with_context(lang=values["spoken"])
        qweb = spoken.env["ir.qweb"].with_context(minimal_qcontext=True)
        html = qweb._render(
            "klagebehandling_reports.access_copy",
            {
                **values,
                "page_words": spoken.env["complaint.printed"]._page_words(),
                "face": unit_sudo._letterhead(unit_sudo.company_id),
            },
        )
        return engine.write_pdf(str(html), self.env, pdf_engine.ARCHIVE)
