import base64
import logging
import traceback

from odoo import api, fields, models
from odoo.tools import SQL

from ...mail_gate import passing
from ...sealing import keyring

_logger = logging.getLogger(__name__)
BATCH = 20
# After so many tries it is a case that says that it could not be read.
TRIES = 5


class ComplaintMailPending(models.Model):
    """A mail that could not be taken in when it came: kept, sealed, and tried again.

    Whoever fetches mail counts one that failed as done. Of an anonymous mail only what
    may be kept of it is here. The row goes as soon as the case is there.
    """

    _name = "complaint.mail.pending"
    _inherit = ["complaint.sealed"]
    _description = "E-mail that is not taken in yet"
    _order = "id"
    _log_access = False
    _sealed_column = "mail_sealed"
    # Mails are large.
    _sealed_batch = 20

    digest = fields.Char(required=True, groups=fields.NO_ACCESS)
    mail_sealed = fields.Text(required=True, groups=fields.NO_ACCESS)
    attempts = fields.Integer(required=True)

    _digest_unique = models.UniqueIndex("(digest)")

    @api.model
    def _keep(self, raw, aliases):
        """Keep a mail for later, once.

        :param raw: its bytes; of an anonymous one, what is left of it
        :param aliases: our addresses that it was sent to
        """
        facts = {
            "mail": base64.b64encode(raw).decode(),
            "aliases": ",".join(map(str, sorted(aliases.ids))),
        }
        whole = f"{facts['aliases']} {facts['mail']}"
        self.env.cr.execute(
            SQL(
                "INSERT INTO complaint_mail_pending (digest, mail_sealed, attempts)"
                " VALUES (%s, %s, 0) ON CONFLICT (digest) DO NOTHING",
                keyring.keyed_hash("mail pending", whole),
                keyring.encrypt(facts),
            ),
            log_exceptions=False,
        )
        cron = self.env.ref("klagebehandling.ir_cron_take_mail")
        cron.sudo()._trigger()

    @api.model
    def _cron_take(self):
        """Take in what was left, each mail for itself; what fails again stays."""
        cron = self.env["ir.cron"]
        for row in self.search([], order="attempts, id", limit=BATCH):
            mail = row.try_lock_for_update()
            if mail:
                mail._try()
            if not cron._commit_progress(1):
                break

    def _try(self):
        with passing():
            try:
                with self.env.cr.savepoint():
                    self._take_in()
            except Exception as error:  # noqa: BLE001 one mail never stops the others
                # Only where it happened: the message of the fault could quote the mail.
                place = "".join(traceback.format_tb(error.__traceback__))
                self.attempts += 1
            else:
                return
        _logger.warning("A mail to a complaint address is still kept:\n%s", place)

    def _take_in(self):
        facts = keyring.decrypt(self.mail_sealed)
        raw = base64.b64decode(facts["mail"])
        ids = [int(id_) for id_ in facts["aliases"].split(",") if id_]
        aliases = self.env["mail.alias"].sudo().browse(ids).exists()
        is_unread = self.attempts >= TRIES
        self.env["complaint.mailbox"]._take(raw, aliases, is_unread=is_unread)
        self.unlink()
