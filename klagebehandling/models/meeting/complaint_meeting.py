from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import format_date, format_time

PLANNED = {"start_at", "duration", "place", "participant_ids", "reason"}
CALLED = {"participant_ids", "reason"}
# Those who are met, and need nobody's consent.
PARTIES = ("complainant", "representative")


class ComplaintMeeting(models.Model):
    """A meeting to resolve the matter: the organisation and the complainant (A-20).

    Whoever else takes part does so because the complainant wishes it or has agreed
    (A-21). Calendars learn that there is a meeting, and nothing else of it.
    """

    _name = "complaint.meeting"
    _inherit = ["complaint.case.part"]
    _description = "Resolution meeting"
    _order = "start_at desc, id desc"
    _rec_name = "place"
    _words = ("answer_text", "reason")

    start_at = fields.Datetime(string="When", required=True)
    duration = fields.Float(string="Hours", default=1.0, required=True)
    place = fields.Char(help="Where to meet, or the number or address of a call.")
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("called", "Invited"),
            ("held", "Held"),
            ("missed", "Not held"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="planned",
        readonly=True,
        copy=False,
    )
    participant_ids = fields.One2many(
        "complaint.meeting.participant", "meeting_id", string="Who takes part"
    )
    reason = fields.Text(string="Why it was not held", help="Who was absent, and why.")
    answer_text = fields.Text(string="What the complainant answered", readonly=True)
    answer = fields.Selection(
        [("yes", "Comes"), ("no", "Cannot come")],
        string="The complainant",
        readonly=True,
        copy=False,
    )
    event_id = fields.Many2one(
        "calendar.event",
        string="In the calendar",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    minutes_ids = fields.One2many("complaint.minutes", "meeting_id")
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    _duration_positive = models.Constraint(
        "CHECK (duration > 0 AND duration <= 24)", "A meeting lasts up to a day."
    )

    @api.depends("start_at")
    @api.depends_context("lang", "uid")
    def _compute_display_name(self):
        self._check_known()
        for meeting in self:
            meeting.display_name = self.env._(
                "Meeting %(day)s", day=format_date(self.env, meeting._held_on())
            )

    @api.model_create_multi
    def create(self, vals_list):
        meetings = super().create(vals_list)
        meetings._add_wished()
        return meetings

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        if operation == "create" and not self.env.su:
            cases = self.env["complaint.case"]
            for vals in vals_list:
                cases.browse(vals.get("case_id"))._check_not_ended()

    def _writable(self):
        names = super()._writable()
        states = set(self.mapped("state"))
        if states <= {"planned"}:
            return names | PLANNED
        is_over = not states <= {"planned", "called", "held"}
        return names if is_over else names | CALLED

    @api.model
    def _creatable(self):
        return {"case_id", *PLANNED}

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A meeting is cancelled, not deleted."))

    def action_call(self):
        """Invite the complainant by letter, and note the time in the calendar (A-20).

        :raises UserError: without a place, for a time that is past, or where somebody
            takes part to whom the complainant has not agreed
        """
        for meeting in self:
            meeting._begin("planned")
            meeting.case_id._check_not_ended()
            if not (meeting.place or "").strip():
                raise UserError(self.env._("Write where the meeting is."))
            if meeting.start_at <= fields.Datetime.now():
                raise UserError(self.env._("Choose a time that is still to come."))
            meeting.participant_ids._check_welcome()
            meeting.sudo()._call()
        return True

    def action_replan(self):
        """Change what was called: the complainant gets a new invitation afterwards."""
        for meeting in self:
            meeting._begin("called")
            meeting.sudo().write({"state": "planned", "answer": False})
            meeting.case_id._log("meeting_moved", row=meeting.id)
        return True

    def action_hold(self):
        """Record that the meeting took place (A-20); who was there stands beside."""
        for meeting in self:
            meeting._begin("planned", "called")
            if meeting.start_at > fields.Datetime.now():
                raise UserError(
                    self.env._("The meeting is still to come. Correct its time first.")
                )
            meeting.participant_ids._check_welcome()
            meeting.sudo()._hold()
        return True

    def action_miss(self, reason=None):
        """Record that it was called and somebody did not come.

        :param reason: who was absent, and why as far as it is known
        """
        return self._end("missed", reason)

    def action_cancel(self, reason=None):
        """Call the meeting off; who was invited is told by who does it."""
        return self._end("cancelled", reason)

    def action_write_minutes(self):
        """Begin the minutes; where they are begun, open the latest version.

        :return: action that shows them
        """
        self.ensure_one()
        self.check_access("write")
        if self.state in ("planned", "called"):
            self.action_hold()
        if self.state != "held":
            raise UserError(self.env._("Minutes are written of a meeting that was."))
        minutes = self.minutes_ids.sorted("version")[-1:]
        if not minutes:
            self.case_id._check_not_ended()
            minutes = minutes.create({"meeting_id": self.id})
        return minutes._show()

    def _begin(self, *states):
        self.ensure_one()
        self.check_access("write")
        if self.state not in states:
            raise UserError(
                self.env._("This meeting has gone on meanwhile. Reload the page.")
            )

    def _end(self, state, reason):
        for meeting in self:
            meeting._begin("planned", "called")
            text = (reason or meeting.reason or "").strip()
            if not text:
                raise UserError(self.env._("Write why it was not held."))
            meeting_sudo = meeting.sudo()
            meeting_sudo.write({"state": state, "reason": text})
            meeting_sudo.event_id.with_context(dont_notify=True).unlink()
            meeting_sudo._forget_hour()
            told = {"row": meeting.id, "reason": text}
            if state == "missed":
                meeting_sudo.case_id._log("meeting_missed", **told)
            else:
                meeting_sudo.case_id._log("meeting_cancelled", **told)
        return True

    def _call(self):
        self.write({"state": "called", "answer": False})
        self._note_in_calendar()
        if "external_caseworker" in self.participant_ids.mapped("role"):
            # With NAV at the table the limit without external parties does not run.
            self.case_id.has_external_parties = True
        letter_sudo = self.env["complaint.correspondence"].sudo()
        body = letter_sudo._default_body(
            self.case_id,
            "invitation",
            meeting=self,
            company=self.participant_ids._say_roles(),
        )
        self.case_id._log(
            "meeting_called", row=self.id, roles=self.participant_ids.mapped("role")
        )
        self.case_id._write_to_complainant("invitation", body)

    def _forget_hour(self):
        """Of an anonymous case the hour is needed until they have met, and no more."""
        case = self.case_id
        if case.anonymity == "anonymous":
            self.start_at = case._moment(self.start_at)
            self.event_id.with_context(dont_notify=True).unlink()

    @api.model
    def _cron_forget_hours(self):
        """Keep the day only of meetings that nobody marked, once their day is over.

        Of anonymous cases (A-12). What was missed is caught up; twice changes nothing.
        """
        cron = self.env["ir.cron"]
        unmarked = self.with_user(SUPERUSER_ID).search(
            [
                ("state", "in", ("planned", "called")),
                ("case_id.anonymity", "=", "anonymous"),
                ("start_at", "<", fields.Datetime.now()),
            ],
            order="id",
        )
        for meeting in unmarked.filtered(lambda one: one._keeps_hour_too_long()):
            meeting._forget_hour()
            if not cron._commit_progress(1):
                break

    def _keeps_hour_too_long(self):
        """Whether the day is over on which it was to end, and its hour is there."""
        case = self.case_id
        end = self.start_at + timedelta(hours=self.duration)
        is_over = case.policy_id._local(end).date() < case._today()
        return is_over and self.start_at != case._moment(self.start_at)

    def _hold(self):
        self.state = "held"
        self._forget_hour()
        unknown = self.participant_ids.filtered(lambda one: not one.attendance)
        unknown.attendance = "present"
        self.case_id._log(
            "meeting_held", row=self.id, roles=self.participant_ids.mapped("role")
        )

    def _note_in_calendar(self):
        """One neutral line in the handler's calendar, and in nobody else's.

        No attendee but the handler and no partner for anybody of the case: a calendar
        is shown to colleagues, sent to phones and read by secretaries.
        """
        user = self.case_id.handler_id
        if not user:
            return
        values = {
            "name": self.with_context(lang=user.lang).env._("Meeting"),
            "start": self.start_at,
            "stop": self.start_at + timedelta(hours=self.duration),
            "user_id": user.id,
            "partner_ids": [Command.set(user.partner_id.ids)],
            "privacy": "private",
            "location": False,
            "description": False,
        }
        quiet = {"no_mail_to_attendees": True, "dont_notify": True}
        events = self.env["calendar.event"].with_user(SUPERUSER_ID)
        events = events.with_context(**quiet)
        if self.event_id:
            self.event_id.with_env(events.env).write(values)
            return
        model = self.env["ir.model"]._get_id("complaint.case")
        link = {"res_model_id": model, "res_id": self.case_id.id}
        self.event_id = events.create({**values, **link})

    def _add_wished(self):
        """Enter who is met anyway, and whom the complainant wishes for (A-21)."""
        rows = []
        for meeting in self.sudo():
            case, known = meeting.case_id, meeting.participant_ids.mapped("role")
            wished = [role for role in (case.invite or "").split(",") if role]
            if not case._is_nav_welcome():
                wished = [role for role in wished if role != "external_caseworker"]
            parties = case.party_ids.filtered(lambda one: one.role in PARTIES)
            for role in ("complainant", *wished, *parties.mapped("role")):
                if role not in known:
                    known = [*known, role]
                    people = case.party_ids.filtered(lambda o, r=role: o.role == r)
                    rows.append(
                        {
                            "meeting_id": meeting.id,
                            "role": role,
                            "party_id": people[:1].id,
                        }
                    )
            if "organisation" not in known:
                rows.append(
                    {
                        "meeting_id": meeting.id,
                        "role": "organisation",
                        "user_id": case.handler_id.id,
                    }
                )
        self.env["complaint.meeting.participant"].sudo().create(rows)

    def _answered(self, is_coming, text):
        """The complainant says on the page whether they come, as superuser."""
        self.ensure_one()
        if self.state != "called":
            return
        answer = "yes" if is_coming else "no"
        text = self.case_id._mask_codes((text or "").strip())
        self.write({"answer": answer, "answer_text": text or False})
        self.case_id._log("meeting_answered", row=self.id, is_coming=is_coming)
        self.case_id._tell_said("meeting")

    def _held_on(self):
        """The local day of the meeting."""
        return self.case_id.policy_id.sudo()._local(self.start_at).date()

    def _say_when(self):
        """Day and hour, in the language of the context."""
        local = self.case_id.policy_id.sudo()._local(self.start_at)
        return self.env._(
            "%(day)s at %(hour)s",
            day=format_date(self.env, local.date(), date_format="full"),
            hour=format_time(self.env, local.time(), time_format="short"),
        )

    @api.constrains("start_at")
    def _check_start_at(self):
        for meeting in self:
            if meeting._held_on().year not in range(2000, 2100):
                raise ValidationError(self.env._("Look at the day of the meeting."))
