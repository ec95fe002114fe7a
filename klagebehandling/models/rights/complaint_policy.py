from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

MINE = {
    "rights_months",
    "rights_more_months",
    "data_purposes",
    "data_recipients",
    "erasure_text",
}


class ComplaintPolicy(models.Model):
    """Adds how a person is answered who asks about the own data, and what is told.

    The months are the law's, and stand here as data. Nothing of it is promised before
    somebody asks: it may change while the procedure is used.
    """

    _inherit = "complaint.policy"

    rights_months = fields.Integer(
        string="Requests about own data within, months", default=1
    )
    rights_more_months = fields.Integer(
        string="Extended by at most, months",
        default=2,
        help="Once, where it is hard to answer. The person is told why, in time.",
    )
    data_purposes = fields.Text(
        string="Why data on persons are kept",
        translate=True,
        help="Purposes and legal basis, as they are told to who asks.",
    )
    data_recipients = fields.Text(
        string="Who gets data on persons",
        translate=True,
        help="Outside the case, as it is told to who asks.",
    )
    erasure_text = fields.Text(
        string="Why data must be kept",
        translate=True,
        help="What archives and other laws demand. Told where erasure is refused.",
    )

    _rights_months_lawful = models.Constraint(
        "CHECK (rights_months = 1 AND rights_more_months BETWEEN 0 AND 2)",
        "Who asks about the own data is answered within a month, and within two more "
        "at most where it is hard.",
    )

    @api.model
    def _editable_in_use(self):
        return super()._editable_in_use() | MINE

    def _rights_due(self, day, months=0):
        """The local day by which what a person asked for on a day is answered.

        :param months: by how many it is extended
        """
        until = day + relativedelta(months=self.rights_months + months)
        self._ensure_calendar(day, until)
        return until
