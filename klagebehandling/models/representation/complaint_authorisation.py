import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

KINDS = [
    ("power_of_attorney", "Power of attorney"),
    ("guardian", "Guardian by decision"),
    ("parent", "Parent with custody"),
    ("advocate", "Advocate or lawyer"),
    ("next_of_kin", "Next of kin, without power"),
]
# Who has it may speak for nobody in the matter of what is secret.
POWERLESS = ("next_of_kin",)
SCOPES = [
    ("all", "Speaks and reads"),
    ("read", "Reads what is written"),
    ("speak", "Speaks, and reads nothing"),
]
READING = ("all", "read")
# Whom an authorisation is of: who speaks for another, and a relative who complains.
SPEAKING = ("representative", "support_person", "complainant")
# Bytes of a copy that is kept.
LARGEST = 10_000_000
TAKEN = {"party_id", "kind", "scope", "note", "valid_from", "valid_until", "shown"}


class ComplaintAuthorisation(models.Model):
    """What gives somebody the right to speak or read for another person (C-31, M58).

    Of a representative above all. It is kept as it was shown, from its first local day
    to its last; a new one is a row of its own. Without a valid one letters go to the
    person, or somebody decides otherwise and says why.
    """

    _name = "complaint.authorisation"
    _inherit = ["complaint.case.part"]
    _description = "Authorisation of a representative"
    _order = "case_id, id desc"
    _rec_name = "kind"
    _words = ("note", "end_reason")

    party_id = fields.Many2one(
        "complaint.party",
        string="Who speaks",
        required=True,
        ondelete="cascade",
        index=True,
        domain="[('case_id', '=', case_id), ('role', 'in', "
        "('representative', 'support_person', 'complainant'))]",
    )
    kind = fields.Selection(KINDS, required=True, default="power_of_attorney")
    scope = fields.Selection(SCOPES, required=True, default="all")
    note = fields.Text(
        string="In words", help="What it covers and what not, as it says itself."
    )
    valid_from = fields.Date(
        string="From", required=True, default=fields.Date.context_today
    )
    valid_until = fields.Date(string="Until", help="Its last day, where it has one.")
    shown = fields.Selection(
        [
            ("original", "The original was seen"),
            ("copy", "A copy is kept, sealed"),
            ("said", "It was said"),
        ],
        string="How it was shown",
        required=True,
        default="original",
    )
    original_id = fields.Many2one(
        "complaint.original",
        string="Sealed copy",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    copy_file = fields.Binary(
        string="Copy",
        compute="_compute_copy_file",
        inverse="_inverse_copy_file",
        help="It is sealed at once, and stands among the files of the case.",
    )
    # Read beside the file, and kept nowhere in the open.
    copy_name = fields.Char(compute="_compute_copy_file", inverse="_inverse_copy_file")
    ended_on = fields.Date(string="Ended on", readonly=True, copy=False)
    ended_by = fields.Selection(
        [("person", "The person"), ("staff", "Us")], readonly=True, copy=False
    )
    end_reason = fields.Text(string="Why it ended", copy=False)
    state = fields.Selection(
        [
            ("planned", "Not yet"),
            ("valid", "Valid"),
            ("expired", "Run out"),
            ("ended", "Ended"),
        ],
        compute="_compute_state",
    )
    deadline_id = fields.Many2one(
        "complaint.deadline", readonly=True, copy=False, index="btree_not_null"
    )
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    _valid_dates = models.Constraint(
        "CHECK (valid_until IS NULL OR valid_from <= valid_until)",
        "It is valid from its first day to its last.",
    )
    _ended_by = models.Constraint(
        "CHECK ((ended_on IS NULL) = (ended_by IS NULL))",
        "What has ended says when, and who ended it.",
    )

    @api.depends("valid_from", "valid_until", "ended_on")
    def _compute_state(self):
        for row in self:
            day = row.case_id.sudo()._today() if row.case_id else fields.Date.today()
            row.state = row._state_on(day)

    @api.depends("original_id")
    def _compute_copy_file(self):
        self.copy_file = self.copy_name = False

    def _inverse_copy_file(self):
        for row in self.filtered("copy_file"):
            row._seal_copy(row.copy_name or self.env._("Copy"), row.copy_file)

    @api.constrains("party_id", "case_id")
    def _check_party_id(self):
        for row in self.sudo():
            if row.party_id.case_id != row.case_id or (
                row.party_id.role not in SPEAKING
            ):
                raise ValidationError(
                    self.env._("Choose who speaks for the person in this case.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows.sudo()._start()
        return rows

    def _writable(self):
        names = super()._writable()
        is_open = all(not row.ended_on for row in self)
        return names | {"end_reason"} if is_open else names

    @api.model
    def _creatable(self):
        return {"case_id", *TAKEN, "copy_file", "copy_name"}

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An authorisation stays. Record that it has ended."))

    def action_end(self, reason=None):
        """Record that it has ended: the person or somebody else said so.

        :param reason: how that was said, where it has not been written yet
        :raises UserError: without it, or where it has ended already
        """
        for row in self:
            row.check_access("write")
            text = (reason or row.end_reason or "").strip()
            if row.ended_on:
                raise UserError(self.env._("It has ended already."))
            if not text:
                raise UserError(self.env._("Write how you know that it has ended."))
            row.sudo()._end("staff", text)
        return True

    def _state_on(self, day):
        if self.ended_on:
            return "ended"
        if self.valid_from and self.valid_from > day:
            return "planned"
        return "expired" if self.valid_until and self.valid_until < day else "valid"

    def _gives_reading(self, day):
        """Whether who has it may read, on a local day, what is about the person."""
        has_power = self.kind not in POWERLESS and self.scope in READING
        return has_power and self._state_on(day) == "valid"

    def _start(self):
        """Keep the clock of each; a new one takes the place of what it follows."""
        for row in self:
            if (row.shown == "copy") != bool(row.original_id):
                raise UserError(
                    self.env._("Add the copy that is kept, or say how it was shown.")
                )
            earlier = row.party_id.authorisation_ids - row
            earlier.deadline_id._meet()
            row._log_row("authorisation_shown", shown=row.shown)
            row._promise_look()

    def _promise_look(self):
        """Have somebody look at it before its last day."""
        today = self.case_id._today()
        is_ahead = self.valid_until and self.valid_until >= today
        if is_ahead and not self.ended_on and not self.case_id._has_ended():
            self.deadline_id = self.case_id._promise_day(
                "authorisation", self.valid_until
            )

    def _end(self, ended_by, reason):
        self.write(
            {
                "ended_on": self.case_id._today(),
                "ended_by": ended_by,
                "end_reason": reason,
            }
        )
        self.deadline_id._waive(self.env._("The authorisation has ended."))
        self._log_row("authorisation_ended", ended_by=ended_by, reason=reason)

    def _seal_copy(self, name, content):
        """Seal a copy among the files of the case."""
        try:
            raw = base64.b64decode(content or b"", validate=True)
        except (binascii.Error, TypeError, ValueError) as error:
            raise UserError(self.env._("This is no file. Choose it again.")) from error
        if not raw or len(raw) > LARGEST:
            raise UserError(
                self.env._("The copy is empty or too large: 10 MB at most.")
            )
        row, originals = self.sudo(), self.env["complaint.original"].sudo()
        files = originals._examine([{"name": name, "raw": raw}])
        letter = self.env["complaint.correspondence"]
        batch = [(row.case_id, letter, files)]
        row.original_id = originals._keep(batch, is_first=False)
        row._log_row("authorisation_copied", **originals._payload(files))

    def _log_row(self, event, **payload):
        self.case_id._log(
            event,
            row=self.id,
            party=self.party_id.id,
            authority=self.kind,
            **payload,
        )
