from odoo import models
from odoo.exceptions import AccessError, MissingError
from odoo.tools.translate import get_translation


class ComplaintConcealed(models.AbstractModel):
    """What is hidden from a person looks like what never existed (M17).

    Odoo answers a denied id in another way than a missing one, and so tells which
    ids there are. Here both get the same answer.
    """

    _name = "complaint.concealed"
    _inherit = ["complaint.day"]
    _description = "Hidden as if it were missing"

    def _concealed(self):
        """The existing rows of ``self`` that the user must not even know of."""
        return self.browse()

    def exists(self):
        present = super().exists()
        if self.env.su or not present:
            return present
        return present - present._concealed()

    def _check_access(self, operation):
        Access = self.env["ir.model.access"]
        if not Access.check(self._name, operation, raise_exception=False):
            return super()._check_access(operation)
        try:
            result = super()._check_access(operation)
        except MissingError:
            present = self.sudo().exists().with_env(self.env)
            result = present._check_access(operation)
            forbidden = (self - present) | (result[0] if result else self.browse())
            return forbidden, lambda: self._refusal(self._make_unknown_error)
        if not result:
            return None
        forbidden, make_error = result
        return forbidden, lambda: forbidden._refusal(make_error)

    def _refusal(self, make_error):
        """The error for rows of which some may not be there at all."""
        asked = self.sudo(False)
        gone = (asked - asked.exists())[:1]
        if gone:
            return gone._make_missing_error()
        return make_error()

    def _make_missing_error(self):
        """Odoo's own words for what does not exist."""
        lines = (
            ("Record does not exist or has been deleted.", ()),
            (
                "(Record: %(record)s, User: %(user)s)",
                {"record": self.sudo(False), "user": self.env.uid},
            ),
        )
        lang = self.env.lang or "en_US"
        return MissingError(
            "\n".join(get_translation("base", lang, *line) for line in lines)
        )

    def _make_unknown_error(self):
        """The one answer for what is denied, hidden and missing."""
        return AccessError(
            self.env._(
                "This does not exist, or it is not for you to see. If you need it for "
                "your work, ask who answers for the complaints of the unit."
            )
        )
