from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ...roles import AUDITOR, CUSTODIAN, INDEPENDENT, READERS
from ..case.complaint_case import OPEN_STATES


class ComplaintCase(models.Model):
    """What a handler looks for first in a case, and what is done with many at once."""

    _inherit = "complaint.case"

    complainant = fields.Char(
        compute="_compute_complainant",
        groups=READERS,
        help="By the name that you may know: of protected persons a neutral one.",
    )
    reach = fields.Char(
        string="To be answered",
        compute="_compute_reach",
        groups=READERS,
        help="The way the person has chosen, and what is known of other ways.",
    )
    wanted_people = fields.Char(
        string="Wanted by the complainant",
        compute="_compute_wanted_people",
        groups=READERS,
        help="An interpreter, an advocate or somebody who helps; who shall take part.",
    )
    next_step = fields.Char(
        compute="_compute_next_step",
        compute_sudo=True,
        help="The duty that comes first, and by when.",
    )
    attention = fields.Char(
        string="Why it is here",
        compute="_compute_attention",
        groups=READERS,
        help="What a manager should look at, besides the date.",
    )
    dialogue = fields.Html(
        compute="_compute_dialogue",
        sanitize=False,
        groups=READERS,
        help="Rendered here from texts that are cleaned where they are kept.",
    )

    @api.depends("anonymity", "party_ids")
    @api.depends_context("uid", "lang")
    def _compute_complainant(self):
        nobody = self.env["complaint.party"]
        complainants, recipients = self._complainants(), self._recipients()
        for case in self:
            person = complainants.get(case._origin.id, nobody).sudo(False)
            recipient = recipients.get(case._origin.id, person).sudo(False)
            case.complainant = case._say_complainant(person, recipient)

    @api.depends("anonymity", "party_ids", "reply_channel", "wants_reply")
    @api.depends_context("uid", "lang")
    def _compute_reach(self):
        """Apart from the name, which lists show: addresses are unsealed for forms."""
        nobody = self.env["complaint.party"]
        complainants, recipients = self._complainants(), self._recipients()
        people = nobody.union(*complainants.values(), *recipients.values())
        people = people.filtered(lambda one: not one.is_protected)
        named = people.sudo(False)._filtered_access("read")
        # Opened at once, and none that would be refused among them.
        known = {person.id: person for person in named}
        for case in self:
            person = complainants.get(case._origin.id, nobody)
            recipient = recipients.get(case._origin.id, person)
            case.reach = case._say_reach(known.get(recipient.id, nobody))

    @api.model
    def _complainants(self):
        """Who complains in each case: dict from its id to one person, as superuser."""
        people_sudo = (
            self.env["complaint.party"]
            .sudo()
            .search(
                [("case_id", "in", self._origin.ids), ("role", "=", "complainant")],
                order="id desc",
            )
        )
        return {person.case_id.id: person for person in people_sudo}

    def _say_complainant(self, person, recipient):
        """Who complains; with a representative, through whom."""
        if self.anonymity == "anonymous":
            return self.env._("Anonymous")
        name = person.display_name
        if name and recipient and recipient != person:
            return self.env._(
                "%(complainant)s, through %(representative)s",
                complainant=name,
                representative=recipient.display_name,
            )
        return name or self.env._("Nobody is entered as complainant")

    def _say_reach(self, recipient):
        """How the person is to be answered, and what is known to reach them by.

        :param recipient: one whom the user may know; empty for others
        """
        if not self.wants_reply:
            return self.env._("Wants no answer")
        if self.anonymity == "anonymous":
            return self.env._("Status page, with the receipt code")
        ways = dict(self._fields["reply_channel"]._description_selection(self.env))
        words = [ways.get(self.reply_channel, "")]
        if recipient:
            letters = self.env["complaint.correspondence"]
            first = letters._channel(self.reply_channel).needs
            names = sorted(("email", "phone", "street"), key=lambda name: name != first)
            words += [recipient[name] for name in names]
            words += [" ".join(filter(None, (recipient.zip, recipient.city)))]
        return " · ".join(filter(None, words))

    @api.depends("deadline_ids.state", "deadline_ids.due_at", "state")
    @api.depends_context("lang")
    def _compute_next_step(self):
        today = fields.Date.context_today(self)
        for case in self:
            # A list keeps what is read for many cases at once; a subset would not.
            rows = [row for row in case.deadline_ids if row.is_open]
            late = [row for row in rows if row.is_overdue]
            first = min(rows, key=lambda row: row.due_at, default=None)
            case.next_step = (
                case._say_late_step(late)
                if late
                else first is not None and case._say_step(first, today)
            )

    def _say_late_step(self, late):
        duties = ", ".join(
            f"{row._milestone_label()} ({format_date(self.env, row.due_on)})"
            for row in late
        )
        return self.env._("Overdue: %(duties)s", duties=duties)

    def _say_step(self, row, today):
        duty, left = row._milestone_label(), (row.due_on - today).days
        # How the language writes a day: in Norwegian there is a full stop after it.
        pattern = self.env._("EEEE d MMMM y")
        day = format_date(self.env, row.due_on, date_format=pattern)
        if row.on_its_way:
            return self.env._(
                "%(duty)s: on its way, due by %(day)s", duty=duty, day=day
            )
        if left <= 0:
            return self.env._("%(duty)s: today", duty=duty)
        if left == 1:
            return self.env._("%(duty)s: tomorrow, %(day)s", duty=duty, day=day)
        return self.env._(
            "%(duty)s: by %(day)s, in %(days)s days", duty=duty, day=day, days=left
        )

    @api.depends("invite", "interpreter_language")
    @api.depends_context("lang")
    def _compute_wanted_people(self):
        labels = dict(
            self.env["complaint.party"]._fields["role"]._description_selection(self.env)
        )
        for case in self:
            roles = [role for role in (case.invite or "").split(",") if role in labels]
            said = [labels[role] for role in roles]
            if "interpreter" in roles and case.interpreter_language:
                place = roles.index("interpreter")
                said[place] = f"{said[place]} ({case.interpreter_language})"
            case.wanted_people = ", ".join(said)

    @api.depends("is_reason_missing", "is_stale", "is_waiting")
    @api.depends_context("lang")
    def _compute_attention(self):
        words = {
            name: self._fields[name]._description_string(self.env)
            for name in ("is_reason_missing", "is_stale", "is_waiting")
        }
        for case in self:
            case.attention = " · ".join(words[name] for name in words if case[name])

    @api.depends(
        "description", "correspondence_ids.state", "correspondence_ids.body", "note_ids"
    )
    @api.depends_context("uid", "lang")
    def _compute_dialogue(self):
        for case in self:
            case.dialogue = self.env["ir.qweb"]._render(
                "klagebehandling.complaint_case_dialogue", {"entries": case._dialogue()}
            )

    def _dialogue(self):
        """The entries of the stream, the oldest first: list of dicts.

        ``side`` is ``in`` for what came in, ``out`` for what goes to the complainant,
        ``note`` for what stays among colleagues.
        """
        self.ensure_one()
        first = {
            "side": "in",
            "day": self._received_on(),
            "title": self.env._("The complaint"),
            "who": self.complainant,
            "text": self.description or self.title,
        }
        rows = [(letter, letter._as_entry()) for letter in self.correspondence_ids]
        rows += [(note, note._as_entry()) for note in self.note_ids]
        # Of an anonymous case only days are kept: then the ids tell the order.
        rows.sort(key=lambda row: (row[0].create_date, row[0].id))
        return [first, *(entry for _row, entry in rows)]

    @api.model
    def get_empty_list_help(self, help_message):
        """Say to who has no place from which cases are read, that this is why."""
        said = super().get_empty_list_help(help_message)
        why = self._say_no_place()
        if not why:
            return said
        if self.env["complaint.unit"]._setup_help():
            return said + Markup("<p>%s. %s</p>") % why
        return Markup("<p class='o_view_nocontent_empty_folder'>%s</p><p>%s</p>") % why

    @api.model
    def _say_no_place(self):
        """Why the user reads no case, whatever comes in: a title and what to do.

        It is told by the user's place alone, and never by which cases there are.
        """
        user = self.env.user
        if any(user.has_group(group) for group in (INDEPENDENT, AUDITOR, CUSTODIAN)):
            return None
        place = [
            "|",
            ("line_manager_ids", "in", user.ids),
            ("member_ids", "in", user.ids),
        ]
        if self.env["complaint.unit"].sudo().search_count(place, limit=1):
            return None
        if user.has_group("base.group_system"):
            return (
                self.env._("An administrator sees no cases"),
                self.env._(
                    "Complaints are read by those who work with them: the manager, the "
                    "deputy and the members of the unit that a case concerns. You set "
                    "up the rest under Configuration. To see cases, sign in as one of "
                    "them."
                ),
            )
        return (
            self.env._("You have no place in any unit yet"),
            self.env._(
                "Complaints are read by the manager, the deputy and the members of the "
                "unit that a case concerns. Ask the owner of the procedure to enter "
                "you there."
            ),
        )

    @api.model
    @api.readonly
    def work_counts(self):
        """How many open cases wait, of those that the user may read.

        One query for each number, however many cases there are.

        :return: dict with ``late``, ``due_today`` and ``unassigned``, the names of the
            filters that find them
        :raises AccessError: for who reads no cases
        """
        self.check_access("read")
        waiting = {
            "late": [("is_late", "=", True)],
            "due_today": [("is_due_today", "=", True)],
            "unassigned": [("handler_id", "=", False)],
        }
        is_open = Domain("state", "in", OPEN_STATES)
        return {
            name: self.search_count(is_open & Domain(domain))
            for name, domain in waiting.items()
        }

    def action_assign(self, user_id):
        """Give open cases to a colleague who handles them from now on.

        All are given or none: a case that the colleague must not handle is named.

        :param user_id: id of an employee
        :raises UserError: for somebody who must not handle one of them, in the words of
            any wrong choice
        """
        self.check_access("write")
        user = self._read_employee(user_id)
        if not user:
            raise ValidationError(self.env._("Choose one of your colleagues."))
        ended = self.filtered(lambda case: case.state not in OPEN_STATES)
        refused = ended | self._not_for(user)
        if refused:
            raise UserError(
                self.env._(
                    "This person cannot handle %(references)s. Leave these out, or "
                    "choose another.",
                    references=", ".join(refused.mapped("reference")),
                )
            )
        before = self.handler_id
        moved = self.filtered(lambda case: case.handler_id != user)
        moved.write({"handler_id": user.id})
        moved.sudo()._tell_receivers(before - user)
        return True

    def _not_for(self, user):
        """The cases that somebody must not handle, or could not read.

        :param user: an employee, as superuser
        """
        return self.filtered(
            lambda case: (
                case.sudo().handler_id != user
                and (
                    user in case.sudo()._kept_out()
                    or not case.sudo().unit_id._can_handle(
                        user, case.sudo().walled_user_ids
                    )
                )
            )
        )
