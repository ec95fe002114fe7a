import base64

from odoo.tools import html2plaintext
from odoo.tools.mail import email_split_tuples

from ...addresses import mail_address
from ...limits import LABELS, TEXTS

# What the gateway would go on to store in the chatter, where identity has no place.
MASKED = ("author_id", "cc", "cc_filtered", "date", "email_from", "from", "in_reply_to")
MASKED += ("parent_id", "partner_ids", "recipients", "references", "reply_to", "to")
MASKED += ("to_filtered", "subject", "x_odoo_message_id")


class IncomingMail:
    """An e-mail that came in: as values of the door, and what is left of it after.

    :param env: for the words, and for the files as letters take them
    :param mail: the gateway's dict; the gateway goes on to post from it
    """

    def __init__(self, env, mail):
        self.env = env
        self.mail = mail

    def values(self, defaults):
        """The values of the door.

        :param defaults: ``unit_id`` and maybe ``anonymity`` of the address
        """
        mail, letter = self.mail, self.env["complaint.correspondence"]
        text = html2plaintext(mail.get("body") or "", include_references=False).strip()
        subject = (mail.get("subject") or "").strip()
        message_id = (mail.get("message_id") or "")[: LABELS["submission_id"]]
        files, left_out = letter._pick_mail_files(mail)
        if left_out:
            text += "\n\n" + letter._say_left_out(left_out)
        values = {
            "unit_id": defaults.get("unit_id"),
            "channel": "email",
            "title": (subject or self.env._("Without subject"))[: TEXTS["title"]],
            "description": text[: TEXTS["description"]] or subject,
            "attachments": [
                {"name": file["name"], "content": base64.b64encode(file["raw"])}
                for file in files
            ],
            "parties": [self._sender()],
            "reply_channel": "email",
            "submission_id": message_id or None,
        }
        if defaults.get("anonymity"):
            values["anonymity"] = defaults["anonymity"]
        return values

    def _sender(self):
        header = self.mail.get("email_from") or ""
        name, email = (email_split_tuples(header) or [("", "")])[0]
        address = mail_address(email)
        # Who cannot be answered is kept as written: it is all that is known.
        known = name or "" if address else header
        return {"role": "complainant", "name": known, "email": address}

    def mask(self, body):
        """Leave of an outsider's mail only what a colleague may read in the chatter.

        :param body: what stands there instead
        """
        for key in MASKED:
            self.mail.pop(key, None)
        self.mail.update(
            {
                "attachments": [],
                "author_id": self.env.ref("base.partner_root").id,
                "body": body,
                "email_from": False,
                "is_internal": True,
                "message_id": False,
                "message_type": "comment",
            }
        )
