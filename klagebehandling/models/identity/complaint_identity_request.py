from odoo import api, fields, models
from odoo.exceptions import UserError

from ...roles import CUSTODIAN, READERS
from ..case.complaint_case_part import WORKERS, readers

# All that an answer writes; once, and nothing after it.
ANSWER = {"state", "answer", "answered_by_id", "answered_at", "expires_at"}


class ComplaintIdentityRequest(models.Model):
    """Who asked to see a protected identity and why, and what the custodian answered.

    History is never overwritten: an answer is written once, and a new need is a new
    request. That a permission has expired is read off the clock, never stored.
    """

    _name = "complaint.identity.request"
    _inherit = ["complaint.case.part"]
    _description = "Request to see a protected identity"
    _order = "id desc"
    _readers = {
        **readers(*WORKERS, alone="('asker_id', '=', user.id)"),
        **readers("custodian"),
    }

    case_id = fields.Many2one(readonly=True, ondelete="restrict")
    party_id = fields.Many2one(
        "complaint.party",
        string="Person in the case",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
        groups=CUSTODIAN,
    )
    pseudonym = fields.Char(string="Person", compute="_compute_pseudonym")
    asker_id = fields.Many2one(
        "res.users",
        string="Asked by",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    ground = fields.Text(
        string="Why it is needed",
        required=True,
        readonly=True,
        help="What the identity is needed for. The custodian reads nothing else of "
        "the case.",
    )
    state = fields.Selection(
        [("requested", "Asked"), ("granted", "Granted"), ("refused", "Refused")],
        required=True,
        readonly=True,
        default="requested",
        index=True,
    )
    status = fields.Selection(
        [
            ("requested", "Waiting for an answer"),
            ("granted", "Granted"),
            ("refused", "Refused"),
            ("expired", "Expired"),
        ],
        compute="_compute_status",
        help="The answer, and whether a permission still holds.",
    )
    answer = fields.Text(readonly=True, help="Read by who asked.")
    answered_by_id = fields.Many2one(
        "res.users", string="Answered by", readonly=True, ondelete="restrict"
    )
    answered_at = fields.Datetime(string="Answered", readonly=True)
    expires_at = fields.Datetime(string="Open until", readonly=True)

    _answered_state = models.Constraint(
        "CHECK ((state = 'requested') = (answered_at IS NULL) "
        "AND (state = 'requested') = (answered_by_id IS NULL) "
        "AND (state = 'requested') = (answer IS NULL))",
        "A request is answered exactly when it carries who answered, when and what.",
    )
    _granted_expires = models.Constraint(
        "CHECK ((state = 'granted') = (expires_at IS NOT NULL))",
        "Exactly what is granted expires.",
    )
    _month_at_most = models.Constraint(
        "CHECK (expires_at > answered_at "
        "AND expires_at <= answered_at + interval '30 days')",
        "An identity is opened for at most 30 days.",
    )
    _answered_by_another = models.Constraint(
        "CHECK (answered_by_id <> asker_id)", "Nobody answers their own request."
    )
    _one_waiting = models.UniqueIndex(
        "(party_id, asker_id) WHERE state = 'requested'",
        "You have asked already. Wait for the answer of the custodian.",
    )

    @api.depends("party_id")
    @api.depends_context("lang")
    def _compute_pseudonym(self):
        Party = self.env["complaint.party"]
        for request in self:
            request.pseudonym = Party._pseudonym(request.sudo().party_id.id)

    @api.depends("state", "expires_at")
    def _compute_status(self):
        now = fields.Datetime.now()
        for request in self:
            is_over = request.expires_at and request.expires_at <= now
            request.status = "expired" if is_over else request.state

    @api.depends("case_id", "party_id")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        self._check_known()
        for request in self:
            reference = request.sudo().case_id.reference
            request.display_name = f"{reference} {request.pseudonym}"

    def write(self, vals):
        # For good, the superuser included: an answer is history.
        self.check_access("write")
        if vals.keys() - ANSWER or any(row.state != "requested" for row in self):
            raise UserError(
                self.env._(
                    "A request and its answer are never changed. Whoever has a new "
                    "need asks again."
                )
            )
        return super().write(vals)

    # Also when the addon is removed there is no way to unlink one of them singly.
    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A request and its answer are never deleted."))

    def _is_open(self):
        """Whether the user may see the identity now; asked anew at each reading.

        The case itself is asked too: behind its wall, in another company, without the
        role or without the case it is closed at once.
        """
        self.ensure_one()
        user, request_sudo = self.env.user, self.sudo()
        return (
            request_sudo.asker_id == user
            and request_sudo.status == "granted"
            and user.has_groups(READERS)
            and self.sudo(False).case_id.has_access("read")
        )
