from odoo import api, fields, models
from odoo.tools import SQL

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
    """Shows where the keys are kept, and what of sending is switched on."""

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
