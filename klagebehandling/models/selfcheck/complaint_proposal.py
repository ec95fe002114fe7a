from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..figures.complaint_figure_protection import HIDDEN

WORDS = {"name", "reason"}
LONGEST = 10_000


class ComplaintProposal(models.Model):
    """What management should know: a need for another way of working, and why (D-48).

    It points at no case. One that comes of a case goes out only where nobody is kept
    out of that case, and without anybody's name; the journal of the case has that it
    did.
    """

    _name = "complaint.proposal"
    _inherit = ["complaint.guarded", "complaint.unseen"]
    _description = "Need for another way of working"
    _order = "proposed_on desc, id desc"

    name = fields.Char(string="What should change", required=True)
    reason = fields.Text(string="Why", required=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    unit_id = fields.Many2one(
        "complaint.unit", required=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Named by",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
        ondelete="restrict",
    )
    proposed_on = fields.Date(
        string="Named on",
        required=True,
        readonly=True,
        default=fields.Date.context_today,
    )
    case_id = fields.Many2one(
        "complaint.case",
        string="Comes of the case",
        store=False,
        help="Only to check the words: it is not kept.",
    )
    selfcheck_id = fields.Many2one(
        "complaint.selfcheck",
        string="Looked at in",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups="klagebehandling.group_manager,klagebehandling.group_auditor",
    )
    state = fields.Selection(
        [
            ("new", "To be decided"),
            ("accepted", "Taken up"),
            ("declined", "Not taken up"),
        ],
        required=True,
        default="new",
        readonly=True,
    )
    decision = fields.Text(string="Decision and reason")
    decided_on = fields.Date(readonly=True)
    decided_by_id = fields.Many2one(
        "res.users", string="Decided by", readonly=True, ondelete="restrict"
    )

    _decided_state = models.Constraint(
        "CHECK ((state = 'new') = (decided_on IS NULL))",
        "A need is decided on exactly when it carries the day it was.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Tell the management; for who works cases.

        :raises UserError: without a reason, where the words name somebody of the case,
            or where the case is hidden from somebody
        """
        self._check_ids(vals_list, "case_id", "unit_id")
        self._check_values("create", vals_list)
        rows = [self._prepare(dict(vals)) for vals in vals_list]
        proposals = super(ComplaintProposal, self.sudo()).create(rows)
        cases = [vals.get("case_id") for vals in vals_list]
        self.env["complaint.journal"].sudo()._append(
            [
                (self.env["complaint.case"].sudo().browse(case_id), "need_named", {})
                for case_id in cases
                if case_id
            ]
        )
        return proposals.sudo(self.env.su)

    @api.model
    def _prepare(self, vals):
        case = self.env["complaint.case"].browse(vals.pop("case_id", None) or [])
        for name in WORDS:
            text = vals.get(name) or ""
            if not isinstance(text, str):
                raise ValidationError(self.env._("Write it as text."))
            vals[name] = text.strip()
            if not vals[name]:
                raise UserError(self.env._("Write what should change, and why."))
            if len(vals[name]) > LONGEST:
                raise ValidationError(self.env._("This is too long. Write it shorter."))
        if case:
            case.check_access("write")
            self._check_tellable(case, " ".join(vals[name] for name in sorted(WORDS)))
            vals["unit_id"] = case.sudo().unit_id.id
        unit = self.env["complaint.unit"].browse(vals.get("unit_id") or [])
        if not unit:
            raise UserError(self.env._("Choose the unit that it is about."))
        unit.check_access("read")
        return {**vals, "company_id": unit.sudo().company_id.id}

    @api.model
    def _check_tellable(self, case, text):
        """Refuse what would tell of a case to somebody who may not read it."""
        if case.sudo().filtered_domain(HIDDEN):
            raise UserError(
                self.env._(
                    "This case is hidden from somebody: nothing of it goes to the "
                    "management from here."
                )
            )
        if case.reference in text or case._names_complainant(
            text, self.env["complaint.party"]
        ):
            raise UserError(
                self.env._("The text names somebody or a case. Write it without.")
            )

    @api.model
    def _creatable(self):
        return {"case_id", "unit_id", *WORDS}

    def _writable(self):
        names = super()._writable()
        is_new = all(one.state == "new" for one in self)
        return names | {"decision"} if is_new and self._may_decide() else names

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A need that was named stays, and is answered."))

    def _may_decide(self):
        """Whether the user leads at the top of the line of each unit."""
        tops = [one.unit_id._procedure_line()[-1:] for one in self.sudo()]
        return all(self.env.user in top.line_manager_ids for top in tops)

    def action_accept(self, text=None):
        """Take it up: a measure or a decision follows (D-48).

        :param text: the decision, where it is not written yet
        """
        return self._decide("accepted", text)

    def action_decline(self, text=None):
        """Do not take it up, for a reason that who named it reads.

        :param text: the reason, where it is not written yet
        """
        return self._decide("declined", text)

    def _decide(self, state, text):
        for proposal in self:
            proposal.check_access("read")
            if not proposal._may_decide():
                raise AccessError(
                    self.env._("Who leads at the top of the line decides on this.")
                )
            if proposal.state != "new":
                raise UserError(self.env._("This has been decided already."))
            words = (text or proposal.decision or "").strip()
            if not words:
                raise UserError(self.env._("Write what is decided, and why."))
            proposal.sudo().write(
                {
                    "state": state,
                    "decision": words,
                    "decided_on": fields.Date.context_today(self),
                    "decided_by_id": self.env.uid,
                }
            )
        return True
