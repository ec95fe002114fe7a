from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import SQL

from ..sealing import keyring
from .procedure.res_company import OWNER

# What PostgreSQL must be set to, so that its log holds no statement and no row; the
# same in scripts/postgres.py and docker-compose.yml.
SILENT = {
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_duration": "off",
}


class ResConfigSettings(models.TransientModel):
    """Shows where the keys are kept and what of sending is switched on; appoints the
    first owner of the procedure."""

    _inherit = "res.config.settings"

    complaint_key_source = fields.Selection(
        [
            ("environment", "The environment of the server"),
            ("configuration", "The server's configuration file"),
            ("file", "A file in the data directory of the server"),
        ],
        string="Kept in",
        compute="_compute_complaint_key",
    )
    complaint_key_mark = fields.Char(
        string="Mark of the key ring",
        compute="_compute_complaint_key",
        help="Names all keys and their order: compare it with that of your backup, "
        "which the command “complaint_keys check” shows.",
    )
    complaint_is_sms_sent = fields.Boolean(
        string="Send text messages",
        config_parameter="klagebehandling.is_sms_sent",
        help="Through Odoo's SMS, which costs credits; else a colleague is asked.",
    )
    complaint_has_mail_server = fields.Boolean(
        compute="_compute_complaint_has_mail_server"
    )

    complaint_has_owner = fields.Boolean(compute="_compute_complaint_has_owner")
    complaint_owner_id = fields.Many2one(
        "res.users",
        string="Owner of the procedure",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Writes procedures, units and grounds, and sees no case. Later ones are "
        "given the right like any other.",
    )

    complaint_database_log = fields.Char(
        string="Database log",
        compute="_compute_complaint_database_log",
        help="What PostgreSQL must be set to, so that its log keeps no complaint.",
    )

    @api.depends("company_id")
    def _compute_complaint_key(self):
        for settings in self:
            settings.complaint_key_source = keyring.source()
            settings.complaint_key_mark = keyring.ring_mark()

    @api.depends("company_id")
    def _compute_complaint_has_mail_server(self):
        count = self.env["ir.mail_server"].sudo().search_count([], limit=1)
        for settings in self:
            settings.complaint_has_mail_server = bool(count)

    @api.depends("company_id")
    def _compute_complaint_has_owner(self):
        for settings in self:
            settings.complaint_has_owner = bool(settings.company_id._complaint_owners())

    def set_values(self):
        super().set_values()
        if self.complaint_owner_id:
            self._appoint_complaint_owner()

    def _appoint_complaint_owner(self):
        """Give the procedure of a company its first owner, journaled and told.

        :raises AccessError: but for an administrator of access rights, while there is
            no active owner
        :raises ValidationError: for who does not work in the company
        """
        company, user = self.company_id, self.complaint_owner_id.sudo()
        is_own = company in self.env.user.company_ids
        if not is_own or not company._may_appoint_complaint_owner():
            raise AccessError(
                self.env._(
                    "The procedure has an owner, or you do not administer access "
                    "rights."
                )
            )
        if user.share or not user.active or company not in user.company_ids:
            raise ValidationError(self.env._("Choose one of your colleagues."))
        user.write({"group_ids": [Command.link(self.env.ref(OWNER).id)]})
        self.env["complaint.journal"]._log_company(
            company, "owner_appointed", user=user.id
        )
        company._tell_rules_changed(user)

    @api.depends("company_id")
    def _compute_complaint_database_log(self):
        query = "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)"
        found = dict(self.env.execute_query(SQL(query, list(SILENT))))
        other = [
            f"{name} = {value}"
            for name, value in SILENT.items()
            if found.get(name, value) != value
        ]
        for settings in self:
            settings.complaint_database_log = ", ".join(other)
