from odoo import models
from odoo.exceptions import AccessError, MissingError
from odoo.tools.translate import get_translation


class ComplaintConcealed(models.AbstractModel):
    """What may be hidden from a person, and the words in which it is refused.

    Adds the errors that stand for what is denied, hidden and missing alike: Odoo's own
    lists the names of the rows to who is in debug mode. Inherited by
    ``complaint.walled`` and ``complaint.walled.document``; what is an instance of it is
    asked about by pointers, rules and counters. May not read what it refuses.
    """

    _name = "complaint.concealed"
    _description = "Refused without a word of what it is"

    def _seen(self):
        """Those that are not hidden from the user for the case they belong to."""
        return self

    def _partner_find_from_emails(self, records_emails, *args, **kwargs):
        """Ask first: Odoo's route for it, open to everybody with a login, does not.

        Leak: who is found or made for a hidden row, and an error for a missing one.
        Proved by ``test_every_route_answers_for_a_hidden_case_as_for_none``.
        """
        for record in records_emails:
            if record and not (record.exists() and record.has_access("read")):
                raise record._make_unknown_error()
        self.browse().check_access("read")
        return super()._partner_find_from_emails(records_emails, *args, **kwargs)

    def _make_unknown_error(self):
        """The one answer for what is denied, hidden and missing."""
        return AccessError(
            self.env._(
                "This does not exist, or it is not for you to see. If you need it for "
                "your work, ask who answers for the complaints of the unit."
            )
        )

    def _make_missing_error(self):
        """Odoo's own words for what does not exist."""
        person = self.sudo(False)
        lines = (
            ("Record does not exist or has been deleted.", ()),
            (
                "(Record: %(record)s, User: %(user)s)",
                {"record": person, "user": self.env.uid},
            ),
        )
        lang = self.env.lang or "en_US"
        return MissingError(
            "\n".join(get_translation("base", lang, *line) for line in lines)
        )
