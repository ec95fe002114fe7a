import hashlib
import json
from secrets import token_hex

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...roles import READERS
from ...sealing import keyring
from ...vocabulary import html_lang

# What the pen writes.
WRITTEN = {"discussion", "agreed"}
SIDES = ("organisation", "complainant")


class ComplaintMinutes(models.Model):
    """The record of a meeting: a draft, then frozen, then signed by both (A-13).

    What is frozen is kept sealed, with all names in it, and is never edited: whatever
    changes afterwards, a remark of the complainant too, is a new version. The digest is
    that of the sealed content, which holds a random mark: nobody guesses a short text
    from it. Read by who reads the case, and by the complainant from the day it is
    frozen.
    """

    _name = "complaint.minutes"
    _inherit = ["complaint.case.part", "complaint.sealed"]
    _description = "Minutes of a meeting"
    _order = "meeting_id, version desc, id desc"
    _rec_name = "version"
    _sealed_column = "content_sealed"
    _words = ("discussion", "agreed", "remarks")

    meeting_id = fields.Many2one(
        "complaint.meeting", required=True, ondelete="restrict", index=True
    )
    case_id = fields.Many2one(
        related="meeting_id.case_id",
        store=True,
        precompute=True,
        required=False,
        ondelete=None,
    )
    version = fields.Integer(required=True, default=1, readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("frozen", "To be signed"),
            ("signed", "Signed by both"),
            ("refused", "Not agreed"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
    )
    start_at = fields.Datetime(string="Met on", related="meeting_id.start_at")
    place = fields.Char(related="meeting_id.place")
    discussion = fields.Text(string="What was talked about", groups=READERS)
    agreed = fields.Text(
        string="What was agreed",
        groups=READERS,
        help="One point on each line: what, who, by when.",
    )
    remarks = fields.Text(
        string="Remarks of the complainant",
        readonly=True,
        groups=READERS,
        help="In the complainant's own words; part of the document.",
    )
    writer_id = fields.Many2one(
        "res.users",
        string="Writes them now",
        readonly=True,
        copy=False,
        default=lambda self: self.env.uid,
        ondelete="restrict",
        help="One at a time: nobody writes over what somebody else is writing.",
    )
    is_writer = fields.Boolean(compute="_compute_is_writer")
    is_latest = fields.Boolean(compute="_compute_is_latest", compute_sudo=True)

    document_ids = fields.One2many("complaint.minutes.document", "minutes_id")

    frozen_on = fields.Date(readonly=True, copy=False)
    content_sealed = fields.Text(groups=fields.NO_ACCESS, copy=False)
    digest = fields.Char(
        string="Fingerprint (SHA-256)",
        readonly=True,
        copy=False,
        help="Of the content.",
    )
    journal_mark = fields.Char(
        string="Head of the journal",
        readonly=True,
        copy=False,
        help="As it was when these minutes were frozen.",
    )
    words_salt = fields.Char(groups=fields.NO_ACCESS, copy=False)
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    _version_unique = models.Constraint(
        "UNIQUE (meeting_id, version)",
        "Somebody has begun this version already. Reload the page.",
    )
    _frozen_state = models.Constraint(
        "CHECK ((state = 'draft') = (frozen_on IS NULL) "
        "AND (state = 'draft') = (digest IS NULL))",
        "Minutes are frozen exactly when they carry the day and the fingerprint.",
    )

    @api.depends("version", "meeting_id.start_at")
    @api.depends_context("lang", "uid")
    def _compute_display_name(self):
        self._check_known()
        for minutes in self:
            minutes.display_name = self.env._(
                "Minutes, version %(number)s", number=minutes.version
            )

    @api.depends("writer_id", "state")
    @api.depends_context("uid")
    def _compute_is_writer(self):
        for minutes in self:
            is_draft = minutes.state == "draft"
            minutes.is_writer = is_draft and minutes.writer_id == self.env.user

    @api.depends("version", "meeting_id.minutes_ids.version")
    def _compute_is_latest(self):
        for minutes in self:
            versions = minutes.meeting_id.minutes_ids.mapped("version")
            minutes.is_latest = minutes.version == max(versions, default=1)

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        if self.env.su:
            return
        if operation == "create":
            ids = [vals.get("meeting_id") for vals in vals_list]
            meetings = self.env["complaint.meeting"].browse(filter(None, ids))
            meetings.check_access("write")
            if any(meeting.state != "held" for meeting in meetings):
                raise UserError(
                    self.env._("Minutes are written of a meeting that was held.")
                )
        elif WRITTEN & {name for vals in vals_list for name in vals}:
            self._check_pen()

    def _writable(self):
        names = super()._writable()
        is_draft = all(minutes.state == "draft" for minutes in self)
        return names | WRITTEN if is_draft else names

    @api.model
    def _creatable(self):
        return {"meeting_id", *WRITTEN}

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        if any(minutes.state != "draft" for minutes in self):
            raise UserError(self.env._("Minutes stay. Write a new version."))

    def action_show(self):
        """Open these minutes on a page of their own."""
        self.ensure_one()
        self.check_access("read")
        return self._show()

    def action_take_pen(self):
        """Go on writing what a colleague has begun; that one cannot write on then."""
        for minutes in self:
            minutes.check_access("write")
            minutes._check_state("draft")
            minutes.sudo().writer_id = self.env.uid
        return True

    def action_freeze(self):
        """Freeze the draft, and ask the complainant to read and sign it (A-13).

        :raises UserError: without words, or where a colleague is writing it
        """
        for minutes in self:
            minutes.check_access("write")
            minutes._check_state("draft")
            minutes._check_pen()
            minutes.case_id._check_not_ended()
            if not any((minutes[name] or "").strip() for name in WRITTEN):
                raise UserError(
                    self.env._("Write what was talked about, or what was agreed.")
                )
            minutes.sudo()._freeze()
            minutes.sudo()._ask_to_sign()
        return True

    def action_freeze_and_sign(self):
        """Freeze the draft and sign it for the organisation, in one go."""
        self.action_freeze()
        return self.action_sign()

    def action_new_version(self):
        """Change what is frozen: in a new version, which both sign anew.

        :return: action that shows it
        """
        self.ensure_one()
        self.check_access("write")
        self._check_state("frozen", "signed", "refused")
        self._check_latest()
        self.case_id._check_not_ended()
        new = self.sudo().create(self.sudo()._prepare_version())
        self.sudo()._stop_waiting()
        self.case_id._log("minutes_reopened", row=new.id, version=new.version)
        return new.sudo(False)._show()

    def _check_pen(self):
        for minutes in self:
            if minutes.writer_id != self.env.user:
                raise UserError(
                    self.env._(
                        "A colleague is writing these minutes. Keep a copy of what you "
                        "typed, take the pen, and write on from what stands there now."
                    )
                )

    def _check_state(self, *states):
        if self.state not in states:
            raise UserError(
                self.env._("These minutes have gone on meanwhile. Reload the page.")
            )

    def _check_latest(self):
        if not self.is_latest:
            raise UserError(
                self.env._(
                    "There is a newer version of these minutes. Read and sign that one."
                )
            )

    def _show(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "name": self.env._("Minutes"),
        }

    def _prepare_version(self, **values):
        """Values of the next version, as a draft with the same words."""
        return {
            "meeting_id": self.meeting_id.id,
            "version": self.version + 1,
            "discussion": self.discussion,
            "agreed": self.agreed,
            "remarks": self._all_remarks(),
            "writer_id": self.env.uid,
            **values,
        }

    def _all_remarks(self):
        """What the complainant has remarked so far: part of the next version."""
        refused = self.signature_ids.filtered(
            lambda one: one.side == "complainant" and one.is_refused and one.remark
        )
        said = [self.remarks, *refused.sorted("id").mapped("remark")]
        return "\n\n".join(filter(None, said)) or False

    def _freeze(self):
        """Seal the content with all names, and bind it in the journal.

        As superuser; whoever is not to be known is named nowhere.
        """
        content = self._make_content()
        digest = self._digest_of(content)
        self.write(
            {
                "state": "frozen",
                "frozen_on": self.case_id._today(),
                "digest": digest,
                "content_sealed": keyring.encrypt(content),
                "words_salt": token_hex(16),
            }
        )
        binds = self.env["complaint.bound"]._minutes_digests(self)
        self.case_id._log(
            "minutes_frozen",
            row=self.id,
            version=self.version,
            digest=digest,
            binds=binds,
        )
        self.journal_mark = self.case_id._journal_mark()
        self._keep_document()

    def _make_content(self):
        """All that is signed, as plain values."""
        case, meeting = self.case_id, self.meeting_id
        present = meeting.participant_ids.filtered(
            lambda one: one.attendance == "present"
        )
        local = case.policy_id._local(meeting.start_at)
        lines = (self.agreed or "").splitlines()
        return {
            "mark": token_hex(16),
            "reference": case.reference,
            "organisation": case.company_id.name,
            "unit": case.unit_id.name,
            "lang": case.policy_id._spoken(case.lang),
            "version": self.version,
            "held_on": str(local.date()),
            "place": meeting.place or "",
            "present": [{"role": one.role, "name": one._say_name()} for one in present],
            "discussion": (self.discussion or "").strip(),
            "agreed": [line.strip() for line in lines if line.strip()],
            "remarks": (self.remarks or "").strip(),
        }

    @api.model
    def _digest_of(self, content):
        """SHA-256 of the content as canonical JSON: sorted, without spaces, UTF-8."""
        text = json.dumps(
            content, sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        return hashlib.sha256(text.encode()).hexdigest()

    def _content(self):
        """What was frozen, opened.

        :raises UserError: where the key is missing, or the content is erased
        """
        sealed = self.sudo().content_sealed
        try:
            return keyring.decrypt(sealed or "")
        except keyring.IdentityUnreadable as error:
            raise UserError(
                self.env._(
                    "What was frozen cannot be opened: its text was removed, or the "
                    "key that sealed it is missing from the key ring."
                )
            ) from error

    def _is_readable(self):
        """Whether a key of the ring opens what was frozen."""
        return bool(self.content_sealed and self._open_typed())

    def _erase_text(self, ground):
        super()._erase_text(ground)
        minutes = self.sudo()
        minutes.content_sealed = False
        minutes.document_ids.file_sealed = False
        minutes.document_ids._erase_text(ground)
        minutes.signature_ids.name_sealed = False
        minutes.signature_ids._erase_text(ground)

    def _keep_document(self):
        """Lay the document out as it is now, and keep it; as superuser."""
        kind, raw = self._lay_out()
        self.env["complaint.minutes.document"]._keep(self, kind, raw)

    def _lay_out(self):
        """Hook: the document as a file. Here a page that any browser reads aloud.

        :return: ``(kind, bytes)``, a kind of ``complaint.minutes.document``
        """
        lang = self._content()["lang"]
        qweb = self.env["ir.qweb"].with_context(lang=lang, minimal_qcontext=True)
        values = self.with_context(lang=lang)._document_values()
        html = qweb._render("klagebehandling.minutes_page", values)
        return "html", (Markup("<!DOCTYPE html>\n") + html).encode()

    def _document_values(self):
        """What the template lays out, in the language of the context."""
        content = self._content()
        roles = self.env["complaint.meeting.participant"]._fields["role"]
        labels = dict(roles._description_selection(self.env))
        held_on = fields.Date.to_date(content["held_on"])
        held = format_date(self.env, held_on, date_format="long")
        frozen = format_date(self.env, self.frozen_on, date_format="long")
        # Told once where the unit is the whole of it.
        senders = dict.fromkeys((content["organisation"], content["unit"]))
        return {
            **content,
            "html_lang": html_lang(content["lang"]),
            "held": held,
            "met": ", ".join(filter(None, (held, content["place"]))),
            "sender": ", ".join(senders),
            "edition": f"{content['version']}, {frozen}",
            "people": [
                ": ".join(filter(None, (labels.get(one["role"]), one["name"])))
                for one in content["present"]
            ],
            "signatures": self.signature_ids._document_lines(),
            "is_signed": self.state == "signed",
            "digest": self.digest,
            "journal_mark": self.journal_mark,
        }
