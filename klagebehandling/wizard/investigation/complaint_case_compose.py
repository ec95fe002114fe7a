from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintCaseCompose(models.TransientModel):
    """Takes the points of the investigation into an answer.

    Where the case has points they say what is answered; the box is for those without.
    """

    _inherit = "complaint.case.compose"

    is_every_point_answered = fields.Boolean(
        compute="_compute_is_every_point_answered",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    open_points = fields.Text(
        compute="_compute_open_points",
        compute_sudo=False,
        help="The points of the complaint that have no conclusion yet.",
    )

    @api.depends("case_id")
    def _compute_is_every_point_answered(self):
        for letter in self:
            points = letter.case_id.point_ids
            letter.is_every_point_answered = bool(points) and all(
                points.mapped("conclusion")
            )

    @api.depends("case_id")
    def _compute_open_points(self):
        for letter in self:
            points = letter.case_id.point_ids
            names = points.filtered(lambda one: not one.conclusion).mapped("name")
            letter.open_points = "\n".join(filter(None, names))

    def _check_reply(self):
        if self.is_complaint and self.open_points:
            raise UserError(
                self.env._(
                    "These points have no conclusion yet: %(points)s. Conclude them "
                    "with a reason, then answer.",
                    points=self.open_points.replace("\n", ", "),
                )
            )
        return super()._check_reply()

    def _told_values(self):
        values = super()._told_values()
        if self.purpose == "reply":
            values["points"] = self.case_id._origin.point_ids.filtered("conclusion")
        return values
