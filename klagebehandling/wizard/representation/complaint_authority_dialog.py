from odoo import api, fields, models


class ComplaintAuthorityDialog(models.AbstractModel):
    """A dialog that writes: whether somebody without authorisation would read it.

    Adds the warning, and why it is written all the same. The act behind it refuses
    what is not decided on.
    """

    _name = "complaint.authority.dialog"
    _description = "Dialog that writes to who speaks for another"

    authority_warning = fields.Char(
        compute="_compute_authority_warning", compute_sudo=False
    )
    authority_reason = fields.Text(
        string="Why it is written all the same",
        help="It stands with the letter and in the journal.",
    )

    @api.depends(lambda self: self._authority_fields())
    @api.depends_context("lang")
    def _compute_authority_warning(self):
        for dialog in self:
            case = dialog.case_id._origin.sudo(False)
            is_mine = bool(case) and case.has_access("write")
            dialog.authority_warning = is_mine and case._authority_warning(
                dialog._authority_medium()
            )

    @api.model
    def _authority_fields(self):
        """Hook: what decides who reads it."""
        return ["case_id"]

    def _authority_medium(self):
        """Hook: the way that is chosen."""
        return False

    def _begin(self):
        """Keep the decision before the act that needs it."""
        opened = super()._begin()
        reason = (self.authority_reason or "").strip()
        if reason and self.authority_warning:
            self.case_id._origin.sudo(False).action_write_unauthorised(reason)
        return opened
