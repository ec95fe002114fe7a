from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class _UndoneError(Exception):
    """Ends the rehearsal: all that was written meanwhile is taken back."""


class ComplaintOnboarding(models.TransientModel):
    """Tries a complaint: registers, routes, promises, acknowledges, and undoes it all.

    What is shown is what really happened, by the same acts that work a real case. No
    row of it stays, no mail leaves, and no number is used up.
    """

    _inherit = "complaint.onboarding"

    rehearsal = fields.Html(readonly=True)

    def action_rehearse(self):
        """Try a complaint to the topmost unit, show what became of it, keep nothing.

        :raises UserError: where there is no procedure in force yet
        """
        self._begin()
        unit = self.company_id._complaint_top()
        if not unit:
            raise UserError(self.env._("Choose a procedure first, then try it."))
        # What each real complaint needs too stays: the public holidays of its years.
        policy = unit.policy_id
        today = policy._today()
        policy._ensure_calendar(today, policy._horizon(today))
        told = {}
        try:
            with self.env.cr.savepoint():
                told = self._rehearse(unit)
                raise _UndoneError
        except _UndoneError:
            # Rows that were made and are gone must not be found in memory.
            self.env.invalidate_all(flush=False)
        self.rehearsal = self.env["ir.qweb"]._render(
            "klagebehandling.onboarding_rehearsal", told
        )
        return True

    def _rehearse(self, unit):
        """Register and acknowledge a complaint.

        :return: what is shown of it, plain values only
        """
        intake = self.env["complaint.intake"].with_company(self.company_id)
        (result,) = intake._admit(
            [
                {
                    "unit_id": unit.id,
                    "channel": "phone",
                    "title": self.env._("A complaint to try it with"),
                    "description": self.env._("The food was cold again."),
                    "reply_channel": "portal",
                    "anonymity": "open",
                }
            ]
        )
        case = self.env["complaint.case"].sudo().browse(result["case_id"])
        deadlines = case.deadline_ids.sorted("due_on")
        labels = dict(deadlines._fields["milestone"]._description_selection(self.env))
        return {
            "handler": case.handler_id.name,
            "unit": case.unit_id.name,
            "promises": [
                {
                    "name": labels[row.milestone],
                    "day": format_date(self.env, row.due_on, date_format="full"),
                }
                for row in deadlines
            ],
            **self._rehearse_letter(case),
        }

    def _rehearse_letter(self, case):
        """Acknowledge as whoever received the case, with what the procedure demands."""
        if not case.handler_id:
            return {"letter": False}
        case.write(
            {
                "expected_on": max(case.deadline_ids.mapped("due_on"), default=False),
                "remedy": self.env._("Not yet."),
            }
        )
        case.with_user(case.handler_id).action_acknowledge()
        letter = case.correspondence_ids.filtered(
            lambda letter: letter.purpose == "acknowledgement"
        )
        language = dict(self.env["res.lang"].get_installed())[letter.lang]
        return {"letter": letter.body, "language": language}
