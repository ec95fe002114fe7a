from odoo import models

from ..intake.reader import Reader
from .complaint_policy_urgency import SIGNS

CODES = [code for code, _label in SIGNS]


class ComplaintIntake(models.AbstractModel):
    """What the person says cannot wait is on its way the same day (M31).

    The key ``signs`` of the door holds codes of what the first assessment asks about.
    They are ticked in the new case, and followed as if somebody had assessed it.
    """

    _inherit = "complaint.intake"

    def _read(self, values):
        if not isinstance(values, dict) or values.get("signs") is None:
            return super()._read(values)
        rest = {name: value for name, value in values.items() if name != "signs"}
        clean, problems = super()._read(rest)
        reader = Reader(self.env)
        try:
            codes = reader.read_codes(values["signs"])
            allowed = [(code, "") for code in CODES]
            clean["signs"] = [reader.read_selection(code, allowed) for code in codes]
        except ValueError as error:
            problems["signs"] = str(error)
        return clean, problems

    def _prepare_case(self, form):
        signs = form.given.get("signs", [])
        return {**super()._prepare_case(form), **dict.fromkeys(signs, True)}

    def _register_forms(self, forms):
        result = super()._register_forms(forms)
        for form in forms:
            if form.given.get("signs"):
                form.case._follow_signs(form.given["signs"], "signs_told")
        return result
