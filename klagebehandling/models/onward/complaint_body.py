from odoo import api, fields, models, tools
from odoo.fields import Domain


class ComplaintBody(models.Model):
    """A body outside the organisation: what it takes, and what it does not (C-28).

    A row is data with its source, as laws are. What nobody has held against the source
    says so wherever a person reads it.
    """

    _name = "complaint.body"
    _inherit = [
        "complaint.remembered",
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
        mine = (country.id, case.company_id.id, case._today())
        about = (self._places(case), case.law_id.id)
        return self.sudo().browse(self.sudo()._ids_for(*mine, *about, is_appeal))

    def _places(self, case):
        """For which kinds of place a body may be, to be named in a case."""
        places = [False]
        if case._may_go_to_nav():
            places.append("nav")
        if case.place_type in (False, "municipal"):
            places.append("municipal")
        return tuple(places)

    @api.model
    @tools.ormcache("country_id", "company_id", "day", "places", "law_id", "is_appeal")
    def _ids_for(self, country_id, company_id, day, places, law_id, is_appeal):
        """The ids of what fits; kept, as each page of a case asks for the same few."""
        found = self._fitting(
            self.env["res.country"].browse(country_id),
            day,
            Domain("company_id", "in", (False, company_id))
            & Domain("kind", "=" if is_appeal else "!=", "appeal")
            & Domain("place_type", "in", places),
        )
        # A law that is used no more governs nothing: its body is not for every law.
        found = found.with_context(active_test=False)
        fit = found.filtered(lambda one: not one.law_ids or law_id in one.law_ids.ids)
        return tuple(fit.ids)

    @tools.ormcache("self._ids", "self.env.lang", cache="templates.cached_values")
    def _tell(self):
        """Who they are and what each takes, as HTML; kept until a row or the template
        changes."""
        told = {"bodies": self}
        return self.env["ir.qweb"]._render(
            "klagebehandling.correspondence_bodies", told, minimal_qcontext=True
        )
