from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...roles import FACTS, READERS

JOINED = ("treated", "repeat")


class ComplaintJoining(models.AbstractModel):
    """Cases that are about the same matter: linked, treated together, or sent again.

    Mixed into ``complaint.case``. A link shows in each case, to whoever may read both;
    to everybody else there is none, and neither journal tells of it. What is treated
    together shares its wall, and each case keeps its own promises and answers. Only
    what the same person has sent again is ended, by a letter that says where it goes
    on.
    """

    _name = "complaint.joining"
    _description = "Cases about the same matter"

    is_repeat = fields.Boolean(
        string="Sent again",
        readonly=True,
        copy=False,
        groups=FACTS,
        help="The same person has sent the matter before: it came in twice, and is "
        "one matter.",
    )
    link_ids = fields.One2many(
        "complaint.case.link", "case_id", groups=fields.NO_ACCESS
    )
    linked_ids = fields.One2many(
        "complaint.case.link", "other_id", groups=fields.NO_ACCESS
    )
    same_matter_ids = fields.Many2many(
        "complaint.case",
        string="Same matter",
        compute="_compute_same_matter",
        groups=READERS,
        help="What you may read of the cases about the same matter.",
    )
    same_matter_note = fields.Char(compute="_compute_same_matter", groups=READERS)

    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_same_matter(self):
        links = self._links()
        others = (links.case_id | links.other_id).sudo(False)
        seen = self.browse(others._filtered_access("read").ids)
        for case in self:
            rows = links.filtered(
                lambda row, own=case._origin: own in row.case_id | row.other_id
            )
            near = (rows.case_id | rows.other_id).with_env(self.env) & seen
            case.same_matter_ids = near - case._origin
            case.same_matter_note = case._say_links(rows, seen)

    def _links(self):
        """The links of these cases that stand, as superuser."""
        cases = self._origin.sudo()
        return (cases.link_ids | cases.linked_ids).filtered(
            lambda row: not row.ended_on
        )

    def _say_links(self, rows, seen):
        """What the joined cases mean for this one, in words; nothing of the unseen."""
        goes_on, came_from, together = [], [], []
        for row in rows:
            is_own = row.case_id == self._origin
            other = row.other_id if is_own else row.case_id
            if other not in seen or row.kind not in JOINED:
                continue
            if row.kind == "treated":
                together.append(other.reference)
            else:
                (goes_on if is_own else came_from).append(other.reference)
        said = []
        if goes_on:
            said.append(
                self.env._(
                    "The person had sent this before: it goes on in %(case)s.",
                    case=", ".join(goes_on),
                )
            )
        if came_from:
            said.append(
                self.env._(
                    "The same person has sent this again: %(cases)s.",
                    cases=", ".join(came_from),
                )
            )
        if together:
            said.append(
                self.env._(
                    "Treated together with %(cases)s. Each person gets an answer of "
                    "their own, and nothing of the other's.",
                    cases=", ".join(together),
                )
            )
        return " ".join(said)

    def action_link(self, case_id, reason):
        """Say that another case is about the same matter: shown in both.

        :param case_id: id of a case that the user may read
        :param reason: why, required
        :raises AccessError: for what the user may not read, as if there were none such
        """
        other = self._begin_link(case_id)
        self._make_link(other, "same", self._read_reason(reason))
        return True

    def action_join(self, case_id, reason, is_repeat=False, body=None, medium=None):
        """Treat the case together with another one.

        Nothing of one is shown to who complains in the other, and each keeps what it
        promised. What the same person has sent again is ended by a letter that says
        where it goes on.

        :param case_id: id of the other case, which the user works too
        :param reason: why, required
        :param is_repeat: the same person has sent the same matter again
        :param body: HTML of that letter; the standard words without it
        :param medium: way of sending; the one the person chose without it
        :raises UserError: where it is not known to be the same person
        """
        other = self._begin_link(case_id)
        reason = self._read_reason(reason)
        other.check_access("write")
        if not isinstance(is_repeat, bool):
            raise ValidationError(self.env._("Say whether it is the same person."))
        if is_repeat:
            self._check_repeat(other)
        elif self._has_ended() or other._has_ended():
            raise UserError(
                self.env._("One of the cases has ended. Link it as the same matter.")
            )
        self._make_link(other, "repeat" if is_repeat else "treated", reason)
        self.sudo()._log("joined", is_repeat=is_repeat, reason=reason)
        if is_repeat:
            self._end_repeat(other, body, medium)
        # Who must not notice the one may not see the other from now on.
        self.sudo()._update_wall()
        return True

    def action_part(self, case_id, reason):
        """Say that another case is not the same matter after all.

        What was ended for it is taken up again: its limits run anew.

        :param case_id: id of a case that is shown as the same matter
        :param reason: why, required
        """
        other = self._find_other(case_id)
        reason = self._read_reason(reason)
        row = self._links().filtered(lambda one: other in one.case_id | one.other_id)
        if not row:
            raise UserError(self.env._("These cases are not linked."))
        again = row.case_id.sudo(False).with_env(self.env)
        if row.kind == "repeat" and again.is_repeat:
            again.action_reopen(reason)
        else:
            row._end(reason)
            if row.kind in JOINED:
                again.sudo()._log("parted", reason=reason)
        return True

    def _go_on(self, reason):
        """Part what was sent again and goes on by itself: it was taken up again.

        :param reason: why
        """
        for case in self.filtered("is_repeat"):
            rows = case._links().filtered(
                lambda row, own=case: row.case_id == own and row.kind == "repeat"
            )
            rows._end(reason)
            case_sudo = case.sudo()
            case_sudo.is_repeat = False
            case_sudo._log("parted", reason=reason)

    def _begin_link(self, case_id):
        other = self._find_other(case_id)
        if other == self:
            raise UserError(self.env._("Choose another case than this one."))
        if other.company_id != self.company_id:
            raise UserError(self.env._("Choose a case of the same organisation."))
        known = self._links()
        if other in (known.case_id | known.other_id).with_env(self.env):
            raise UserError(
                self.env._("These cases are linked already. Part them first.")
            )
        return other

    def _find_other(self, case_id):
        """The case with an id, which the user may read.

        :raises AccessError: for what is hidden and for what is not there, alike
        """
        if len(self) != 1:
            raise ValidationError(self.env._("Link one case at a time."))
        self.check_access("write")
        other = self.browse()
        if type(case_id) is int and 0 < case_id < 2**31:
            # A search answers for a hidden case as for none.
            other = self.search([("id", "=", case_id)])
        if not other:
            raise self._make_unknown_error()
        return other

    def _make_link(self, other, kind, reason):
        self.env["complaint.case.link"].sudo().create(
            {
                "case_id": self.id,
                "other_id": other.id,
                "kind": kind,
                "reason": reason,
            }
        )
        (self | other).invalidate_recordset(["same_matter_ids", "same_matter_note"])

    # -- sent again by the same person -------------------------------------------------

    def _check_repeat(self, other):
        if self._has_ended():
            raise UserError(
                self.env._("This case has ended. Link it as the same matter.")
            )
        if other._has_ended():
            raise UserError(
                self.env._("%(case)s has ended. Reopen it first.", case=other.reference)
            )
        if self._links().filtered(lambda row: row.kind == "repeat"):
            raise UserError(
                self.env._("Another case goes on in this one. Join it the other way.")
            )
        if not self._is_same_person(other):
            raise UserError(
                self.env._(
                    "It is not known to be the same person: the names and addresses "
                    "differ, or one of them must not be known. Treat the cases "
                    "together instead. Each person then gets an answer of their own."
                )
            )

    def _is_same_person(self, other):
        """Whether what is known of who complains agrees; both have to be known.

        Of protected and anonymous persons it never does: it would tell who they are.
        """
        if {self.anonymity, other.anonymity} != {"open"}:
            return False
        mine, theirs = self._find_complainant(), other._find_complainant()
        if not mine or not theirs:
            return False
        pairs = [
            (_comparable(name, mine[name]), _comparable(name, theirs[name]))
            for name in ("email", "phone", "name")
        ]
        *addresses, names = pairs
        if any(one and one == two for one, two in addresses):
            return True
        do_differ = any(one and two and one != two for one, two in addresses)
        return bool(names[0]) and names[0] == names[1] and not do_differ

    def _end_repeat(self, other, body, medium):
        """End the case by the letter that says where the matter goes on.

        It has no outcome of its own: that is found where it goes on.
        """
        self.sudo().write({"is_repeat": True, "outcome": False})
        self.action_close(body=body or self._say_joined(other), medium=medium)

    def _say_joined(self, other):
        """The standard words of that letter; it goes to one person for both cases."""
        letter_sudo = self.env["complaint.correspondence"].sudo()
        return letter_sudo._default_body(self.sudo(), "joined", other=other.sudo())

    def _check_closing(self):
        """What goes on elsewhere is assessed there."""
        if not self.sudo().is_repeat:
            super()._check_closing()

    # -- the wall ----------------------------------------------------------------------

    def _family(self):
        """With what is treated together: both stand behind the same wall."""
        family = super()._family()
        while True:
            rows = family._links().filtered(lambda row: row.kind in JOINED)
            joined = (rows.case_id | rows.other_id).with_env(self.env)
            if joined <= family:
                return family
            family |= joined
            for case in joined:
                family |= super(ComplaintJoining, case)._family()


def _comparable(name, text):
    """What of a name or an address tells two persons apart."""
    text = (text or "").strip().casefold()
    if name == "phone":
        return "".join(filter(str.isdecimal, text))[-8:]
    return " ".join(text.split())
