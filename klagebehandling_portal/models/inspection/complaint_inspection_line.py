from odoo import models


class ComplaintInspectionLine(models.Model):
    """What a list says of a case, in the words that the choices have."""

    _inherit = "complaint.inspection.line"

    def _say_facts(self):
        """Kind, state and outcome."""
        self.ensure_one()
        said = []
        for name in ("kind", "state", "outcome"):
            labels = dict(self._fields[name]._description_selection(self.env))
            said.append(labels.get(self[name]))
        return [one for one in said if one]

    def _say_lists(self):
        """Why it is listed."""
        self.ensure_one()
        count = self.opening_count
        said = [
            (self.in_sample, self.env._("In the sample")),
            (self.is_late, self.env._("Late")),
            (self.is_refused, self.env._("Refused")),
            (count, self.env._("Identity opened: %(count)s", count=count)),
        ]
        return [text for is_so, text in said if is_so]
