import email
import email.policy
import logging
import re
import secrets
import traceback
import xmlrpc.client

from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.fields import Domain
from odoo.tools import email_split

from ... import mail_gate
from ...sealing import keyring

_logger = logging.getLogger(__name__)
ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+")
RECEIVERS = ("Delivered-To", "To", "Cc", "Resent-To", "Resent-Cc")


class MailThread(models.AbstractModel):
    """Lets mails to our addresses through Odoo's gateway without a trace of them.

    Leak: sender and subject in the log, the original as a file of the case, and what a
    fault quotes of the mail. Proved by ``test_no_line_is_logged_about_a_mail_to_us``,
    ``test_nothing_of_the_sender_is_stored`` and
    ``test_fault_is_told_without_the_mail``.
    """

    _inherit = "mail.thread"

    @api.model
    def message_process(
        self,
        model,
        message,
        custom_values=None,
        save_original=False,
        strip_attachments=False,
        thread_id=None,
    ):
        raw = self._mail_bytes(message)
        with mail_gate.passing(is_nameless=False):
            aliases = self._find_our_aliases(raw)
        if not aliases and model != "complaint.case":
            return super().message_process(
                model, raw, custom_values, save_original, strip_attachments, thread_id
            )
        nameless = aliases.filtered(lambda alias: alias._is_nameless())
        if nameless:
            raw = self._cut_down(raw, nameless)
        with mail_gate.passing(is_nameless=bool(nameless)):
            try:
                # A copy of the original would hold everything that is left out here.
                return super().message_process(
                    model, raw, custom_values, False, strip_attachments, thread_id
                )
            except (OperationalError, ConcurrencyError):
                raise  # tried again
            except Exception as error:
                place = "".join(traceback.format_tb(error.__traceback__))
        # Only where it happened: the message of the fault could quote the mail.
        _logger.error("A mail to a complaint address was not registered:\n%s", place)
        raise UserError(self.env._("This mail could not be registered as a complaint."))

    @api.model
    def _mail_bytes(self, message):
        if isinstance(message, xmlrpc.client.Binary):
            return bytes(message.data)
        return message.encode(errors="replace") if isinstance(message, str) else message

    @api.model
    def _mail_receivers(self, raw):
        """The addresses a mail was sent to, in small letters.

        As the gateway finds them, and what looks like one in a malformed header.
        """
        parsed = email.message_from_bytes(raw, policy=email.policy.compat32)
        found = {}
        for name in RECEIVERS:
            for header in map(str, parsed.get_all(name, [])):
                both = email_split(header) + ADDRESS.findall(header)
                found |= dict.fromkeys(map(str.lower, both))
        return list(found)

    @api.model
    def _find_our_aliases(self, raw):
        """The addresses of units among the receivers of a mail."""
        receivers = self._mail_receivers(raw)
        names = [address.partition("@")[0] for address in receivers]
        is_named = Domain("alias_full_name", "in", receivers) | (
            Domain("alias_name", "in", names)
            & Domain("alias_incoming_local", "=", True)
        )
        is_ours = Domain("alias_model_id.model", "=", "complaint.case")
        return self.env["mail.alias"].sudo().search(is_named & is_ours)

    @api.model
    def _cut_down(self, raw, aliases):
        """The mail as the gateway may see it; delivered twice, it is the same one."""
        parsed = email.message_from_bytes(raw, policy=email.policy.compat32)
        own_id = str(parsed.get("Message-Id") or secrets.token_hex())
        key = keyring.keyed_hash("mail", own_id.strip())
        names = {*aliases.mapped("alias_full_name"), *aliases.mapped("alias_name")}
        receivers = [
            address
            for address in self._mail_receivers(raw)
            if {address, address.partition("@")[0]} & names
        ]
        return mail_gate.cut_down(raw, receivers, f"<{key[:40]}@nameless>")

    @api.model
    def _routing_create_bounce_email(self, email_from, body_html, message, **values):
        """Nobody answers who is anonymous, not even that something failed."""
        if mail_gate.NAMELESS.get():
            return None
        return super()._routing_create_bounce_email(
            email_from, body_html, message, **values
        )
