import base64
import io
import logging
from collections import OrderedDict
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import OrderedSet

from odoo.addons.klagebehandling.sealing import keyring

from ... import pdf_engine
from .complaint_printed import SEALED

_logger = logging.getLogger(__name__)

MAKING_PDF = "klagebehandling.making_pdf"


class IrActionsReport(models.Model):
    """One more engine, for the reports that ask for it; all others stay untouched.

    Kept copies follow the rotation of the keys they are sealed under: a copy is an
    attachment, and the mark of its key stands in the description of the file.
    """

    _name = "ir.actions.report"
    _inherit = ["ir.actions.report", "complaint.sealed"]

    # Files are large.
    _sealed_batch = 20

    pdf_engine = fields.Selection(
        [("wkhtmltopdf", "wkhtmltopdf"), ("weasyprint", "WeasyPrint")],
        string="PDF engine",
        required=True,
        default="wkhtmltopdf",
        help="WeasyPrint makes tagged PDF with page numbers. Where it is not "
        "installed, wkhtmltopdf steps in.",
    )
    pdf_variant = fields.Selection(
        [
            ("pdf/a-2a", "PDF/A-2a and PDF/UA-1"),
            ("pdf/a-3a", "PDF/A-3a and PDF/UA-1"),
            ("pdf/ua-1", "PDF/UA-1, with fields to fill in"),
        ],
        string="PDF standard",
        help="What WeasyPrint makes the file conform to.",
    )
    is_copy_sealed = fields.Boolean(
        string="Sealed copy",
        help="The kept copy is encrypted under the key of the identities. It is "
        "opened by printing again, by those who may print.",
    )
    is_pdf_ready = fields.Boolean(compute="_compute_is_pdf_ready")

    @api.depends("pdf_engine")
    def _compute_is_pdf_ready(self):
        for report in self:
            report.is_pdf_ready = report.pdf_engine == "weasyprint" and bool(
                pdf_engine.find()
            )

    def _get_readable_fields(self):
        return super()._get_readable_fields() | {"is_pdf_ready", "pdf_engine"}

    def report_action(self, docids, data=None, config=True):
        action = super().report_action(docids, data=data, config=config)
        if self.pdf_engine == "weasyprint":
            action.update(pdf_engine=self.pdf_engine, is_pdf_ready=self.is_pdf_ready)
        return action

    def _render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        if self._get_report(report_ref).pdf_engine != "weasyprint":
            return super()._render_qweb_pdf(report_ref, res_ids=res_ids, data=data)
        if isinstance(res_ids, int):
            res_ids = [res_ids]
        # A copy is kept however the address was typed: twice the same, or with a
        # context of its own.
        report = self.with_context(report_pdf_no_attachment=False)
        return super(IrActionsReport, report)._render_qweb_pdf(
            report_ref, res_ids=list(OrderedSet(res_ids or ())), data=data
        )

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        stock = super()._render_qweb_pdf_prepare_streams
        report = self._get_report(report_ref)
        if report.pdf_engine != "weasyprint":
            return stock(report_ref, data, res_ids=res_ids)
        records = self.env[report.model].browse(OrderedSet(res_ids or ()))
        self._check_printable(records)
        streams = OrderedDict(
            (record.id, self._kept_stream(report, record)) for record in records
        )
        fresh = [id_ for id_, kept in streams.items() if not kept["stream"]]
        if fresh or not records:
            with self._making_pdf():
                for id_, stream in self._fresh_streams(report, data, fresh, stock):
                    streams.setdefault(id_, {"attachment": None})["stream"] = stream
        self._record_printing(records, streams, fresh)
        return streams

    @contextmanager
    def _making_pdf(self):
        """Meanwhile a page is no page of its own: the file is recorded."""
        cache = self.env.cr.cache
        cache[MAKING_PDF] = True
        try:
            yield
        finally:
            cache.pop(MAKING_PDF, None)

    def _render_qweb_html(self, report_ref, docids, data=None):
        result = super()._render_qweb_html(report_ref, docids, data=data)
        self._record_showing(report_ref, docids, result[0])
        return result

    def _render_qweb_text(self, report_ref, docids, data=None):
        # Any report is handed out so, at an address of its own.
        result = super()._render_qweb_text(report_ref, docids, data=data)
        self._record_showing(report_ref, docids, result[0])
        return result

    def _record_showing(self, report_ref, docids, content):
        model = self._get_report(report_ref).model
        is_printed = issubclass(self.pool[model], self.pool["complaint.printed"])
        if is_printed and not self.env.cr.cache.get(MAKING_PDF):
            for record in self.env[model].browse(OrderedSet(docids or ())):
                record._on_shown(content)

    def _check_printable(self, records):
        """Odoo hands out a kept copy by its name alone: ask for the right first."""
        if isinstance(records, self.pool["complaint.printed"]):
            records._check_printable()
        else:
            records.check_access("read")

    def _record_printing(self, records, streams, fresh):
        if isinstance(records, self.pool["complaint.printed"]):
            for record in records:
                content = streams[record.id]["stream"].getvalue()
                record._on_printed(content, is_reprint=record.id not in fresh)

    def _kept_stream(self, report, record):
        """The copy of an earlier printing, in the shape that Odoo merges and saves."""
        attachment = report.retrieve_attachment(record) if report.attachment else None
        stream = None
        if attachment and report.attachment_use:
            content = attachment.raw
            if report.is_copy_sealed:
                content = self._unseal(attachment.name, content)
            stream = io.BytesIO(content)
        return {"stream": stream, "attachment": attachment}

    def _fresh_streams(self, report, data, res_ids, stock):
        """Lay out each document by itself, so that each keeps its tags and pages.

        :param stock: Odoo's own way, readable but without tags, for want of WeasyPrint
        """
        data = dict(data or {}, report_type="pdf", debug=False)
        engine = pdf_engine.find()
        for res_id in res_ids or [False]:
            docids = [res_id] if res_id else []
            if engine:
                html = self._render_qweb_html(report, docids, data=dict(data))[0]
                variant = report.pdf_variant
                laid_out = engine.lay_out(
                    html.decode(), self.env, variant, variant == pdf_engine.FILLABLE
                )
                self._warn_unprintable(laid_out.unprintable)
                yield res_id, io.BytesIO(laid_out.pdf)
            else:
                self._check_stock_engine()
                _logger.info("Printing %s without WeasyPrint", report.report_name)
                streams = stock(report, dict(data), res_ids=docids)
                yield res_id, next(iter(streams.values()))["stream"]

    def _warn_unprintable(self, characters):
        """Tell who prints, on whichever way, that the paper has empty boxes."""
        if message := self._say_unprintable(characters):
            _logger.warning("A document was printed with characters that no font has")
            self.env.user._bus_send(
                "simple_notification",
                {"type": "warning", "message": message, "sticky": True},
            )

    @api.model
    def _say_unprintable(self, characters):
        """What a person is told of characters that are printed as empty boxes."""
        if not characters:
            return ""
        shown = ", ".join(f"{one} (U+{ord(one):04X})" for one in characters[:12])
        return self.env._(
            "The server has no font for these characters, which are printed as empty "
            "boxes: %(characters)s. Ask the administrator to install the fonts, or "
            "write it another way.",
            characters=shown + (" …" if len(characters) > 12 else ""),
        )

    def _check_stock_engine(self):
        if self.get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            raise UserError(
                self.env._(
                    "The PDF cannot be made: WeasyPrint is not installed on the "
                    "server. Ask the administrator to install it. Until then the "
                    "document can be read and printed from the screen."
                )
            )

    def _get_layout(self):
        """Around what wkhtmltopdf gets of our documents: their own style only."""
        if self.pdf_engine == "weasyprint":
            return self.env.ref("klagebehandling_reports.stock_layout")
        return super()._get_layout()

    def _prepare_pdf_report_attachment_vals_list(self, report, streams):
        vals_list = super()._prepare_pdf_report_attachment_vals_list(report, streams)
        if not report.is_copy_sealed:
            return vals_list
        for vals in vals_list:
            vals["raw"] = self._seal(vals["name"], vals["raw"])
            vals["mimetype"] = SEALED
            vals["description"] = keyring.key_mark()
        # Nobody puts a file to a letter on its way, but the program keeps what it was.
        self.env["ir.attachment"].sudo().create(vals_list)
        return []

    @api.model
    def _seal(self, name, content):
        """Encrypt a file together with its name, so that it fits no other place."""
        pdf = base64.b64encode(content).decode()
        return keyring.encrypt({"name": name, "pdf": pdf}).encode()

    @api.model
    def _unseal(self, name, sealed):
        try:
            kept = keyring.decrypt(sealed.decode("ascii"))
        except (UnicodeDecodeError, keyring.IdentityUnreadable):
            kept = {}
        if kept.get("name") != name:
            raise UserError(
                self.env._(
                    "The kept copy cannot be opened: its key is missing from the key "
                    "ring, or the file was changed. Tell the administrator."
                )
            )
        return base64.b64decode(kept["pdf"])

    @api.model
    def _sealed_rows(self, after, limit, not_by=None):
        domain = [("id", ">", after), ("name", "=like", "%.pdf.sealed")]
        if not_by:
            domain += [
                "|",
                ("description", "=", False),
                ("description", "!=", not_by),
            ]
        texts = (
            (copy.id, copy.raw.decode("ascii", "replace"))
            for copy in self._sealed_copies().search(domain, order="id", limit=limit)
        )
        return [(id_, sealed, keyring.mark_of(sealed)) for id_, sealed in texts]

    @api.model
    def _replace_sealed(self, id_, opened):
        self._sealed_copies().browse(id_).write(
            {
                "raw": keyring.encrypt(opened).encode(),
                "mimetype": SEALED,
                "description": keyring.key_mark(),
            }
        )

    @api.model
    def _sealed_copies(self):
        return self.env["ir.attachment"].sudo().with_context(skip_res_field_check=True)
