import csv
import hashlib
import io
import json

from odoo import fields, models
from odoo.tools import format_date

from odoo.addons.klagebehandling.spreadsheet import csv_text
from odoo.addons.klagebehandling.vocabulary import html_lang

from ... import bars, pdf_engine


def _share(part, total):
    """How many of a hundred; none where one is not told, or nothing is."""
    return round(100 * part / total) if total and part is not None else None


class ComplaintAnnualReport(models.Model):
    """The files of a report: made of its data and nothing else.

    The same data gives the same page, table and digest, whatever makes the PDF.
    """

    _inherit = "complaint.annual.report"

    def _publish(self):
        """Make the files and keep them.

        :return: the publication
        """
        policy = self.policy_id
        today = fields.Date.context_today(self)
        files = {
            "html": self._page(),
            "pdf": self._paper(),
            "csv": self._table_file(),
            "json": self._data_file(),
        }
        return self.env["complaint.publication"]._publish(
            {
                "company_id": self.company_id.id,
                "policy_code": self.policy_code,
                "title": self._title(),
                "year": self.year,
                "revision": self.revision,
                "lang": policy._spoken(),
                "published_on": today,
                "is_public": policy.is_report_public,
                "summary": self._public_summary(),
            },
            {kind: content for kind, content in files.items() if content},
        )

    def _facts(self):
        """All that the report says: what its files are made of."""
        policy = self.policy_id.sudo()
        return {
            "organisation": self.company_id.sudo().name,
            "procedure": self.policy_code,
            "recipient": self.recipient or "",
            "title": self._title(),
            "year": self.year,
            "version": self.revision,
            "language": policy._spoken(),
            "counted_on": str(self.counted_on or ""),
            "summary": self.summary or "",
            "changes": self.changes or "",
            "consequences": (self.has_budget and self.consequences) or "",
            "figures": self.data or {},
        }

    def _title(self):
        policy = self.policy_id.sudo()
        spoken = policy.with_context(lang=policy._spoken())
        return spoken.env._(
            "Yearly report on complaints %(year)s, %(organisation)s",
            year=self.year,
            organisation=self.company_id.sudo().name,
        )

    def _data_file(self):
        """The canonical data: sorted, without spaces, UTF-8."""
        return json.dumps(
            self._facts(), sort_keys=True, ensure_ascii=False, separators=(",", ":")
        ).encode()

    def _table_file(self):
        """Every number in a line of its own, for a spreadsheet."""
        report = self.with_context(lang=self.policy_id._spoken())
        words, figures = report.env, self.data
        unknown, number = words._("not shown"), words._("Number")
        output = io.StringIO()
        writer = csv.writer(output, lineterminator="\r\n")
        writer.writerow([words._("Table"), words._("Row"), words._("Column"), number])
        years = [
            *figures["years"],
            [self.year, figures["received"], figures["on_time"]],
        ]
        titles = {
            words._("Complaints received"): [one[:2] for one in years],
            words._("Answered in time, per cent"): [one[::2] for one in years],
            words._("Also received"): figures["kinds"],
            words._("What became of them"): [one[:2] for one in figures["more"]],
            words._("Working days until the answer"): report._say_days(),
        }
        lines = [
            (title, label, number, cell)
            for title, rows in titles.items()
            for label, cell in rows
        ] + [
            (table["title"], label, column, cell)
            for table in figures["tables"]
            for label, cells in table["rows"]
            for column, cell in zip(table["columns"], cells, strict=True)
        ]
        for *place, cell in lines:
            told = unknown if cell is None else cell
            writer.writerow([csv_text(one) for one in (*place, told)])
        return ("\ufeff" + output.getvalue()).encode()

    def _say_days(self):
        """The rows about the time until the answer; none where it is not told."""
        if not (days := self.data["days"]):
            return []
        return [
            [self.env._("Average"), days["average"]],
            [self.env._("Half of them within"), days["median"]],
            [self.env._("Nine of ten within"), days["most"]],
        ]

    def _public_summary(self):
        """What the public pages say of the report, in a few lines (M64)."""
        report = self.with_context(lang=self.policy_id._spoken())
        words, figures = report.env, self.data
        lines = []
        if figures["received"] is not None:
            lines.append([words._("Complaints received"), str(figures["received"])])
        if figures["on_time"] is not None:
            lines.append([words._("Answered in time"), f"{figures['on_time']} %"])
        if figures["days"]:
            days = words._("%(count)s working days", count=figures["days"]["median"])
            lines.append([words._("The usual time until the answer"), days])
        return {"lines": lines, "changes": self.changes or "", "text": self.summary}

    # -- laid out

    def _layout_values(self):
        """What the templates lay out, in the language of the procedure."""
        lang = self.policy_id.sudo()._spoken()
        facts = self._facts()
        unit = self.policy_id.sudo()._top_unit()
        face = unit.with_context(lang=lang)._letterhead(self.company_id)
        return {
            **facts,
            "face": face,
            "charts": self._charts(),
            "author": facts["organisation"],
            "spoken": lang,
            "html_lang": html_lang(lang),
            "counted": self.counted_on
            and format_date(self.env, self.counted_on, lang_code=lang),
            "is_draft": not self.counted_on,
            "digest": self._digest(),
            "page_words": self.with_context(lang=lang)
            .env["complaint.printed"]
            ._page_words(),
        }

    def _charts(self):
        """The bars of the years and of the duties, where there is what is compared."""
        figures = self.data or {}
        years = [*figures.get("years", ()), [self.year, figures.get("received"), None]]
        rows = [(str(year), (received,)) for year, received, _on_time in years]
        shares = [
            (label, (_share(in_time, total),))
            for table in figures.get("tables", ())
            if table["key"] == "duties"
            for label, (in_time, _late, total) in table["rows"]
        ]
        return {
            "years": len(rows) > 1 and bars.draw(rows),
            "duties": shares and bars.draw(shares, longest=100),
        }

    def _digest(self):
        return hashlib.sha256(self._data_file()).hexdigest()

    def _lay_out_report(self, name):
        lang = self.policy_id.sudo()._spoken()
        qweb = self.sudo().env["ir.qweb"]
        qweb = qweb.with_context(lang=lang, minimal_qcontext=True)
        values = self.sudo()._layout_values()
        return str(qweb._render(f"klagebehandling_reports.{name}", values))

    def _render_body(self):
        """The report as it is shown in its form."""
        return self._lay_out_report("annual_preview") if self.data else ""

    def _page(self):
        """The report as a page that needs nothing else."""
        return self._lay_out_report("annual_page").encode()

    def _paper(self):
        """The report as PDF; empty where the server makes none."""
        engine = pdf_engine.find()
        if not engine:
            return b""
        html = self._lay_out_report("annual_paper")
        return engine.write_pdf(html, self.env, pdf_engine.ARCHIVE)
