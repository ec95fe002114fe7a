from odoo import api, models


class ComplaintCaseCompose(models.TransientModel):
    """The files that go with a letter pass the guard too."""

    _inherit = "complaint.case.compose"

    @api.model
    def _outgoing_fields(self):
        return [*super()._outgoing_fields(), "attachment_ids"]

    def _outgoing_pieces(self):
        # As they will leave: without what programs note beside the content.
        files = self.attachment_ids._origin
        mine = files.filtered(
            lambda file: (
                file.res_model == self._name and file.create_uid == self.env.user
            )
        )
        return super()._outgoing_pieces() + mine._cleaned_pieces()
