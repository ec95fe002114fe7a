from odoo import api, fields, models

SHEETS = [
    ("register", "Extract of the register"),
    ("received", "Received complaints, for the committee"),
]
# Of the columns of a spreadsheet, in signs.
WIDTHS = {"register": (20, 14, 36, 60), "received": (6, 14, 28, 16, 36, 70, 22)}


class ComplaintCaseList(models.TransientModel):
    """Take out a list of what came in between two days (B-20, C-21, C-23, D-41…D-46).

    For managers: each gets what that person may read, and nobody a case that is kept
    from anybody, as a list goes from hand to hand. What stands in it is made in the
    second file.
    """

    _name = "complaint.case.list"
    _inherit = ["complaint.company.dialog", "complaint.listed"]
    _description = "List of cases"
    _list_report = "complaint_case_list_report"

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

    @api.depends("sheet", "unit_id")
    def _compute_problem(self):
        super()._compute_problem()

    def _say_problem(self):
        """What is wrong with the choice, and what to do; false where nothing is."""
        if self.sheet == "register" and self._policy().has_running_series:
            return self.env._(
                "The numbers of this register run. Its registrar makes the extract, "
                "which is the same for everybody."
            )
        return super()._say_problem()

    def _widths(self):
        return WIDTHS[self.sheet]

    def _listed_kind(self):
        return self.sheet

    def _listed_lang(self):
        return self.lang

    def _listed_unit(self):
        return self._unit() or self._policy()._top_unit()

    def _made_on(self):
        policy = self._policy()
        return policy._today() if policy else fields.Date.context_today(self)

    def _facts(self):
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

    def _note_taken(self, form, content):
        self.env["complaint.journal"]._log_company(
            self.env.company,
            "list_taken",
            sheet=self.sheet,
            first=str(self.first),
            last=str(self.last),
            unit=self._unit().id or None,
            rows=self._count(),
            form=form,
            digest=self._digest_of(content),
            **({"to_whom": self.to_whom} if self.to_whom else {}),
        )
