from odoo import api, fields, models
from odoo.fields import Domain


class ComplaintBody(models.Model):
    """A body outside the organisation: what it takes, and what it does not (C-28).

    A row is data with its source, as laws are. What nobody has held against the source
    says so wherever a person reads it.
    """

    _name = "complaint.body"
    _inherit = [
        "complaint.recorded",
        "complaint.sourced",
        "complaint.in.force",
        "complaint.owned",
    ]
    _description = "External body"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("partner", "Commissions the service"),
            ("supervision", "Supervision"),
            ("ombudsman", "Ombudsman"),
            ("advice", "Helps and advises"),
            ("appeal", "Decides on appeals"),
            ("discrimination", "Equality"),
            ("other", "Other"),
        ],
        required=True,
        default="supervision",
    )
    law_ids = fields.Many2many(
        "complaint.law",
        string="For activities under",
        help="Named where one of these laws governs. Without one: under every law.",
    )
    place_type = fields.Selection(
        [("nav", "NAV place"), ("municipal", "Municipal place")],
        string="Only for",
        help="Not named for a place of the other kind.",
    )
    is_answering = fields.Boolean(
        string="Answers a single complaint",
        help="Without it, it takes what one tells as information, and does not answer.",
    )
    is_named = fields.Boolean(
        string="Named to the person",
        default=True,
        help="In answers, closings and on the status page.",
    )
    takes = fields.Text(string="What it takes", translate=True)
    takes_not = fields.Text(string="What it does not take", translate=True)
    limit_text = fields.Char(
        string="Time limit", translate=True, help="As the source has it."
    )
    how = fields.Text(string="How to reach it", translate=True)
    url = fields.Char(string="Website")
    note = fields.Text(translate=True, help="For colleagues.")
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: not self.env.su and self.env.company,
        help="Without one it is shared by all, and changed by nobody.",
    )

    @api.depends("name", "is_sure")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for body in self:
            body.display_name = body._say_unsure(body.name)

    @api.model
    def _for_case(self, case, is_appeal=False):
        """The bodies that fit a case today, as superuser; none without a country.

        :param is_appeal: those that decide on an appeal, in place of all others
        """
        case = case.sudo()
        country = case.policy_id.country_id
        if not country:
            return self.sudo().browse()
        mine = Domain("company_id", "in", (False, case.company_id.id))
        is_kind = Domain("kind", "=" if is_appeal else "!=", "appeal")
        found = self.sudo()._fitting(country, case._today(), mine & is_kind)
        return found.filtered(lambda body: body._fits(case))

    def _fits(self, case):
        """Whether it takes what the case is about."""
        is_place = case.place_type in (False, self.place_type or case.place_type)
        if self.place_type == "nav":
            is_place = case._may_go_to_nav()
        return is_place and (not self.law_ids or case.law_id in self.law_ids)
