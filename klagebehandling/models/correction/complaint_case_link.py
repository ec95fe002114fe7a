from odoo import fields, models

from ...roles import READERS


class ComplaintCaseLink(models.Model):
    """Two cases about the same matter: who said so, why, and who took it back.

    Nobody has a right on these rows: a row that one may read would tell of a case that
    one may not. ``complaint.case.same_matter_ids`` shows of them what the user sees.
    """

    _name = "complaint.case.link"
    _inherit = ["complaint.case.part"]
    _description = "Same matter in another case"
    _order = "id"
    _readers = {}

    other_id = fields.Many2one(
        "complaint.case", required=True, readonly=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [
            ("same", "Same matter"),
            ("treated", "Treated together"),
            ("repeat", "Sent again by the same person"),
        ],
        required=True,
        readonly=True,
        help="Of one that was sent again, the other case is where it goes on.",
    )
    reason = fields.Text(readonly=True, groups=READERS)
    ended_on = fields.Date(readonly=True, copy=False)
    ended_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    end_reason = fields.Text(readonly=True, copy=False, groups=READERS)

    _once = models.UniqueIndex(
        "(least(case_id, other_id), greatest(case_id, other_id)) "
        "WHERE ended_on IS NULL",
        "These cases are linked already.",
    )
    _two_cases = models.Constraint(
        "CHECK (case_id <> other_id)", "A case is not linked with itself."
    )

    def _end(self, reason):
        """Let the links stand no more; that they stood remains."""
        for link in self.sudo():
            link.write(
                {
                    "ended_on": link.case_id._today(),
                    "ended_by_id": self.env.uid,
                    "end_reason": reason,
                }
            )
            cases = link.case_id | link.other_id
            cases.invalidate_recordset(["same_matter_ids", "same_matter_note"])
