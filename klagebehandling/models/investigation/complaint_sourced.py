from odoo import fields, models


class ComplaintSourced(models.AbstractModel):
    """What is said of law or of others: with its source, and how sure it is.

    What nobody has held against its source is never shown as certain.
    """

    _name = "complaint.sourced"
    _description = "Said with its source"

    source_url = fields.Char(string="Source")
    checked_on = fields.Date(string="Checked on", help="When the source was read.")
    is_sure = fields.Boolean(
        string="Checked against the source",
        help="Without it, it is shown as not verified wherever it stands.",
    )

    _sure_checked = models.Constraint(
        "CHECK (is_sure IS NOT TRUE OR (checked_on IS NOT NULL AND source_url IS NOT "
        "NULL))",
        "What is sure has a source and the day on which it was read.",
    )

    def _say_unsure(self, name):
        """A name as people read it: what is not checked says so."""
        if self.is_sure or not name:
            return name
        return self.env._("%(name)s (not verified)", name=name)
