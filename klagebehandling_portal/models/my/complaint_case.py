from odoo import api, models


class ComplaintCase(models.Model):
    """The cases that an account has sent by name, and shows to who is signed in."""

    _inherit = "complaint.case"

    @api.model
    def _of_account(self, user, reference=None):
        """The named cases of a user, as the superuser, the newest first.

        Never one of somebody protected or anonymous, and none that the user may not
        notice: who stands behind the wall of a case does not see it here either.

        :param reference: only the one with this public reference
        """
        parties_sudo = self.env["complaint.party"].sudo()
        domain = [
            ("account_hash", "=", parties_sudo._hash_account(user)),
            ("role", "=", "complainant"),
            ("is_protected", "=", False),
            ("case_id.anonymity", "=", "open"),
            ("case_id.walled_user_ids", "not in", user.ids),
        ]
        if reference is not None:
            domain.append(("case_id.reference", "=", reference))
        return parties_sudo.search(domain).case_id.sorted(
            lambda case: (case.received_at, case.id), reverse=True
        )

    def _public_entry(self):
        """What the list shows of a case, in the language of the context."""
        self.ensure_one()
        return {
            "reference": self.reference,
            "title": self.title,
            "organisation": self._public_organisation(),
            "received_on": self.policy_id._local(self.received_at).date(),
            "state": self._public_state()[0],
            "next": self._public_promises()[:1],
            "has_question": bool(self._open_questions()),
        }
