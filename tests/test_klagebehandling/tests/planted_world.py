"""A case in which something is written in every column that people read."""

from odoo import fields
from odoo.tools import SQL

from odoo.addons.klagebehandling.models.retention.complaint_unseen import CODES, READ
from odoo.addons.klagebehandling.models.rights.left_out import MODELS

from .access_world import AccessWorld
from .probes_forged import required_values

# What a row needs besides, so that all of its words may be there.
FILLED = {
    "complaint.identity.request": {
        "state": "refused",
        "answer": "No",
        "answered_at": "2026-11-02 09:00:00",
        "answered_by_id": 1,
    }
}


class PlantedWorld(AccessWorld):
    """Columns are found by looking at the registry: one that is new is planted too."""

    @classmethod
    def _plant(cls, said):
        """Write a word of its own and the same words into every column of the case.

        :param said: the same words
        :return: pairs of a column and its word; None where there is no row
        """
        disposals = cls.env["complaint.disposal"]
        for name in disposals._models_of_cases():
            model, ids = cls.env[name], disposals._ids_of(name, cls.case)
            if not ids and name not in MODELS:
                values = {**required_values(model), "case_id": cls.case.id}
                values |= FILLED.get(name, {})
                if "original_id" in values:
                    values["original_id"] = cls.case.original_ids[:1].id
                ids = model.create(values).ids
                cls.env.flush_all()
            for field in cls._word_fields(model):
                word = f"zq{len(name)}x{abs(hash((name, field.name))) % 10**9}z"
                if not ids or name in MODELS:
                    yield (name, field.name), None
                    continue
                cls.env.execute_query(
                    SQL(
                        "UPDATE %s SET %s = %s WHERE id = ANY(%s) RETURNING id",
                        SQL.identifier(model._table),
                        SQL.identifier(field.name),
                        f"{word} and {said}",
                        list(ids),
                    )
                )
                yield (name, field.name), word

    @classmethod
    def _word_fields(cls, model):
        return [
            field
            for field in model._fields.values()
            if field.store
            and field.column_type
            and field.type in READ
            and field.groups != fields.NO_ACCESS
            and field.name not in CODES
            and not field.translate
            and field.name not in ("reference", "drawn_number")
            and not field.related
        ]
