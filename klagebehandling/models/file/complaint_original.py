import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ... import cleaner
from ...sealing import keyring
from ..case.complaint_case_part import WORKERS, readers

STATES = [
    ("cleaned", "Cleaned"),
    ("plain", "Nothing hidden in it"),
    ("kept", "May hold hidden information"),
    ("sealed", "Sealed only"),
]
REASONS = [
    ("archive", "Packed archive"),
    ("embedded", "Holds other files or outside data"),
    ("encrypted", "Locked with a password"),
    ("heic", "Photo format that cannot be cleaned (HEIC)"),
    ("key", "Key, certificate or signature"),
    ("macros", "Holds macros: do not let them run"),
    ("markup", "Web page or drawing with hidden text"),
    ("message", "E-mail, address card or calendar"),
    ("no_engine", "PDF cannot be cleaned on this server"),
    ("old_format", "Old document format"),
    ("recording", "Sound or film"),
    ("signed", "Digitally signed"),
    ("too_large", "Too large when unpacked"),
    ("too_slow", "Takes too long to clean"),
    ("unknown", "Unknown format"),
    ("unreadable", "Damaged or unusual file"),
]
LONGEST_REASON = 2000


class ComplaintOriginal(models.Model):
    """A file as it was sent: sealed, and opened by a recorded act only (M12).

    Staff work with a cleaned copy. Name, length and hash of the original are sealed
    with it: in the open they would name the file to whoever has another copy of it.
    """

    _name = "complaint.original"
    _inherit = ["complaint.case.part", "complaint.sealed"]
    _description = "File of a case"
    _order = "case_id, number, id"
    _rec_name = "number"
    _sealed_column = "facts_sealed"
    _readers = {
        **readers(*WORKERS),
        **readers("custodian", also="('is_requested', '=', True)"),
    }

    case_id = fields.Many2one(ondelete="restrict", readonly=True)
    correspondence_id = fields.Many2one(
        "complaint.correspondence",
        string="Came with",
        ondelete="restrict",
        index="btree_not_null",
        readonly=True,
    )
    number = fields.Integer(required=True, readonly=True)
    active = fields.Boolean(
        default=True,
        readonly=True,
        help="The e-mail as it came is no file that somebody sent: it stands behind.",
    )
    kind = fields.Char(
        readonly=True, help="What the file is, as read from its content."
    )
    state = fields.Selection(STATES, required=True, readonly=True)
    reason = fields.Selection(REASONS, string="Why not cleaned", readonly=True)
    attachment_id = fields.Many2one(
        "ir.attachment",
        string="Working copy",
        ondelete="set null",
        index="btree_not_null",
        readonly=True,
    )
    is_requested = fields.Boolean(
        string="Custodian asked",
        readonly=True,
        help="Whether the custodian was asked to look at the original.",
    )
    act_ids = fields.One2many("complaint.original.act", "original_id", string="Acts")
    # Empty where the case is disposed of.
    facts_sealed = fields.Text(groups=fields.NO_ACCESS)
    content_sealed = fields.Binary(groups=fields.NO_ACCESS, attachment=True)
    digest = fields.Char(groups=fields.NO_ACCESS, required=True)
    key_mark = fields.Char(groups=fields.NO_ACCESS, required=True, index=True)
    is_openable = fields.Boolean(compute="_compute_is_openable")

    _number_unique = models.Constraint(
        "UNIQUE (case_id, number)", "The number of the file is taken; try again."
    )
    _reason_state = models.Constraint(
        "CHECK ((reason IS NOT NULL) = (state IN ('kept', 'sealed')))",
        "A file that was not cleaned says why.",
    )

    @api.depends("number", "kind")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        self._check_known()
        for original in self:
            name = self.env._("File %(number)s", number=original.number)
            is_known = original.kind and original.kind != cleaner.OTHER
            original.display_name = (
                f"{name} ({original.kind.upper()})" if is_known else name
            )

    @api.depends("case_id.anonymity")
    @api.depends_context("uid")
    def _compute_is_openable(self):
        for original in self:
            original.is_openable = original._is_openable()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What came in is kept: it is never deleted."))

    def action_open(self, reason):
        """Open the sealed original; that and why is recorded.

        :param reason: why it must be seen, in words
        :return: an action that downloads it: for this user, for some minutes
        :raises AccessError: for who may not: of who is protected or anonymous only
            the custodian sees an original, for it may tell who wrote it
        """
        act = self._act("opened", reason, self._is_openable)
        return {
            "type": "ir.actions.act_url",
            "url": act._download_url(),
            "target": "download",
        }

    def action_request(self, reason):
        """Ask the custodian to look at an original.

        :param reason: why it is needed, in words
        """
        self._act("requested", reason, self._is_requestable)
        self.sudo().is_requested = True
        return True

    def action_release(self, reason):
        """Give those who work the case what could not be cleaned, as it is.

        :param reason: why it tells nobody who wrote it, in words
        """
        self._check_one()
        if self._is_releasable() and not self._is_seen():
            raise UserError(
                self.env._(
                    "Open the original first, and look at what is hidden in it too."
                )
            )
        self._act("released", reason, self._is_releasable)
        self.sudo()._release()
        return True

    def action_open_copy(self):
        """Download the working copy."""
        self._check_one()
        self.attachment_id.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=true",
            "target": "download",
        }

    def _is_openable(self):
        """Who works an open case; of all others the custodian."""
        if self.case_id.sudo().anonymity == "open":
            return self.case_id.has_access("write")
        return self.env.user.has_group("klagebehandling.group_custodian")

    def _is_requestable(self):
        is_guarded = self.case_id.sudo().anonymity != "open"
        return is_guarded and self.case_id.has_access("write")

    def _is_releasable(self):
        is_custodian = self.env.user.has_group("klagebehandling.group_custodian")
        return is_custodian and self.state == "sealed"

    def _is_seen(self):
        """Whether this user has opened the original."""
        return ("opened", self.env.user) in [
            (act.kind, act.user_id) for act in self.sudo().act_ids
        ]

    def _act(self, kind, reason, is_allowed):
        """Record an act on one original, or refuse it."""
        self._check_one()
        self._check_reason(reason)
        self.check_access("read")
        if not is_allowed():
            self.case_id.sudo()._log_apart("original_refused", file=self.number)
            raise AccessError(
                self.env._(
                    "This is not for you to do. Who handles the case opens the files "
                    "of a complaint by name; of any other only the custodian."
                )
            )
        act = (
            self.env["complaint.original.act"]
            .sudo()
            .create(
                {
                    "original_id": self.id,
                    "kind": kind,
                    "reason": reason.strip(),
                    "user_id": self.env.uid,
                }
            )
        )
        self.case_id._log(f"original_{kind}", file=self.number)
        return act.with_env(self.env)

    def _check_reason(self, reason):
        if not isinstance(reason, str) or not reason.strip():
            raise ValidationError(self.env._("Write why. It is kept with the case."))
        if len(reason) > LONGEST_REASON:
            raise ValidationError(
                self.env._(
                    "Write it shorter: at most %(limit)s characters.",
                    limit=LONGEST_REASON,
                )
            )

    def _check_one(self):
        if len(self) != 1:
            raise ValidationError(self.env._("Choose one file."))

    def _open(self):
        """The name and the bytes as they were sent.

        :raises UserError: where the key is missing or the file is not the same
        """
        facts = self._open_facts()
        sealed = self.sudo()._sealed_file().raw
        try:
            raw = keyring.decrypt_bytes(sealed, facts["size"])
        except keyring.IdentityUnreadable:
            self._refuse_unreadable()
        if hashlib.sha256(raw).hexdigest() != facts["sha256"]:
            self._refuse_unreadable()
        return facts["name"], raw

    def _open_facts(self):
        """What is sealed about the file: ``name``, ``size`` and ``sha256``."""
        original_sudo = self.sudo()
        try:
            facts = keyring.decrypt(original_sudo.facts_sealed or "")
        except keyring.IdentityUnreadable:
            self._refuse_unreadable()
        place = original_sudo.case_id.reference, original_sudo.number
        digest = keyring.keyed_hash("original", facts["sha256"])
        is_whole = digest == original_sudo.digest
        if (facts["reference"], facts["number"]) != place or not is_whole:
            self._refuse_unreadable()
        return facts

    def _refuse_unreadable(self):
        raise UserError(
            self.env._(
                "The original cannot be opened: its key is missing from the key ring, "
                "or the file was changed. Tell the administrator."
            )
        )

    def _sealed_file(self):
        return self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_field", "=", "content_sealed"),
                ("res_id", "in", self.ids),
            ]
        )
