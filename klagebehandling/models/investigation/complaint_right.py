from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..intake import numbers

OPEN = ("open", "postponed")
WRITTEN = {"ground", "review_on", "answer"}
# By which ways something is told to the other side: a colleague does it, nothing is
# published.
MEDIA = ("letter", "meeting", "phone")
numbers.burn("complaint_right")


class ComplaintRight(models.Model):
    """A right of a person complained about, with its own clock.

    To be informed, heard, answered on access, and told where the complaint was
    unfounded. The person is walled: the ledger is kept by who works the case, and holds
    nothing of who complained.
    """

    _name = "complaint.right"
    _inherit = ["complaint.case.part"]
    _description = "Right of a person complained about"
    _order = "party_id, id"
    _rec_name = "kind"
    _words = ("ground", "answer")

    party_id = fields.Many2one(
        "complaint.party",
        string="Person complained about",
        required=True,
        ondelete="cascade",
        index=True,
        domain="[('case_id', '=', case_id), ('role', '=', 'subject')]",
    )
    kind = fields.Selection(
        [
            ("inform", "Is informed"),
            ("hear", "Is heard"),
            ("access", "Asked for access"),
            ("unfounded", "Is told that it was unfounded"),
        ],
        string="Right",
        required=True,
        default="access",
    )
    asked_on = fields.Date(string="Asked on", help="When the person asked for it.")
    deadline_id = fields.Many2one(
        "complaint.deadline", readonly=True, copy=False, index="btree_not_null"
    )
    due_on = fields.Date(string="Due", related="deadline_id.due_on")
    state = fields.Selection(
        [
            ("open", "To be done"),
            ("postponed", "Postponed"),
            ("done", "Done"),
            ("waived", "Does not apply"),
        ],
        required=True,
        default="open",
        readonly=True,
        copy=False,
    )
    ground = fields.Text(
        help="Why it is postponed, or does not apply. Harm to the investigation, for "
        "instance, and which."
    )
    review_on = fields.Date(
        string="Look again on",
        help="The day on which a postponement is looked at anew.",
    )
    answer = fields.Text(string="How it was done")
    done_on = fields.Date(string="Done on", readonly=True, copy=False)
    letter_ids = fields.One2many(
        "complaint.correspondence", "right_id", string="Letters to this person"
    )
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    _kind_unique = models.UniqueIndex(
        "(party_id, kind) WHERE kind <> 'access'", "This person has this right already."
    )
    _done_state = models.Constraint(
        "CHECK ((state IN ('done', 'waived')) = (done_on IS NOT NULL))",
        "A right is settled exactly when it carries the day it was.",
    )

    @api.constrains("party_id", "case_id")
    def _check_party_id(self):
        for right in self.sudo():
            if right.party_id.case_id != right.case_id or (
                right.party_id.role != "subject"
            ):
                raise ValidationError(
                    self.env._("Choose a person whom the case is about.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        rights = super().create(vals_list)
        rights.sudo()._start()
        return rights

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        if self.env.su or operation != "create":
            return
        cases = self.env["complaint.case"]
        for vals in vals_list:
            if vals.get("kind", "access") != "access":
                raise UserError(
                    self.env._(
                        "The program enters this right itself. By hand you enter that "
                        "a person has asked for access."
                    )
                )
            today = cases.browse(vals.get("case_id"))._today()
            asked_on = fields.Date.to_date(vals.get("asked_on") or today)
            if asked_on > today:
                raise ValidationError(
                    self.env._("The person asked today or earlier, not later.")
                )

    def _writable(self):
        names = super()._writable()
        is_open = all(right.state in OPEN for right in self)
        return names | WRITTEN if is_open else names

    @api.model
    def _creatable(self):
        return {"case_id", "party_id", "kind", "asked_on"}

    def action_done(self, answer=None):
        """Record that the right was met.

        :param answer: how, where it has not been written yet
        :raises UserError: without it
        """
        for right in self:
            right._begin()
            text = (answer or right.answer or "").strip()
            if not text:
                raise UserError(self.env._("Write how it was done."))
            right.sudo()._settle("done", answer=text)
        return True

    def action_postpone(self, ground=None, until=None):
        """Postpone the right for a ground, until a day on which it is looked at anew.

        :param ground: why, where it has not been written yet
        :param until: the day of the review, later than today and within a year
        :raises UserError: without either
        """
        for right in self:
            right._begin()
            text = (ground or right.ground or "").strip()
            day = fields.Date.to_date(until) or right.review_on
            if not text or not day:
                raise UserError(
                    self.env._(
                        "Write the ground, and the day on which it is looked at again."
                    )
                )
            if day <= right.case_id._today():
                raise UserError(self.env._("Choose a later day to look at it again."))
            right.case_id._check_meant(day)
            right.sudo()._postpone(text, day)
        return True

    def action_waive(self, reason=None):
        """Record that the right does not apply, for a reason.

        :param reason: why, where it has not been written yet
        :raises UserError: without it
        """
        for right in self:
            right._begin()
            text = (reason or right.ground or "").strip()
            if not text:
                raise UserError(self.env._("Write why it does not apply."))
            right.sudo()._settle("waived", ground=text)
        return True

    def action_write(self, body, medium, reason=None):
        """Write to the person complained about: a letter of its own.

        It never names who complained, unless that is chosen for a reason; the right is
        met once the letter has left.

        :param body: HTML
        :param medium: ``letter``, ``meeting`` or ``phone``
        :param reason: why it names who complained
        :return: id of the letter
        """
        self.ensure_one()
        self._begin()
        if medium not in MEDIA:
            raise ValidationError(
                self.env._("Choose a letter, a meeting or a call for this person.")
            )
        if not (body or "").strip():
            raise UserError(self.env._("Write the text first."))
        reason = (reason or "").strip()
        case = self.case_id
        if not reason and case._names_complainant(body, self.party_id):
            raise UserError(
                self.env._(
                    "The text names who complained. Take the name out, or say why this "
                    "person has to know it."
                )
            )
        if reason:
            case._log("complainant_named", row=self.id, reason=reason)
        letter_sudo = self.env["complaint.correspondence"].sudo()
        return letter_sudo.create(self._prepare_letter(body, medium))._send().id

    def _prepare_letter(self, body, medium):
        """Values of a letter to this person, ready to be handed over."""
        right = self.sudo()
        return {
            "case_id": right.case_id.id,
            "company_id": right.company_id.id,
            "right_id": right.id,
            "recipient_id": right.party_id.id,
            "purpose": f"subject_{right.kind}",
            "medium": medium,
            "lang": right.case_id.policy_id._spoken(),
            "body": body,
            "state": "queued",
            "meets_ids": [fields.Command.set(right._clocks().ids)],
        }

    def _default_body(self):
        """The standard words for the right, which name nobody."""
        self.check_access("read")
        policy_sudo = self.case_id.sudo().policy_id
        lang = policy_sudo._spoken()
        case_sudo = self.case_id.sudo().with_context(lang=lang)
        qweb = self.env["ir.qweb"].with_context(lang=lang)
        told = {
            "right": self.sudo().with_context(lang=lang),
            "organisation": case_sudo.company_id.name,
            "handler": case_sudo.handler_id.name,
            "policy": case_sudo.policy_id,
            "day": case_sudo._say_day,
        }
        return qweb._render(f"klagebehandling.correspondence_subject_{self.kind}", told)

    def _begin(self):
        self.check_access("write")
        if self.state not in OPEN:
            raise UserError(self.env._("This has been settled already."))

    def _start(self):
        """Give each its clock, many at once."""
        rows, entries = [], []
        for right in self:
            case, policy = right.case_id, right.case_id.policy_id
            day, days = case._today(), policy.subject_inform_days
            if right.kind == "access":
                right.asked_on = right.asked_on or day
                day, days = right.asked_on, policy.subject_access_days
            due_on = fields.Date.add(day, days=days)
            rows.append(case._prepare_promise("subject", due_on))
            payload = {"row": right.id, "right": right.kind}
            entries.append((case, "right_opened", payload))
        deadlines = self.env["complaint.deadline"].sudo().create(rows)
        for right, deadline in zip(self, deadlines, strict=True):
            right.deadline_id = deadline
        self.env["complaint.journal"].sudo()._append(entries)

    def _clocks(self):
        """The open rows of the clock: the last one, and those before it."""
        rows, row = self.deadline_id, self.deadline_id
        while row := row.extends_id:
            rows |= row
        return rows.filtered("is_open")

    def _settle(self, state, **texts):
        """Record how it ended, and stop the clock."""
        for right in self:
            right.write({"state": state, "done_on": right.case_id._today(), **texts})
            told = {"row": right.id, "right": right.kind, **texts}
            if state == "done":
                right.case_id._log("right_done", **told)
                right._clocks()._meet()
            else:
                right.case_id._log("right_waived", **told)
                right._clocks()._waive(texts["ground"])
            right.case_id._finish_tasks()

    def _unsettled(self):
        return self.filtered(lambda right: right.state in OPEN)

    def _done_by_hearing(self):
        """What an act of the hearing has done already."""
        said = self.env._("By the hearing")
        self._unsettled()._settle("done", answer=said)

    def _done_by_letter(self, letter):
        """The letter has left: its clock is met by it already."""
        if self._unsettled():
            self._settle("done", answer=letter.display_name)

    def _open_again(self):
        """The letter came back: the clock runs anew, to the same date."""
        for right in self:
            row = right.deadline_id
            again = row.search([("extends_id", "=", row.id)], order="id desc", limit=1)
            right.write(
                {"state": "open", "done_on": False, "deadline_id": (again or row).id}
            )

    def _postpone(self, ground, day):
        old = self._clocks()
        old.write({"state": "extended", "reason": ground, "next_at": False})
        new = old.create(self.deadline_id._prepare_extension(day))
        self.write(
            {
                "state": "postponed",
                "ground": ground,
                "review_on": day,
                "deadline_id": new.id,
            }
        )
        self.case_id._log(
            "right_postponed",
            row=self.id,
            right=self.kind,
            until=str(day),
            ground=ground,
        )
        self.case_id._finish_tasks()
