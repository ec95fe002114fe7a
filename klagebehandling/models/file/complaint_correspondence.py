import base64
import binascii
import re

from lxml import etree, html
from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import html2plaintext, plaintext2html

from ...limits import FILE_NAME, MAX_FILE, MAX_FILES, MAX_LIST

PICTURE = re.compile(r"\s*data:image/([a-z0-9.+-]{1,10})[^,]*;base64,(.*)", re.I | re.S)


class ComplaintCorrespondence(models.Model):
    """Adds files to letters, cleaned and sealed as at the door.

    Pictures that lie within the text of a mail are files too.
    """

    _inherit = "complaint.correspondence"

    is_from_elsewhere = fields.Boolean(
        string="From another address",
        readonly=True,
        help="It came from an address that nobody in the case has: who wrote it is not "
        "known.",
    )

    @api.model
    def _part_mail(self, mail):
        """The body of a mail and its files, those within the body included."""
        files, left_out = self._pick_mail_files(mail)
        body, pictures = self._pull_pictures(mail.get("body") or "")
        if left_out:
            body += Markup("<p>%s</p>") % self._say_left_out(left_out)
        return body, files + pictures

    @api.model
    def _pick_mail_files(self, mail):
        """The files of a mail, and how many are too large; their names could tell."""
        files, left_out, total = [], 0, 0
        for attachment in mail.get("attachments") or []:
            name, content = attachment[0] or "file", attachment[1]
            raw = content if isinstance(content, bytes) else str(content).encode()
            if not raw:
                continue
            is_much = len(raw) > MAX_FILE or total + len(raw) > MAX_FILES
            if is_much or len(files) >= MAX_LIST:
                left_out += 1
                continue
            total += len(raw)
            files.append({"name": name[:FILE_NAME], "raw": raw})
        return files, left_out

    @api.model
    def _say_left_out(self, count):
        return self.env._(
            "Files that were too large to be kept: %(count)s.", count=count
        )

    @api.model
    def _pull_pictures(self, body):
        """Take the pictures out that lie within the text itself."""
        if "data:" not in body:
            return Markup(body), []
        try:
            root = html.fragment_fromstring(body, create_parent="div")
        except (etree.ParserError, ValueError):
            return plaintext2html(html2plaintext(body)), []
        pictures = []
        for element in list(root.iter()):
            for name, value in list(element.attrib.items()):
                if "data:" not in value.lower():
                    continue
                del element.attrib[name]
                found = PICTURE.match(value)
                raw = found and self._decode(found[2])
                if raw:
                    pictures.append({"name": f"picture.{found[1].lower()}", "raw": raw})
        text = etree.tostring(root, encoding="unicode", method="html")
        return Markup(text), pictures

    def _decode(self, text):
        try:
            return base64.b64decode(text)
        except (binascii.Error, ValueError):
            return b""

    def _keep_files(self, files):
        """Clean, seal and store files that came with this letter."""
        self.ensure_one()
        if not files:
            return
        Original = self.env["complaint.original"]
        case_sudo = self.case_id.sudo()
        examined = Original._examine(files)
        case_sudo._log("files_received", **Original._payload(examined))
        Original._keep([(case_sudo, self, examined)])

    @api.model
    def _receive(self, case, mail, is_from_elsewhere=False):
        """Keep what came by e-mail as an incoming letter.

        :param mail: dict with ``body``, HTML, and ``attachments``, (name, content)
        :param is_from_elsewhere: from an address that nobody in the case has
        """
        body, files = self._part_mail(mail)
        letter = self.create(
            {
                "case_id": case.id,
                "direction": "in",
                "purpose": "message",
                "medium": "email",
                "state": "sent",
                "body": case._mask_codes(body or ""),
                "is_from_elsewhere": is_from_elsewhere,
            }
        )
        if is_from_elsewhere:
            letter._log_letters("mail_from_elsewhere")
        else:
            letter._log_letters("message_received")
        letter._keep_files(files)
        return letter
