import re

import psycopg2
from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from .leak_case import FEW, IS_LONG, NEVER, PAIRS, LeakCase
from .leak_exceptions import GUESSES, OPEN_PAGES
from .leak_world import CANARY, NOON
from .probes import (
    RECORD_CHANNELS,
    answer,
    by_far_path,
    by_path,
    by_reference,
    by_text,
    name_guessed,
)
from .probes_forged import FORGED_CHANNELS, forgeries
from .probes_methods import call_method, public_methods

# What differs between two calls, whatever is asked: new ids, tokens, addresses.
NOISE = re.compile(
    r"(?<=\brow contains \()\d+|(?<=Records: )[\[\d, \]]+|NewId_\w+|"
    r"<[\w.-]+@[\w.-]+>|(?<='id': ')\d+|(?<=,)\d+(?=')|x[0-9a-f]{8}\b|[0-9a-f]{32,}"
)


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestLeaksGuesses(LeakCase):
    """Who guesses ids, words or relations learns nothing (A-08, M17)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rows = cls._hide_and_list()
        # What an answer about Odoo's own rows must not hold; see SHARED.
        cls.words = [CANARY, "complaint.", *cls.hidden.mapped("reference")]

    def _ask(self, ask, *args, guess=0):
        """The answer as text without the guessed id and without noise."""
        try:
            with mute_logger("odoo.sql_db", "py.warnings"):
                text = str(answer(ask, *args))
        except (AssertionError, psycopg2.Error, RecursionError) as error:
            text = f"{type(error).__name__}: {error}"
        if guess:
            text = re.sub(rf"(?<!\d){guess}(?!\d)", "GUESS", text)
        return NOISE.sub("", text)

    def _samples(self, name):
        """A few of the hidden rows of a model: the first, the last, one between.

        The one between in the long form only: with each model it takes longer.
        """
        ids = self.rows[name]
        return {ids[0], ids[len(ids) // 2 if IS_LONG else 0], ids[-1]}

    def _compare(self, leaks, key, ask):
        """Ask about a hidden id and about one that never was, and keep differences.

        :param ask: function of an id
        """
        for hidden in self._samples(key[0]) if key[0] in self.rows else ():
            self._compare_id(leaks, key, ask, hidden)

    def _compare_id(self, leaks, key, ask, hidden):
        there, missing = ask(hidden), ask(NEVER + hidden)
        if self._tells(key, there, missing):
            leaks[key] = (there[:200], missing[:200])

    def _tells(self, key, there, missing):
        """Whether the difference gives something away, and is not declared."""
        if there == missing or {key[:2], (key[0], "*")} & GUESSES.keys():
            return False
        model = self.env.get(key[0])
        is_page = key[0].startswith(OPEN_PAGES) and model._transient
        if is_page and there.startswith("AccessError"):
            return False
        if not is_page and any("complaint." in part for part in key):
            return True
        return any(word in there and word not in missing for word in self.words)

    def _assert_none(self, leaks):
        lines = [f"{key}: {there!r} - missing: {gone!r}" for key, (there, gone) in
                 sorted(leaks.items())]  # fmt: skip
        self.assertFalse(leaks, "\n".join(lines))

    def test_guessed_ids_answer_as_ids_that_never_were(self):
        for name, user in self._asking(FEW).items():
            env, leaks = self._env_of(user), {}
            for model in self.rows:
                for channel in RECORD_CHANNELS:
                    self._compare(
                        leaks,
                        (model, channel.name),
                        lambda id_, model=model, channel=channel, env=env: self._ask(
                            channel.ask, env[model].browse(id_), guess=id_
                        ),
                    )
            with self.subTest(user=name):
                self._assert_none(leaks)

    def test_public_methods_answer_as_for_ids_that_never_were(self):
        ours = [model for model in self.rows if model.startswith("complaint.")]
        for name, user in self._asking(FEW).items():
            env, leaks = self._env_of(user), {}
            for model in ours:
                for method in public_methods(env[model]):
                    self._compare(
                        leaks,
                        (model, method),
                        lambda id_, model=model, method=method, env=env: self._ask(
                            call_method, env[model].browse(id_), method, guess=id_
                        ),
                    )
            with self.subTest(user=name):
                self._assert_none(leaks)

    def test_methods_are_called_at_all(self):
        """The test can fail: for who works the case, they answer something else."""
        env = self._env_of(self.director)
        leaks, methods = {}, list(public_methods(env["complaint.case"]))
        for method in methods:
            self._compare_id(
                leaks,
                ("complaint.case", method),
                lambda id_, method=method: self._ask(
                    call_method, env["complaint.case"].browse(id_), method, guess=id_
                ),
                self.late.id,
            )
        self.assertIn("action_close", methods)
        self.assertGreater(len(leaks), 15)

    def test_name_of_a_hidden_row_is_that_of_none(self):
        """Odoo reads the names of what is pointed to, and of documents, like this."""
        concealed = self.env.registry["complaint.concealed"]
        models = [one for one in self.rows if isinstance(self.env[one], concealed)]
        self.assertIn("complaint.original", models)
        for name, user in self._asking(FEW).items():
            env, leaks = self._env_of(user), {}
            for model in models:
                self._compare(
                    leaks,
                    (model, "name"),
                    lambda id_, model=model, env=env: self._ask(
                        name_guessed, env[model].sudo().browse(id_), guess=id_
                    ),
                )
            with self.subTest(user=name):
                self._assert_none(leaks)

    def test_relations_lead_to_nothing_hidden(self):
        for name, user in self._asking(FEW).items():
            env, leaks = self._env_of(user), {}
            for model in self._models():
                if env[model].has_access("read"):
                    self._follow_relations(leaks, env[model])
            with self.subTest(user=name):
                self._assert_none(leaks)

    def _follow_relations(self, leaks, model):
        for name, field in model._fields.items():
            if not field.relational or not field._description_searchable:
                continue
            if not model._has_field_access(field, "read"):
                continue
            if field.comodel_name in self.rows:
                self._compare_paths(leaks, model, name, by_path, field.comodel_name)
            for path, comodel in self._further(model, name, field) if IS_LONG else ():
                self._compare_paths(leaks, model, path, by_far_path, comodel)
        for model_field, id_field in PAIRS[:2]:
            if {model_field, id_field} <= model._fields.keys():
                self._compare_documents(leaks, model, model_field, id_field)

    def _further(self, model, name, field):
        """Paths over a second relation that end in rows that may be hidden."""
        for further, end in model.env[field.comodel_name]._fields.items():
            is_followed = end.relational and end.comodel_name in self.rows
            if is_followed and end._description_searchable and further[-4:] != "_uid":
                yield f"{name}.{further}", end.comodel_name

    def _compare_paths(self, leaks, model, path, ask, comodel):
        ids = self.rows[comodel]
        there = self._ask(ask, model, path, ids)
        missing = self._ask(ask, model, path, [NEVER + id_ for id_ in ids])
        if self._tells((model._name, path), there, missing):
            leaks[model._name, path] = (there[:80], missing[:80])

    def _compare_documents(self, leaks, model, model_field, id_field):
        for target in ("complaint.case", "complaint.correspondence"):
            ids = self.rows[target]
            pair = (model_field, id_field, target)
            there = self._ask(by_reference, model, *pair, ids)
            missing = self._ask(
                by_reference, model, *pair, [NEVER + id_ for id_ in ids]
            )
            if self._tells((model._name, id_field), there, missing):
                leaks[model._name, id_field, target] = (there[:80], missing[:80])

    def test_no_text_holds_a_word_of_the_hidden_cases(self):
        words = [CANARY, self.known.reference, self.late.reference]
        for name, user in self._asking(FEW).items():
            env, leaks = self._env_of(user), {}
            for model in self._models():
                if not env[model].has_access("read"):
                    continue
                for field in self._text_fields(env[model]):
                    for word in words:
                        there = self._ask(by_text, env[model], field, word)
                        missing = self._ask(by_text, env[model], field, word[::-1])
                        if self._tells((model, field), there, missing):
                            leaks[model, field] = (there, missing)
            with self.subTest(user=name):
                self._assert_none(leaks)

    def _text_fields(self, model):
        return [
            name
            for name, field in model._fields.items()
            if field.type in ("char", "text", "html")
            and field._description_searchable
            and model._has_field_access(field, "read")
        ]

    def test_forged_values_are_no_oracle(self):
        for name, user in self._asking(FEW).items():
            env, leaks = self._env_of(user), {}
            for model in self._models():
                if env[model].has_access("create") or env[model].has_access("write"):
                    self._forge(leaks, env[model])
            with self.subTest(user=name):
                self._assert_none(leaks)

    def _forge(self, leaks, model):
        for label, target, values_of in forgeries(model, self.rows):
            hidden = self.rows[target][0]
            for channel in FORGED_CHANNELS:
                self._compare_id(
                    leaks,
                    (model._name, f"{label}: {channel.name}"),
                    lambda id_, channel=channel, values_of=values_of: self._ask(
                        channel.ask, model, values_of(id_), guess=id_
                    ),
                    hidden,
                )
