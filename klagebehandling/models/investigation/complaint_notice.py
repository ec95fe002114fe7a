from odoo import api, fields, models

SUBJECTS = [
    ("parents", "Letters home"),
    ("danger", "When somebody is in danger"),
    ("guardian", "What a guardian may know"),
    ("number", "Number to call"),
]


class ComplaintNotice(models.Model):
    """What children, and who reads little, are told before they write (N09).

    A row is one sentence in one language, as it holds in a country on a day.
    """

    _name = "complaint.notice"
    _inherit = [
        "complaint.recorded",
        "complaint.sourced",
        "complaint.in.force",
        "complaint.owned",
    ]
    _description = "Notice in easy words"
    _order = "subject, sequence, id"

    subject = fields.Selection(SUBJECTS, required=True, string="About")
    lang = fields.Selection("_get_languages", string="Language", required=True)
    name = fields.Char(
        string="In easy words",
        required=True,
        help="Of a number to call, whom one meets there and when.",
    )
    number = fields.Char()
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: not self.env.su and self.env.company,
        help="Without one it is shared by all, and changed by nobody.",
    )

    _number_given = models.Constraint(
        "CHECK ((subject = 'number') = (number IS NOT NULL))",
        "A number to call has a number, and nothing else has.",
    )

    @api.model
    def _get_languages(self):
        return self.env["complaint.policy"]._get_languages()

    @api.model
    def _told(self, policy, lang):
        """What the public of a procedure is told today, in the language of a page.

        An organisation's own sentences stand before those that are shared; what is said
        in neither the language of the page nor that of the procedure is not said.

        :param lang: code of the language of the page
        :return: rows of one language, empty where there are none
        """
        rows = self._fitting(policy.country_id, policy._today()).filtered(
            lambda row: not row.company_id or row.company_id == policy.company_id
        )
        rows = rows.sorted(lambda row: not row.company_id)
        own = rows.filtered(lambda row: row.lang == lang)
        return own or rows.filtered(lambda row: row.lang == policy.lang)
