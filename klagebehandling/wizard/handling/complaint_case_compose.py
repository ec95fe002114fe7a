from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

# The duty whose demanded elements a letter has to meet.
DUTIES = {"acknowledgement": "acknowledge", "reply": "reply"}
STANDARD = ("acknowledgement", "reply", "redirect")


class ComplaintCaseCompose(models.TransientModel):
    """Write to the complainant, seeing what the procedure demands and what is read."""

    _name = "complaint.case.compose"
    _inherit = ["complaint.letter.dialog"]
    _description = "Write to the complainant"

    purpose = fields.Selection(
        [
            ("acknowledgement", "Acknowledgement of receipt"),
            ("reply", "Reply"),
            ("redirect", "Notice of redirection"),
            ("update", "Progress update"),
            ("message", "Message"),
        ],
        required=True,
        default="message",
        readonly=True,
    )
    medium = fields.Selection(required=True)
    expected_on = fields.Date(
        string="Expected to be done",
        compute="_compute_from_case",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    handler_id = fields.Many2one(
        "res.users",
        string="Handled by",
        compute="_compute_from_case",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=False,
    )
    is_every_point_answered = fields.Boolean(
        string="Every point that was raised is answered, with reasons"
    )
    no_remedy_reason = fields.Text(
        string="Why nothing is put right",
        help="Kept in the journal of the case; say it in the text too.",
    )
    kind = fields.Selection(related="case_id.kind", related_sudo=False)
    is_complaint = fields.Boolean(compute="_compute_is_complaint")
    needs_expected_date = fields.Boolean(compute="_compute_needs")
    needs_handler = fields.Boolean(compute="_compute_needs")
    needs_remedy = fields.Boolean(compute="_compute_needs")

    @api.depends("case_id", "purpose")
    def _compute_from_case(self):
        super()._compute_from_case()
        for letter in self:
            case = letter.case_id
            proposed = letter.needs_expected_date and case._proposed_date()
            letter.expected_on = case.expected_on or proposed
            letter.handler_id = case.handler_id or self.env.user

    @api.depends("case_id", "purpose")
    def _compute_is_complaint(self):
        for letter in self:
            letter.is_complaint = (
                letter.purpose == "reply" and letter.case_id.kind != "praise"
            )

    @api.depends("case_id", "purpose")
    def _compute_needs(self):
        for letter in self:
            terms = letter._terms()
            letter.needs_expected_date = any(terms.mapped("needs_expected_date"))
            letter.needs_handler = any(terms.mapped("needs_handler"))
            letter.needs_remedy = any(terms.mapped("needs_remedy"))

    def action_send(self):
        """Send the letter and move the case as its purpose says.

        :raises UserError: where the text or an element of the procedure is missing;
            nothing typed is lost
        """
        case = self._prepare()
        self._acts(case)[self.purpose](body=self.body, medium=self.medium)
        return self._finish(case)

    def _acts(self, case):
        """Hook: by purpose, the act that writes the letter and moves the case."""
        return {
            "acknowledgement": case.action_acknowledge,
            "reply": case.action_answer,
            "redirect": case.action_redirect,
            "update": case.action_update,
            "message": case._send_message,
        }

    def _prepare(self):
        """The case, with what is told in the letter entered on it.

        :raises UserError: where the letter cannot go out as it is
        """
        case = self._begin()
        if is_html_empty(self.body):
            raise UserError(self.env._("Write the text first."))
        self._check_reply()
        self._enter(case, "expected_on", "handler_id", "remedy")
        return case

    def _check_reply(self):
        """Refuse a reply that leaves out what the person asked (C-27, D-16, D-17)."""
        if not self.is_complaint:
            return
        missing = []
        if not self.is_every_point_answered:
            missing.append(self.env._("that every point is answered, with reasons"))
        if not self.remedy and not self.no_remedy_reason:
            missing.append(self.env._("what was put right, or why nothing is"))
        if missing:
            raise UserError(
                self.env._(
                    "Before a reply is sent, say %(missing)s.",
                    missing=", ".join(missing),
                )
            )
        if self.no_remedy_reason:
            self.case_id._log("no_remedy", reason=self.no_remedy_reason)

    def _terms(self):
        """The terms whose elements the letter must have; a reply also acknowledges."""
        duties = {DUTIES.get(self.purpose)}
        if self.purpose == "reply" and self.case_id._deadlines("acknowledge"):
            duties.add("acknowledge")
        terms = self.case_id.policy_id.sudo().term_ids
        return terms.filtered(lambda term: term.milestone in duties)

    @api.model
    def _told_fields(self):
        return [*super()._told_fields(), "purpose", "expected_on", "handler_id"]

    def _standard_body(self):
        if not self.case_id or self.purpose not in STANDARD:
            return False
        draft = self._draft(
            expected_on=self.expected_on,
            handler_id=self.handler_id.id,
            remedy=self.remedy,
        )
        letters_sudo = self.env["complaint.correspondence"].sudo()
        return letters_sudo._default_body(draft, self.purpose, **self._told_values())

    def _told_values(self):
        """Hook: what else the template of the standard words gets."""
        return {}
