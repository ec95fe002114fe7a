import re
from datetime import date

from odoo import api, models
from odoo.tools import format_date

from odoo.addons.klagebehandling.limits import PARTY_TEXTS, TEXTS
from odoo.addons.klagebehandling.vocabulary import WHEN

from .complaint_portal_question import CONTACT, FOLDED, IDENTITY, SECTIONS

# What no text needs and what breaks a page; line feeds and tabs stay.
CONTROL_SIGNS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# The longest answers of one line, as the door takes them.
MAX_LENGTHS = {**TEXTS, **PARTY_TEXTS}
MANY = ("checkbox",)
GROUPED = ("radio", "checkbox", "group")
# Where a problem of the door is shown that has no question of its own.
STAND_INS = {"parties": "name", "policy": "unit_id", "as_is": "attachments"}


class ComplaintPortalSheet(models.AbstractModel):
    """Lays the questions out with what was answered and what must be corrected."""

    _name = "complaint.portal.sheet"
    _inherit = "complaint.portal.question"
    _description = "Layout of a public complaint form"

    @api.model
    def _page(self, unit, questions, answers, problems):
        """What the template needs: sections of questions, and the errors in order."""
        titles = {"person": self.env._("How we reach you")}
        problems = self._placed(problems, questions)
        shown = {
            name: self._shown(question, answers, problems)
            for name, question in questions.items()
        }
        errors = [
            {"id": None, "label": "", "text": text}
            for name, text in problems.items()
            if not name
        ]
        errors += [
            {"id": one["anchor"], "label": one["label"], "text": one["error"]}
            for names in SECTIONS.values()
            for name, one in shown.items()
            if name in names and one["error"]
        ]
        if "contact" in shown:
            shown["contact"]["members"] = [shown.pop(name) for name in CONTACT]
        if "event_words" in shown:
            shown["event_date"] = self._as_group([shown.pop(name) for name in WHEN])
        sections = [
            {"key": key, "title": titles.get(key), **self._folded(shown, names)}
            for key, names in SECTIONS.items()
        ]
        return {
            "sections": [one for one in sections if one["questions"] or one["folds"]],
            "errors": errors,
        }

    def _folded(self, shown, names):
        """The questions of a section: those seen at once, and the others in folds.

        What must be answered is always seen. A fold with an answer or an error is open.
        """
        here = {name: shown[name] for name in names if name in shown}
        titles = {
            "more": self.env._("Where, when and what you want"),
            "files": self.env._("Photos and files"),
            "person": self.env._("About you and our answer"),
        }
        folds = []
        for key, folded in FOLDED.items():
            inside = [here.pop(name) for name in folded if self._is_folded(here, name)]
            is_open = any(one["answer"] or one["error"] for one in inside)
            if inside:
                folds.append(
                    {
                        "key": key,
                        "title": titles[key],
                        "is_open": is_open,
                        "questions": inside,
                    }
                )
        return {"questions": list(here.values()), "folds": folds}

    def _as_group(self, members):
        """Several ways to answer the first of the questions, as one question."""
        first, answered = members[0], {"answer": "", "error": None}
        for one in members:
            answered["answer"] = answered["answer"] or one["answer"]
            answered["error"] = answered["error"] or one["error"]
        hint = first["hint"] and f"{first['id']}-hint"
        own = {"label": self.env._("The day, or the first day"), "label_lang": None}
        own |= {"hint": None, "is_required": False}
        attrs = {**first["attrs"], "required": None}
        attrs["aria-describedby"] = f"{first['id']}-error" if first["error"] else None
        return {
            **first,
            **answered,
            "control": "group",
            "attrs": {"aria-describedby": hint},
            "members": [{**first, **own, "attrs": attrs}, *members[1:]],
        }

    def _is_folded(self, here, name):
        return name in here and not here[name]["is_required"]

    def _groups(self, question, answer):
        """The answers by what stands above them, in the order of the procedure."""
        groups = {}
        for option in question["options"]:
            title = option.get("group") or ""
            group = groups.setdefault(
                title,
                {
                    "title": title,
                    "lang": option.get("group_lang"),
                    "options": [],
                    "is_open": False,
                },
            )
            group["options"].append(option)
            group["is_open"] |= option["value"] in answer
        return list(groups.values())

    def _placed(self, problems, questions):
        placed = {}
        for name, text in problems.items():
            place = name if name in questions else STAND_INS.get(name)
            place = place if place in questions else ""
            placed[place] = f"{placed[place]} {text}" if place in placed else text
        return placed

    def _shown(self, question, answers, problems):
        """One question with its answer, its error and the attributes of its control."""
        name, error = question["name"], problems.get(question["name"])
        answer = answers.get(name, [] if question["control"] in MANY else "")
        html_id = f"q-{name}".replace("_", "-")
        notes = [f"{html_id}-hint"] * bool(question["hint"])
        notes += [f"{html_id}-error"] * bool(error)
        attrs = {"aria-describedby": " ".join(notes) or None}
        if question["control"] not in GROUPED:
            attrs |= {"id": html_id, "name": name, **self._control_attrs(question)}
            attrs["aria-invalid"] = "true" if error else None
            if answers.get("anonymity") == "anonymous" and name in IDENTITY:
                attrs["autocomplete"] = "off"
        if question["control"] == "input":
            attrs["value"] = answer
        return {
            **question,
            "id": html_id,
            "anchor": f"q-{CONTACT[0]}" if name == "contact" else html_id,
            "answer": answer,
            "error": error,
            "attrs": attrs,
            "is_identity": name in IDENTITY or name == "contact",
            "groups": self._groups(question, answer) if name == "categories" else [],
        }

    def _control_attrs(self, question):
        name = question["name"]
        attrs = dict(IDENTITY.get(name) or {"autocomplete": "off"})
        if question["is_required"]:
            attrs["required"] = "required"
        if question["control"] == "file":
            attrs |= {"type": "file", "multiple": "multiple"}
            attrs.pop("autocomplete")
        elif question["control"] == "textarea":
            attrs["rows"] = "4" if name == "description" else "3"
        elif question["control"] == "input":
            attrs.setdefault("type", "date" if name in WHEN[:2] else "text")
        # What a browser sends at all can be given back, see ``typed``.
        if name in MAX_LENGTHS and question["control"] in ("input", "textarea"):
            attrs["maxlength"] = str(MAX_LENGTHS[name])
        return attrs

    @api.model
    def _delivered(self, questions, answers, files):
        """A copy of everything delivered: questions with their answers (A-09)."""
        copy, page = [], self.env["complaint.portal.page"]
        for name, question in questions.items():
            if name in IDENTITY and answers.get("anonymity") == "anonymous":
                continue
            labels = {one["value"]: one["label"] for one in question["options"]}
            if question["control"] == "file":
                given = [
                    f"{self._clean(file.filename)} ({page._say_size(self._size(file))})"
                    for file in files
                ]
            else:
                given = answers.get(name) or []
                given = [given] if isinstance(given, str) else given
            if name in WHEN[:2]:
                # As the door has read them: it takes other forms of a date, too.
                days = [date.fromisoformat(day.strip()) for day in given if day]
                given = [format_date(self.env, day, date_format="long") for day in days]
            if given:
                given = [labels.get(text, text) for text in given]
                spoken = {one["label"]: one.get("lang") for one in question["options"]}
                copy.append(
                    {
                        "name": name,
                        "label": question["label"],
                        "lang": question.get("label_lang"),
                        "answers": given,
                        "answer_lang": spoken.get(given[0]),
                    }
                )
        return copy

    def _clean(self, text):
        return CONTROL_SIGNS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))

    def _size(self, file):
        size = file.stream.seek(0, 2)
        file.stream.seek(0)
        return size
