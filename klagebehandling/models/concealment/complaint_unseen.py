from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import MissingError

# An object, so that no context from outside can hold it.
FETCHING = object()


class ComplaintUnseen(models.AbstractModel):
    """Rows that are as if they were not, for whoever may not read them.

    Adds one answer for what is denied, hidden and missing, whatever is asked with a
    guessed id. The base of ``complaint.walled``; a model inherits it by itself where
    its rows hang on no case, and its own rule says who reads them.
    """

    _name = "complaint.unseen"
    _inherit = ["complaint.concealed"]
    _description = "As if it were not there"

    def exists(self):
        """Those that are there for the user: the others are as if they were not."""
        if self.env.su:
            return super().exists()
        if self.env.context.get("complaint_walled") is FETCHING:
            return self
        if not self.browse().has_access("read"):
            return self.browse()
        seen = set(self.search([("id", "in", self._origin.ids)])._ids)
        return self.filtered(lambda row: not row.id or row.id in seen)

    def _get_external_ids(self):
        known = super(ComplaintUnseen, self.exists())._get_external_ids()
        return {id_: known.get(id_, []) for id_ in self._ids}

    def fetch(self, field_names=None):
        # Odoo refuses here what exists of the rows that it could not fetch. All of
        # them count: a refusal from another place would show in its trace.
        rows = self.with_context(complaint_walled=FETCHING)
        super(ComplaintUnseen, rows).fetch(field_names)

    def _check_access(self, operation):
        Access = self.env["ir.model.access"]
        if not Access.check(self._name, operation, raise_exception=False):
            return super()._check_access(operation)
        if operation == "read" and len(self) > 1 and all(self._ids):
            return self._check_many()
        try:
            result = super()._check_access(operation)
        except MissingError:
            present = self.sudo().exists().with_env(self.env)
            result = present._check_access(operation)
            forbidden = (self - present) | (result[0] if result else self.browse())
            return forbidden, forbidden._make_unknown_error
        return result and (result[0], result[0]._make_unknown_error)

    def _check_many(self):
        """Ask the database, where many rows are read: in memory Odoo would read the
        walls of all of them, with the names of who stands behind.
        """
        allowed = set(self.search([("id", "in", self.ids)])._ids)
        forbidden = self.filtered(lambda row: row.id not in allowed)
        return (forbidden, forbidden._make_unknown_error) if forbidden else None

    def _make_unknown_error(self):
        self._note_refusal()
        return super()._make_unknown_error()

    def _note_refusal(self):
        """Hook: what else is done where the user is refused these rows."""

    @api.depends(lambda self: (self._rec_name,) if self._rec_name else ())
    @api.depends_context("uid")
    def _compute_display_name(self):
        self._check_known()
        super()._compute_display_name()

    def _check_known(self):
        """Refuse to name what the person cannot read, also behind a superuser.

        Odoo reads the names behind many2ones, and those of the documents of
        messages and tasks, as superuser: with a guessed id anybody gets them.
        """
        if self.env.uid == SUPERUSER_ID:
            return
        asked = self._origin.sudo(False)
        if unknown := asked - asked.exists():
            raise unknown[:1]._make_missing_error()
