from odoo import api, models
from odoo.fields import Domain


class MailLinkPreview(models.Model):
    _name = "mail.link.preview"
    _inherit = ["mail.link.preview", "complaint.walled.document"]

    def _by_document(self, choose):
        links_sudo = self.sudo().message_link_preview_ids
        chosen = links_sudo.with_env(self.env)._by_document(choose)
        return self.filtered(lambda row: row.sudo().message_link_preview_ids & chosen)

    @api.model
    def _visible_documents(self):
        links = self.env["mail.message.link.preview"]
        return Domain(
            "message_link_preview_ids", "not any!", ~links._visible_documents()
        )
