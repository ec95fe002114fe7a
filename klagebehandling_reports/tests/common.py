import io
from contextlib import contextmanager
from unittest.mock import patch

import pikepdf
import pypdf

from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from odoo.addons.klagebehandling.tests.common import ComplaintCase
from odoo.addons.klagebehandling_reports import pdf_engine

REPORT = "klagebehandling_reports.complaint_correspondence_report"
ENGINE = "odoo.addons.klagebehandling_reports.weasyprint_engine"
MM = 72 / 25.4


class LetterCase(ComplaintCase):
    """The small organisation, with a person who wants letters on paper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("nb_NO", "sv_SE"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.workshop.write(
            {
                "street": "Verkstedveien 1",
                "zip": "0150",
                "city": "Oslo",
                "phone": "22 00 00 00",
            }
        )
        cls.case = cls._register_writer()

    @classmethod
    def _register_writer(cls, **values):
        writer = {
            "role": "complainant",
            "kind": "participant",
            "name": "Kåre Østerås",
            "street": "Fjellgata 12 B",
            "zip": "0566",
            "city": "Oslo",
        }
        return cls._register(**{"parties": [writer], **values})

    @classmethod
    def _create_both(cls):
        """A colleague who handles cases and keeps identities."""
        user = new_test_user(
            cls.env,
            "test_both",
            groups="klagebehandling.group_handler,klagebehandling.group_custodian",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.workshop.sudo().member_ids += user
        return user

    @classmethod
    def _write(cls, case, body="<p>Maten er varm nå.</p>", **values):
        return cls.env["complaint.correspondence"].create(
            {
                "case_id": case.id,
                "purpose": "reply",
                "medium": "letter",
                "state": "queued",
                "lang": "nb_NO",
                "body": body,
                **values,
            }
        )

    def _print(self, letters, user=None, report=REPORT, **context):
        """The bytes that a user gets from Odoo's own way of printing."""
        reports = self.env["ir.actions.report"].with_user(user or self.leader)
        reports = reports.with_context(
            allowed_company_ids=self.company.ids, force_report_rendering=True, **context
        )
        return reports._render_qweb_pdf(report, letters.ids)[0]

    def _printings(self, case):
        entries = case.journal_ids.filtered(lambda entry: entry.event == "printed")
        return entries.sorted("sequence")

    @staticmethod
    def _open(pdf):
        return pikepdf.open(io.BytesIO(pdf))

    @staticmethod
    def _text(pdf):
        pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
        return " ".join(" ".join(page.extract_text().split()) for page in pages)

    @staticmethod
    def _words_on_first_page(pdf):
        """Each run of text with its distance in millimetres from left and top."""
        page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
        height = float(page.mediabox.height)
        found = []

        def note(text, cm, tm, *_font):
            x = tm[4] * cm[0] + cm[4]
            y = tm[5] * cm[3] + cm[5]
            if text.strip():
                found.append((text.strip(), x / MM, (height - y) / MM))

        page.extract_text(visitor_text=note)
        return found

    @contextmanager
    def _without_weasyprint(self):
        """A server where the library cannot be imported."""
        pdf_engine.find.cache_clear()
        self.addCleanup(pdf_engine.find.cache_clear)
        with (
            patch.dict("sys.modules", {"weasyprint": None, ENGINE: None}),
            mute_logger(pdf_engine.__name__),
        ):
            yield
        pdf_engine.find.cache_clear()
