import contextvars
import logging
import re
import secrets
import traceback
import xmlrpc.client

from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import ConcurrencyError, UserError, ValidationError
from odoo.fields import Domain

from ... import mail_gate
from ...mail_reader import headers
from ...sealing import keyring

_logger = logging.getLogger(__name__)
PASSED_ON = contextvars.ContextVar("what is ours of a mail was taken", default=False)


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
        if PASSED_ON.get():
            return super().message_process(
                model,
                message,
                custom_values,
                save_original,
                strip_attachments,
                thread_id,
            )
        raw = self._mail_bytes(message)
        with mail_gate.passing():
            head = headers.head_of(raw)
            aliases, others = self._find_aliases(head)
            is_talk = self._is_talk(head)
        nameless = aliases.filtered(lambda alias: alias._is_nameless())
        is_ours = aliases or model == "complaint.case"
        if not is_ours or (is_talk and not nameless):
            return super().message_process(
                model, raw, custom_values, save_original, strip_attachments, thread_id
            )
        with mail_gate.passing():
            try:
                cases = self._take(raw, head, nameless or aliases, bool(nameless))
            except (OperationalError, ConcurrencyError):
                raise  # tried again
            except Exception as error:
                place = "".join(traceback.format_tb(error.__traceback__))
            else:
                if others and not nameless:
                    self._pass_on(raw, save_original, strip_attachments)
                return cases[:1].id
        # Only where it happened: the message of the fault could quote the mail.
        _logger.error("A mail to a complaint address was not registered:\n%s", place)
        raise UserError(self.env._("This mail could not be registered as a complaint."))

    @api.model
    def _mail_bytes(self, message):
        if isinstance(message, xmlrpc.client.Binary):
            return bytes(message.data)
        if isinstance(message, str):
            return message.encode(errors="replace")
        if not isinstance(message, bytes | bytearray):
            raise ValidationError(self.env._("Give the mail as text or as bytes."))
        return bytes(message)

    @api.model
    def _take(self, raw, head, aliases, is_nameless):
        if is_nameless:
            raw = self._cut_down(raw, head, aliases)
        return self.env["complaint.mailbox"]._take(raw, aliases)

    def _pass_on(self, raw, save_original, strip_attachments):
        """Give what was sent to other addresses of Odoo too to those, as it came."""
        token = PASSED_ON.set(True)
        try:
            self.message_process(False, raw, None, save_original, strip_attachments)
        finally:
            PASSED_ON.reset(token)

    @api.model
    def message_route(self, message, message_dict, *args, **kwargs):
        """What came to us is taken: Odoo routes only the rest of it."""
        routes = super().message_route(message, message_dict, *args, **kwargs)
        if PASSED_ON.get():
            return [route for route in routes if route[0] != "complaint.case"]
        return routes

    @api.model
    def _find_aliases(self, head):
        """The addresses among the receivers of a mail: those of units, and others."""
        receivers = headers.addresses_of(head)
        # What is behind a plus is for the one who gave the address away.
        receivers += [re.sub(r"\+[^@]*@", "@", one) for one in receivers if "+" in one]
        names = [address.partition("@")[0] for address in receivers]
        is_named = Domain("alias_full_name", "in", receivers) | (
            Domain("alias_name", "in", names)
            & Domain("alias_incoming_local", "=", True)
        )
        found = self.env["mail.alias"].sudo().search(is_named)
        ours = found.filtered(lambda one: one.alias_model_id.model == "complaint.case")
        return ours, found - ours

    @api.model
    def _is_talk(self, head):
        """Whether a mail answers what colleagues say to each other about a case."""
        ids = headers.ids_of(head, "In-Reply-To", "References")
        domain = [("message_id", "in", ids), ("model", "=", "complaint.case")]
        messages_sudo = self.env["mail.message"].sudo()
        return bool(ids and messages_sudo.search_count(domain, limit=1))

    @api.model
    def _cut_down(self, raw, head, aliases):
        """The mail as it may be kept; delivered twice, it is the same one."""
        own_id = headers.text_of(head, "Message-ID") or secrets.token_hex()
        key = keyring.keyed_hash("mail", own_id.strip())
        receivers = [alias.alias_full_name or alias.alias_name for alias in aliases]
        return mail_gate.cut_down(raw, receivers, f"<{key[:40]}@nameless>")
