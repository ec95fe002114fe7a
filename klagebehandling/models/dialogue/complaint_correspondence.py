from odoo import api, fields, models

PURPOSES = [
    ("question", "Question to the complainant"),
    ("answer", "Answer to a question"),
    ("correction", "Correction of what was written down"),
    ("help", "Request for help"),
    ("onward", "Wish to go further"),
]
# What the complainant writes; a person writes none of these for somebody else.
SAID = {"message", "answer", "correction", "help", "onward"}


class ComplaintCorrespondence(models.Model):
    """Questions that are asked and answered, and what else the complainant says."""

    _inherit = "complaint.correspondence"

    purpose = fields.Selection(
        selection_add=PURPOSES,
        ondelete={name: "set default" for name, _label in PURPOSES},
    )
    answers_id = fields.Many2one(
        "complaint.correspondence",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The question that this answers.",
    )
    answer_ids = fields.One2many(
        "complaint.correspondence", "answers_id", string="Answered by"
    )

    def _is_open_question(self):
        """Whether an answer to it is still of use."""
        is_asked = self.purpose == "question" and self.direction == "out"
        is_out = self.state in ("queued", "sending", "sent", "failed")
        return bool(
            is_asked
            and is_out
            and not self.answer_ids
            and not self.case_id._has_ended()
        )

    @api.model
    def _receive(self, case, text, files=(), is_from_elsewhere=False, **values):
        """What the person writes ends the waiting, however it came."""
        letter = super()._receive(case, text, files, is_from_elsewhere, **values)
        if case.is_waiting and not is_from_elsewhere:
            case.sudo().is_waiting = False
        return letter

    def _put_files(self, files):
        """Send files with a letter: the complainant opens them on the status page.

        :param files: attachments that nothing else holds
        """
        if self and files:
            files.sudo().write({"res_model": self._name, "res_id": self.id})
            self.case_id._log("files_sent", files=len(files))

    def _files_named(self, names):
        """The files of these names that hang on these letters."""
        return self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("name", "in", names),
            ]
        )

    def _sent_files(self):
        """The files that went out with these letters, as superuser."""
        out = self.filtered(lambda one: one.direction == "out")
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", out.ids),
                    ("res_field", "=", False),
                    ("type", "=", "binary"),
                ],
                order="id",
            )
        )

    def _as_entry(self):
        entry = super()._as_entry()
        if self.direction == "in" and self.purpose != "message":
            labels = dict(self._fields["purpose"]._description_selection(self.env))
            entry["title"] = f"{labels[self.purpose]} · {entry['title']}"
        elif self._is_open_question():
            entry["state"] = self.env._("Not answered yet")
            entry["is_waiting"] = True
        return entry
