from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError

HOWS = [
    ("meeting", "At a staff meeting"),
    ("training", "As training"),
    ("written", "In writing"),
    ("person", "To each in person"),
]
LESSONS = "klagebehandling.mail_activity_type_lesson"


class ComplaintFeedback(models.Model):
    """What was learned, given back to one unit: when, by whom, what came of it.

    The unit confirms that it has it (B-08), and its manager records how it was passed
    on to the staff (E-11). It holds no case, and points at the lesson only.
    """

    _name = "complaint.feedback"
    _inherit = ["complaint.guarded", "complaint.unseen"]
    _description = "Lesson given back to a unit"
    _order = "given_on desc, id desc"
    _rec_name = "given_on"

    lesson_id = fields.Many2one(
        "complaint.lesson", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="lesson_id.company_id", store=True, index=True)
    text = fields.Text(string="What was learned", related="lesson_id.text")
    unit_id = fields.Many2one(
        "complaint.unit", required=True, readonly=True, index=True, ondelete="cascade"
    )
    given_on = fields.Date(
        string="Given back",
        required=True,
        readonly=True,
        default=fields.Date.context_today,
    )
    given_by_id = fields.Many2one(
        "res.users",
        string="By",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
        ondelete="restrict",
    )
    answer = fields.Text(string="What the unit does with it")
    confirmed_on = fields.Date(string="Confirmed", readonly=True)
    confirmed_by_id = fields.Many2one(
        "res.users", string="Confirmed by", readonly=True, ondelete="restrict"
    )
    how = fields.Selection(HOWS, string="How it is passed on")
    passed_on = fields.Date(string="Passed on to the staff", readonly=True)
    passed_by_id = fields.Many2one(
        "res.users", string="Passed on by", readonly=True, ondelete="restrict"
    )

    _unit_unique = models.Constraint(
        "UNIQUE (lesson_id, unit_id)", "This unit has this lesson already."
    )
    _confirmed_whole = models.Constraint(
        "CHECK ((confirmed_on IS NULL) = (confirmed_by_id IS NULL))",
        "What is confirmed says by whom and when.",
    )
    _passed_whole = models.Constraint(
        "CHECK (passed_on IS NULL OR (passed_by_id IS NOT NULL AND how IS NOT NULL))",
        "What is passed on says by whom, when and how.",
    )

    def _writable(self):
        names = super()._writable()
        if not any(row.confirmed_on for row in self):
            names |= {"answer"}
        return names if any(row.passed_on for row in self) else names | {"how"}

    def action_confirm(self, answer=None):
        """Confirm for the unit that it has the lesson and acts on it (B-08).

        :param answer: what the unit does with it, where that is not written yet
        :raises UserError: for who does not lead the unit itself
        """
        for feedback in self:
            feedback._begin()
            if feedback.confirmed_on:
                continue
            feedback.sudo().write(
                {
                    "answer": (answer or feedback.answer or "").strip() or False,
                    "confirmed_on": fields.Date.context_today(self),
                    "confirmed_by_id": self.env.uid,
                }
            )
        self._finish()
        return True

    def action_pass_on(self, how=None):
        """Record that the lesson was passed on to the staff of the unit (E-11).

        :param how: ``meeting``, ``training``, ``written`` or ``person``, where that is
            not chosen yet
        :raises UserError: without it, or for who does not lead the unit itself
        """
        if how and how not in dict(HOWS):
            raise ValidationError(self.env._("Choose how it was passed on."))
        for feedback in self:
            feedback._begin()
            if feedback.passed_on:
                continue
            if not how and not feedback.how:
                raise UserError(self.env._("Choose how it was passed on."))
            feedback.sudo().write(
                {
                    "how": how or feedback.how,
                    "passed_on": fields.Date.context_today(self),
                    "passed_by_id": self.env.uid,
                }
            )
        self._finish()
        return True

    def _begin(self):
        """The unit answers for itself: who gave it the lesson does not, from above."""
        self.check_access("write")
        unit = self.sudo().unit_id
        if self.env.user not in unit.manager_id | unit.deputy_id:
            raise UserError(
                self.env._("Who leads the unit confirms it and passes it on.")
            )

    def _finish(self):
        """Take the task away from who has none left."""
        left = self.sudo().search_count(
            [
                "|",
                ("unit_id.manager_id", "=", self.env.uid),
                ("unit_id.deputy_id", "=", self.env.uid),
                "|",
                ("confirmed_on", "=", False),
                ("passed_on", "=", False),
            ],
            limit=1,
        )
        if not left:
            self.env.user._complaint_relieve(LESSONS)

    @api.model
    def _give_back(self, lessons):
        """Give each lesson back to its unit and those below it, once.

        A unit that nobody leads has it through the one above.

        :param lessons: as superuser, of the user who releases them
        """
        units = self.env["complaint.unit"].sudo()
        known = {(row.lesson_id, row.unit_id) for row in lessons.feedback_ids}
        rows = []
        for lesson in lessons:
            below = [("company_id", "=", lesson.company_id.id)]
            if lesson.unit_id:
                below.append(("id", "child_of", lesson.unit_id.ids))
            found = units.search(below)
            led = found.filtered(lambda unit: unit.manager_id or unit.deputy_id)
            rows += [
                {
                    "lesson_id": lesson.id,
                    "unit_id": unit.id,
                    "given_on": lesson.released_on,
                    "given_by_id": lesson.create_uid.id or SUPERUSER_ID,
                }
                for unit in led | lesson.unit_id
                if (lesson, unit) not in known
            ]
        feedback = self.sudo().create(rows)
        units = feedback.unit_id
        (units.manager_id | units.deputy_id)._complaint_ask(
            LESSONS,
            lambda env: env._("There is a lesson for your unit to confirm"),
        )
        return feedback
