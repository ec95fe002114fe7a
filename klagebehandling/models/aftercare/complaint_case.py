from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from .complaint_checkback import SAID
from .complaint_deadline import OWN_MILESTONES

# Who reported misconduct, or was paid back for it, is asked again (A-35…A-38).
ALWAYS = (1, 3, 6)


class ComplaintCase(models.Model):
    """Promises check-backs as a case closes, and takes the person's answer."""

    _inherit = "complaint.case"

    next_milestone = fields.Selection(
        selection_add=OWN_MILESTONES,
        ondelete={code: "set null" for code, _label in OWN_MILESTONES},
    )
    checkback_ids = fields.One2many(
        "complaint.checkback", "case_id", string="Check-backs"
    )

    def _writable(self):
        return super()._writable() | {"checkback_ids"}

    def _move(self, target, **payload):
        super()._move(target, **payload)
        if target == "closed":
            self.sudo()._plan_checkbacks()

    def action_reopen(self, reason=None):
        """What was to be asked after the end is not, where that was none."""
        result = super().action_reopen(reason)
        for case in self.sudo():
            case.checkback_ids._drop(self.env._("The case was taken up again."))
        return result

    def _begin_second_stage(self, user):
        super()._begin_second_stage(user)
        self.checkback_ids._drop(self.env._("The case was taken up again."))

    def _plan_checkbacks(self):
        """Open what is asked after the closing, months from today."""
        is_exposed = self.kind == "whistleblowing" or self.retaliation_of_id
        months = ALWAYS if is_exposed else self.policy_id._checkback_months()
        today = self._today()
        for number in months:
            day = today + relativedelta(months=number)
            self.checkback_ids.create(
                {
                    "case_id": self.id,
                    "due_on": day,
                    "deadline_id": self._promise_day("checkback", day).id,
                }
            )

    def _open_checkback(self):
        """What the person can be asked on the page now: the latest that is due."""
        today = self._today()
        return (
            self.sudo()
            .checkback_ids.filtered(
                lambda row: (
                    row.state == "asked"
                    or (row.state == "planned" and row.due_on <= today)
                )
            )
            .sorted("due_on")[-1:]
        )

    def _answer_checkback(self, answer, text=None, key=None):
        """Keep what the person answers on the own page, and tell who works the case.

        :param answer: one of ``SAID``
        :param text: what the person writes, if anything
        :return: whether there was something to answer
        :raises IntakeRefused: as :meth:`_say`
        """
        case = self.sudo()
        checkback = case._open_checkback()
        if not checkback or answer not in SAID:
            return False
        text = (text or "").strip()
        if text:
            text = case._read_said(text, (), "message")
        checkback._settle(answer, text)
        # What was not asked in time is not asked once more after the answer.
        earlier = case.checkback_ids.filtered(lambda row: row.due_on < checkback.due_on)
        earlier._drop(self.env._("It was answered later."))
        case._tell_said("checkback")
        return True

    @api.model
    def _say_news(self, what, env):
        if what == "checkback":
            return env._("The complainant said how it has gone since")
        return super()._say_news(what, env)
