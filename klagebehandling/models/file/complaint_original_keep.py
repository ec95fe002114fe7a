import hashlib

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ... import cleaner
from ...cleaner import apart
from ...sealing import keyring
from .examined_file import ExaminedFile


class ComplaintOriginal(models.Model):
    """How a file comes in: cleaned for those who work with it, sealed as it was."""

    _inherit = "complaint.original"

    # Files are large.
    _sealed_batch = 20

    @api.model
    def _examine(self, files):
        """Clean files before anything is stored.

        :param files: dicts with ``name``, ``raw`` and perhaps ``as_is``: the sender
            knows that it cannot be cleaned
        :return: an ``ExaminedFile`` for each, in the same order
        """
        examined = apart.examine_all([(file["name"], file["raw"]) for file in files])
        return [
            self._examine_file(one, **file)
            for one, file in zip(examined, files, strict=True)
        ]

    def _examine_file(self, examined, name, raw, as_is=False):
        sha256 = hashlib.sha256(raw).hexdigest()
        return ExaminedFile(
            name=name,
            raw=raw,
            as_is=as_is,
            kind=examined.kind,
            content=examined.content,
            reason=examined.reason,
            sha256=sha256,
            digest=keyring.keyed_hash("original", sha256),
        )

    @api.model
    def _examine_sealed(self, name, raw):
        """A mail as it came, which nobody works with: it is sealed and no more."""
        unread = cleaner.Examined(cleaner.OTHER, None, "message")
        file = self._examine_file(unread, name, raw)
        file.is_sealed = True
        return file

    @api.model
    def _payload(self, files):
        """What the journal keeps of files that came in."""
        unclean = sum(1 for file in files if file.reason)
        return {
            "files": len(files),
            "not_cleaned": unclean,
            "originals": [file.digest for file in files],
        }

    @api.model
    def _keep(self, batch, is_first=True):
        """Store files that came in, as few statements as they allow.

        :param batch: list of ``(case, letter, files)``; the letter is empty where the
            files came with the complaint, the files are as of ``_examine``
        :param is_first: whether those without a letter are the first of their case
        """
        taken = []
        for case, letter, files in batch:
            is_later = letter or not is_first
            last = self._last_number(case) if is_later else 0
            for number, file in enumerate(files, start=last + 1):
                file.number = number
                taken.append((case, letter, file))
        originals = self.sudo().create([self._prepare(*one) for one in taken])
        rows = [
            (original, *one) for original, one in zip(originals, taken, strict=True)
        ]
        if rows:
            self._write_files(rows)
        return originals

    def _write_files(self, rows):
        # Else Odoo looks for the company of whoever sends, and takes a query for it.
        attachments = self._file_env().with_company(rows[0][0].company_id)
        sealed = [original._prepare_sealed(file) for original, _c, _l, file in rows]
        kept = [row for row in rows if row[0].state != "sealed"]
        copies = [self._prepare_copy(*row[1:]) for row in kept]
        created = attachments.create(sealed + copies)[len(sealed) :]
        for row, attachment in zip(kept, created, strict=True):
            row[0].attachment_id = attachment

    def _prepare(self, case, letter, file):
        """Values of the row, without the file."""
        facts = {
            "name": file.name,
            "size": len(file.raw),
            "sha256": file.sha256,
            "reference": case.reference,
            "number": file.number,
        }
        return {
            "case_id": case.id,
            "company_id": case.company_id.id,
            "correspondence_id": letter.id,
            "number": file.number,
            "kind": file.kind,
            "state": self._state(case, file),
            "reason": file.reason,
            "active": not file.is_sealed,
            "facts_sealed": keyring.encrypt(facts),
            "digest": file.digest,
            "key_mark": keyring.key_mark(),
        }

    def _state(self, case, file):
        if not file.reason:
            return "plain" if file.kind == "text" else "cleaned"
        # It may tell who wrote it: only the sender may decide to show it.
        is_shown = (case.anonymity == "open" or file.as_is) and not file.is_sealed
        return "kept" if is_shown else "sealed"

    def _prepare_sealed(self, file):
        return {
            "name": "content_sealed",
            "raw": keyring.encrypt_bytes(file.raw),
            "mimetype": "application/octet-stream",
            "res_model": self._name,
            "res_field": "content_sealed",
            "res_id": self.id,
            "company_id": self.company_id.id,
        }

    def _prepare_copy(self, case, letter, file):
        """Values of what staff work with."""
        owner = letter or case
        values = {
            "name": file.name,
            "raw": file.raw if file.reason else file.content,
            "res_model": owner._name,
            "res_id": owner.id,
            "company_id": case.company_id.id,
        }
        if case.anonymity != "open":
            # A file name can tell who wrote it.
            values["name"] = self._copy_name(
                file.name, file.kind, file.number, not file.reason
            )
        elif file.kind in cleaner.CONVERTED and not file.reason:
            values["name"] = f"{file.name}.{cleaner.FORMATS[file.kind][0]}"
        if not file.reason:
            values["mimetype"] = cleaner.FORMATS[file.kind][1]
        return values

    def _copy_name(self, name, kind, number, is_clean):
        """A name that tells no more than what the file is."""
        suffix = name.rpartition(".")[2].lower()
        if suffix not in cleaner.SUFFIXES:
            suffix = "bin"
        is_kept = kind == cleaner.OTHER or (kind, suffix) == ("text", "csv")
        if not is_kept and (is_clean or kind not in cleaner.CONVERTED):
            suffix = cleaner.FORMATS[kind][0]
        return f"{number}.{suffix}"

    def _last_number(self, case):
        all_sudo = self.sudo().with_context(active_test=False)
        rows = all_sudo._read_group([("case_id", "=", case.id)], [], ["number:max"])
        return rows[0][0] or 0

    def _file_env(self):
        """The attachments, in a context that keeps evidence as it is."""
        attachments = self.env["ir.attachment"].sudo()
        return attachments.with_context(image_no_postprocess=True)

    def _release(self):
        """Put the original beside the other working copies, marked."""
        name, raw = self._open()
        self.attachment_id = self._file_env().create(
            {
                "name": self._copy_name(name, self.kind, self.number, False),
                "raw": raw,
                "res_model": "complaint.case",
                "res_id": self.case_id.id,
            }
        )
        self.state = "kept"

    @api.model
    def _sealed_mark(self):
        # The bytes of the file carry no mark.
        return SQL.identifier("key_mark")

    @api.model
    def _open_sealed(self, id_, sealed):
        original_sudo = self.sudo().browse(id_)
        try:
            facts = original_sudo._open_facts()
            _name, raw = original_sudo._open()
        except UserError as error:
            raise keyring.IdentityUnreadable from error
        return {"facts": facts, "raw": raw}

    @api.model
    def _replace_sealed(self, id_, opened):
        original_sudo = self.sudo().browse(id_)
        file = self._file_env().browse(original_sudo._sealed_file().ids)
        file.raw = keyring.encrypt_bytes(opened["raw"])
        file.flush_recordset()
        file.invalidate_recordset()
        super()._replace_sealed(id_, opened["facts"])

    @api.model
    def _seal_again(self, values):
        return dict(super()._seal_again(values), key_mark=keyring.key_mark())
