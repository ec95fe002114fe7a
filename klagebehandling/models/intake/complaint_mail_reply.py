import smtplib
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from ...sealing import keyring
from ..letter.complaint_queue import NotDelivered

# What is said: to everybody the same, or more to whom the case knows.
UNKNOWN, KEPT, CLOSED = "unknown", "kept", "closed"


class ComplaintMailReply(models.Model):
    """The automatic answer to a mail: at most one for each address and day.

    The address is sealed until it is sent and gone then. What stays until the next day
    is a keyed hash of it. There is no case here: who has the row learns of none.
    """

    _name = "complaint.mail.reply"
    _inherit = ["complaint.queue", "complaint.sealed", "complaint.unlogged"]
    _description = "Automatic answer to an e-mail"
    _log_access = False
    _sealed_column = "reply_sealed"

    day = fields.Date(required=True)
    address_hash = fields.Char(required=True, groups=fields.NO_ACCESS)
    reply_sealed = fields.Text(groups=fields.NO_ACCESS)
    state = fields.Selection(
        [
            ("queued", "Queued"),
            ("sending", "Being sent"),
            ("sent", "Sent"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
    )

    _address_hash_unique = models.UniqueIndex("(address_hash)")

    @api.model
    def _answer(self, address, what, company, lang, subject_end=""):
        """Queue an answer, unless the address got one today.

        :param address: of who wrote
        :param what: ``UNKNOWN``, ``KEPT`` or ``CLOSED``
        :param company: whose words they are
        :param lang: code of a language
        :param subject_end: what stands behind the subject, such as a token
        """
        day = fields.Date.today()
        facts = {
            "address": address,
            "what": what,
            "company": str(company.id),
            "lang": lang or "",
            "end": subject_end,
        }
        self.env.cr.execute(
            SQL(
                "INSERT INTO complaint_mail_reply (day, address_hash, reply_sealed,"
                " state, attempts) VALUES (%s, %s, %s, 'queued', 0)"
                " ON CONFLICT (address_hash) DO NOTHING",
                day,
                keyring.keyed_hash("mail reply", f"{day} {address}"),
                keyring.encrypt(facts),
            ),
            log_exceptions=False,
        )
        self._wake_queue()

    @api.model
    def _wake_queue(self):
        self.env["complaint.correspondence"]._wake_queue()

    @api.model
    def _unsettled_domain(self):
        return Domain.FALSE

    def _settle(self):
        """Nothing follows from it."""

    def _write_sent(self, proof):
        self._forget("sent")

    def _write_failed(self, failure):
        self._forget("failed")

    def _forget(self, state):
        gone = dict.fromkeys(("reply_sealed", "taken_at", "retry_at", "failure"), False)
        self.write({**gone, "state": state})

    def _deliver(self):
        facts = keyring.decrypt(self.reply_sealed)
        reply = self.with_context(lang=self.env["res.lang"]._get_code(facts["lang"]))
        try:
            return self.env["ir.mail_server"].send_email(reply._build(facts))
        except MailDeliveryException as error:
            if isinstance(error.__context__, smtplib.SMTPRecipientsRefused):
                raise NotDelivered("refused") from error
            raise

    def _build(self, facts):
        company = self.env["res.company"].browse(int(facts["company"]))
        subject = self.env._("We got your e-mail")
        return self.env["ir.mail_server"]._build_email__(
            email_from=company.email_formatted or self.env.user.email_formatted,
            email_to=[facts["address"]],
            subject=f"{subject} {facts['end']}".strip(),
            body="\n\n".join(self._say(facts["what"], company)),
            message_id=self._stable_message_id(),
            headers={
                "Auto-Submitted": "auto-replied",
                "X-Auto-Response-Suppress": "All",
            },
        )

    def _say(self, what, company):
        """The paragraphs: the first one is the same for everybody."""
        yield self.env._(
            "%(organisation)s has got your e-mail, and keeps it. A program writes this "
            "to everybody whose e-mail names a letter or a case. It does not say "
            "whether there is one.",
            organisation=company.name,
        )
        url = f"{company.get_base_url()}/klage"
        if what == KEPT:
            yield self.env._(
                "What you wrote is put into your case, and whoever works on it is "
                "told. You can follow the case at %(url)s, with the code you got when "
                "you wrote to us.",
                url=f"{url}/status",
            )
        elif what == CLOSED:
            yield self.env._(
                "Your case is closed. What you wrote is kept with it, and whoever "
                "worked on it is told and may open it again. If it is about something "
                "new, write a new e-mail without the old subject, or use %(url)s.",
                url=url,
            )

    def _stable_message_id(self):
        """The same for each try, as for a letter."""
        key = keyring.keyed_hash("mail reply id", f"{self.env.cr.dbname}:{self.id}")
        host = self.get_base_url().partition("://")[2].partition(":")[0]
        return f"<{key[:32]}.answer@{host or 'localhost'}>"

    @api.autovacuum
    def _gc_replies(self):
        """Forget who was answered, the day after."""
        yesterday = fields.Date.today() - timedelta(days=1)
        self.env.cr.execute(
            SQL("DELETE FROM complaint_mail_reply WHERE day < %s", yesterday)
        )
