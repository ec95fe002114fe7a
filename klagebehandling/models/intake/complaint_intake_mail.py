import base64

from odoo import models
from odoo.tools import html2plaintext
from odoo.tools.mail import email_split_tuples

from .complaint_intake_form import MAX_FILE, MAX_FILES, TEXTS

# What the gateway would go on to store in the chatter, where identity has no place.
MASKED = ("author_id", "cc", "cc_filtered", "date", "email_from", "from", "in_reply_to")
MASKED += ("parent_id", "partner_ids", "recipients", "references", "reply_to", "to")
MASKED += ("to_filtered", "subject", "x_odoo_message_id")


class ComplaintIntakeMail(models.AbstractModel):
    """Turns an incoming e-mail into the values of the door, and masks the rest."""

    _name = "complaint.intake.mail"
    _description = "Intake by e-mail"

    def _register_mail(self, mail, defaults):
        """Register an e-mail as a case of the alias' unit (E-28, D-24).

        The gateway goes on to post from the same dict: afterwards it tells no more
        than that the case came by e-mail.

        :param mail: the gateway's dict, masked in place
        :param defaults: ``unit_id`` and ``anonymity`` of the alias
        :return: the case
        """
        values = self._prepare_mail(mail, defaults or {})
        unit = self.env["complaint.unit"].sudo().browse(values["unit_id"])
        intake = self.env["complaint.intake"].with_company(unit.company_id)
        # Odoo acts as the sender, where that is an employee.
        public = self.env.ref("base.public_user")
        result = intake.with_user(public).sudo().register(values)
        self._mask_mail(mail, self.env._("Received by e-mail."))
        return self.env["complaint.case"].browse(result["case_id"])

    def _prepare_mail(self, mail, defaults):
        text = html2plaintext(mail.get("body") or "", include_references=False).strip()
        subject = (mail.get("subject") or "").strip()
        files, left_out = self._pick_mail_files(mail)
        if left_out:
            text += "\n\n" + self._say_left_out(left_out)
        values = {
            "unit_id": defaults.get("unit_id"),
            "channel": "email",
            "title": (subject or self.env._("Without subject"))[: TEXTS["title"]],
            "description": text[: TEXTS["description"]] or subject,
            "attachments": [
                {"name": file["name"], "content": base64.b64encode(file["raw"])}
                for file in files
            ],
            "parties": [self._prepare_sender(mail)],
            "reply_channel": "email",
            "submission_id": (mail.get("message_id") or "")[:128] or None,
        }
        if defaults.get("anonymity"):
            values["anonymity"] = defaults["anonymity"]
        return values

    def _prepare_sender(self, mail):
        name, email = (email_split_tuples(mail.get("email_from")) or [("", "")])[0]
        return {"role": "complainant", "name": name or "", "email": email or ""}

    def _pick_mail_files(self, mail):
        """The files of a mail, and how many are too large; their names could tell."""
        files, left_out, total = [], 0, 0
        for attachment in mail.get("attachments") or []:
            name, content = attachment[0] or "file", attachment[1]
            raw = content if isinstance(content, bytes) else str(content).encode()
            if not raw:
                continue
            if len(raw) > MAX_FILE or total + len(raw) > MAX_FILES or len(files) >= 50:
                left_out += 1
                continue
            total += len(raw)
            files.append({"name": name[:250], "raw": raw})
        return files, left_out

    def _say_left_out(self, count):
        return self.env._(
            "Files that were too large to be kept: %(count)s.", count=count
        )

    def _mask_mail(self, mail, body):
        """Leave of an outsider's mail only what a colleague may read in the chatter."""
        for key in MASKED:
            mail.pop(key, None)
        mail.update(
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
