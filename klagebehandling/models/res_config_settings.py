from odoo import api, fields, models
from odoo.tools import SQL, config

from ..sealing import keyring

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
        has_server = self._has_complaint_mail_server()
        for settings in self:
            settings.complaint_has_mail_server = has_server

    @api.model
    def _has_complaint_mail_server(self):
        """Whether a server for outgoing mail is set up, here or in ``odoo.conf``.

        There ``localhost`` is what Odoo says where nobody has said anything.
        """
        if config["smtp_server"] not in (None, False, "", "localhost"):
            return True
        return bool(self.env["ir.mail_server"].sudo().search_count([], limit=1))

    @api.depends("company_id")
    def _compute_complaint_has_owner(self):
        for settings in self:
            settings.complaint_has_owner = bool(settings.company_id._complaint_owners())

    def set_values(self):
        super().set_values()
        if self.complaint_owner_id:
            self._appoint_complaint_owner()

    def _appoint_complaint_owner(self):
        self.company_id._appoint_complaint_owner(self.complaint_owner_id)

    @api.depends("company_id")
    def _compute_complaint_database_log(self):
        loud = self._loud_complaint_settings()
        for settings in self:
            settings.complaint_database_log = loud

    @api.model
    def _loud_complaint_settings(self):
        """What PostgreSQL has to be set to; empty where its log keeps no complaint."""
        query = "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)"
        found = dict(self.env.execute_query(SQL(query, list(SILENT))))
        return ", ".join(
            f"{name} = {value}"
            for name, value in SILENT.items()
            if found.get(name, value) != value
        )
