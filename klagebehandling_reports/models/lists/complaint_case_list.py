import base64
import hashlib
from datetime import date

from psycopg2.errors import ReadOnlySqlTransaction

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.klagebehandling.vocabulary import html_lang

from ..engine.ir_actions_report import MAKING_PDF
from . import workbook

SHEETS = [
    ("register", "Extract of the register"),
    ("received", "Received complaints, for the committee"),
]
# So many rows are made at once; so many on paper, which takes its time to be laid out.
MOST_ROWS = 20_000
MOST_ON_PAPER = 2_000
# Of the columns of a spreadsheet, in signs.
WIDTHS = {"register": (20, 14, 36, 60), "received": (6, 14, 28, 16, 36, 70, 22)}
# Beyond these days nobody has received anything, and no calendar reckons.
EARLIEST, LATEST = date(1970, 1, 1), date(2099, 12, 31)


class ComplaintCaseList(models.TransientModel):
    """Take out a list of what came in between two days (B-20, C-21, C-23, D-41…D-46).

    For managers: each gets what that person may read, and nobody a case that is kept
    from anybody, as a list goes from hand to hand. Each is entered in the journal of
    the organisation, as often as its bytes are given out. What stands in it is made in
    the second file, its page and files in the third.
    """

    _name = "complaint.case.list"
    _inherit = ["complaint.dialog", "complaint.printed"]
    _description = "List of cases"

    sheet = fields.Selection(
        SHEETS,
        string="List",
        required=True,
        default=lambda self: self._default_sheet(),
    )
    unit_id = fields.Many2one(
        "complaint.unit",
        domain=lambda self: [("company_id", "=", self.env.company.id)],
        ondelete="cascade",
        help="With all units below it. Without one: the whole organisation.",
    )
    first = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(month=1, day=1),
    )
    last = fields.Date(
        string="To",
        required=True,
        default=lambda self: fields.Date.context_today(self),
        help="The last day that is in it.",
    )
    lang = fields.Selection(
        "_get_languages",
        string="Language",
        required=True,
        default=lambda self: self._default_lang(),
    )
    to_whom = fields.Char(
        string="For whom",
        compute="_compute_to_whom",
        store=True,
        precompute=True,
        readonly=False,
        help="It stands on the list and in the journal.",
    )
    problem = fields.Char(compute="_compute_problem")
    spreadsheet = fields.Binary(compute="_compute_spreadsheet")

    @api.model
    def _get_languages(self):
        return self.env["res.lang"].get_installed()

    @api.model
    def _default_sheet(self):
        return "received" if self._policy().has_running_series else "register"

    @api.model
    def _default_lang(self):
        policy = self._policy()
        return policy._spoken() if policy else self.env.lang

    @api.depends("sheet", "unit_id")
    def _compute_to_whom(self):
        """The committee (D-46), for the list that is made for it."""
        for one in self:
            one.to_whom = one.sheet == "received" and one._committee()

    @api.depends("sheet", "unit_id", "first", "last")
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
            one._begin()
            content = workbook.make(
                one._list_content(), one._facts(), WIDTHS[one.sheet], one._made_on()
            )
            one._note_taken("xlsx", content)
            one.spreadsheet = base64.b64encode(content)

    def _say_problem(self):
        """What is wrong with the choice, and what to do; false where nothing is."""
        if self.sheet == "register" and self._policy().has_running_series:
            return self.env._(
                "The numbers of this register run. Its registrar makes the extract, "
                "which is the same for everybody."
            )
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

    # -- acts

    def action_show(self):
        """Open the list as a page, which can be printed too.

        :raises UserError: where the days are wrong, or there are too many rows
        """
        self._begin()
        name = "klagebehandling_reports.case_list"
        return {
            "type": "ir.actions.act_url",
            "url": f"/report/html/{name}/{self.id}",
            "target": "new",
        }

    def action_print(self):
        """Download the list as PDF; see :meth:`action_show`."""
        self._begin(MOST_ON_PAPER)
        report = self.env.ref("klagebehandling_reports.complaint_case_list_report")
        return report.report_action(self, config=False)

    def action_export(self):
        """Download the list as a spreadsheet; see :meth:`action_show`."""
        self._begin()
        field, name = "spreadsheet", f"{self._print_name()}.xlsx"
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/{field}/{name}?download=1",
            "target": "download",
        }

    def _begin(self, most=MOST_ROWS):
        self.ensure_one()
        self._check_printable()
        self._check_count(most)

    def _check_printable(self):
        super()._check_printable()
        for one in self:
            if problem := one._say_problem():
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
        return f"{self.sheet}-{self.first}-{self.last}"

    # -- laid out

    def _made_on(self):
        policy = self._policy()
        return policy._today() if policy else fields.Date.context_today(self)

    def _facts(self):
        """What a list says of itself: title, labels and values, and what it lacks."""
        one = self.with_context(lang=self.lang)
        env, say = one.env, self._say_day()
        unit = self._unit().sudo()
        facts = [
            (env._("Organisation"), self.env.company.sudo().name),
            (env._("Unit"), unit.display_name),
            (env._("For"), self.to_whom),
            (
                env._("Received"),
                env._(
                    "%(first)s to %(last)s", first=say(self.first), last=say(self.last)
                ),
            ),
            (env._("Made on"), say(self._made_on())),
            (env._("Number of cases"), str(self._count())),
        ]
        notes = [
            env._(
                "The list holds what its maker may read. What is kept from anybody is "
                "in no list."
            )
        ]
        if self.sheet == "register":
            notes.append(
                env._(
                    "Sender and matter are blank where they are secret; where secrecy "
                    "is the rule, in every row."
                )
            )
        else:
            notes.append(
                env._("What came in twice is one case. Names are left out: […].")
            )
        return {
            "title": one._labels("complaint.case.list", "sheet")[self.sheet],
            "author": self.env.company.sudo().name,
            "sheets": (env._("List"), env._("About")),
            "facts": [(label, value) for label, value in facts if value],
            "notes": notes,
        }

    def _sheet_values(self):
        """The values of the page, in the language of the list."""
        self.ensure_one()
        is_paper = self.env.cr.cache.get(MAKING_PDF)
        self._check_count(MOST_ON_PAPER if is_paper else MOST_ROWS)
        one = self.with_context(lang=self.lang)
        content, facts, say = self._list_content(), self._facts(), self._say_day()
        unit = self._unit() or self._policy()._top_unit()
        return {
            **facts,
            "sheet": self.sheet,
            "spoken": self.lang,
            "html_lang": html_lang(self.lang),
            "page_words": one._page_words(),
            "face": unit._letterhead(self.env.company),
            "columns": content.columns,
            "counts": content.counts,
            "rows": [
                [say(cell) if isinstance(cell, date) else cell for cell in row]
                for row in content.rows
            ],
        }

    # -- evidence

    def _on_printed(self, content, is_reprint):
        super()._on_printed(content, is_reprint)
        self._note_taken("pdf", content)

    def _on_shown(self, content):
        super()._on_shown(content)
        self._note_taken("html", content)

    def _note_taken(self, form, content):
        """Keep who took out which list, and a digest of the very bytes (M19)."""
        self.env["complaint.journal"]._log_company(
            self.env.company,
            "list_taken",
            sheet=self.sheet,
            first=str(self.first),
            last=str(self.last),
            unit=self._unit().id or None,
            rows=self._count(),
            form=form,
            digest=hashlib.sha256(content).hexdigest(),
            **({"to_whom": self.to_whom} if self.to_whom else {}),
        )
