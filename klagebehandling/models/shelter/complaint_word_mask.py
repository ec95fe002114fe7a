import re

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ... import masking

MASK = "[…]"
# The keys of what is bound anew, in the context of the entry that binds it.
MASKED = "complaint_words_masked"
READ = ("char", "text", "html")
# What a person was asked of a case points at none: (model, who points at it, by which).
ASKED = (
    ("complaint.hearing.statement", "complaint.hearing", "statement_id"),
    ("complaint.action.assignment", "complaint.action", "assignment_id"),
)
# Odoo's rows around a row of ours, how they name it, and what of them is written.
AROUND = {
    "ir.attachment": ("res_model", "res_id", ("name",)),
    "mail.message": ("model", "res_id", ("subject", "body")),
    "mail.scheduled.message": ("model", "res_id", ("subject", "body")),
    "mail.activity": ("res_model", "res_id", ("summary", "note", "res_name")),
    "calendar.event": ("res_model", "res_id", ("name", "location", "description")),
}
QUIET = {
    "active_test": False,
    "skip_res_field_check": True,
    "no_mail_to_attendees": True,
    "dont_notify": True,
}
# Shorter words stand in too many texts that mean something else.
SHORTEST = 4
# A text that somebody has signed is left as it is, or taken away whole.
SIGNED = ("digest", "signature_ids")
# A copy of a text of the case, as it was put into a package.
PACKED = "complaint.referral.document"


class ComplaintWordMask(models.AbstractModel):
    """Finds words in all that is written in a case, and takes them out where told.

    Sealed files are not opened for it, and files are not changed: whoever asks looks at
    them. The journal has the digests of the texts as they were and as they are.
    """

    _name = "complaint.word.mask"
    _description = "Words taken out of a case"

    @api.model
    def _terms(self, identity):
        """What of an identity tells where somebody is, as words to look for.

        :param identity: a dict with maybe ``street``, ``zip``, ``city``, ``email`` and
            ``former``: a list of what was told before, of which no kind is known
        """
        street = identity.get("street") or ""
        town = " ".join(filter(None, (identity.get("zip"), identity.get("city"))))
        terms = {identity.get("email") or "", *self._roads(street)}
        if identity.get("zip"):
            terms.add(town)
        for text in identity.get("former") or ():
            if "@" in text:
                terms.add(text)
            elif re.search(r"[^\W\d]+\W*\d", text):
                terms.update(self._roads(text))
        terms = {" ".join(term.split()) for term in terms}
        return sorted((one for one in terms if len(one) >= SHORTEST), key=len)[::-1]

    @api.model
    def _roads(self, street):
        """A street as it stands, and without its number."""
        road = re.sub(r"\s*\d+\s*[a-zæøåäö]?$", "", street, flags=re.IGNORECASE)
        return {street, road}

    @api.model
    def _find_places(self, case, terms):
        """The rows of a case in which one of the words stands: a list of records.

        :param case: one case, as superuser
        """
        if not terms:
            return []
        return [row for row in self._written(case) if self._is_hit(row, terms)]

    @api.model
    def _written(self, case):
        """All rows of a case that hold words, the case first."""
        yield case
        ids = {case._name: case.ids}
        for name in sorted(self.env.registry):
            model = self.env[name].sudo().with_context(active_test=False)
            is_kept = model._auto and not model._abstract and not model._transient
            link = model._fields.get("case_id")
            if is_kept and link and link.store:
                rows = model.search([("case_id", "=", case.id)])
                ids[name] = rows.ids
                yield from rows if self._words_of(model) else ()
        for rows in self._asked(ids):
            ids[rows._name] = rows.ids
            yield from rows
        for rows in self._around(ids):
            yield from rows

    @api.model
    def _asked(self, ids):
        """What is of a case and points at none, as superuser: rows of each model.

        :param ids: by model, the ids of the rows of cases
        """
        for _name, pointing, link in ASKED:
            yield self.env[pointing].sudo().browse(ids[pointing])[link]

    @api.model
    def _around(self, ids):
        """What Odoo hangs on rows of ours, as superuser: a recordset of each model.

        :param ids: by model, the ids of the rows
        """
        for name, (model_field, id_field, _words) in AROUND.items():
            domain = Domain.OR(
                Domain(model_field, "=", model) & Domain(id_field, "in", own)
                for model, own in ids.items()
                if own
            )
            yield self.env[name].sudo().with_context(**QUIET).search(domain)

    @api.model
    def _is_hit(self, row, terms):
        texts = [row[name] for name in self._words_of(row)]
        if row._name == PACKED:
            texts.append(row._bytes().decode("utf-8", "replace"))
            minutes = row.minutes_document_id.minutes_id
            texts += [minutes[name] for name in minutes._words]
        return any(self._stands_in(text, terms) for text in texts)

    @api.model
    def _stands_in(self, text, terms):
        text = masking.clean(str(text or ""))
        return any(masking.places(text, term) for term in terms)

    @api.model
    def _words_of(self, rows):
        """The fields in which rows of a model hold what somebody wrote: any column."""
        if rows._name in AROUND:
            return AROUND[rows._name][2]
        return [
            name
            for name, field in rows._fields.items()
            if field.store
            and field.column_type
            and field.type in READ
            and field.groups != fields.NO_ACCESS
            and not (field.related or field.translate)
        ]

    @api.model
    def _mask(self, case, rows, terms, ground):
        """Take the words out of rows, and enter that it was done.

        :param rows: a list of records that :meth:`_find_places` gave
        :param ground: why, in words; not for auditors
        """
        before = self._bound(case)
        for row in rows:
            hits = [
                name
                for name in self._words_of(row)
                if self._stands_in(row[name], terms)
            ]
            is_signed = any(name in row._fields for name in SIGNED)
            if is_signed and ({*row._words} & {*hits} or row._name == PACKED):
                row._erase_text(ground)
            self._put(
                row,
                {name: self._without(terms, row[name]) for name in hits if row[name]},
            )
        self.env.flush_all()
        now = self._bound(case)
        keys = [key for key, digest in now.items() if before.get(key) != digest]
        case = case.with_context(**{MASKED: keys})
        case._log("words_masked", ground=ground, places=len(rows))

    @api.model
    def _put(self, row, texts):
        """Write texts without what was taken out.

        Past what keeps our rows as they are: some are never changed, others act on it.
        """
        if row._name in AROUND:
            row.write(texts)
        elif texts:
            if isinstance(row, self.pool["complaint.guarded"]):
                row._forget_copies()
            row.flush_recordset()
            self.env.execute_query(
                SQL(
                    "UPDATE %s SET %s WHERE id = %s RETURNING id",
                    SQL.identifier(row._table),
                    SQL(", ").join(
                        SQL("%s = %s", SQL.identifier(name), text)
                        for name, text in texts.items()
                    ),
                    row.id,
                )
            )
            row.invalidate_recordset()

    @api.model
    def _erase_entries(self, case, terms):
        """Remove the texts of the journal in which one of the words stands."""
        case.journal_ids.filtered(
            lambda entry: any(
                self._stands_in(text, terms) for text in (entry.texts or {}).values()
            )
        )._erase_texts()

    @api.model
    def _bound(self, case):
        """By key, the digests of what the journal binds of the words of a case."""
        bound = self.env["complaint.bound"]
        rows = bound._row_digests(case).get(case, {})
        return {**bound._digests(bound._open(case), ["words"]), **rows}

    @api.model
    def _without(self, terms, text):
        pieces = masking.cut(masking.clean(str(text)), terms)
        masked = "".join(piece.text or MASK for piece in pieces)
        return Markup(masked) if isinstance(text, Markup) else masked
