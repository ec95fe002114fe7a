import base64
import hashlib

from odoo import api, fields, models


class ComplaintRegisterExtract(models.TransientModel):
    """What was registered in a period, as a file that everybody may have.

    The register of the organisation that was chosen. The same bytes whoever makes it.
    """

    _name = "complaint.register.extract"
    _inherit = ["complaint.company.dialog"]
    _description = "Extract of the register"

    first = fields.Date(
        string="From", required=True, default=lambda self: self._year_start()
    )
    last = fields.Date(string="Until", required=True, default=fields.Date.context_today)
    table_file = fields.Binary(
        string="Extract (CSV)", compute="_compute_table_file", attachment=False
    )
    table_name = fields.Char(compute="_compute_table_file")

    @api.model
    def _year_start(self):
        return fields.Date.context_today(self).replace(month=1, day=1)

    @api.depends("company_id", "first", "last")
    def _compute_table_file(self):
        for dialog in self:
            content = dialog._content()
            dialog.table_file = base64.b64encode(content) if content else False
            dialog.table_name = f"register-{dialog.first}-{dialog.last}.csv"

    def action_download(self):
        """Hand out the file, and enter in the journal that it was taken (M19).

        :raises AccessError: for who does not read the register
        """
        self.ensure_one()
        self.check_access("read")
        self.env["complaint.journal"]._log_company(
            self._in_company().env.company,
            "register_extracted",
            first=str(self.first),
            last=str(self.last),
            digest=hashlib.sha256(self._content()).hexdigest(),
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/table_file/{self.table_name}"
            "?download=true",
            "target": "download",
        }

    def _content(self):
        """The bytes; none for a period without both of its days.

        :raises AccessError: for who does not read the register
        """
        Registration = self.env["complaint.registration"]
        Registration.check_access("read")
        if not self.first or not self.last:
            return b""
        company = self._in_company().env.company
        return Registration._extract_csv(company, self.first, self.last)
