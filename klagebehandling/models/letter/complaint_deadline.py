from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import format_date

from ...roles import READERS
from ..deadline.complaint_deadline_ladder import TOLD

# What is ready and not out yet.
UNDER_WAY = ("queued", "sending")


class ComplaintDeadline(models.Model):
    """A promise is kept by a letter that has left, and moved by one too (M05).

    While the letter is on its way the promise runs on: nobody is asked to do it, but
    whether it was sent. What is not out when the promise breaks is late.
    """

    _inherit = "complaint.deadline"

    letter_ids = fields.Many2many(
        "complaint.correspondence",
        "complaint_correspondence_meets",
        "deadline_id",
        "correspondence_id",
        string="Kept by",
        readonly=True,
        copy=False,
        groups=READERS,
    )
    on_its_way = fields.Char(
        compute="_compute_on_its_way",
        compute_sudo=True,
        help="It is met when the letter is sent, not before.",
    )

    @api.depends("state", "letter_ids.state", "letter_ids.medium")
    @api.depends_context("lang")
    def _compute_on_its_way(self):
        media = self.env["complaint.correspondence"]._fields["medium"]
        labels = dict(media._description_selection(self.env))
        for row in self:
            letter = row.is_open and row._under_way().sorted("id")[:1]
            # An empty recordset would be stored as its name.
            row.on_its_way = bool(letter) and self.env._(
                "On its way: %(medium)s", medium=labels[letter.medium]
            )

    def _under_way(self):
        """The letters that will keep these promises, ready and not out yet."""
        return self.sudo().letter_ids.filtered(lambda one: one.state in UNDER_WAY)

    def _escalate(self):
        """Leave to the letter what is on its way; what breaks meanwhile is late."""
        now = fields.Datetime.now()
        on_way = self.filtered(lambda row: row.due_at > now and row._under_way())
        on_way._ask_whether_sent()
        return super(ComplaintDeadline, self - on_way)._escalate()

    def _ask_whether_sent(self):
        """On the reminder day, ask for the proof of what a person was to hand over."""
        now = fields.Datetime.now()
        tasks, entries = [], []
        for row in self:
            ask_at = row._question_at()
            if now < ask_at < row.due_at:
                row.next_at = ask_at
                continue
            row.next_at = row.due_at
            if row._under_way().filtered("is_by_hand"):
                case, facts = row.case_id, {"milestone": row.milestone}
                user = case.handler_id.filtered("active") or case._superior(0)
                tasks.append((row, user, row._say_question(user), row.due_on))
                entries.append((case, "deadline_warned", dict(facts, level="handler")))
        self._plan_promises(tasks)
        self.env["complaint.journal"]._append(entries)

    def _question_at(self):
        return self._step_at(self.case_id.policy_id, self.remind_on, 0)

    def _plan_question(self):
        """Have the clock ask on the reminder day, where it would come later only."""
        now = fields.Datetime.now()
        for row in self.sudo().filtered("is_open"):
            ask_at = row._question_at()
            if row.next_at and now < ask_at < row.next_at:
                row.next_at = ask_at

    def _ways_to_ask(self, user):
        return [*super()._ways_to_ask(user), self._say_question(user)]

    def _say_question(self, user):
        reader = self.with_context(lang=user.lang)
        return reader.env._(
            "%(milestone)s is due %(date)s: was it posted or said? Enter the proof",
            milestone=reader._milestone_label(),
            date=format_date(reader.env, reader.due_on),
        )

    def _promise_anew(self, rows):
        new_rows = super()._promise_anew(rows)
        for (old, _reason, _until), new in zip(rows, new_rows, strict=True):
            old._hand_letters_on(new)
        told = [row for row in rows if row[0].milestone in TOLD]
        self.env["complaint.correspondence"]._queue_notices(told)._send()
        return new_rows

    def _hand_letters_on(self, new):
        """Have what is not out yet, and was to keep this promise, keep the new one."""
        unsent = self.sudo().letter_ids.filtered(lambda one: one.state != "sent")
        unsent.write({"meets_ids": [Command.link(new.id)]})
