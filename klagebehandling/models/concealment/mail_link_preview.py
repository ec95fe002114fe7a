from odoo import api, models
from odoo.fields import Domain


class MailLinkPreview(models.Model):
    """What a link in the talk of a case leads to is for who works the case.

    Leak: every employee reads every preview. Proved by
    ``test_world_is_the_same_without_the_hidden_cases``.
    """

    _name = "mail.link.preview"
    _inherit = ["mail.link.preview", "complaint.case.attached"]

    def _kept_back(self):
        links = self.env["mail.message.link.preview"]
        links = links.sudo().search([("link_preview_id", "in", self.ids)])
        return links.sudo(False)._kept_back().sudo().link_preview_id.sudo(False)

    @api.model
    def _visible_documents(self):
        links = self.env["mail.message.link.preview"]
        return Domain(
            "message_link_preview_ids", "not any!", ~links._visible_documents()
        )
