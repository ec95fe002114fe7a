from odoo import api, fields, models

from ...sealing import journal_seal

TEXTS = ("title", "description", "desired_outcome")
# Bound where they are given: older entries speak of cases that had no such field.
LATER_TEXTS = ("event_words", "interpreter_language")


class ComplaintBound(models.AbstractModel):
    """What the journal binds of a case: facts that nothing moves without an entry.

    An entry that speaks of facts carries a salted digest of each, as they are then. The
    check reads them again: a difference was made past Odoo. Nobody reads the salts, so
    that a short text cannot be guessed from its digest; an erasure takes its salt away.

    A room or an addon that has such facts adds them to ``_facts`` and says in
    ``_speaking`` which of its events tell of them; each of them is a plain value, made
    of a row or, at the door, of what a row is about to be.
    """

    _name = "complaint.bound"
    _description = "Facts that the journal binds"

    @api.model
    def _facts(self):
        """Hook: by name, what makes the plain value of a case."""
        return {
            "anonymity": lambda case: case["anonymity"],
            "dates": self._dates,
            "handler": lambda case: number(case["handler_id"]),
            "wall": lambda case: sorted(case["walled_user_ids"].ids),
            "words": self._texts,
        }

    @api.model
    def _speaking(self):
        """Hook: by event, the names of the facts that its entries tell of."""
        return {"facts_bound": self._facts().keys()}

    @api.model
    def _explaining(self):
        """Hook: by name, the events after which a fact may differ from what was bound.

        A row is bound by its model and id: ``correspondence:12`` has the name
        ``correspondence``.
        """
        return {"words": {"text_erased"}}

    @api.model
    def _row_digests(self, cases):
        """Hook: rows that are bound one by one, as they are now.

        :return: by case, a dict from the key of a row to its digest
        """
        return {}

    @api.model
    def _dates(self, case):
        return [
            moment(case["received_at"]),
            moment(case["registered_at"]),
            str(case["event_date"] or ""),
            *([str(case["event_until"])] if case["event_until"] else []),
        ]

    @api.model
    def _texts(self, case):
        given = [f"{name}: {case[name]}" for name in LATER_TEXTS if case[name]]
        return [*(case[name] or "" for name in TEXTS), *given]

    @api.model
    def _digests(self, case, names=None):
        """The salted digests of facts, by name.

        :param case: one case as superuser, or a dict of what it is about to be
        :param names: only these facts
        """
        makers = self._facts()
        digests = {}
        for name in sorted(makers if names is None else names):
            salt = case["words_salt" if name == "words" else "facts_salt"]
            if salt:
                value = makers[name](case)
                digests[name] = journal_seal.fact_digest(name, value, salt)
        return digests

    @api.model
    def _bind(self, case, event):
        """What an entry of an event adds to its payload."""
        names = self._speaking().get(event)
        if not names:
            return {}
        digests = self._digests(self._open(case), names)
        if event == "facts_bound":
            digests |= self._row_digests(case).get(case, {})
        return {"binds": digests} if digests else {}

    @api.model
    def _open(self, cases):
        """The cases as they are read here: archived colleagues count."""
        return cases.sudo().with_context(active_test=False)


def number(value):
    """The id of one row, whether it is given as one or as a record; 0 for none."""
    return int(value if isinstance(value, int) else value.id)


def moment(value):
    """An instant as text, to the second."""
    return fields.Datetime.to_string(value) or ""
