from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

# What a person is asked, until it is asked.
ASKED = {"party_id", "points", "answer_by", "medium"}
# Who is in dialogue with us anyway.
UNHEARD = ("complainant", "representative")


class ComplaintHearing(models.Model):
    """Hearing a person of the case, above all the one complained about (C-07).

    A deliberate, recorded act: the person sees what is given here and nothing else of
    the case (C-08). The complainant is written to instead.
    """

    _name = "complaint.hearing"
    _inherit = ["complaint.case.part"]
    _description = "Hearing of a person in a case"
    _order = "id desc"
    _rec_name = "state"
    _words = ("answer",)

    party_id = fields.Many2one(
        "complaint.party",
        string="Who is heard",
        required=True,
        ondelete="cascade",
        index=True,
        domain="[('case_id', '=', case_id), ('role', 'not in', "
        "('complainant', 'representative'))]",
    )
    points = fields.Text(
        required=True,
        help="All that the person reads: nothing in it may tell who complained.",
    )
    answer_by = fields.Date()
    medium = fields.Selection(
        [
            ("here", "Here, in writing"),
            ("letter", "By letter"),
            ("meeting", "In a meeting"),
        ],
        required=True,
        default="meeting",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("asked", "Asked"), ("answered", "Answered")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    asked_on = fields.Date(readonly=True, copy=False)
    statement_id = fields.Many2one(
        "complaint.hearing.statement",
        string="Statement of the person",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    answer = fields.Text(string="What the person said")
    answered_on = fields.Date(readonly=True, copy=False)
    text_erased_on = fields.Date(string="Answer removed", readonly=True, copy=False)

    _answered_state = models.Constraint(
        "CHECK ((state = 'answered') = (answered_on IS NOT NULL))",
        "A hearing is answered exactly when it carries the day it was.",
    )

    def _writable(self):
        """What is asked as a draft, then what the person said, until it is recorded."""
        names = super()._writable()
        if all(hearing.state == "draft" for hearing in self):
            return names | ASKED
        is_told_us = all(
            hearing.state == "asked" and hearing.medium != "here" for hearing in self
        )
        return names | {"answer"} if is_told_us else names

    @api.model
    def _creatable(self):
        return {"case_id", *ASKED}

    def action_ask(self):
        """Ask the person: from here on they know that there is a complaint.

        :raises UserError: where the person has no user to be asked here
        """
        for hearing in self:
            hearing.check_access("write")
            if hearing.state != "draft":
                raise UserError(self.env._("The person has been asked already."))
            hearing_sudo = hearing.sudo()
            if hearing.medium == "here":
                hearing_sudo.statement_id = hearing_sudo._ask_here()
            hearing_sudo.write(
                {"state": "asked", "asked_on": fields.Date.context_today(self)}
            )
            hearing_sudo._log_hearing("hearing_asked")
        return True

    def _erase_text(self, ground):
        super()._erase_text(ground)
        # What was handed in stands with the person who did, too.
        self.sudo().statement_id.answer = False

    def _ask_here(self):
        """Give the points to the person, cut off from the case and from who asks."""
        user = self.party_id.user_id
        if self.party_id.role in UNHEARD or not user:
            raise UserError(
                self.env._(
                    "This person has no user here. Ask by letter or in a meeting."
                )
            )
        statement = self.env["complaint.hearing.statement"].with_user(SUPERUSER_ID)
        statement = statement.create(
            {
                "user_id": user.id,
                "company_id": self.company_id.id,
                "points": self.points,
                "answer_by": self.answer_by,
            }
        )
        statement._ask()
        return statement

    def action_record_answer(self):
        """Record what the person said by letter or in a meeting."""
        for hearing in self:
            hearing.check_access("write")
            if hearing.state != "asked" or not hearing.answer:
                raise UserError(
                    self.env._("Ask the person first, then write down the answer.")
                )
            hearing.sudo()._answered(hearing.answer)
        return True

    def _answered(self, answer):
        self.write(
            {
                "state": "answered",
                "answer": answer,
                "answered_on": fields.Date.context_today(self),
            }
        )
        self._log_hearing("hearing_answered")

    def _log_hearing(self, event):
        self.case_id._log(event, medium=self.medium, role=self.party_id.role)
