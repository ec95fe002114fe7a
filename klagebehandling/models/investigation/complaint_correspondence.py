from odoo import api, fields, models
from odoo.exceptions import ValidationError

# They are the headings of these letters: nothing in them names anybody.
PURPOSES = [
    ("subject_inform", "Information about a complaint"),
    ("subject_hear", "You are heard in a complaint"),
    ("subject_access", "Answer to your request for access"),
    ("subject_unfounded", "A complaint was unfounded"),
]


class ComplaintCorrespondence(models.Model):
    """Letters to the person complained about: their own, outside the dialogue."""

    _inherit = "complaint.correspondence"

    purpose = fields.Selection(
        selection_add=PURPOSES,
        ondelete={code: "cascade" for code, _label in PURPOSES},
    )
    right_id = fields.Many2one(
        "complaint.right",
        string="Right of the other side",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.depends("right_id")
    @api.depends_context("uid", "lang")
    def _compute_recipient(self):
        to_others = self.filtered("right_id")
        super(ComplaintCorrespondence, self - to_others)._compute_recipient()
        for letter in to_others:
            # Anonymous is who complains, not who is written to here.
            person_sudo = letter._recipient_sudo()
            letter.recipient = person_sudo.sudo(False).display_name or ""

    @api.constrains("right_id", "purpose", "recipient_id", "direction")
    def _check_right_id(self):
        for letter in self.sudo():
            is_to_subject = letter.purpose in dict(PURPOSES)
            if is_to_subject != bool(letter.right_id) or (
                is_to_subject and letter.recipient_id != letter.right_id.party_id
            ):
                raise ValidationError(
                    self.env._(
                        "The person complained about is written to from the ledger of "
                        "the other side, and nobody else is."
                    )
                )

    def _is_to_complainant(self):
        return not self.right_id and super()._is_to_complainant()

    @api.model
    def _is_for_others(self, vals):
        return bool(vals.get("right_id")) or super()._is_for_others(vals)

    def _next_medium(self):
        """None: the next ways are those of the complainant, the status page is one."""
        return False if self.right_id else super()._next_medium()

    def _send_by_hand(self):
        """Ask a colleague in words of its own: it is not for the complainant."""
        to_others = self.filtered("right_id")
        super(ComplaintCorrespondence, self - to_others)._send_by_hand()
        today = fields.Date.context_today(self)
        tasks = []
        for letter in to_others:
            user = letter.case_id.handler_id or letter.case_id._superior(0)
            tasks.append((letter.case_id, user, letter._say_deliver(user), today))
        self.env["complaint.case"]._plan_tasks("other_side", tasks)
        to_others.meets_ids._plan_question()

    def _follow_sent(self):
        super()._follow_sent()
        self.filtered("right_id").case_id._finish_letters_to_others()
        for letter in self.filtered("right_id"):
            letter.right_id._done_by_letter(letter)

    def _promise_again(self):
        super()._promise_again()
        self.right_id._open_again()
