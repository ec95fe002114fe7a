from odoo import api, models

from odoo.addons.klagebehandling.sealing import keyring, receipt_code

LONGEST_CODE = 100


class ComplaintCase(models.Model):
    """What the complainant may see of a case, and by which code."""

    _inherit = "complaint.case"

    @api.model
    def _find_by_code(self, code):
        """The case that a receipt code opens, as the superuser; else an empty one.

        The same work is done for any text, so that the time tells nothing.
        """
        code = receipt_code.normalise((code or "")[:LONGEST_CODE])
        hashed = keyring.keyed_hash("access code", code)
        case_sudo = self.sudo().search([("access_code_hash", "=", hashed)], limit=1)
        return case_sudo if code else case_sudo.browse()

    def _public_status(self):
        """The facts of the status page, in the language of the context.

        Of the journal the safe part only; never the handler's name or anything that
        staff wrote to each other.
        """
        self.ensure_one()
        state, explanation = self._public_state()
        return {
            **self._receipt_facts(),
            "reference": self.reference,
            "organisation": self.unit_id._line()[-1:]._public_name(),
            "state": state,
            "explanation": explanation,
            "timeline": self._timeline(),
            "letters": self._public_letters(),
            "is_anonymous": self.anonymity == "anonymous",
            "removed_on": self.text_erased_on,
            "is_removal_asked": self._is_erasure_asked(),
            "onward": self.policy_id.onward_text,
        }

    def _public_state(self):
        """The state in plain words, and what happens next (C-15)."""
        return {
            "received": (
                self.env._("Received"),
                self.env._("We have it. Somebody will read it and confirm to you."),
            ),
            "acknowledged": (
                self.env._("Confirmed"),
                self.env._("We have confirmed it. Next we look into what happened."),
            ),
            "investigating": (
                self.env._("Being looked into"),
                self.env._("We are finding out what happened. Then we answer you."),
            ),
            "answered": (
                self.env._("Answered"),
                self._say_answered(),
            ),
            "closed": (
                self.env._("Closed"),
                self.env._("The case has ended. You can still read it here."),
            ),
            "redirected": (
                self.env._("Belongs elsewhere"),
                self.env._(
                    "Another process takes care of it. Below we explain where it "
                    "belongs. The day you wrote to us still counts."
                ),
            ),
            "withdrawn": (
                self.env._("Withdrawn"),
                self.env._("The case has ended because it was taken back."),
            ),
        }[self.state]

    def _say_answered(self):
        """Where the answer is: one on paper is published once it has been posted."""
        if any(one["is_answer"] for one in self._public_letters()):
            return self.env._(
                "Our answer is below. The case stays open until it is closed."
            )
        return self.env._(
            "Our answer is on its way to you. The case stays open until it is closed."
        )

    def _public_letters(self):
        """What we have written to the complainant, newest first.

        What waits for its e-mail can be read here already: the e-mail only says so.
        A matter that was split off is followed with the same code.
        """
        letters = (self | self.child_ids).correspondence_ids.filtered(
            lambda letter: letter.direction == "out" and letter._is_published()
        )
        purposes = dict(letters._fields["purpose"]._description_selection(self.env))
        return [
            {
                "purpose": purposes[letter.purpose],
                "is_answer": letter.purpose == "reply",
                "sent_on": self.policy_id._local(letter._published_at()).date(),
                "lang": (letter.lang or self.lang or "").partition("_")[0] or None,
                "body": letter.body,
                "removed_on": letter.text_erased_on,
            }
            for letter in letters.sorted(
                lambda one: (one._published_at(), one.id), reverse=True
            )
        ]
