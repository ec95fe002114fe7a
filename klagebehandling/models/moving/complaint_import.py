import base64
import hashlib
import time
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...sealing import keyring
from ...sheet_reader import apart

STATES = [
    ("draft", "Choose the file"),
    ("checking", "Being checked"),
    ("checked", "Look at the promises"),
    ("running", "Being moved in"),
    ("done", "Moved in"),
    ("stopped", "Broken off"),
]
# What the clock does with the lines of an import: by its state, theirs.
WORK = {"checking": "read", "running": "new"}
AFTER = {"checking": "checked", "running": "done"}
# One transaction takes so many lines.
BATCH = 100
# What was uploaded and is not moved in is forgotten after so many days.
KEPT_DAYS = 7
# So long a request works itself; the clock does the rest.
SECONDS = 3


class ComplaintImport(models.Model):
    """Old complaints of one file, on their way in: read, checked, approved, moved.

    The file itself is kept nowhere: its lines are sealed as it is read, and what is
    sealed goes as a line is moved in, when the import ends, or after a week. Who read
    the file in is the only one who sees it.
    """

    _name = "complaint.import"
    _inherit = ["complaint.guarded", "complaint.unseen"]
    _description = "Moving in"
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    policy_id = fields.Many2one(
        "complaint.policy",
        string="Procedure",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('company_id', 'in', [False, company_id]), "
        "('state', '=', 'in_force')]",
        default=lambda self: self._default_policy(),
        help="Each complaint is bound by the version of the day it was received.",
    )
    upload = fields.Binary(
        string="File",
        compute="_compute_upload",
        inverse="_inverse_upload",
        attachment=False,
        help="CSV or XLSX, at most 20 MB and 20,000 lines. The file is not kept.",
    )
    # As the web client shows it; it may tell whose register it is, and is not kept.
    upload_name = fields.Char(store=False)
    state = fields.Selection(STATES, required=True, readonly=True, default="draft")
    digest = fields.Char(string="Fingerprint (SHA-256)", readonly=True, copy=False)
    columns = fields.Char(readonly=True, groups=fields.NO_ACCESS, copy=False)
    takes_rest = fields.Boolean(
        string="Leave out the lines with faults",
        help="Move in the others. The lines with faults can be put right and moved in "
        "later, in the same file.",
    )
    line_ids = fields.One2many("complaint.import.line", "import_id")
    faulty_line_ids = fields.One2many(
        "complaint.import.line", "import_id", domain=[("state", "=", "faulty")]
    )
    changed_line_ids = fields.One2many(
        "complaint.import.line", "import_id", domain=[("state", "=", "changed")]
    )
    open_line_ids = fields.One2many(
        "complaint.import.line",
        "import_id",
        domain=[("state", "in", ("new", "moved")), ("is_open", "=", True)],
    )
    line_count = fields.Integer(string="Lines", compute="_compute_counts")
    new_count = fields.Integer(string="To be moved in", compute="_compute_counts")
    same_count = fields.Integer(string="Here already", compute="_compute_counts")
    changed_count = fields.Integer(
        string="Changed since they were moved in", compute="_compute_counts"
    )
    faulty_count = fields.Integer(string="With faults", compute="_compute_counts")
    moved_count = fields.Integer(string="Moved in", compute="_compute_counts")
    open_count = fields.Integer(string="Open cases", compute="_compute_counts")
    late_count = fields.Integer(
        string="Late as they come in", compute="_compute_counts"
    )
    closed_count = fields.Integer(string="Ended cases", compute="_compute_counts")
    progress = fields.Float(compute="_compute_counts")

    @api.constrains("policy_id", "company_id")
    def _check_policy_id(self):
        for one in self:
            one.policy_id._check_given_to(one.company_id)

    @api.model
    def _default_policy(self):
        """That of the topmost unit of the organisation that has one."""
        own = [("company_id", "=", self.env.company.id)]
        return self.env["complaint.unit"].search(own).effective_policy_id[:1]

    def _compute_upload(self):
        """Nothing: what was uploaded is read and kept nowhere."""
        self.upload = False

    @api.depends("line_ids.state", "line_ids.is_open", "line_ids.is_late", "state")
    def _compute_counts(self):
        groups = (
            self.env["complaint.import.line"]
            .sudo()
            ._read_group(
                [("import_id", "in", self.ids)],
                ["import_id", "state", "is_open", "is_late"],
                ["__count"],
            )
        )
        for one in self:
            own = [group[1:] for group in groups if group[0].id == one._origin.id]
            one._set_counts(own)

    def _set_counts(self, groups):
        """:param groups: list of ``(state, is_open, is_late, how many)``"""

        def count(*states, **flags):
            return sum(
                number
                for state, is_open, is_late, number in groups
                if state in states
                and flags.items() <= {"open": is_open, "late": is_late}.items()
            )

        taken = ("new", "moved")
        self.line_count = sum(group[-1] for group in groups)
        for state in ("new", "same", "changed", "faulty", "moved"):
            self[f"{state}_count"] = count(state)
        self.open_count = count(*taken, open=True)
        self.late_count = count(*taken, open=True, late=True)
        self.closed_count = count(*taken, open=False)
        left = count(WORK.get(self.state, ""))
        total = self.line_count if self.state == "checking" else count(*taken)
        done = self.state in ("checked", "done") or not total
        self.progress = 100.0 if done else 100.0 * (total - left) / total

    def _inverse_upload(self):
        for one in self:
            if one.upload:
                one._read_file(one._decode_upload())
        self.upload = False

    def _decode_upload(self):
        try:
            return base64.b64decode(self.upload, validate=True)
        except (TypeError, ValueError):
            raise UserError(self._say_problem("unreadable")) from None

    def _writable(self):
        own = {"takes_rest"}
        if {*self.mapped("state")} <= {"draft"}:
            own |= self._creatable() - {"company_id"}
        return super()._writable() | own

    @api.model
    def _creatable(self):
        return {"upload", "upload_name", "policy_id", "takes_rest", "company_id"}

    @api.depends_context("lang")
    def _compute_display_name(self):
        self._check_known()
        for one in self:
            one.display_name = self.env._("Moving in")

    # -- what a person does

    def action_check(self):
        """Find out what would become of each line; nothing is registered.

        :raises UserError: without a file
        """
        self._begin("checking")
        self._go_on()
        return True

    def action_run(self):
        """Approve what was looked at, and have it moved in.

        :raises UserError: with faulty lines that nobody has said to leave out
        """
        self._begin("checked")
        if self.faulty_count and not self.takes_rest:
            raise UserError(
                self.env._(
                    "Some lines have faults. Put them right in the file and choose it "
                    "again, or tick that they are left out."
                )
            )
        if not self.new_count:
            raise UserError(self.env._("There is nothing to move in."))
        self.sudo().state = "running"
        self.env["complaint.journal"]._log_company(
            self.company_id,
            "import_started",
            digest=self.digest,
            open_count=self.open_count,
            closed_count=self.closed_count,
        )
        self._go_on()
        return True

    def action_choose_again(self):
        """Forget what was read, and choose a file anew."""
        self._begin("checking", "checked", "stopped")
        self._forget_lines()
        self.sudo().write({"state": "draft", "digest": False})
        return True

    def action_stop(self):
        """End an import; what has been moved in stays."""
        self._begin("checking", "checked", "running")
        self._end("stopped")
        return True

    def action_refresh(self):
        """Show how far it is: the web client reads the import again."""
        self.check_access("read")
        return True

    def _begin(self, *states):
        """Ask for the right, and hold the import, which may have gone on meanwhile."""
        self.ensure_one()
        self.check_access("write")
        held = self.sudo().try_lock_for_update()
        if not held or held.state not in states:
            raise UserError(
                self.env._(
                    "This import has gone on meanwhile, or has no file yet. Load it "
                    "again, and choose what to do."
                )
            )

    # -- what the file says

    def _read_file(self, raw):
        """Keep the lines of a file, sealed; the file itself is let go.

        :param raw: bytes
        :raises UserError: for what is no such table, and says what to do
        """
        self.check_access("write")
        if self.state != "draft":
            raise UserError(self.env._("Choose “Another file” first."))
        rows, problem = apart.read(raw)
        if problem or len(rows) < 2:
            raise UserError(self._say_problem(problem))
        (_first, headings), *lines = rows
        names = self._read_headings(headings)
        prepared = [
            self._prepare_line(number, dict(zip(names, texts, strict=False)))
            for number, texts in lines
        ]
        self.sudo().line_ids.unlink()
        self.env["complaint.import.line"].sudo().create(prepared)
        digest = hashlib.sha256(raw).hexdigest()
        self.sudo().write(
            {"state": "checking", "digest": digest, "columns": ",".join(names)}
        )

    def _prepare_line(self, row, cells):
        cells = {name: text for name, text in cells.items() if name and text}
        return {
            "import_id": self.id,
            "row": row,
            "number": cells.get("number", "")[:64],
            "cells_sealed": keyring.encrypt(cells),
        }

    def _say_problem(self, problem):
        words = {
            "too_large": self.env._(
                "The file is too large: at most 20 MB. Part it into several."
            ),
            "too_many": self.env._(
                "The file has too many lines: at most 20,000. Part it into several."
            ),
            "too_slow": self.env._(
                "The file takes too long to read. Save it as CSV, or part it."
            ),
            "old_xls": self.env._(
                "This is a file of an old spreadsheet program. Save it as XLSX or CSV."
            ),
            None: self.env._(
                "The file has no lines below its headings. Fill in the template."
            ),
        }
        return words.get(problem) or self.env._(
            "This file cannot be read. Save it as XLSX or CSV, without a password."
        )

    # -- what the clock does

    def _go_on(self):
        """Take the first lines at once, and leave the rest to the clock."""
        Line, end = self.env["complaint.import.line"], time.monotonic() + SECONDS
        while Line._take_next(self) and time.monotonic() < end:
            pass
        cron = self.env.ref("klagebehandling.ir_cron_move_in")
        if self.state in WORK:
            cron.sudo()._trigger()

    @api.model
    def _cron_move(self):
        """Check and move in what waits, in batches; killed, it goes on from there.

        What becomes of a line and that it has become so are one transaction.
        """
        cron = self.env["ir.cron"]
        Line = self.env["complaint.import.line"]
        working = self.search([("state", "in", list(WORK))], order="id")
        cron._commit_progress(remaining=Line._count_waiting(working))
        for one in working:
            while count := Line._take_next(one):
                if not cron._commit_progress(count):
                    return

    def _settle(self):
        """Go on to the next step, as no line waits for this one any more."""
        if self.state == "checking":
            self.sudo().state = "checked"
        elif self.state == "running":
            self._end("done")

    def _end(self, state):
        """What was read is forgotten; what was moved in is remembered."""
        lines = self.sudo().line_ids
        if self.state == "running":
            moved = lines.filtered(lambda line: line.state == "moved")
            self.env["complaint.journal"]._log_company(
                self.company_id,
                "import_ended",
                digest=self.digest,
                moved_count=len(moved),
                left_out=len(lines - moved),
            )
        lines.write({"cells_sealed": False})
        self.sudo().state = state

    def _forget_lines(self):
        self.sudo().line_ids.filtered(lambda line: line.state != "moved").unlink()

    def _may_go_on(self):
        """Whether who approved it may still do so: a role can be taken away."""
        user = self.create_uid
        try:
            self.with_user(user).check_access("write")
        except AccessError:
            return False
        return user.active

    @api.autovacuum
    def _gc_uploads(self):
        """Forget what was uploaded and left: it holds people's data."""
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        left = self.sudo().search(
            [("state", "in", ("checking", "checked")), ("write_date", "<", limit)]
        )
        for one in left:
            one._end("stopped")
