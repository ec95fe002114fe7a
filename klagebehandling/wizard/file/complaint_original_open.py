from odoo import api, fields, models


class ComplaintOriginalOpen(models.TransientModel):
    """Say why, then open an original, ask for it or give it out."""

    _name = "complaint.original.open"
    _inherit = ["complaint.case.dialog"]
    _description = "Open the original of a file"
    _opens_on = "original_id"
    _needs = "read"

    original_id = fields.Many2one(
        "complaint.original",
        string="File",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    case_id = fields.Many2one(
        related="original_id.case_id", required=False, groups=fields.NO_ACCESS
    )
    step = fields.Selection(
        [
            ("open", "Open the original"),
            ("request", "Ask the custodian"),
            ("release", "Give it to those who work the case"),
        ],
        required=True,
        default="open",
        readonly=True,
    )
    is_guarded = fields.Boolean(compute="_compute_is_guarded")
    reason = fields.Text(string="Why")
    url = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    is_opened = fields.Boolean(compute="_compute_opened")
    file_name = fields.Char(string="Name", compute="_compute_opened")
    sha256 = fields.Char(string="SHA-256", compute="_compute_opened")

    @api.depends("original_id")
    def _compute_is_guarded(self):
        for dialog in self:
            dialog.is_guarded = dialog.sudo().case_id.anonymity != "open"

    @api.depends("url")
    def _compute_opened(self):
        """What was sealed with the file, for who has just opened it."""
        for dialog in self:
            original = dialog.original_id
            is_opened = bool(dialog.sudo().url) and original._is_openable()
            facts = original._open_facts() if is_opened else {}
            dialog.is_opened = is_opened
            dialog.file_name = facts.get("name", False)
            dialog.sha256 = facts.get("sha256", False)

    def action_confirm(self):
        """Do what the dialog says; an opened original stays in the dialog."""
        original, reason = self._begin(), self.reason or ""
        if self.step == "request":
            original.action_request(reason)
        elif self.step == "release":
            original.action_release(reason)
        else:
            self.sudo().url = original.action_open(reason)["url"]
            return self._show(self, name=self.env._("The original"), target="new")
        return self._finish(original)

    def action_download(self):
        """Fetch the file that this dialog has opened."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": self.sudo().url or "/odoo",
            "target": "download",
        }
