from odoo import api, fields, models
from odoo.tools import plaintext2html

from ...roles import READERS
from ..meeting.complaint_minutes import ComplaintMinutes as Written


class ComplaintMinutes(models.Model):
    """What is frozen is read by the complainant: it passes the guard (M22).

    Adds what is found in a draft, and why it is frozen with it all the same. What the
    complainant has remarked is not looked into: it goes back to who wrote it.
    """

    _inherit = "complaint.minutes"
    _words = (*Written._words, "outgoing_reason")

    outgoing_findings = fields.Html(
        compute="_compute_outgoing_findings",
        compute_sudo=False,
        sanitize=False,
        string="Look at this first",
    )
    outgoing_reason = fields.Text(
        string="Why it goes with it all the same",
        groups=READERS,
        copy=False,
        help="It is kept in the journal.",
    )

    @api.depends("discussion", "agreed", "state", "writer_id")
    @api.depends_context("lang", "uid")
    def _compute_outgoing_findings(self):
        outgoing = self.env["complaint.outgoing"]
        for minutes in self:
            case = minutes.case_id._origin.sudo(False)
            is_looked = minutes.is_writer and case.has_access("write")
            minutes.outgoing_findings = is_looked and outgoing._show(
                outgoing._undecided(case, minutes._outgoing_pieces())
            )

    def _writable(self):
        names = super()._writable()
        is_draft = all(minutes.state == "draft" for minutes in self)
        return names | {"outgoing_reason"} if is_draft else names

    def action_freeze(self):
        """Freeze nothing with what nobody has decided on."""
        outgoing = self.env["complaint.outgoing"]
        for minutes in self:
            minutes.check_access("write")
            minutes._check_state("draft")
            minutes._check_pen()
            case, pieces = minutes.case_id, minutes._outgoing_pieces()
            if (minutes.outgoing_reason or "").strip():
                outgoing._accept(case, pieces, minutes.outgoing_reason)
            outgoing._check(case, pieces)
        return super().action_freeze()

    def _outgoing_pieces(self):
        """The words of the pen, as the guard looks into them."""
        words = "\n\n".join(filter(None, [self.discussion, self.agreed]))
        return [self.env["complaint.outgoing"]._text_piece(plaintext2html(words))]
