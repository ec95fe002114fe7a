from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools.sql import drop_view_if_exists

from ...vocabulary import PARTY_KINDS, PARTY_ROLES


class ComplaintPseudonym(models.Model):
    """A protected person as staff see them: a neutral name, and nothing behind it.

    The person's own row stays hidden from staff; what they may know stands here.
    """

    _name = "complaint.pseudonym"
    _inherit = ["complaint.case.part"]
    _description = "Protected person as staff see them"
    _auto = False
    _order = "case_id, role, id"
    _depends = {"complaint.party": ["case_id", "role", "kind", "is_protected"]}

    # Columns of a view: nothing of a table is made of them.
    case_id = fields.Many2one(
        required=False, readonly=True, ondelete="set null", index=False
    )
    company_id = fields.Many2one(
        "res.company", related=None, readonly=True, index=False
    )
    role = fields.Selection(PARTY_ROLES, readonly=True)
    kind = fields.Selection(PARTY_KINDS, readonly=True)
    name = fields.Char(string="Person", compute="_compute_name")
    request_id = fields.Many2one(
        "complaint.identity.request",
        string="My latest request",
        compute="_compute_request",
    )
    status = fields.Selection(
        "_get_statuses",
        string="My request",
        compute="_compute_request",
    )
    expires_at = fields.Datetime(string="Open until", compute="_compute_request")
    is_askable = fields.Boolean(compute="_compute_request")

    @api.model
    def _get_statuses(self):
        status = self.env["complaint.identity.request"]._fields["status"]
        return status._description_selection(self.env)

    def init(self):
        super().init()
        drop_view_if_exists(self.env.cr, self._table)
        self.env.cr.execute(
            "CREATE VIEW complaint_pseudonym AS SELECT id, case_id, company_id, role, "
            "kind FROM complaint_party WHERE is_protected"
        )

    @api.depends_context("lang")
    @api.depends_context("uid")
    def _compute_name(self):
        # The web client reads the names of many2ones as superuser: ask the person.
        readable = self.sudo(False)._filtered_access("read")
        Party = self.env["complaint.party"]
        for person in self:
            person.name = person._origin <= readable and Party._pseudonym(person.id)

    @api.depends("name")
    def _compute_display_name(self):
        for person in self:
            person.display_name = person.name

    @api.depends_context("uid")
    def _compute_request(self):
        own = (
            self.env["complaint.identity.request"]
            .sudo()
            .search([("party_id", "in", self.ids), ("asker_id", "=", self.env.uid)])
        )
        latest = {}
        for request in own:
            latest.setdefault(request.party_id.id, request.with_env(self.env))
        for person in self:
            request = latest.get(person.id, own.browse())
            person.request_id = request
            person.status = request.status
            person.expires_at = request.expires_at
            person.is_askable = request.status not in ("requested", "granted")

    def action_ask(self):
        """Open the page on which the user says why the identity is needed."""
        self._check_single()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask to see the identity"),
            "res_model": "complaint.identity.ask",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_case_id": self.case_id.id,
                "default_pseudonym_id": self.id,
            },
        }

    def action_reveal(self):
        """Show the identity that the user's latest request has opened."""
        self._check_single()
        if not self.request_id:
            raise UserError(self.env._("Ask the custodian first."))
        return self.request_id.action_reveal()

    def _check_single(self):
        if len(self) != 1:
            raise ValidationError(self.env._("Choose one person."))
        self.check_access("read")
