from odoo import api, fields, models
from odoo.tools import plaintext2html


class ComplaintCorrespondence(models.Model):
    """Adds files to letters, cleaned and sealed as at the door."""

    _inherit = "complaint.correspondence"

    is_from_elsewhere = fields.Boolean(
        string="From another address",
        readonly=True,
        help="It came from an address that nobody in the case has: who wrote it is not "
        "known.",
    )

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
    def _receive(self, case, text, files=(), is_from_elsewhere=False, **values):
        """Keep what came by e-mail, or in another way, as an incoming letter.

        :param text: plain text
        :param files: dicts with ``name`` and ``raw``, as of ``limits.pick_files``
        :param is_from_elsewhere: from an address that nobody in the case has
        :param values: what differs where it is no e-mail: ``medium``, ``purpose``
        """
        letter = self.create(
            {
                "case_id": case.id,
                "direction": "in",
                "purpose": "message",
                "medium": "email",
                "state": "sent",
                "body": plaintext2html(case._mask_codes(text)),
                "is_from_elsewhere": is_from_elsewhere,
                **values,
            }
        )
        if is_from_elsewhere:
            letter._log_letters("mail_from_elsewhere")
        else:
            letter._log_letters("message_received")
        letter._keep_files(files)
        return letter
