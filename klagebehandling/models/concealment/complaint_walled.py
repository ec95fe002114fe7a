from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import MissingError
from odoo.fields import Domain

# An object, so that no context from outside can hold it.
FETCHING = object()


class ComplaintWalled(models.AbstractModel):
    """What belongs to a case and that the persons it is about must never notice.

    A model that inherits this gets the wall: a global record rule on
    ``walled_user_ids`` of its case, made together with its table, and one answer for
    what is denied, hidden and missing (M17).
    """

    _name = "complaint.walled"
    _inherit = ["complaint.concealed", "complaint.pointing"]
    _description = "Behind the wall of a case"
    # The way from a row to its case, by many2ones; empty for the case itself.
    _case_path = "case_id"

    def init(self):
        super().init()
        if not self._abstract:
            self.pool.post_init(self._make_wall_rule)

    @api.model
    def _make_wall_rule(self):
        """Give the model its global rule, or put right the one it has."""
        self.env["ir.rule"].sudo()._load_records(
            [
                {
                    "xml_id": f"{self._original_module}.{self._table}_rule_wall",
                    "noupdate": True,
                    "values": {
                        "name": f"{self._description}: the wall",
                        "model_id": self.env["ir.model"]._get_id(self._name),
                        "domain_force": self._wall_domain(),
                        "groups": False,
                        "active": True,
                    },
                }
            ]
        )

    @api.model
    def _wall_domain(self):
        """The domain of the rule, as text: no row whose case is walled for the user.

        Of the forms that say this, it is the one PostgreSQL answers fastest: the case
        is joined for the other rules anyway.
        """
        path = f"{self._case_path}." if self._case_path else ""
        return f"[('{path}walled_user_ids', 'not in', [user.id])]"

    def _concealed(self):
        """The rows whose case is walled for the user; nothing of them is read."""
        user_id = self.env.uid
        walled = Domain("walled_user_ids", "in", [user_id])
        for name in reversed(self._case_path.split(".") if self._case_path else []):
            walled = Domain(name, "any!", walled)
        return self.sudo().search(walled & Domain("id", "in", self.ids)).sudo(False)

    def _cases_sudo(self):
        """The cases that these rows are of."""
        rows_sudo = self.sudo()
        return rows_sudo.mapped(self._case_path) if self._case_path else rows_sudo

    def _worked(self):
        """Those whose messages, tasks and files the user may see.

        They are for who works a case: auditors and custodians only read one.
        """
        if not self.browse().has_access("write"):
            return self.browse()
        return self.search([("id", "in", self.ids)])

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
        known = super(ComplaintWalled, self.exists())._get_external_ids()
        return {id_: known.get(id_, []) for id_ in self._ids}

    def fetch(self, field_names=None):
        # Odoo refuses here what exists of the rows that it could not fetch. All of
        # them count: a refusal from another place would show in its trace.
        rows = self.with_context(complaint_walled=FETCHING)
        super(ComplaintWalled, rows).fetch(field_names)

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
        """The one answer, and an entry in the journal of what was asked for."""
        self.sudo().exists()._cases_sudo()._log_apart("access_refused")
        return super()._make_unknown_error()

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

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Nobody follows a case: recipients are computed each time, around the wall."""
        return True
