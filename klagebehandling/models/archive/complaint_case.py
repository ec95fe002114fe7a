import json
import mimetypes
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...archiving import archived, erms, fiks_arkiv, verify_bundle
from ..journal.complaint_walled import EXPORTERS

SWEDEN = "SE"
MATTER = ("title", "description", "desired_outcome", "summary", "remedy", "lesson")
# Of an entry what its reader may see anyway, and what holds the chain together.
ENTRY = ("sequence", "event", "payload", "texts", "payload_digest", "texts_digest")
SEALS = ("previous_digest", "digest", "algorithm", "key_mark")
PAGE = '<!DOCTYPE html><html><head><meta charset="utf-8"/></head><body>%s</body></html>'
TYPES = {"txt": "text/plain", "html": "text/html"}


class ComplaintCase(models.Model):
    """Adds a case as a bundle: documents, files, journal, digests, and their index.

    It holds what its maker may read: who is protected has the neutral name, and sealed
    originals are not in it. An addon adds its documents by ``_archived_documents``.
    """

    _inherit = "complaint.case"

    may_be_bundled = fields.Boolean(compute="_compute_may_be_bundled")

    @api.depends_context("uid")
    def _compute_may_be_bundled(self):
        for case in self:
            case.may_be_bundled = case._may_be_bundled()

    def _may_be_bundled(self):
        return self.env.user.has_group(EXPORTERS) and self.has_access("write")

    def action_bundle(self):
        """Take the case out as an archive bundle, which is entered in its journal.

        :return: the action that downloads it
        :raises AccessError: for who does not work the case, or may not take things out
        """
        self.ensure_one()
        self.check_access("write")
        try:
            self._check_exporter()
        except UserError:
            self._log_apart("export_refused", model=self._name)
            raise
        raw = verify_bundle.pack(self._bundle_members())
        return self.env["complaint.case.bundle"]._make(self, raw)

    def _bundle_members(self):
        """The files of the bundle by their paths, the list of digests last."""
        case = self.with_context(lang=self.policy_id.sudo().lang or self.env.lang)
        facts = case._archived()
        is_swedish = self.policy_id.sudo().country_id.code == SWEDEN
        standard = erms if is_swedish else fiks_arkiv
        members = {"index.json": _dump(case._bundle_index(facts))}
        members |= {one.path: one.content for one in facts.documents}
        members |= {f"xml/{name}": raw for name, raw in standard.lay_out(facts).items()}
        members[verify_bundle.JOURNAL] = _dump(case._bundle_journal())
        checker = Path(verify_bundle.__file__)
        members[checker.name] = checker.read_bytes()
        members[verify_bundle.MANIFEST] = verify_bundle.manifest(members)
        return members

    def _bundle_index(self, facts):
        return {
            "system": archived.SYSTEM,
            "organisation": facts.organisation,
            "reference": facts.reference,
            "registry_number": facts.registry_number,
            "made": archived.instant(facts.made_at),
            "how_to_check": "python3 verify_bundle.py",
            "documents": [
                {
                    "path": one.path,
                    "title": one.title,
                    "moment": archived.instant(one.moment),
                    "direction": one.direction,
                    "person": one.person,
                    "bytes": len(one.content),
                }
                for one in facts.documents
            ],
        }

    def _bundle_journal(self):
        """The entries of the journal, as the user reads them."""
        entries = self.journal_ids.sorted("sequence")
        return [
            {
                **{name: entry[name] or None for name in (*ENTRY, *SEALS)},
                "logged_on": archived.instant(entry.logged_on),
                "said": entry.event_label,
            }
            for entry in entries
        ]

    def _archived(self):
        """The facts of the case, as the user may know them."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        documents = sorted(self._archived_documents(), key=lambda one: one.moment)
        return archived.Archived(
            reference=self.reference,
            registry_number=self.registry_number or "",
            title=self.title or "",
            kind=kinds[self.kind],
            organisation=self.company_id.sudo().name,
            unit=self.unit_id.sudo().name,
            handler=self.handler_id.sudo().name or "",
            received_at=self.received_at,
            registered_at=self.registered_at,
            closed_at=self.closed_at or None,
            made_at=self._moment(fields.Datetime.now()),
            people=self._archived_people(),
            documents=documents,
        )

    def _archived_people(self):
        """Persons by the names that the user may know; who is hidden, as staff see."""
        open_ones = self.env["complaint.party"].search([("case_id", "=", self.id)])
        hidden = self.env["complaint.pseudonym"].search([("case_id", "=", self.id)])
        roles = dict(open_ones._fields["role"]._description_selection(self.env))
        named = [(one.display_name, one.role, False) for one in open_ones]
        named += [(one.name or "", one.role, True) for one in hidden]
        return [
            archived.Person(name or "", roles[role], is_hidden)
            for name, role, is_hidden in named
        ]

    def _archived_documents(self):
        """Hook: the documents of the case, as the user reads them, in no order."""
        return [
            self._archived_matter(),
            *map(self._archived_letter, self._archived_letters()),
            *map(self._archived_note, self.note_ids.sorted("id")),
            *self._archived_minutes(),
            *self._archived_files(),
        ]

    def _archived_matter(self):
        texts = [
            f"{self._fields[name]._description_string(self.env)}\n{self[name]}\n"
            for name in MATTER
            if self[name]
        ]
        return archived.Document(
            "documents/complaint.txt",
            self.env._("The complaint"),
            "\n".join(texts).encode(),
            TYPES["txt"],
            self.received_at,
            "in",
            self.complainant or "",
        )

    def _archived_letters(self):
        letters = self.correspondence_ids.filtered(lambda one: one.state != "draft")
        return letters.sorted("id")

    def _archived_letter(self, letter):
        is_in = letter.direction == "in"
        return archived.Document(
            f"documents/letter-{letter.id}.html",
            letter._as_entry()["title"],
            (PAGE % (letter.body or "")).encode(),
            TYPES["html"],
            letter.sent_at or letter.create_date,
            letter.direction,
            (letter._say_writer() if is_in else letter.recipient) or "",
        )

    def _archived_note(self, note):
        return archived.Document(
            f"documents/note-{note.id}.txt",
            self.env._("Note"),
            (note.body or "").encode(),
            TYPES["txt"],
            fields.Datetime.to_datetime(note.noted_on),
            "own",
        )

    def _archived_minutes(self):
        """Minutes as they were kept, byte for byte."""
        for kept in self.env["complaint.minutes.document"].search(
            [("case_id", "=", self.id)], order="id"
        ):
            if raw := kept.sudo()._open():
                name = f"{kept.id}-{kept._file_name()}"
                yield archived.Document(
                    f"minutes/{name}",
                    kept.display_name,
                    raw,
                    kept._content_type().partition(";")[0],
                    fields.Datetime.to_datetime(kept.kept_on),
                    "own",
                )

    def _archived_files(self):
        """The working copies: what who works the case reads."""
        for one in self.original_ids.sorted("number"):
            file = one.attachment_id
            if not file or not (raw := file.raw):
                continue
            suffix = Path(file.name or "").suffix.lower()
            if not suffix.lstrip(".").isalnum() or not suffix.isascii():
                suffix = mimetypes.guess_extension(file.mimetype or "") or ".bin"
            yield archived.Document(
                f"files/{one.number:04}{suffix}",
                file.name or one.display_name,
                raw,
                file.mimetype or "application/octet-stream",
                one.correspondence_id.create_date or self.received_at,
                "in",
            )


def _dump(value):
    return json.dumps(value, indent=1, ensure_ascii=False).encode()
