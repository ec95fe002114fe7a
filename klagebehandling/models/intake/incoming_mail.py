import base64
import hashlib
import re
from datetime import timedelta

from odoo import fields

from ...addresses import mail_address
from ...limits import LABELS, PARTY_TEXTS, TEXTS

# How a subject begins that somebody passes on, in our languages and in English.
PASSED_ON = re.compile(r"\s*(fwd?|vs|vb|wg|videresendt|vidarebefordrat)\s*:", re.I)
ANSWERED = re.compile(r"\s*(re|sv|svar|aw|antw)\s*(\[\d+\])?\s*:", re.I)
# The clock of the other server may be a little ahead of ours.
SKEW = timedelta(minutes=5)


class IncomingMail:
    """A mail that came in, as values of the door.

    :param env: for the words
    :param mail: a ``mail_reader.Mail``
    :param raw: its bytes, which name it where it has no id
    """

    def __init__(self, env, mail, raw):
        self.env = env
        self.mail = mail
        self.raw = raw
        self.files, self.left_out = self._pick_files()

    def values(self, unit, anonymity=None):
        """Return the values of the door for a complaint.

        :param unit: whose address it was sent to; empty for none
        :param anonymity: of the address, where that decides it
        """
        values = {
            "unit_id": unit.id,
            "channel": "email",
            "title": self._title(),
            "description": self._description(),
            "attachments": [
                {"name": file["name"], "content": base64.b64encode(file["raw"])}
                for file in self.files
            ],
            "parties": [self._sender()],
            "reply_channel": "email",
            "submission_id": self._submission_id(),
            "received_at": self._received_at(),
            "anonymity": anonymity,
        }
        if helper := self._helper():
            values["assisted"] = {"by": helper.id}
            values["parties"] = [{"role": "complainant"}]
        return {name: value for name, value in values.items() if value}

    def text(self):
        """Return what the mail says, and what could not be kept beside it."""
        text = self.mail.text
        if self.left_out:
            said = self.env._(
                "Files that were too large or too many to be read here: %(count)s. "
                "They are in the sealed original of the e-mail.",
                count=self.left_out,
            )
            text = f"{text}\n\n{said}"
        return text.strip()

    def employee(self):
        """Return the employee who sent it, by the address; empty for others."""
        users = self.env["res.users"].sudo()
        address = mail_address(self.mail.address)
        if not address:
            return users
        found = users.search([("email_normalized", "=", address)])
        return found.filtered(lambda user: user._is_internal())[:1]

    def is_answer(self):
        """Return whether the subject says that it answers or passes on something."""
        subject = self.mail.subject
        return bool(ANSWERED.match(subject) or PASSED_ON.match(subject))

    def _helper(self):
        """Return the employee who passes on what somebody else wrote; or nobody."""
        nobody = self.env["res.users"]
        return self.employee() if PASSED_ON.match(self.mail.subject) else nobody

    def _sender(self):
        address = mail_address(self.mail.address)
        # Who cannot be answered is kept as written: it is all that is known.
        name = self.mail.name if address else self.mail.sender
        sender = {"role": "complainant", "name": name[: PARTY_TEXTS["name"]]}
        if address:
            sender["email"] = address
        if self.employee():
            sender["kind"] = "employee"
        return sender

    def _title(self):
        subject = self.mail.subject or self.env._("Without subject")
        return subject[: TEXTS["title"]]

    def _description(self):
        text, subject = self.text(), self.mail.subject
        if len(subject) > TEXTS["title"]:
            text = f"{subject}\n\n{text}"
        return text or subject

    def _pick_files(self):
        """Return the files that are read here, and how many only the original has."""
        given = list(self.mail.files)
        if len(self.mail.text) > TEXTS["description"] - 1000:
            whole = self.mail.text.encode()
            given.insert(0, (f"{self.env._('text')}.txt", whole))
            self.mail.text = self.mail.text[: TEXTS["description"] - 1000]
        letters = self.env["complaint.correspondence"]
        return letters._pick_mail_files({"attachments": given})

    def _submission_id(self):
        """Return what names the mail: its own id, whole, or its bytes without one."""
        own = self.mail.message_id.encode() or self.raw
        return hashlib.sha256(own).hexdigest()[: LABELS["submission_id"]]

    def _received_at(self):
        """Return when our server got it, ISO 8601 in UTC; None for now."""
        received_at = self.mail.received_at
        if not received_at or received_at > fields.Datetime.now() + SKEW:
            return None
        return f"{received_at.isoformat()}+00:00"
