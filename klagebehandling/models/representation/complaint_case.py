from odoo import api, fields, models
from odoo.exceptions import UserError

from ...channels import HAND
from ...roles import READERS
from ..improvement.complaint_case import ComplaintCase as Improved
from .complaint_deadline import OWN_MILESTONES

# To whom a letter goes where the representative may not read it.
INSTEAD = ("complainant", "service_user")
LONGEST_REASON = 2000
HOW = [
    ("asked", "Was asked"),
    ("not_wanted", "Does not want to be asked"),
    ("not_possible", "Cannot be asked"),
]
VIEW = {"own_view_how", "own_view", "child_age"}


class ComplaintCase(models.Model):
    """Writes about somebody only to who may read it (C-06, C-31, M58).

    A representative without a valid authorisation is passed over where the person is
    known. Whatever else a person writes then is decided on, with a reason: what would
    go to the representative, and what stands on a page whose code that one may have.
    What the program writes by itself tells nothing of anybody.
    """

    _inherit = "complaint.case"
    _words = (*Improved._words, "own_view")

    next_milestone = fields.Selection(
        selection_add=OWN_MILESTONES,
        ondelete={code: "set null" for code, _label in OWN_MILESTONES},
    )
    representative_ids = fields.One2many(
        "complaint.party",
        "case_id",
        domain=[("role", "=", "representative")],
        groups=fields.NO_ACCESS,
    )
    authorisation_ids = fields.One2many(
        "complaint.authorisation", "case_id", string="Authorisations"
    )
    is_authority_missing = fields.Boolean(
        compute="_compute_is_authority_missing",
        compute_sudo=True,
        help="Somebody represents the person and has shown no valid authorisation.",
    )
    authority_reason = fields.Text(
        string="Why it is written all the same",
        readonly=True,
        copy=False,
        groups=READERS,
        help="Of the next letter; it stands with that one afterwards.",
    )

    # What the person it is about says (C-06)
    child_age = fields.Integer(
        string="Age of the child",
        groups=READERS,
        help="Where it is known. From which age a child is asked says the procedure.",
    )
    own_view_how = fields.Selection(
        HOW, string="The person it is about", groups=READERS
    )
    own_view = fields.Text(
        string="What the person says, or why not asked", groups=READERS
    )
    own_view_on = fields.Date(string="Recorded on", readonly=True, copy=False)
    is_own_view_missing = fields.Boolean(
        compute="_compute_is_own_view_missing", compute_sudo=True
    )

    @api.depends("party_ids.role", "authorisation_ids")
    def _compute_is_authority_missing(self):
        for case in self:
            case.is_authority_missing = bool(case._unauthorised())

    @api.depends(
        "own_view_on",
        "party_ids.role",
        "concerns_child",
        "child_age",
        "hearing_ids.state",
        "policy_id.is_own_view_asked",
    )
    def _compute_is_own_view_missing(self):
        for case in self:
            is_known = case.own_view_on or case._users_heard()
            case.is_own_view_missing = case._owes_own_view() and not is_known

    def _writable(self):
        names = super()._writable() | {"authorisation_ids"}
        has_ended = any(case._has_ended() for case in self)
        return names if has_ended else names | VIEW

    def write(self, vals):
        result = super().write(vals)
        if {"own_view_how", "own_view"} & vals.keys():
            for case in self.sudo():
                case._record_own_view()
        return result

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        for vals in vals_list:
            age = vals.get("child_age") or 0
            if not isinstance(age, int) or not 0 <= age <= 18:
                raise UserError(self.env._("Write the age of a child, up to 18."))

    def action_write_unauthorised(self, reason=None):
        """Decide that the next letter goes to who has shown no authorisation.

        It is for one letter, and stands with that one and in the journal.

        :param reason: why, in words
        :raises UserError: without a reason, or where no authorisation is missing
        """
        text = (reason or "").strip()
        if not text:
            raise UserError(self.env._("Write why it is written all the same."))
        if len(text) > LONGEST_REASON:
            raise UserError(self.env._("This is too long. Write it shorter."))
        for case in self:
            case.check_access("write")
            # Nothing is decided ahead, for somebody who is named later.
            if not case._unauthorised():
                raise UserError(
                    self.env._("No authorisation is missing here: nothing to decide.")
                )
            case.sudo().authority_reason = text
        return True

    def action_delay(self, reason, until, milestone=None, send_now=True):
        """The reason is told: by a letter that is decided on like any other."""
        for case in self.filtered(lambda one: reason and one._unauthorised()):
            case.check_access("write")
            case._decide_on_letter(None, is_notice=True)
        return super().action_delay(reason, until, milestone, send_now)

    def _recipients(self):
        """Whom to write to: a representative only with a valid authorisation.

        Where nobody else is known it is the representative all the same: the acts that
        write ask for a decision then.
        """
        chosen = super()._recipients()
        people = self.env["complaint.party"].sudo()
        speakers = people.union(
            *(one for one in chosen.values() if one.role == "representative")
        )
        passed_over = speakers - speakers._may_read_for()
        if not passed_over:
            return chosen
        others = people.search(
            [("case_id", "in", passed_over.case_id.ids), ("role", "!=", "subject")],
            order="id",
        )
        for case, persons in others.grouped("case_id").items():
            able = persons.filtered(lambda one: one.role == "representative")
            fitting = able._may_read_for().filtered("identity_sealed")
            for role in INSTEAD:
                fitting |= persons.filtered(
                    lambda one, role=role: one.role == role and one.identity_sealed
                )
            chosen[case.id] = fitting[:1] or chosen[case.id]
        return chosen

    def _unauthorised(self):
        """The representatives of a case who may not read what is about the person.

        :return: persons, as superuser; nobody who is anonymous
        """
        speakers = self.sudo().party_ids.filtered(
            lambda one: one.role == "representative" and one.identity_sealed
        )
        return speakers - speakers._may_read_for()

    def _may_know_code(self, people):
        """Whether one of these persons may open the status page with the code.

        Not where the person ended it, and has drawn a code since.

        :param people: representatives without authorisation
        """
        drawn_on = self.sudo().code_drawn_on
        return any(
            not drawn_on
            or not one.authorisation_ids.filtered(
                lambda row: row.ended_by == "person" and row.ended_on <= drawn_on
            )
            for one in people
        )

    def _decide_on_letter(self, medium, is_notice=False):
        """What becomes of a letter that a person has written.

        :param medium: way of sending; the one the person chose without it
        :return: values of the letter
        :raises UserError: where it needs a decision and has none
        """
        people = self._unauthorised()
        if not people or self.env.su:
            return {}
        case, is_recipient = self.sudo(), self._recipient() in people
        if not is_recipient and not self._may_know_code(people):
            return {}
        if not is_recipient and not is_notice and self._goes_by_hand(medium):
            return {"is_withheld": True}
        reason = case.authority_reason
        if not reason:
            raise UserError(case._say_unauthorised(is_recipient))
        case.authority_reason = False
        case._log("unauthorised_written", reason=reason, party=people[:1].id)
        return {"authority_reason": reason}

    def _goes_by_hand(self, medium):
        """Whether a letter by this way can be read by who gets it in the hand only."""
        letters = self.env["complaint.correspondence"]
        return (medium or self.reply_channel) in letters._media_of(HAND)

    def _say_unauthorised(self, is_recipient):
        if is_recipient:
            return self.env._(
                "The representative has shown no valid authorisation. Enter one, or "
                "the address of the person it is about; or say why it is written all "
                "the same."
            )
        return self.env._(
            "The representative has shown no valid authorisation, and may have the "
            "code of the status page. Send it by letter, phone or in a meeting; or say "
            "why it is written all the same."
        )

    def _authority_warning(self, medium):
        """What a dialog says before a letter is written; empty where nothing is wrong.

        :param medium: the way that is chosen
        """
        people = self._unauthorised()
        if not people:
            return False
        is_recipient = self._recipient() in people
        if not is_recipient and (
            self._goes_by_hand(medium) or not self._may_know_code(people)
        ):
            return False
        return self._say_unauthorised(is_recipient)

    def _write_to_complainant(self, purpose, body=None, medium=None, meets=None):
        decided = self._decide_on_letter(medium) if body else {}
        letter = super()._write_to_complainant(purpose, body, medium, meets)
        letter.sudo().write(decided)
        return letter

    def _record_told(self, purpose, body, medium, meets, told_on, told_by):
        decided = self._decide_on_letter(medium)
        letter = super()._record_told(purpose, body, medium, meets, told_on, told_by)
        letter.sudo().write(decided)
        return letter

    def _move(self, target, **payload):
        """Nobody is asked for what runs out after the end."""
        super()._move(target, **payload)
        if self._has_ended():
            rows = self.sudo().authorisation_ids
            rows.deadline_id._waive(self.env._("The case has ended."))

    def action_reopen(self, reason=None):
        result = super().action_reopen(reason)
        for row in self.sudo().authorisation_ids:
            row._promise_look()
        return result

    # -- what the person does on the own page

    def _authorisations_to_end(self):
        """What the person may end on the own page, as superuser."""
        rows = self._submission().authorisation_ids
        return rows.filtered(lambda row: row.state in ("planned", "valid"))

    def _end_authorisation(self, row_id):
        """End an authorisation as the person says on the own page.

        :param row_id: id of one of those that can be ended there
        :return: whether there was one
        :raises IntakeRefused: where one of us may know the code
        """
        self._check_code_own()
        rows = self._authorisations_to_end()
        row = rows.filtered(lambda one: str(one.id) == str(row_id))
        if not row:
            return False
        row._end("person", self.env._("By the person, on the status page."))
        row.case_id._tell_said("authorisation_ended")
        return True

    @api.model
    def _say_news(self, what, env):
        own = {
            "authorisation": env._("An authorisation has run out"),
            "authorisation_ended": env._("The person has ended an authorisation"),
        }
        return own[what] if what in own else super()._say_news(what, env)

    # -- what the person it is about says

    def _record_own_view(self):
        """Enter that the view is there; what it is stands on the case only."""
        is_there = self.own_view_how and (self.own_view or "").strip()
        if bool(is_there) == bool(self.own_view_on):
            return
        self.own_view_on = is_there and self._today()
        if is_there:
            self._log("own_view_recorded", own_view=self.own_view_how)

    def _owes_own_view(self):
        """Whether the procedure asks for the view of the person it is about."""
        policy = self.policy_id
        if not policy.is_own_view_asked:
            return False
        is_of_age = not self.child_age or self.child_age >= policy.own_view_age
        if self.concerns_child:
            return is_of_age
        return "service_user" in self.party_ids.mapped("role")

    def _users_heard(self):
        """The hearings in which the person it is about has answered."""
        return self.hearing_ids.filtered(
            lambda one: one.state == "answered" and one.party_id.role == "service_user"
        )

    def _check_closing(self):
        """Demand the view of the person it is about, where the procedure asks."""
        super()._check_closing()
        if self.sudo().is_own_view_missing:
            self._miss(
                "own_view",
                self.env._(
                    "Before the case is closed, enter what the person it is about "
                    "says, or why that person was not asked."
                ),
            )
