"""Asking as everybody, and comparing: with the hidden cases and without them."""

import difflib
import os
import pprint

from .leak_exceptions import EXCEPTIONS
from .leak_world import LeakWorld
from .probes import DEEP_CHANNELS, MODEL_CHANNELS, answer

# Ids that no sequence will ever draw.
NEVER = 900_000_000
# Who asks in a plain run: each kind once, some as settings administrator. All of
# them ask in `make prove`.
ASKING = (
    "subject_employee",
    "subject_manager",
    "colleague_admin",
    "auditor",
    "independent",
    "employee",
    "other_company",
    "portal",
)
FEW = ("subject_manager", "colleague_admin", "employee")
IS_LONG = bool(os.environ.get("KLAGE_PROVE"))
# What hangs on a document by its model and id.
PAIRS = (
    ("res_model", "res_id"),
    ("model", "res_id"),
    ("res_model", "res_ids"),
    ("model", "res_ids"),
    ("res_model_id", "res_id"),
)
TALK = ("mail.message", "mail.mail", "calendar.event", "ir.attachment")


class LeakCase(LeakWorld):
    """Questions and comparisons that the leak tests share."""

    @classmethod
    def _asking(cls, names=ASKING):
        """The users that ask, by name; in the long form everybody."""
        everybody = {**cls.walled, **cls.outsiders}
        if IS_LONG:
            return everybody
        return {name: everybody[name] for name in names}

    @classmethod
    def _env_of(cls, user):
        """As the web client of a user asks."""
        context = {
            "lang": "en_US",
            "allowed_company_ids": user.company_ids.ids,
            "bin_size": True,
        }
        cls.env.invalidate_all()
        return cls.env(user=user.id, context=context)

    @classmethod
    def _models(cls):
        """The names of all models that can hold rows, with a table or without."""
        registry = cls.env.registry
        return [
            name for name in sorted(registry.models) if not registry[name]._abstract
        ]

    @classmethod
    def _is_deep(cls, model):
        """Whether a model is ours, or points at a document, or at talk about one."""
        names = model._fields.keys()
        return (
            model._name.startswith("complaint.")
            or any(names >= set(pair) for pair in PAIRS)
            or any(
                field.comodel_name
                and (
                    field.comodel_name in TALK
                    or field.comodel_name.startswith("complaint.")
                )
                and field.type == "many2one"
                for field in model._fields.values()
            )
        )

    @classmethod
    def _look_around(cls, user):
        """The answers of all models to a user: {(model, channel): answer}."""
        env = cls._env_of(user)
        seen = {}
        for name in cls._models():
            model = env[name]
            deep = DEEP_CHANNELS if cls._is_deep(model) else []
            for channel in MODEL_CHANNELS + deep:
                seen[name, channel.name] = (
                    answer(channel.ask, model)
                    if model.has_access("read")
                    else "no right"
                )
        return seen

    @classmethod
    def _table_ids(cls):
        """The ids of all rows of all models with a table."""
        cls.env.flush_all()
        found = {}
        for name in cls._models():
            model = cls.env[name]
            if model._auto:
                cls.env.cr.execute(f'SELECT id FROM "{model._table}"')
                found[name] = {row[0] for row in cls.env.cr.fetchall()}
        return found

    @classmethod
    def _hide_and_list(cls):
        """Add the hidden cases; the rows that came with them, by model."""
        before = cls._table_ids()
        cls._hide()
        after = cls._table_ids()
        return {
            name: sorted(after[name] - ids)
            for name, ids in before.items()
            if after[name] - ids
        }

    def _assert_same_world(self, before, after):
        """Fail with what a user can notice, unless it is a declared exception."""
        leaks = {
            key: self._change(before[key], after[key])
            for key in before
            if before[key] != after[key] and not self._is_declared(*key)
        }
        text = "\n".join(f"{key}: {change}" for key, change in leaks.items())
        self.assertFalse(leaks.keys(), text)

    def _is_declared(self, model, channel):
        return (model, channel) in EXCEPTIONS or (model, "*") in EXCEPTIONS

    def _change(self, before, after):
        lines = difflib.unified_diff(
            pprint.pformat(before, width=150).splitlines(),
            pprint.pformat(after, width=150).splitlines(),
            lineterm="",
            n=0,
        )
        return [line[:160] for line in lines if line[:2] not in ("--", "++", "@@")][:4]
