from odoo import models
from odoo.exceptions import UserError

from ... import pdf_engine
from ..protected.complaint_correspondence import UNADDRESSED

ADDRESSED = "klagebehandling_reports.complaint_correspondence_report"
WITHOUT_ADDRESS = f"{ADDRESSED}_unaddressed"


class ComplaintCorrespondence(models.Model):
    """A letter as paper for the archive: the kept one, else one that is laid out."""

    _inherit = "complaint.correspondence"

    def _archived_paper(self):
        """The bytes of the PDF, as of who may not see the address.

        To who is protected it is the one without an address, whoever asks; nothing
        where no key opens the kept one, as another would not be what was sent.
        """
        is_hidden = self._recipient_sudo().is_protected
        letter = self.with_context(**{UNADDRESSED: is_hidden})
        report = self.env.ref(WITHOUT_ADDRESS if is_hidden else ADDRESSED).sudo()
        try:
            kept = report._kept_stream(report, letter)["stream"]
        except UserError:
            return b""
        return kept.getvalue() if kept else letter._lay_out_letter()

    def _lay_out_letter(self):
        values = self._letter_values()
        qweb = self.env["ir.qweb"].with_context(
            lang=values["lang"], minimal_qcontext=True
        )
        html = qweb._render(
            "klagebehandling_reports.complaint_correspondence_letter",
            {"letters": [values]},
        )
        return pdf_engine.find().write_pdf(str(html), self.env, pdf_engine.ARCHIVE)
