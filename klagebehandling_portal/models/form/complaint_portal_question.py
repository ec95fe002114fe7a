from odoo import api, models, tools

from odoo.addons.klagebehandling.limits import MAX_FILE, MAX_FILES, MEGABYTE
from odoo.addons.klagebehandling.vocabulary import WHEN

# In the order of the page: the story comes first, who one is after it.
SECTIONS = {
    "matter": (
        "description",
        "kind",
        "about_manager",
        "unit_id",
        "event_date",
        "event_until",
        "event_words",
        "categories",
        "title",
        "desired_outcome",
        "place_type",
    ),
    "known": ("anonymity",),
    "person": (
        "name",
        "contact",
        "email",
        "phone",
        "complainant_kind",
        "street",
        "zip",
        "city",
        "authorisation",
        "wants_reply",
        "reply_channel",
        "support",
        "interpreter_language",
    ),
    # Last: of a request that is too large only the beginning is read, see ``typed``.
    "files": ("attachments",),
}
# What stands behind a fold of its section until it is answered, wrong or required.
FOLDED = {
    "more": (
        "unit_id",
        "event_date",
        "categories",
        "title",
        "desired_outcome",
        "place_type",
    ),
    "files": ("attachments",),
    "person": (
        "complainant_kind",
        "street",
        "zip",
        "city",
        "authorisation",
        "wants_reply",
        "reply_channel",
        "support",
        "interpreter_language",
    ),
}
# Asked on the status page, once it is sent.
ASKED_LATER = ("invite",)
# What is asked where the procedure does not say; true: it must be answered.
FALLBACK = {
    "kind": False,
    "unit_id": False,
    "categories": False,
    "description": True,
    "event_date": False,
    "about_manager": False,
    "attachments": False,
    "complainant_kind": False,
    "name": False,
    "contact": False,
    "wants_reply": False,
    "reply_channel": False,
}
# Ways to be reached, of which one is enough.
CONTACT = ("email", "phone")
# What tells who it is, each with the attributes of its control.
IDENTITY = {
    "name": {"autocomplete": "name"},
    "email": {"autocomplete": "email", "type": "email", "inputmode": "email"},
    "phone": {"autocomplete": "tel", "type": "tel"},
    "street": {"autocomplete": "street-address"},
    "zip": {"autocomplete": "postal-code"},
    "city": {"autocomplete": "address-level2"},
}
CONTROLS = {
    "anonymity": "radio",
    "kind": "radio",
    "complainant_kind": "radio",
    "about_manager": "radio",
    "wants_reply": "radio",
    "reply_channel": "select",
    "place_type": "radio",
    "categories": "checkbox",
    "support": "checkbox",
    "unit_id": "select",
    "description": "textarea",
    "desired_outcome": "textarea",
    "attachments": "file",
    "contact": "group",
}
LEAST_OPTIONS = {"radio": 2, "checkbox": 1, "select": 1}


class ComplaintPortalQuestion(models.AbstractModel):
    """Turns a procedure into the questions of its public form."""

    _name = "complaint.portal.question"
    _description = "Questions of a public complaint form"

    @api.model
    @tools.ormcache("unit.id", "policy.id", "self.env.lang")
    def _questions(self, unit, policy):
        """The questions in the order of the procedure, those without a choice left out.

        Units and procedures are remembered: each request shares the answer, and changes
        nothing in it.

        :return: dict from name to a dict with ``label``, ``hint``, ``is_required``,
            ``control`` and ``options``
        """
        asked = self._asked(policy)
        labels, hints = self._default_labels(), self._default_hints()
        questions = {}
        for name, (is_required, label, hint) in asked.items():
            control = CONTROLS.get(name, "input")
            options = self._options(name, unit, policy)
            if len(options) < LEAST_OPTIONS.get(control, 0):
                continue
            label, label_lang = label or (labels[name], None)
            hint, hint_lang = hint or (hints.get(name), None)
            questions[name] = {
                "name": name,
                "label": label,
                "label_lang": label_lang,
                "hint": hint,
                "hint_lang": hint_lang,
                "is_required": is_required,
                "control": control,
                "options": options,
            }
        return questions

    def _said(self, record, name, policy):
        """A text of the procedure with its language, ``None`` where there is none.

        The language is ``None`` too where it is that of the page.
        """
        text = record[name]
        page = self.env["complaint.portal.page"]
        return text and (text, page._language_of(record, name, policy.lang))

    def _asked(self, policy):
        """Each name with whether it is required, and the procedure's own words."""
        asked = {"anonymity": (True, None, None)}
        for field in policy.field_ids:
            asked[field.name] = (
                field.requirement == "required",
                self._said(field, "label", policy),
                self._said(field, "hint", policy),
            )
        if not policy.field_ids:
            asked |= {name: (must, None, None) for name, must in FALLBACK.items()}
            for name, subject in (
                ("kind", "kind"),
                ("complainant_kind", "complainant"),
            ):
                if not policy._choices(subject):
                    del asked[name]
        if "contact" in asked:
            for name in CONTACT:
                asked.setdefault(name, (False, None, None))
        if "event_date" in asked:
            asked |= dict.fromkeys(WHEN[1:], (False, None, None))
        asked.setdefault("description", (True, None, None))
        # Whoever needs help to complain is asked which, in every procedure (C-31).
        asked |= dict.fromkeys(("support", "interpreter_language"), (False, None, None))
        unasked = (*ASKED_LATER, *(() if policy.is_nav_partner else ("place_type",)))
        return {name: one for name, one in asked.items() if name not in unasked}

    def _options(self, name, unit, policy):
        """The answers to choose from: dicts with ``value``, ``label`` and ``hint``."""
        build = getattr(self, f"_options_{name}", None)
        return build(unit, policy) if build else []

    def _option(self, value, label, hint=None, **more):
        return {"value": str(value), "label": label, "hint": hint, **more}

    def _own_option(self, policy, record, names, **more):
        """An answer in the procedure's words, with their language.

        :param names: the fields that hold the value, the label and the hint
        """
        value, label, hint = names
        language = self.env["complaint.portal.page"]._language_of
        return self._option(
            record[value],
            record[label],
            record[hint],
            lang=language(record, label, policy.lang),
            hint_lang=language(record, hint, policy.lang),
            **more,
        )

    def _options_known(self):
        """The two ways of being known, by whom."""
        return [
            self._option(
                "open",
                self.env._("By name"),
                self.env._("Those who handle the case see who you are."),
            ),
            self._option(
                "protected",
                self.env._("With protected identity"),
                self.env._(
                    "Those who handle the case do not see who you are. Only specially "
                    "appointed persons can, for a reason that is kept on record."
                ),
            ),
        ]

    def _options_anonymity(self, unit, policy):
        options = self._options_known()
        if policy._allows_anonymity("web"):
            options.append(
                self._option(
                    "anonymous",
                    self.env._("Anonymous"),
                    self.env._(
                        "We store nothing about who you are. You read our answer on "
                        "the status page, with the code you get when you have sent the "
                        "form."
                    ),
                )
            )
        return options

    def _options_kind(self, unit, policy):
        return self._policy_choices(policy, "kind", "complaint.case", "kind")

    def _options_complainant_kind(self, unit, policy):
        return self._policy_choices(policy, "complainant", "complaint.party", "kind")

    def _policy_choices(self, policy, subject, model, field):
        """What the procedure names, else all that the model knows."""
        choices = policy._choices(subject)
        if choices:
            names = ("value", "name", "definition")
            return [self._own_option(policy, choice, names) for choice in choices]
        return [self._option(*pair) for pair in self._labels(model, field)]

    def _labels(self, model, field):
        return self.env[model]._fields[field]._description_selection(self.env)

    def _options_unit_id(self, unit, policy):
        places = unit._public_places()
        return [self._option(id_, name) for id_, name in places.items()]

    def _options_categories(self, unit, policy):
        names, language = ("code", "name", "description"), policy.lang
        page = self.env["complaint.portal.page"]
        return [
            self._own_option(
                policy,
                ground,
                names,
                group=ground.parent_id.name,
                group_lang=page._language_of(ground.parent_id, "name", language),
            )
            for ground in policy.category_ids
        ]

    def _options_reply_channel(self, unit, policy):
        return self._offered_replies()

    def _offered_replies(self, asked=None):
        """The ways of being answered that the public may choose.

        :param asked: what the form asks; then only ways that need nothing else
        """
        labels = dict(self._labels("complaint.case", "reply_channel"))
        media = self.env["complaint.correspondence"]._media()
        return [
            self._option(value, labels[value])
            for value, way in media.items()
            if way.is_offered and (asked is None or not way.needs or way.needs in asked)
        ]

    def _options_place_type(self, unit, policy):
        return [
            self._option(value, label)
            for value, label in self._labels("complaint.case", "place_type")
        ]

    def _options_support(self, unit, policy):
        """Who may help to complain: roles of the door, wanted there (C-31)."""
        return [
            self._option("interpreter", self.env._("An interpreter")),
            self._option("representative", self.env._("Somebody who speaks for me")),
            self._option("support_person", self.env._("Somebody who helps me")),
        ]

    def _options_yes_no(self, unit, policy):
        return [
            self._option("yes", self.env._("Yes")),
            self._option("no", self.env._("No")),
        ]

    _options_wants_reply = _options_about_manager = _options_yes_no

    def _default_labels(self):
        return {
            "anonymity": self.env._("How do you want to be known?"),
            "kind": self.env._("What do you want to send?"),
            "unit_id": self.env._("Which unit is it about?"),
            "categories": self.env._("What is it about?"),
            "title": self.env._("Subject in a few words"),
            "description": self.env._("Tell us what happened"),
            "event_date": self.env._("When did it happen?"),
            "event_until": self.env._("Last day, if it was more than one"),
            "event_words": self.env._("Or in your own words"),
            "desired_outcome": self.env._("What do you want us to do?"),
            "about_manager": self.env._("Is it about your nearest manager?"),
            "attachments": self.env._("Files"),
            "complainant_kind": self.env._("Who are you?"),
            "name": self.env._("Name"),
            "contact": self.env._("How can we reach you?"),
            "email": self.env._("E-mail"),
            "phone": self.env._("Phone"),
            "street": self.env._("Street address"),
            "zip": self.env._("Postcode"),
            "city": self.env._("Town"),
            "authorisation": self.env._(
                "If you write for somebody else: what gives you the right to?"
            ),
            "wants_reply": self.env._("Do you want a reply?"),
            "reply_channel": self.env._("How do you want to be answered?"),
            "place_type": self.env._("What kind of place do you have?"),
            "support": self.env._("Do you need somebody to help you?"),
            "interpreter_language": self.env._("Interpreter: which language?"),
        }

    def _default_hints(self):
        return {
            "unit_id": self.env._("You can leave this open if you do not know."),
            "categories": self.env._("You can choose several."),
            "description": self.env._(
                "If you can, write when and where it happened. Write as much as you "
                "need."
            ),
            "about_manager": self.env._(
                "If you answer yes, your manager will not see the case. Somebody "
                "further up receives it."
            ),
            "attachments": self.env._(
                "At most %(size)s MB each, and %(all)s MB together.",
                size=MAX_FILE // MEGABYTE,
                all=MAX_FILES // MEGABYTE,
            ),
            "event_words": self.env._("For example: last spring, many times."),
            "contact": self.env._("One way is enough."),
            "reply_channel": self.env._(
                "On the status page you read the answer here on the web, with your "
                "code."
            ),
        }
