from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...roles import FACTS

# The buttons of the case: not those of its rows, nor those that only open a list.
ACTS = "//button[not(ancestor::field or ancestor::div[@name='button_box'])]"


class ComplaintCase(models.Model):
    """Adds what holds a case from disposal; of one that is disposed of, a stub is left.

    The stub is read by who read the case, for figures. Nobody works it any more.
    """

    _inherit = "complaint.case"
    _outlives = (
        *("reference", "drawn_number", "external_number"),
        *("journal_head", "facts_salt"),
    )

    hold_ids = fields.One2many(
        "complaint.hold", "case_id", string="Holds", groups=FACTS
    )
    disposal_ids = fields.One2many(
        "complaint.disposal", "case_id", string="Disposals", groups=FACTS
    )
    disposed_on = fields.Date(string="Disposed of", readonly=True, copy=False)

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Offer no act in a case of which only the stub is left."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if view_type == "form":
            for button in arch.xpath(ACTS):
                hidden = button.get("invisible") or "False"
                button.set("invisible", f"disposed_on or ({hidden})")
        return arch, view

    def _writable(self):
        return super()._writable() | {"hold_ids"}

    def _check_access(self, operation):
        """Refuse every act in a case of which only the stub is left."""
        result = super()._check_access(operation)
        if operation != "write" or self.env.su:
            return result
        known = self - result[0] if result else self
        gone = known.sudo().filtered("disposed_on").with_env(self.env)
        if not gone:
            return result
        forbidden = (result[0] | gone) if result else gone
        return forbidden, result[1] if result else self._make_disposed_error

    def _make_disposed_error(self):
        return AccessError(
            self.env._(
                "This case is disposed of: only what figures need is left. If the "
                "matter comes up again, register a new case."
            )
        )
