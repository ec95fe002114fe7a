from secrets import token_hex

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...roles import READERS


class ComplaintNote(models.Model):
    """A running note: what was done in the case, by whom, on which day (D-40).

    It is written once. Who was wrong writes a new one that says which it corrects. The
    talk of the case is for colleagues; the notes are its documentation.
    """

    _name = "complaint.note"
    _inherit = ["complaint.case.part"]
    _description = "Running note"
    _order = "id desc"
    _rec_name = "noted_on"
    _words = ("body",)

    case_id = fields.Many2one(readonly=True, ondelete="restrict")
    body = fields.Text(string="Note", groups=READERS)
    noted_on = fields.Date(
        string="Noted", required=True, readonly=True, default=fields.Date.context_today
    )
    author_id = fields.Many2one(
        "res.users",
        string="By",
        required=True,
        readonly=True,
        default=lambda self: self.env.uid,
        ondelete="restrict",
    )
    corrects_id = fields.Many2one(
        "complaint.note", index="btree_not_null", ondelete="restrict"
    )
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)
    words_salt = fields.Char(
        groups=fields.NO_ACCESS, copy=False, default=lambda _self: token_hex(16)
    )

    @api.constrains("corrects_id", "case_id")
    def _check_corrects_id(self):
        for note in self:
            if note.corrects_id.case_id - note.case_id:
                raise ValidationError(
                    self.env._("A note corrects one of the same case.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        cases_sudo = self.env["complaint.case"].sudo()
        rows = []
        for vals in vals_list:
            if not (vals.get("body") or "").strip():
                raise UserError(self.env._("Write the note first."))
            day = cases_sudo.browse(vals.get("case_id"))._today()
            rows.append({**vals, "noted_on": day, "author_id": self.env.uid})
        self._check_values("create", vals_list)
        if not self.env.su:
            # The rows are made as superuser: who reads the case must work it too.
            cases_sudo.sudo(False).browse(row["case_id"] for row in rows).check_access(
                "write"
            )
        notes = super(ComplaintNote, self.sudo()).create(rows)
        notes._log_notes()
        return notes.sudo(False)

    @api.model
    def _creatable(self):
        return {"case_id", "body", "corrects_id"}

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A note stays. Write another one that corrects it."))

    def _log_notes(self):
        """Enter each note in the journal of its case, bound as it is."""
        digests = self.env["complaint.bound"]._note_digests(self)
        self.env["complaint.journal"].sudo()._append(
            [
                (
                    note.case_id,
                    "note_added",
                    {"row": note.id, "binds": {f"note:{note.id}": digests[note]}},
                )
                for note in self
            ]
        )
