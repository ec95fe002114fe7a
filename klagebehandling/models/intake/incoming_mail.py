import base64
import email.utils
import hashlib
import json
import re
from datetime import timedelta

from odoo import fields

from ...addresses import mail_address
from ...limits import LABELS, PARTY_TEXTS, TEXTS, pick_files
from ...mail_reader import File, Mail, forwarded, markup

# How a subject begins that somebody passes on, in our languages and in English.
PASSED_ON = re.compile(r"\s*(fwd?|vs|vb|wg|videresendt|vidarebefordrat)\s*:", re.I)
ANSWERED = re.compile(r"\s*(re|sv|svar|aw|antw)\s*(\[\d+\])?\s*:", re.I)
# Where an attached mail says who wrote it, and how many are looked up.
READ = 20_000
MOST = 10
# The clock of the other server may be a little ahead of ours.
SKEW = timedelta(minutes=5)


class IncomingMail:
    """A mail that came in: what it says, and its files, picked once.

    As values of the door, where it is a complaint.

    :param env: for the words
    :param mail: a ``mail_reader.Mail``
    :param raw: its bytes, which name it where it has no id; empty where Odoo read it
    """

    def __init__(self, env, mail, raw):
        self.env = env
        self.mail = mail
        self.raw = raw
        self.files, self.left_out = self._pick_files()

    @classmethod
    def of_gateway(cls, env, mail):
        """What Odoo's gateway has read, which threads what colleagues say.

        :param mail: the gateway's dict
        """
        text, pictures = markup.to_text(str(mail.get("body") or ""))
        files = [
            File(one[0], one[1] if isinstance(one[1], bytes) else str(one[1]).encode())
            for one in mail.get("attachments") or []
        ]
        name, address = email.utils.parseaddr(mail.get("email_from") or "")
        read = Mail(
            name=name,
            address=address,
            subject=mail.get("subject") or "",
            message_id=mail.get("message_id") or "",
            text=text,
            files=files + [File(*picture) for picture in pictures],
        )
        return cls(env, read, b"")

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
        elif self._is_from_us():
            values["parties"] = [{"role": "complainant"}]
        elif resender := self._resender():
            values["assisted"] = {"by": resender.id}
        if not self.mail.is_readable:
            # Nobody knows whom it is about, as of one that could not be read at all.
            values["about_manager"] = True
        return {name: value for name, value in values.items() if value}

    def text(self):
        """Return what the mail says, and what could not be kept beside it."""
        text = self.mail.text
        if self.mail.is_encrypted:
            said = self.env._(
                "This e-mail, or a part of it, is encrypted. It is kept as it came "
                "among the files: only who has the key can read it."
            )
            text = f"{said}\n\n{text}"
        if self.left_out:
            text = f"{text}\n\n{self._say_left_out()}"
        return text.strip()

    def _say_left_out(self):
        if not self.raw:
            return self.env._(
                "Files that were too large to be kept: %(count)s.", count=self.left_out
            )
        return self.env._(
            "Files that were too large or too many to be read here: %(count)s. "
            "They are in the sealed original of the e-mail.",
            count=self.left_out,
        )

    def employee(self):
        """Return the employee who sent it, by the address; empty for others."""
        return self._find_employee(self.mail.address)

    def _resender(self):
        """Return the employee who sent a mail on as it was: the sender is who wrote."""
        resender = self._find_employee(self.mail.resent_by)
        return resender - self.employee()

    def _find_employee(self, text):
        users = self.env["res.users"].sudo()
        address = mail_address(text)
        if not address:
            return users
        found = users.search([("email_normalized", "=", address)])
        return found.filtered(lambda user: user._is_internal())[:1]

    def is_passed_on(self):
        """Return whether we passed on ourselves what somebody else may have written."""
        return bool(self._helper()) or self._is_from_us()

    def _is_from_us(self):
        """Whether a shared mailbox of ours sent it: that is not who complains."""
        address = mail_address(self.mail.address)
        if not address or self.employee():
            return False
        return self.env["complaint.mailbox"]._is_own(address)

    def is_answer(self):
        """Return whether the subject says that it answers or passes on something."""
        subject = self.mail.subject
        return bool(ANSWERED.match(subject) or PASSED_ON.match(subject))

    def _helper(self):
        """Return the employee who passes on what somebody else wrote; or nobody.

        By the subject, or by the lines above what an outsider wrote. That it is the
        employee's own complaint all the same can be said afterwards.
        """
        employee = self.employee()
        if not employee or PASSED_ON.match(self.mail.subject):
            return employee
        return employee if self._names_outsider() else employee.browse()

    def _names_outsider(self):
        texts = [self.mail.text]
        texts += [
            file.content[:READ].decode(errors="replace")
            for file in self.mail.files
            if file.name.endswith(".txt")
        ]
        addresses = {one.address for text in texts for one in forwarded.authors(text)}
        addresses = sorted(filter(None, addresses))[:MOST]
        return any(not self._find_employee(address) for address in addresses)

    def _sender(self):
        address = mail_address(self.mail.address)
        # Who cannot be answered is kept as written: it is all that is known.
        name = self.mail.name if address else self.mail.sender
        if not re.search(r"\w", name):
            name = ""
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
            given.insert(0, (self.env._("text") + ".txt", whole))
            self.mail.text = self.mail.text[: TEXTS["description"] - 1000]
        return pick_files(given)

    def digest(self):
        """A digest of who wrote what under which id, however the mail travelled."""
        mail = self.mail
        files = [hashlib.sha256(file.content).hexdigest() for file in mail.files]
        whole = [self._own_id(), mail.address, mail.subject, self.text(), files]
        return hashlib.sha256(json.dumps(whole).encode()).hexdigest()

    def _own_id(self):
        own = self.mail.message_id.encode() or self.raw
        return hashlib.sha256(own).hexdigest()

    def _submission_id(self):
        """Return what names the mail: its own id, whole, or its bytes without one."""
        return self._own_id()[: LABELS["submission_id"]]

    def _received_at(self):
        """Return when our server got it, ISO 8601 in UTC; None for now."""
        received_at = self.mail.received_at
        if not received_at or received_at > fields.Datetime.now() + SKEW:
            return None
        return f"{received_at.isoformat()}+00:00"
