from odoo import api, fields, models
from odoo.tools import plaintext2html

from ...roles import READERS
from ..hearing.complaint_hearing import ComplaintHearing as Heard


class ComplaintHearing(models.Model):
    """What a person is asked leaves the case: it passes the guard too (N12)."""

    _inherit = "complaint.hearing"
    _words = (*Heard._words, "outgoing_reason")

    outgoing_findings = fields.Html(
        string="Look at this first",
        compute="_compute_outgoing_findings",
        compute_sudo=False,
        sanitize=False,
    )
    outgoing_reason = fields.Text(
        string="Why it goes with it all the same",
        groups=READERS,
        copy=False,
        help="It is kept in the journal.",
    )

    @api.depends("points", "case_id", "state")
    @api.depends_context("uid", "lang")
    def _compute_outgoing_findings(self):
        outgoing = self.env["complaint.outgoing"]
        for hearing in self:
            case = hearing.case_id._origin.sudo(False)
            is_mine = hearing.state == "draft" and case.has_access("write")
            hearing.outgoing_findings = is_mine and outgoing._show(
                outgoing._undecided(case, hearing._outgoing_pieces())
            )

    def _writable(self):
        names = super()._writable()
        is_draft = all(hearing.state == "draft" for hearing in self)
        return names | {"outgoing_reason"} if is_draft else names

    @api.model
    def _creatable(self):
        return super()._creatable() | {"outgoing_reason"}

    def action_ask(self):
        """Ask only what was decided on; where it is said why, that is a decision.

        :raises UserError: with each place where something was found
        """
        outgoing = self.env["complaint.outgoing"]
        for hearing in self:
            hearing.check_access("write")
            pieces = hearing._outgoing_pieces()
            if (hearing.outgoing_reason or "").strip():
                outgoing._accept(hearing.case_id, pieces, hearing.outgoing_reason)
            outgoing._check(hearing.case_id, pieces)
        return super().action_ask()

    def _outgoing_pieces(self):
        outgoing = self.env["complaint.outgoing"]
        return [outgoing._text_piece(plaintext2html(self.points or ""))]
