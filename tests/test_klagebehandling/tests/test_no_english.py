import re
from collections import defaultdict

from lxml import etree

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open
from odoo.tools.translate import code_translations

LANGUAGES = ("nb_NO", "sv_SE")
WORD = re.compile(r"[^\W\d_]{3,}")
ATTRIBUTES = ("string", "placeholder", "help", "title", "confirm", "aria-label", "data")
ATTRIBUTES += ("confirm-label", "add-label", "sum", "text", "data-tooltip")
TYPES = ("form", "list", "kanban", "search", "pivot", "graph", "activity", "calendar")
# Fields whose values are names; of Odoo's activities our views use the colour only.
NAMES = ("lang", "tz")
# What is the same word in the language, or a name.
BOTH = {"Alias", "Fax", "Original", "Person", "Plan", "Problem", "SHA-256", "Salt"}
# The address of a unit, which is the same in every language.
BOTH |= {"klage", "Data (JSON)", "PDF", "Program", "Status"}
BOTH |= {"klagebehandling_no", "klagebehandling_se"}
SAME = {
    "nb_NO": BOTH | {"Send", "Start"},
    "sv_SE": BOTH
    | {"Definition", "Ombudsman", "Organisation", "Period", "Text", "Version"},
}


def texts(arch):
    """What a view says, in its order: attributes and text."""
    for node in etree.fromstring(arch).iter(etree.Element):
        for name in ATTRIBUTES:
            yield node.get(name) or ""
        yield (node.text or "").strip()
        yield (node.tail or "").strip()


@tagged("post_install", "-at_install")
class TestNoEnglish(TransactionCase):
    """No screen of ours has English left in it, whoever wrote the words (C-15)."""

    def models(self):
        return sorted(
            name
            for name, model in self.env.items()
            if name.startswith("complaint.") and not model._abstract
        )

    def views(self):
        """Each view of ours with what stands in it: ``(model, list of (id, type))``."""
        views = self.env["ir.ui.view"].search(
            [("model", "in", self.models()), ("mode", "=", "primary")]
        )
        for view in views.filtered(lambda one: one.type in TYPES):
            yield view.model, view.id, view.type

    def said(self, lang):
        """What our screens say in a language: dict from a place to the text there."""
        said = {}
        for model, view_id, kind in self.views():
            said |= self.said_by(self.env[model].with_context(lang=lang), view_id, kind)
        for name, key in (
            ("ir.actions.act_window", "res_model"),
            ("ir.actions.report", "model"),
        ):
            for row in self.env[name].with_context(lang=lang).search([]):
                if (row[key] or "").startswith("complaint."):
                    said[name, row.id, "name"] = row.name
                    said[name, row.id, "help"] = row["help"] or ""
        menu = self.env.ref("klagebehandling.complaint_menu")
        for row in menu.with_context(lang=lang).search([("id", "child_of", menu.id)]):
            said["menu", row.id, "name"] = row.name
        return said

    def said_by(self, records, view_id, kind):
        """What a view and the fields in it say."""
        got = records.get_views([(view_id, kind)])
        place = f"{records._name} {kind} {view_id}"
        said = {
            (place, "text", number): text
            for number, text in enumerate(texts(got["views"][kind]["arch"]))
        }
        for name, known in got["models"].items():
            if name.startswith("complaint."):
                said |= self.said_of_fields(name, known["fields"])
        return said

    def said_of_fields(self, model, known):
        said = {}
        for name, field in known.items():
            for part in ("string", "help"):
                said[model, name, part] = field.get(part) or ""
            if name in NAMES or name.startswith("activity_"):
                continue
            for value, label in field.get("selection") or ():
                said[model, name, f"is {value}"] = label
        return said

    def test_no_word_of_our_screens_is_english(self):
        english = self.said("en_US")
        for lang in LANGUAGES:
            left = defaultdict(list)
            for place, text in self.said(lang).items():
                is_word = WORD.search(text) and text == english.get(place)
                if is_word and text not in SAME[lang]:
                    left[text].append(place)
            self.assertFalse(dict(left), lang)

    def test_what_odoo_leaves_in_english_is_said_by_us(self):
        with file_open("klagebehandling/static/src/js/odoo_terms.js") as file:
            terms = set(re.findall(r'_t\("(.+)"\)', file.read()))
        self.assertGreater(len(terms), 30)
        for lang in LANGUAGES:
            got = code_translations.get_web_translations("klagebehandling", lang)
            known = {row["id"]: row["string"] for row in got["messages"]}
            self.assertFalse({term for term in terms if not known.get(term)}, lang)
