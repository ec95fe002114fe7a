from odoo import api, fields, models

SHEETS = [
    ("form", "Blank form, on paper"),
    ("screen", "Blank form, to be filled in on the screen"),
    ("reception", "Forms for the reception"),
    ("card", "Pocket cards"),
    ("poster", "Poster"),
]


class ComplaintUnitPaper(models.TransientModel):
    """Print what a unit hands out: forms, pocket cards, a poster (A-06, B-12, E-49)."""

    _name = "complaint.unit.paper"
    _inherit = ["complaint.dialog", "complaint.printed"]
    _description = "Forms, cards and posters of a unit"

    unit_id = fields.Many2one(
        "complaint.unit", required=True, readonly=True, ondelete="cascade"
    )
    sheet = fields.Selection(
        SHEETS, string="What to print", required=True, default="form"
    )
    lang = fields.Selection("_get_languages", string="Language", required=True)

    @api.model
    def _get_languages(self):
        return self.env["res.lang"].get_installed()

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        unit = self.env["complaint.unit"].browse(values.get("unit_id"))
        if "lang" in fields_list and unit:
            values["lang"] = unit.sudo().effective_policy_id._spoken()
        return values

    def action_print(self):
        """Print it; where no PDF can be made here, the page can be printed instead.

        :return: the action that downloads the PDF
        :raises UserError: for a unit without a procedure
        """
        self.ensure_one()
        self._check_printable()
        name = "screen" if self.sheet == "screen" else "paper"
        report = self.env.ref(f"klagebehandling_reports.complaint_unit_{name}_report")
        return report.report_action(self, config=False)

    def _check_printable(self):
        super()._check_printable()
        for one in self:
            one.unit_id.check_access("read")
            one.unit_id.sudo()._paper_policy()

    def _print_name(self):
        unit_sudo = self.unit_id.sudo()
        return f"{self.sheet}-{unit_sudo.slug or unit_sudo.id}-{self.lang[:2]}"

    def _sheet_values(self):
        """The values of the chosen sheet, in the chosen language."""
        self.ensure_one()
        unit_sudo = self.unit_id.sudo().with_context(lang=self.lang)
        if self.sheet in ("card", "poster"):
            return {"sheet": self.sheet, **unit_sudo._sheet_document()}
        is_reception = self.sheet == "reception"
        units = unit_sudo._reception_units() if is_reception else [unit_sudo]
        values = unit_sudo._form_document(units, self.sheet == "screen", is_reception)
        return {"sheet": "form", **values}
