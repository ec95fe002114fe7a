from odoo import fields, models

from odoo.addons.klagebehandling.archiving import archived

from ... import pdf_engine

PDF = "application/pdf"


class ComplaintCase(models.Model):
    """Adds the whole case and each of our letters as PDF/A to the archive bundle.

    They hold what the documents of the bundle hold, and no more: what its maker reads.
    """

    _inherit = "complaint.case"

    def _archived_documents(self):
        documents = super()._archived_documents()
        if not pdf_engine.find():
            return documents
        return [*documents, self._archived_whole(), *self._archived_papers()]

    def _archived_whole(self):
        return archived.Document(
            "documents/case.pdf",
            self.env._("Case file"),
            self._lay_out_whole(),
            PDF,
            self._moment(fields.Datetime.now()),
            "own",
        )

    def _lay_out_whole(self):
        """The case file with notes and journal, in the language of the context."""
        lang = self.env.lang or "en_US"
        values = {
            **self._sheet_frame("file", lang),
            **self.with_context(lang=lang)._file_values(True, True),
        }
        qweb = self.env["ir.qweb"].with_context(lang=lang, minimal_qcontext=True)
        html = qweb._render("klagebehandling_reports.case_paper", values)
        return pdf_engine.find().write_pdf(str(html), self.env, pdf_engine.ARCHIVE)

    def _archived_papers(self):
        for letter in self._archived_letters():
            raw = letter.direction == "out" and letter._archived_paper()
            if raw:
                page = self._archived_letter(letter)
                yield archived.Document(
                    page.path.replace(".html", ".pdf"),
                    page.title,
                    raw,
                    PDF,
                    page.moment,
                    page.direction,
                    page.person,
                )
