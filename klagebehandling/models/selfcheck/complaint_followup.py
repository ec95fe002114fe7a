from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...roles import READERS
from ..case.complaint_case_part import WORKERS, readers

LONGEST = 10_000


class ComplaintFollowup(models.Model):
    """One look of the head at a case: who, on which day, and what was seen (D-45).

    It is made by whom the procedure names, or who leads at the top of the line; of what
    is handled independently by the independent receiver. It may be made again.
    """

    _name = "complaint.followup"
    _inherit = ["complaint.case.part"]
    _description = "Follow-up by the head"
    _order = "id desc"
    _rec_name = "followed_on"
    _words = ("note",)
    _readers = readers(*WORKERS, "auditor")

    case_id = fields.Many2one(readonly=True)
    note = fields.Text(string="Remark", groups=READERS)
    followed_on = fields.Date(
        string="Followed up",
        required=True,
        readonly=True,
        default=fields.Date.context_today,
    )
    user_id = fields.Many2one(
        "res.users",
        string="By",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
        ondelete="restrict",
    )
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        """Record that the user has followed up each case; that keeps the duty.

        :raises UserError: for whoever the procedure does not give it to
        """
        vals_list = [{**self.default_get(["case_id"]), **vals} for vals in vals_list]
        self._check_ids(vals_list, "case_id")
        self._check_values("create", vals_list)
        cases = self.env["complaint.case"].browse(
            vals.get("case_id") for vals in vals_list
        )
        if not all(cases._ids):
            raise UserError(self.env._("Choose the case that was followed up."))
        rows = []
        for case, vals in zip(cases, vals_list, strict=True):
            if not self.env.su:
                case._check_follower()
            rows.append(
                {
                    "case_id": case.id,
                    "note": self._read_note(vals.get("note")),
                    "followed_on": case._today(),
                    "user_id": self.env.uid,
                }
            )
        followups = super(ComplaintFollowup, self.sudo()).create(rows)
        followups._settle()
        return followups.sudo(self.env.su)

    @api.model
    def _creatable(self):
        return {"case_id", "note"}

    @api.model
    def _read_note(self, note):
        if note and not isinstance(note, str):
            raise ValidationError(self.env._("Write the remark as text."))
        text = (note or "").strip()
        if len(text) > LONGEST:
            raise ValidationError(self.env._("This is too long. Write it shorter."))
        return text or False

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A follow-up stays. Write another one."))

    def _settle(self):
        """What follows in the cases, many at once."""
        for day, followups in self.grouped("followed_on").items():
            followups.case_id.followed_up_on = day
        self.env["complaint.journal"].sudo()._append(
            [
                (
                    row.case_id,
                    "followed_up",
                    {"row": row.id, **({"note": row.note} if row.note else {})},
                )
                for row in self
            ]
        )
        duties = self.case_id._deadlines("follow_up")
        duties._meet()
        duties.case_id._finish_tasks()
