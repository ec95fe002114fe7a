from odoo import api, fields, models
from odoo.exceptions import UserError

from ...vocabulary import OUTCOMES

# What a single point can end with.
CONCLUSIONS = ("upheld", "partly_upheld", "not_upheld", "no_finding")
WRITTEN = {"sequence", "findings", "conclusion", "reason"}


class ComplaintPoint(models.Model):
    """A point of the complaint: raised, looked into, concluded, answered (C-03, C-04).

    What was agreed with the person stands; what was answered stands too.
    """

    _name = "complaint.point"
    _inherit = ["complaint.case.part"]
    _description = "Point of a complaint"
    _order = "sequence, id"
    _words = ("name", "findings", "reason")

    sequence = fields.Integer(default=10)
    name = fields.Char(string="Point", help="What the person complains about.")
    findings = fields.Text(help="What was found. It stays among who works the case.")
    conclusion = fields.Selection(
        [(code, label) for code, label in OUTCOMES if code in CONCLUSIONS]
    )
    reason = fields.Text(help="Why. It is proposed for the answer to the person.")
    letter_id = fields.Many2one(
        "complaint.correspondence",
        string="Answered by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    state = fields.Selection(
        [
            ("raised", "Raised"),
            ("concluded", "Concluded"),
            ("answered", "Answered"),
        ],
        compute="_compute_state",
        compute_sudo=True,
    )
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    @api.depends("conclusion", "letter_id.state")
    def _compute_state(self):
        for point in self:
            if point.letter_id.state == "sent":
                point.state = "answered"
            else:
                point.state = "concluded" if point.conclusion else "raised"

    @api.model_create_multi
    def create(self, vals_list):
        points = super().create(vals_list)
        points._log_points("point_raised", points)
        points._log_points("point_concluded", points.filtered("conclusion"))
        return points

    def write(self, vals):
        before = {point: point.conclusion for point in self}
        result = super().write(vals)
        changed = self.filtered(lambda point: point.conclusion != before[point])
        self._log_points("point_concluded", changed)
        return result

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        if self.env.su:
            return
        if operation == "create":
            self._check_open(vals_list)
        is_named = [
            (vals.get("name") or "").strip()
            for vals in vals_list
            if operation == "create" or "name" in vals
        ]
        if not all(is_named):
            raise UserError(self.env._("Write what the point is."))

    @api.model
    def _check_open(self, vals_list):
        cases = self.env["complaint.case"]
        cases = cases.browse({vals.get("case_id") for vals in vals_list})
        if any(case._has_ended() for case in cases.exists()):
            raise UserError(
                self.env._("The case has ended. Reopen it to go on looking into it.")
            )

    def _writable(self):
        """What was agreed keeps its words, and what was answered all of it."""
        names = super()._writable()
        if any(point.letter_id or point.case_id._has_ended() for point in self):
            return names
        is_agreed = any(point.case_id.definition_agreed_on for point in self)
        return names | WRITTEN | (set() if is_agreed else {"name"})

    @api.model
    def _creatable(self):
        return {"case_id", "name", *WRITTEN}

    @api.ondelete(at_uninstall=False)
    def _unlink_new_only(self):
        for point in self.sudo():
            if (
                point.letter_id
                or point.conclusion
                or point.case_id.definition_agreed_on
            ):
                raise UserError(
                    self.env._(
                        "This point has been agreed or concluded, and stays. Conclude "
                        "it with a reason."
                    )
                )

    def _log_points(self, event, points):
        self.env["complaint.journal"].sudo()._append(
            [
                (
                    point.case_id,
                    event,
                    {"row": point.id, "conclusion": point.conclusion or ""},
                )
                for point in points.sudo()
            ]
        )
