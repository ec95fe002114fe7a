import re

from markupsafe import Markup

from odoo import api, models

from ... import masking

MASK = "[…]"
# The keys of what is bound anew, in the context of the entry that binds it.
MASKED = "complaint_words_masked"
TALK = {"mail.message": ("subject", "body"), "mail.activity": ("summary", "note")}
# Shorter words stand in too many texts that mean something else.
SHORTEST = 4
# A text that somebody has signed is left as it is, or taken away whole.
SIGNED = ("digest", "signature_ids")


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

        :param identity: a dict with maybe ``street``, ``zip``, ``city`` and ``email``,
            or lists of such values
        """
        street = identity.get("street") or ""
        town = " ".join(filter(None, (identity.get("zip"), identity.get("city"))))
        road = re.sub(r"\s*\d+\s*[a-zæøåäö]?$", "", street, flags=re.IGNORECASE)
        terms = {street, road, identity.get("email") or ""}
        if identity.get("zip"):
            terms.add(town)
        terms = {" ".join(term.split()) for term in terms}
        return sorted((one for one in terms if len(one) >= SHORTEST), key=len)[::-1]

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
        for name in sorted(self.env.registry):
            model = self.env[name].sudo().with_context(active_test=False)
            is_kept = model._auto and not model._abstract and not model._transient
            if is_kept and self._words_of(model) and "case_id" in model._fields:
                yield from model.search([("case_id", "=", case.id)])
        yield from case.message_ids
        yield from case.activity_ids

    @api.model
    def _is_hit(self, row, terms):
        return any(self._stands_in(row[name], terms) for name in self._words_of(row))

    @api.model
    def _stands_in(self, text, terms):
        text = masking.clean(str(text or ""))
        return any(masking.places(text, term) for term in terms)

    @api.model
    def _words_of(self, rows):
        """The fields in which rows of a model hold words."""
        return getattr(rows, "_words", TALK.get(rows._name, ()))

    @api.model
    def _mask(self, case, rows, terms, ground):
        """Take the words out of rows, and enter that it was done.

        :param rows: a list of records that :meth:`_find_places` gave
        :param ground: why, in words; not for auditors
        """
        before = self._bound(case)
        for row in rows:
            if any(name in row._fields for name in SIGNED):
                row._erase_text(ground)
                continue
            texts = {name: row[name] for name in self._words_of(row) if row[name]}
            row.write({name: self._without(terms, texts[name]) for name in texts})
        self.env.flush_all()
        now = self._bound(case)
        keys = [key for key, digest in now.items() if before.get(key) != digest]
        case = case.with_context(**{MASKED: keys})
        case._log("words_masked", ground=ground, places=len(rows))

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
