from odoo import api, models

ACCOUNT = "complaint_account"


class ComplaintPortalForm(models.AbstractModel):
    """The form as who is signed in sends it: by name, and nothing else."""

    _inherit = "complaint.portal.form"

    @api.model
    def _questions_by_name(self, unit, policy):
        """The questions of the form, without the one how to be known."""
        questions = self._questions(unit, policy)
        return {
            name: question
            for name, question in questions.items()
            if name != "anonymity"
        }

    @api.model
    def _known_answers(self, user, questions):
        """What is filled in already, and can be changed."""
        partner = user.sudo().partner_id
        known = {name: partner[name] or "" for name in ("name", "email", "phone")}
        return {name: text for name, text in known.items() if name in questions}

    def _prepare_complainant(self, answers):
        """An employee is a person of the case: it is never theirs to handle (C-08)."""
        party = super()._prepare_complainant(answers)
        user = self.env["res.users"].sudo().browse(self.env.context.get(ACCOUNT))
        if user and not user.share:
            party["user_id"] = user.id
        return party

    def _submit_by_name(self, user, *args):
        """Register as :meth:`_submit` does, and link the case to the account.

        :param user: who is signed in
        """
        form = self.with_context(**{ACCOUNT: user.id})
        receipt, problems = form._submit(*args)
        if receipt:
            case_sudo = self.env["complaint.case"].sudo().browse(receipt["case_id"])
            case_sudo.party_ids._link_account(user)
        return receipt, problems
