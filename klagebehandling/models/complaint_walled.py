from odoo import SUPERUSER_ID, api, models


class ComplaintWalled(models.AbstractModel):
    """What belongs to a case and that the persons it is about must never notice.

    A model that inherits this gets the wall: a global record rule on
    ``walled_user_ids`` of its case, made together with its table, and for what is
    hidden the answer of what is missing.
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

        Of the forms that say this, it is the one PostgreSQL answers fastest.
        """
        if not self._case_path:
            return "[('walled_user_ids', 'not in', [user.id])]"
        first, *others = self._case_path.split(".")
        domain = "[('walled_user_ids', 'in', [user.id])]"
        for name in reversed(others):
            domain = f"[('{name}', 'any', {domain})]"
        return f"[('{first}', 'not any', {domain})]"

    def _concealed(self):
        user = self.env.user
        concealed = self.sudo().filtered(
            lambda row: user in row._cases_sudo().walled_user_ids
        )
        return concealed.with_env(self.env)

    def _cases_sudo(self):
        """The cases that these rows are of."""
        rows_sudo = self.sudo()
        return rows_sudo.mapped(self._case_path) if self._case_path else rows_sudo

    def _refusal(self, make_error):
        return self._make_unknown_error()

    def _make_unknown_error(self):
        """The one answer, and an entry in the journal of what was asked for."""
        self.sudo().exists()._cases_sudo()._log_apart("access_refused")
        return super()._make_unknown_error()

    def _fetch_field(self, field):
        super()._fetch_field(field)
        known = field._get_cache(self.env)
        if not self.env.su and any(id_ and id_ not in known for id_ in self._ids):
            raise self._make_unknown_error()

    def _read_format(self, fnames, load="_classic_read"):
        rows = super()._read_format(fnames, load)
        if not self.env.su and len(rows) < len(self):
            raise self._make_unknown_error()
        return rows

    @api.depends(lambda self: (self._rec_name,) if self._rec_name else ())
    @api.depends_context("uid")
    def _compute_display_name(self):
        self._check_known()
        super()._compute_display_name()

    def _check_known(self):
        """Refuse to name what the person behind a superuser cannot read.

        Odoo reads the names behind many2ones, and those of the documents of
        messages and tasks, as superuser: with a guessed id anybody gets them.
        """
        if not self.env.su or self.env.uid == SUPERUSER_ID:
            return
        asked = self._origin.sudo(False)
        may_read = asked.browse().has_access("read")
        if asked and not (
            may_read and asked <= asked.search([("id", "in", asked.ids)])
        ):
            raise asked[:1]._make_missing_error()

    def _worked(self):
        """Those whose messages, tasks and files the user may see.

        They are for who works a case: auditors and custodians only read one.
        """
        return self.exists()._filtered_access("write")

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """Nobody follows a case: recipients are computed each time, around the wall."""
        return True
