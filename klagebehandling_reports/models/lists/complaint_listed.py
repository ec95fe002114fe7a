import base64
import hashlib
from datetime import date
from functools import cache
from typing import NamedTuple

from psycopg2.errors import ReadOnlySqlTransaction

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.klagebehandling.vocabulary import html_lang

from ..engine.ir_actions_report import MAKING_PDF
from . import workbook

# So many rows are made at once; so many on paper, which takes its time to be laid out.
MOST_ROWS = 20_000
MOST_ON_PAPER = 2_000
# Beyond these days nobody has received anything, and no calendar reckons.
EARLIEST, LATEST = date(1970, 1, 1), date(2099, 12, 31)


class Content(NamedTuple):
    """A list: heads of columns, rows of days and texts, and how many of each kind."""

    columns: list
    rows: list
    counts: list


class ComplaintListed(models.AbstractModel):
    """A dialog that a list is taken out of: as a page, as PDF and as a spreadsheet.

    For a ``complaint.company.dialog`` with the days ``first`` and ``last``. All three
    are made of ``_list_content`` and ``_facts`` and say the same. Each is entered in
    the journal of the organisation as often as its bytes are given out, with their
    digest (M19); none is kept.
    """

    _name = "complaint.listed"
    _inherit = ["complaint.printed"]
    _description = "List that is taken out"
    # The report, without its module; its last word names the page too.
    _list_report = None

    problem = fields.Char(compute="_compute_problem")
    spreadsheet = fields.Binary(compute="_compute_spreadsheet")

    @api.depends("first", "last")
    @api.depends_context("lang")
    def _compute_problem(self):
        for one in self:
            one.problem = one._say_problem()

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_spreadsheet(self):
        """Made as it is read, by whom it is made for, and kept nowhere."""
        if self.env.cr.readonly:
            # Odoo answers by starting again where something can be written.
            raise ReadOnlySqlTransaction("Taking a list out is written down.")
        for one in self:
            listed = one._begin()
            content = workbook.make(
                listed._list_content(),
                listed._facts(),
                listed._widths(),
                listed._made_on(),
            )
            listed._note_taken("xlsx", content)
            one.spreadsheet = base64.b64encode(content)

    def _say_problem(self):
        """Hook: what is wrong with the choice, and what to do, or false."""
        if not (self.first and self.last):
            return self.env._("Choose the first and the last day.")
        if self.first < EARLIEST or self.last > LATEST:
            return self.env._("Choose days between 1970 and 2099.")
        if self.first > self.last:
            return self.env._(
                "The first day is after the last one. Choose an earlier day in “From”, "
                "or a later one in “To”."
            )
        return False

    # -- hooks: what is listed

    def _count(self, most=None):
        """Hook: how many rows the list has; counted no further than ``most``."""
        raise NotImplementedError

    def _list_content(self):
        """Hook: the rows, in the language of the list.

        :return: a ``Content``
        """
        raise NotImplementedError

    def _facts(self):
        """Hook: what a list says of itself, in its language.

        :return: dict of ``title``, ``author``, ``sheets`` (the names of both sheets of
            a spreadsheet), ``facts`` (labels and values) and ``notes`` (sentences)
        """
        raise NotImplementedError

    def _widths(self):
        """Hook: of the columns of a spreadsheet, in signs."""
        raise NotImplementedError

    def _listed_kind(self):
        """Hook: the name of the list, for its style and its file."""
        raise NotImplementedError

    def _listed_lang(self):
        """Hook: the language of the list."""
        raise NotImplementedError

    def _made_on(self):
        """Hook: the day on which it is made, where the organisation is."""
        raise NotImplementedError

    def _listed_unit(self):
        """Hook: the unit whose address stands on it."""
        raise NotImplementedError

    def _note_taken(self, form, content):
        """Hook: keep in the journal who took out what.

        :param form: ``html``, ``pdf`` or ``xlsx``
        :param content: the very bytes
        """
        raise NotImplementedError

    # -- acts

    def action_show(self):
        """Open the list as a page, which can be printed too.

        :raises UserError: where the days are wrong, or there are too many rows
        """
        self._begin()
        name = self._report().report_name
        return {
            "type": "ir.actions.act_url",
            "url": f"/report/html/{name}/{self.id}",
            "target": "new",
        }

    def action_print(self):
        """Download the list as PDF; see :meth:`action_show`."""
        self._begin(MOST_ON_PAPER)
        return self._report().report_action(self, config=False)

    def action_export(self):
        """Download the list as a spreadsheet; see :meth:`action_show`."""
        self._begin()
        field, name = "spreadsheet", f"{self._print_name()}.xlsx"
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/{field}/{name}?download=1",
            "target": "download",
        }

    def _report(self):
        return self.env.ref(f"klagebehandling_reports.{self._list_report}")

    def _begin(self, most=MOST_ROWS):
        """Check the choice, and have the list in its organisation."""
        self.ensure_one()
        self._check_printable()
        listed = self._in_company()
        listed._check_count(most)
        return listed

    def _check_printable(self):
        super()._check_printable()
        for one in self:
            if problem := one._in_company()._say_problem():
                raise UserError(problem)

    def _check_count(self, most):
        if self._count(most + 1) > most:
            raise UserError(
                self.env._(
                    "There are more than %(most)s rows, which is too many for this. "
                    "Choose fewer days or a smaller unit.",
                    most=most,
                )
            )

    def _print_name(self):
        return f"{self._listed_kind()}-{self.first}-{self.last}"

    # -- laid out

    def _sheet_values(self):
        """The values of the page, in the language of the list."""
        is_paper = self.env.cr.cache.get(MAKING_PDF)
        listed = self._begin(MOST_ON_PAPER if is_paper else MOST_ROWS)
        lang, say = listed._listed_lang(), listed._say_day()
        content = listed._list_content()
        unit = listed._listed_unit().with_context(lang=lang)
        return {
            **listed._facts(),
            "sheet": listed._listed_kind(),
            "spoken": lang,
            "html_lang": html_lang(lang),
            "page_words": listed.with_context(lang=lang)._page_words(),
            "face": unit._letterhead(listed.env.company),
            "columns": content.columns,
            "counts": content.counts,
            "rows": [
                [say(cell) if isinstance(cell, date) else cell for cell in row]
                for row in content.rows
            ],
        }

    def _say_day(self):
        """A function that writes a day; each is formatted once."""
        lang = self._listed_lang()
        return cache(lambda day: format_date(self.env, day, lang_code=lang))

    @api.model
    def _labels(self, model, field):
        return dict(self.env[model]._fields[field]._description_selection(self.env))

    # -- evidence

    def _on_printed(self, content, is_reprint):
        super()._on_printed(content, is_reprint)
        self._in_company()._note_taken("pdf", content)

    def _on_shown(self, content):
        super()._on_shown(content)
        self._in_company()._note_taken("html", content)

    @api.model
    def _digest_of(self, content):
        return hashlib.sha256(content).hexdigest()
