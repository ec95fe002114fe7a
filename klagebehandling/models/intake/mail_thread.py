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
from ...mail_reader import characters, headers
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
        is_ours = aliases or model == "complaint.case" or self._is_answer(head)
        if not is_ours or (is_talk and not nameless):
            return super().message_process(
                model, raw, custom_values, save_original, strip_attachments, thread_id
            )
        with mail_gate.passing():
            if nameless:
                raw = self._cut_down(raw, head, nameless)
            cases = self._take_or_keep(raw, nameless or aliases)
            if others and not nameless:
                self._pass_on(raw, save_original, strip_attachments)
        return cases[:1].id

    @api.model
    def _take_or_keep(self, raw, aliases):
        """Take a mail in, or keep it for the cron where that fails.

        Who fetches mail counts as done what has failed, also where another worker was
        in the way: it would never be seen again.

        :raises UserError: where it cannot even be kept
        """
        try:
            with self.env.cr.savepoint():
                return self.env["complaint.mailbox"]._take(raw, aliases)
        except Exception as error:  # noqa: BLE001 whatever it is, the mail is kept
            place = "".join(traceback.format_tb(error.__traceback__))
        # Only where it happened: the message of the fault could quote the mail.
        _logger.error("A mail to a complaint address was not registered:\n%s", place)
        try:
            self.env["complaint.mail.pending"].sudo()._keep(raw, aliases)
        except (OperationalError, ConcurrencyError):
            raise  # nothing was stored: who brings it tries again
        except Exception as error:  # noqa: BLE001 as above
            place = "".join(traceback.format_tb(error.__traceback__))
        else:
            return self.env["complaint.case"]
        _logger.error("A mail to a complaint address could not be kept:\n%s", place)
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
        is_local = Domain("alias_name", "in", names)
        is_named = Domain("alias_full_name", "in", receivers) | (
            is_local & Domain("alias_incoming_local", "=", True)
        )
        all_sudo = self.env["mail.alias"].sudo()
        is_ours = Domain("alias_model_id.model", "=", "complaint.case")
        found = all_sudo.search(is_named)
        # An address that nobody gave a domain would refuse all that comes to it.
        found = found or all_sudo.search(
            is_ours & is_local & Domain("alias_domain_id", "=", False)
        )
        ours = found.filtered_domain(is_ours)
        return ours, found - ours

    @api.model
    def _is_answer(self, head):
        """Whether a mail answers a letter of ours, at whatever address it arrives.

        Where the organisation's own address is the one that Odoo catches all with, it
        would be sent back with what is in it.
        """
        ids = headers.ids_of(head, "In-Reply-To", "References")
        letters_sudo = self.env["complaint.correspondence"].sudo()
        return bool(
            ids and letters_sudo.search_count([("message_id", "in", ids)], limit=1)
        )

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
        given = headers.raw_values(head, "Message-ID")
        own_id = characters.decode(given[0]) if given else ""
        own_id = own_id.strip() or secrets.token_hex()
        key = keyring.keyed_hash("mail", own_id.strip())
        receivers = [alias.alias_full_name or alias.alias_name for alias in aliases]
        return mail_gate.cut_down(raw, receivers, f"<{key[:40]}@nameless>")
