from odoo import models


class IrModel(models.Model):
    """Of what may be hidden the user counts what the user sees.

    Leak: Odoo counts all rows of a table. Proved by
    ``test_count_of_a_model_counts_what_one_sees``.
    """

    _inherit = "ir.model"

    def _compute_count(self):
        super()._compute_count()
        concealed = self.env.registry["complaint.concealed"]
        for model in self:
            rows = self.env.get(model.model)
            if rows is None or rows._abstract or not rows._auto:
                continue
            if not (
                isinstance(rows, concealed) or model.model.startswith("complaint.")
            ):
                continue
            seen = rows.browse().has_access("read") and rows.search_count([])
            model.count = seen or 0
