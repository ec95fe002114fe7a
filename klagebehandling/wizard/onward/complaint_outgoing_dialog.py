from odoo import api, fields, models


class ComplaintOutgoingDialog(models.AbstractModel):
    """A dialog from which something leaves: what is found in it, and who decides.

    Adds the places, as who sends it sees them, and why it goes all the same. The act
    behind it refuses what is not decided on.
    """

    _name = "complaint.outgoing.dialog"
    _description = "Dialog from which something leaves"

    outgoing_findings = fields.Html(
        compute="_compute_outgoing_findings",
        compute_sudo=False,
        sanitize=False,
        string="Look at this first",
    )
    outgoing_reason = fields.Text(
        string="Why it goes with it all the same", help="It is kept in the journal."
    )

    @api.depends(lambda self: self._outgoing_fields())
    @api.depends_context("lang")
    def _compute_outgoing_findings(self):
        outgoing = self.env["complaint.outgoing"]
        for dialog in self:
            case = dialog._outgoing_case()
            dialog.outgoing_findings = bool(case) and outgoing._show(
                outgoing._undecided(case, dialog._outgoing_pieces())
            )

    @api.model
    def _outgoing_fields(self):
        """Hook: the fields that hold what leaves."""
        return ["body"]

    def _outgoing_case(self):
        """Hook: the case that it leaves, for who may work it; else none."""
        case = self.case_id._origin.sudo(False)
        return case if case.has_access("write") else case.browse()

    def _outgoing_pieces(self):
        """Hook: what leaves, as the guard looks into it."""
        return [self.env["complaint.outgoing"]._text_piece(self.body or "")]

    def _begin(self):
        """Keep the decision before the act that needs it."""
        opened = super()._begin()
        if (self.outgoing_reason or "").strip():
            outgoing = opened.env["complaint.outgoing"]
            pieces = self.with_env(opened.env)._outgoing_pieces()
            outgoing._accept(self._outgoing_case(), pieces, self.outgoing_reason)
        return opened
