from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import plaintext2html

from ..dialogue.complaint_case import DECIDED

# Ends after which the person may turn to NAV or to the management.
UNRESOLVED = ("unresolved", "partly_upheld", "not_upheld", "no_finding")
# Appeals that are still to be passed on.
APPEALS = [("kind", "=", "appeal"), ("state", "=", "draft")]


class ComplaintCase(models.Model):
    """The way onward of a case: a second look, others, and what leaves with it."""

    _inherit = "complaint.case"

    referral_ids = fields.One2many("complaint.referral", "case_id", string="Handed on")
    outgoing_ids = fields.One2many(
        "complaint.outgoing", "case_id", string="Decisions on what leaves"
    )
    fitting_role_ids = fields.Many2many(
        "complaint.role", compute="_compute_fitting_role_ids", compute_sudo=True
    )

    can_go_further = fields.Boolean(
        compute="_compute_can_go_further",
        help="It has been decided, and somebody else may look at it again.",
    )
    onward_bodies = fields.Html(
        compute="_compute_onward_bodies",
        compute_sudo=True,
        help="What the person is told in answers and on the status page.",
    )

    def _compute_fitting_role_ids(self):
        for case in self:
            case.fitting_role_ids = self.env["complaint.role"]._for_case(case)

    @api.depends("state")
    def _compute_can_go_further(self):
        for case in self:
            case.can_go_further = case.state in DECIDED

    @api.depends("law_id", "place_type", "policy_id")
    @api.depends_context("lang")
    def _compute_onward_bodies(self):
        for case in self:
            case.onward_bodies = case._tell_bodies()

    @api.depends("referral_ids.state")
    def _compute_is_due_today(self):
        super()._compute_is_due_today()
        for case in self:
            if case.sudo().referral_ids.filtered_domain(APPEALS):
                case.is_due_today = True

    def _search_is_due_today(self, operator, value):
        """An appeal that is not passed on yet is due too (E-21)."""
        due = super()._search_is_due_today(operator, value)
        if due is NotImplemented:
            return due
        # Past the rights: auditors read no referral, and the case is theirs to read.
        appeals = Domain("referral_ids", "any!", APPEALS)
        return due | appeals if True in value else due & ~appeals

    def write(self, vals):
        result = super().write(vals)
        if "category_ids" in vals:
            self.sudo()._follow_appeals()
        return result

    def _writable(self):
        return super()._writable() | {"referral_ids"}

    def action_second_stage(self, reason=None):
        """Have somebody else look at it again, as the person wants (C-26, M24).

        No reason is asked for. It goes to who has not handled it and stands above who
        has, around the wall, and what the procedure promises runs anew.

        :param reason: how the person said so, where somebody wants to note that
        :return: a notice where nobody is left; the auditors are alarmed then
        :raises UserError: where nothing has been decided yet
        """
        notice = True
        for case in self:
            case.check_access("write")
            if case.state not in DECIDED:
                raise UserError(
                    self.env._(
                        "It is being looked into: it has not been answered yet, or "
                        "somebody else has it already."
                    )
                )
            case_sudo = case.sudo()
            user = case_sudo._find_second_look()
            if not user:
                notice = case_sudo._say_nobody_else()
                continue
            case_sudo._begin_second_stage(user)
            if (reason or "").strip():
                case_sudo._log("second_stage_wished", reason=reason.strip())
        return notice

    def action_hand_over(self, user_id=None, role_id=None):
        """Pass the case on to somebody here who can handle it, and promise to return.

        The person is told by a letter, without names of who else there is; who receives
        it is asked to write to the person.

        :param user_id: id of a colleague
        :param role_id: id of a role, in place of one: whoever holds it now
        :raises UserError: for whoever must not handle it, in the words of any wrong
            choice
        """
        for id_ in (user_id or 0, role_id or 0):
            if isinstance(id_, bool) or not isinstance(id_, int):
                raise ValidationError(self.env._("Choose a role or a colleague."))
        for case in self:
            case.check_access("write")
            role = case._read_role(role_id)
            receiver_id = role.user_id.id or user_id
            if role and not role.user_id:
                raise UserError(
                    self.env._(
                        "This role is held by somebody outside. Hand a package on "
                        "under “The way onward”."
                    )
                )
            if receiver_id and receiver_id == case.sudo().handler_id.id:
                raise UserError(self.env._("This person has the case already."))
            case.action_assign(receiver_id)
            case_sudo = case.sudo()
            case_sudo._log("handed_over", role_held=role.kind or "")
            case_sudo._write_to_complainant("handover")
            case_sudo._ask_receiver()
        return True

    def _say_nobody_else(self):
        """Tell the auditors that nobody is left, and the user what to do.

        No error: what it undoes would take the alarm with it.
        """
        self._log("nobody_else")
        self._alarm_auditors()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": self.env._(
                    "Nobody is left here who could take it up anew. Help the person on "
                    "to an external body, and record that here."
                ),
                "type": "warning",
                "sticky": True,
            },
        }

    def action_delay(self, reason, until, milestone=None, send_now=True):
        """The reason is told to the complainant: it passes the guard as letters do."""
        for case in self.filtered(lambda one: reason):
            case.check_access("write")
            outgoing = self.env["complaint.outgoing"]
            outgoing._check(case, [outgoing._text_piece(plaintext2html(reason))])
        return super().action_delay(reason, until, milestone, send_now)

    def action_accept_findings(self, reason=None, body=None):
        """Decide that a text leaves with what was found in it; for programs.

        :param reason: why, in words
        :param body: HTML, as it will be sent
        :raises UserError: without a reason
        """
        for case in self:
            outgoing = self.env["complaint.outgoing"]
            outgoing._accept(case, [outgoing._text_piece(body)], reason)
        return True

    def _begin_second_stage(self, user):
        """Keep as a handing on that somebody else takes it up."""
        super()._begin_second_stage(user)
        handed = self.referral_ids.filtered(
            lambda one: one.kind == "management" and one.user_id == user
        )
        if handed and handed[:1].sent_on == self._today():
            return
        self.env["complaint.referral"].sudo().create(
            {
                "case_id": self.id,
                "kind": "second",
                "user_id": user.id,
                "state": "sent",
                "consent": "given",
                "consent_on": self._today(),
                "sent_on": self._today(),
            }
        )

    def _read_role(self, role_id):
        """A role that is held for this case now; any other is as if it were not there.

        :param role_id: id, or nothing
        """
        roles = self.env["complaint.role"].sudo()
        if not role_id:
            return roles
        role = roles._for_case(self).filtered(lambda one: one.id == role_id)
        if not role:
            raise ValidationError(
                self.env._("Nobody holds this role for the case now. Choose another.")
            )
        return role

    def _ask_receiver(self):
        user = self.handler_id
        env = self.with_context(lang=user.lang).env
        said = env._("A case was handed over to you: tell the person how it goes on")
        day = fields.Date.context_today(self)
        self._plan_tasks("notice", [(self, user, said, day)])

    def _find_management(self):
        """Who leads at the top of the line and may take it up, else who stands above.

        Never who has handled it, nor anybody behind the wall (A-15).
        """
        handled = self._have_handled()
        out = self._kept_out() | handled
        for unit in reversed(list(self._units_above(handled))):
            if user := unit._responsible(out):
                return user
        return self._find_second_look()

    def _ways_onward(self):
        """Between whom the person chooses after an end that resolved nothing (A-15).

        :return: codes of kinds of handing on; none where the person has said so already
        """
        return self._ways_by_end() if self.sudo().state == "closed" else []

    def _ways_by_end(self):
        """The same by how it ends, for the letter that closes it.

        The caseworker at NAV knows the person by name: who is anonymous says it first.
        """
        case = self.sudo()
        if not case.policy_id.is_nav_partner or case.outcome not in UNRESOLVED:
            return []
        # A dialog asks for a case as it would be: its letters have no numbers there.
        if case._origin._said_further_on():
            return []
        is_nav = case.anonymity != "anonymous" and case._may_go_to_nav()
        return ["nav", "management"] if is_nav else ["management"]

    def _choose_way(self, way, text=None, files=(), key=None):
        """Take it to NAV or to the management, as the person has chosen (A-14, A-15).

        The wish is kept as a letter, and as the consent to a handing on. What goes to
        NAV waits for its documents; the management takes it up at once.

        :param way: one of :meth:`_ways_onward`
        :return: whether it goes there; not where nobody in the management is left
        :raises IntakeRefused: as :meth:`_say`
        """
        self.ensure_one()
        case = self.sudo()
        if way not in case._ways_onward():
            return False
        case._say(text, files, "onward", key=key)
        if way == "management" and not case._find_management():
            case._log("nobody_else")
            case._alarm_auditors()
            return False
        referrals = self.env["complaint.referral"].sudo()
        referral = referrals.create({"case_id": case.id, "kind": way})
        own = case.with_context(lang=case.policy_id._spoken()).env
        referral.action_consent(own._("Chosen on the status page."))
        if way == "management":
            referral.action_send()
        return True

    def _may_go_to_nav(self):
        """Whether NAV has a part: where it commissions the place (A-14, A-22)."""
        case = self.sudo()
        return case.policy_id.is_nav_partner and case.place_type != "municipal"

    def _bodies_to_name(self, is_appeal=False):
        """The external bodies that the person is told of, as superuser."""
        bodies = self.env["complaint.body"]._for_case(self, is_appeal)
        return bodies.filtered("is_named")

    def _tell_bodies(self):
        """The same as HTML; nothing where there is none."""
        bodies = self._bodies_to_name()
        return bool(bodies) and bodies._tell()

    def _is_appeal(self):
        """Whether part of it is an appeal of a decision (E-20)."""
        return self.sudo().category_ids._lead_to_a_decision()

    def _follow_appeals(self):
        """Have an appeal passed on the same day, with its limit warned of (E-21)."""
        for case in self.filtered(lambda one: one._is_appeal()):
            known = case.sudo().referral_ids.filtered(lambda one: one.kind == "appeal")
            if known or case._has_ended():
                continue
            referrals = self.env["complaint.referral"].sudo()
            body = self.env["complaint.body"]._for_case(case, is_appeal=True)[:1]
            referrals.create(
                {
                    "case_id": case.id,
                    "kind": "appeal",
                    "body_id": body.id,
                    "consent": "demanded",
                }
            )

    def action_split(self, category_ids):
        """An appeal that is split off is passed on from there, and no longer here."""
        child_id = super().action_split(category_ids)
        if not self._is_appeal():
            child_sudo = self.sudo().browse(child_id)
            self.sudo().referral_ids.filtered_domain(APPEALS).action_stop(
                self.env._(
                    "It is a case of its own now: %(reference)s.",
                    reference=child_sudo.reference,
                )
            )
        return child_id

    def _find_duties(self, milestone):
        """What is handed on is met by that, with its proof, and by nothing else."""
        duties = super()._find_duties(milestone)
        handed = self.sudo().referral_ids
        if duties & (handed.deadline_id | handed.review_id):
            raise UserError(
                self.env._(
                    "Record this under “The way onward”: there it is sent, followed up "
                    "or stopped, with what shows it."
                )
            )
        return duties

    def _write_to_complainant(self, purpose, body=None, medium=None, meets=None):
        """Let no text leave undecided that a person has written."""
        if body and not self.env.su:
            outgoing = self.env["complaint.outgoing"]
            outgoing._check(self, [outgoing._text_piece(body)])
        return super()._write_to_complainant(purpose, body, medium, meets)
