import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import html2plaintext

from ...roles import FACTS, READERS
from ..case.complaint_case import ComplaintCase as Matter
from ..case.complaint_case_colleagues import TASKS
from .complaint_deadline import OWN_MILESTONES
from .complaint_policy_urgency import SIGNS

BOXES = tuple(name for name, _label in SIGNS)
CONTACT = {"contact_interval", "reply_channel"}
# What the first assessment writes while the case is open.
TRIAGED = {
    *BOXES,
    "law_id",
    "definition",
    "whistleblowing_answer",
    "whistleblowing_reason",
    "point_ids",
    "plan_ids",
    "duty_ids",
}
FOLLOWED = {*BOXES, *CONTACT, "law_id", "definition", "whistleblowing_answer", "triage"}
UNFOUNDED = ("not_upheld", "no_finding")
# Who complained, and who does it for them.
COMPLAINANTS = ("complainant", "representative")
# A shorter part of a name stands in other words too.
SHORTEST_NAME = 3


class ComplaintCase(models.Model):
    """The first assessment, the investigation and the other side of a case.

    What is answered in the assessment is followed at once: what cannot wait becomes a
    duty of today (M31), the governing law proposes its parallel duties (M32), an agreed
    interval moves the next update (D-35).
    """

    _inherit = "complaint.case"
    _words = (*Matter._words, "definition", "whistleblowing_reason")

    # The first assessment
    has_danger = fields.Boolean(string=SIGNS[0][1], groups=FACTS)
    is_pressing = fields.Boolean(string=SIGNS[1][1], groups=FACTS)
    concerns_child = fields.Boolean(string=SIGNS[2][1], groups=FACTS)
    concerns_protected = fields.Boolean(string=SIGNS[3][1], groups=FACTS)
    law_id = fields.Many2one(
        "complaint.law",
        string="Governing law",
        help="Of the activity that the complaint is about, on the day it happened.",
        ondelete="restrict",
        index="btree_not_null",
        groups=FACTS,
        domain="[('id', 'in', fitting_law_ids)]",
    )
    fitting_law_ids = fields.Many2many(
        "complaint.law", compute="_compute_fitting_law_ids", groups=FACTS
    )
    whistleblowing_answer = fields.Selection(
        [("no", "No, a complaint"), ("yes", "Yes, handled independently from now on")],
        string="Whistleblowing?",
        groups=FACTS,
    )
    whistleblowing_reason = fields.Text(string="Why not", groups=READERS)

    # What comes next may be a duty of this room.
    next_milestone = fields.Selection(
        selection_add=OWN_MILESTONES,
        ondelete={code: "set null" for code, _label in OWN_MILESTONES},
    )

    # The investigation
    definition = fields.Text(
        string="What the complaint is about",
        groups=READERS,
        help="As it is agreed with the person.",
    )
    definition_agreed_on = fields.Date(
        string="Agreed with the person on", readonly=True, copy=False
    )
    point_ids = fields.One2many("complaint.point", "case_id", string="Points")
    plan_ids = fields.One2many("complaint.plan.step", "case_id")
    duty_ids = fields.One2many("complaint.duty", "case_id", string="Duties beside it")
    right_ids = fields.One2many("complaint.right", "case_id", string="The other side")

    @api.depends("policy_id", "event_date", "received_at")
    def _compute_fitting_law_ids(self):
        laws = self.env["complaint.law"]
        for case in self:
            country = case.policy_id.sudo().country_id
            case.fitting_law_ids = laws._fitting(country, case._law_day())

    @api.depends("whistleblowing_answer")
    def _compute_flags(self):
        super()._compute_flags()
        for case in self:
            if case.whistleblowing_answer == "no":
                case.is_possible_whistleblowing = False

    @api.constrains("law_id")
    def _check_law_id(self):
        for case in self.sudo():
            country, law = case.policy_id.country_id, case.law_id
            is_foreign = law and country and law.country_id != country
            if is_foreign or (law and not law._is_in_force_on(case._law_day())):
                raise ValidationError(
                    self.env._(
                        "This law was not in force here on the day in question. Choose "
                        "another."
                    )
                )

    def write(self, vals):
        if not FOLLOWED & vals.keys():
            return super().write(vals)
        # Asked before anything is looked up: a refusal must not tell what there is.
        self.check_access("write")
        before = {case: case.sudo()._followed() for case in self}
        result = super().write(vals)
        for case in self.sudo():
            case._follow(before[case], case._followed())
        return result

    def _writable(self):
        names = super()._writable() | {"right_ids"}
        if not any(case._has_ended() for case in self):
            names |= TRIAGED
        return names

    def action_agree_definition(self):
        """Record that the person agrees what the complaint is about (C-04).

        :raises UserError: without the words of it, or a point
        """
        for case in self:
            case.check_access("write")
            if case._has_ended():
                raise UserError(self.env._("The case has ended."))
            if not (case.definition or "").strip() or not case.point_ids:
                raise UserError(
                    self.env._(
                        "Write what the complaint is about and its points, as you have "
                        "agreed them."
                    )
                )
            case.sudo().definition_agreed_on = case._today()
            case._log("definition_agreed", entries=len(case.point_ids))
        return True

    def _law_day(self):
        """The local day whose law counts: of what happened, else of receipt."""
        return self.sudo().event_date or self._received_on()

    def _followed(self):
        values = {name: self[name] for name in FOLLOWED}
        return {**values, "law_id": self.law_id.id}

    def _follow(self, old, new):
        """Do what follows from what is different now in the first assessment."""
        changed = {name for name in FOLLOWED if old[name] != new[name]}
        signs = [name for name in BOXES if name in changed and new[name]]
        if signs:
            self._follow_signs(signs)
        if "triage" in changed and new["triage"]:
            self._log("triage_answered", triage=new["triage"])
        if "law_id" in changed:
            self._log("law_chosen", law=self.law_id.name or "")
            self._propose_duties()
        if "definition" in changed and self.definition_agreed_on:
            self.definition_agreed_on = False
            self._log("definition_changed")
        if CONTACT & changed and self.contact_interval:
            self._log(
                "contact_agreed", days=self.contact_interval, medium=self.reply_channel
            )
        if "whistleblowing_answer" in changed:
            self._follow_whistleblowing()

    def _follow_signs(self, signs, event="triage_answered"):
        """Open what the procedure does the same day, once for each rule (M31).

        :param event: how it is known: assessed by staff, or told by the person
        """
        self._log(event, signs=signs)
        rules = self.policy_id.urgency_ids.filtered(lambda rule: rule.sign in signs)
        for rule in rules - self.duty_ids.urgency_id:
            is_manager = rule.receiver == "manager"
            owner = self._superior(0) if is_manager else self._asked()
            self.env["complaint.duty"].create(
                {
                    "case_id": self.id,
                    "name": rule.name,
                    "urgency_id": rule.id,
                    "owner_id": owner[:1].id,
                }
            )

    def _propose_duties(self):
        """Propose what runs beside a complaint under the governing law (M32)."""
        known = self.duty_ids.duty_id
        self.env["complaint.duty"].create(
            [
                {
                    "case_id": self.id,
                    "name": duty._say(),
                    "duty_id": duty.id,
                    "owner_id": self._asked()[:1].id,
                }
                for duty in self.law_id.duty_ids - known
            ]
        )

    def _follow_whistleblowing(self):
        """Enter the answer; what may be a report goes past the line (M29)."""
        answer, reason = self.whistleblowing_answer, self.whistleblowing_reason
        if not answer:
            return
        if answer == "no" and not (reason or "").strip():
            raise UserError(
                self.env._("Write why this is not a whistleblowing report.")
            )
        self._log(
            "whistleblowing_assessed", is_possible=answer, reason=(reason or "").strip()
        )
        if answer == "yes":
            self.sudo().kind = "whistleblowing"

    def action_investigate(self):
        """Start the investigation, and with it the ledger of the other side."""
        result = super().action_investigate()
        self.sudo()._subjects()._open_rights("inform", "hear")
        return result

    def _keeps_rights(self):
        """Whether the case has been looked into, so that the other side has rights."""
        return self.state == "investigating" or bool(self.right_ids)

    def _write_to_complainant(self, purpose, body=None, medium=None, meets=None):
        letter = super()._write_to_complainant(purpose, body, medium, meets)
        if purpose in ("reply", "closing"):
            self.sudo()._answer_points(letter)
        return letter

    def _record_told(self, purpose, body, medium, meets, told_on, told_by):
        letter = super()._record_told(purpose, body, medium, meets, told_on, told_by)
        self.sudo()._answer_points(letter)
        return letter

    def _answer_points(self, letter):
        """What is concluded counts as answered by a letter, once that has left."""
        points = self.point_ids.filtered(
            lambda one: one.conclusion and not one.letter_id
        )
        points.letter_id = letter
        points._log_points("point_answered", points)

    def _finish_letters_to_others(self):
        """Drop the tasks to hand something over where nothing waits for a hand."""
        waiting = self.correspondence_ids.filtered(
            lambda letter: letter.right_id and letter.state == "queued"
        )
        self.env["mail.activity"].sudo().search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", (self - waiting.case_id).ids),
                ("activity_type_id", "=", self.env.ref(TASKS % "other_side").id),
            ]
        ).unlink()

    def _move(self, target, **payload):
        """Have the other side told where a closed complaint was unfounded."""
        super()._move(target, **payload)
        case = self.sudo()
        is_unfounded = target == "closed" and case.outcome in UNFOUNDED
        if is_unfounded and case._keeps_rights():
            case._subjects()._open_rights("unfounded")

    def _check_works_there(self, user_id):
        """Refuse to give something of the case to who does not work it."""
        user = self.env["res.users"].sudo().browse(user_id or []).exists()
        if not user or user == self.env.user:
            return
        if any(not case.with_user(user).has_access("write") for case in self):
            raise UserError(
                self.env._("This person does not work the case. Choose another.")
            )

    def _names_complainant(self, body, recipient):
        """Whether a text names who complained, as far as the user may know that.

        Of who is protected nothing is compared: the answer would be an oracle.

        :param body: HTML
        :param recipient: the person it goes to, whose own name is no name of another
        """
        text = " ".join(html2plaintext(body or "").casefold().split())
        people = self.sudo().party_ids.filtered(lambda one: one.role in COMPLAINANTS)
        people = people.sudo(False)._filtered_access("read")
        words = set().union(*(self._telling_words(one) for one in people))
        recipient = recipient._filtered_access("read")
        words -= self._telling_words(recipient) | self._words_of(self.handler_id.name)
        words |= {(one.name or "").casefold() for one in people} - {""}
        return any(
            re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in words
        )

    @api.model
    def _words_of(self, name):
        words = re.findall(r"[\w'-]+", (name or "").casefold())
        return {word for word in words if len(word) >= SHORTEST_NAME}

    @api.model
    def _telling_words(self, person):
        """What tells who a person is, in lower case."""
        others = (person.email, person.phone, person.street)
        return self._words_of(person.name) | {
            word.casefold() for word in others if word
        }
