from odoo import models

# The letters that tell the complainant what came of it.
ANSWERS = ("reply", "closing")


class ComplaintCorrespondence(models.Model):
    """A complaint is answered when the answer has left, not when it is written."""

    _inherit = "complaint.correspondence"

    def _follow_sent(self):
        super()._follow_sent()
        for letter in self.filtered(lambda one: one.purpose in ANSWERS):
            case = letter.case_id
            if letter.purpose == "reply" or not case.answered_at:
                sent_on = case.policy_id._local(letter.sent_at).date()
                case.write(
                    {
                        "answered_at": letter.sent_at,
                        "days_to_answer": (sent_on - case._received_on()).days,
                    }
                )

    def _promise_again(self):
        """What came back did not answer: the next letter that leaves does."""
        super()._promise_again()
        for case in self.filtered(lambda one: one.purpose in ANSWERS).case_id:
            left = case.correspondence_ids.filtered(
                lambda one: one.purpose in ANSWERS and one.state == "sent"
            )
            if case.answered_at and not left:
                case.write({"answered_at": False, "days_to_answer": False})
