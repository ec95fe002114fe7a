from odoo import api, models, tools

from odoo.addons.klagebehandling.limits import MAX_FILES, MEGABYTE

SECTIONS = {
    "known": ("anonymity",),
    "matter": (
        "kind",
        "unit_id",
        "categories",
        "title",
        "description",
        "event_date",
        "desired_outcome",
        "about_manager",
        "attachments",
    ),
    "person": (
        "complainant_kind",
        "name",
        "contact",
        "email",
        "phone",
        "street",
        "zip",
        "city",
        "authorisation",
    ),
    "answer": ("wants_reply", "reply_channel", "place_type", "invite"),
}
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
    "reply_channel": "radio",
    "place_type": "radio",
    "categories": "checkbox",
    "invite": "checkbox",
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
            questions[name] = {
                "name": name,
                "label": label or labels[name],
                "hint": hint or hints.get(name),
                "is_required": is_required,
                "control": control,
                "options": options,
            }
        return questions

    def _asked(self, policy):
        """Each name with whether it is required, and the procedure's own words."""
        asked = {"anonymity": (True, None, None)}
        for field in policy.field_ids:
            asked[field.name] = (
                field.requirement == "required",
                field.label,
                field.hint,
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
        asked.setdefault("description", (True, None, None))
        if not policy.is_nav_partner:
            asked.pop("place_type", None)
        return asked

    def _options(self, name, unit, policy):
        """The answers to choose from: dicts with ``value``, ``label`` and ``hint``."""
        build = getattr(self, f"_options_{name}", None)
        return build(unit, policy) if build else []

    def _option(self, value, label, hint=None):
        return {"value": str(value), "label": label, "hint": hint}

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
            return [
                self._option(choice.value, choice.name, choice.definition)
                for choice in choices
            ]
        return [self._option(*pair) for pair in self._labels(model, field)]

    def _labels(self, model, field):
        return self.env[model]._fields[field]._description_selection(self.env)

    def _options_unit_id(self, unit, policy):
        places = unit._public_places()
        return [self._option(id_, name) for id_, name in places.items()]

    def _options_categories(self, unit, policy):
        return [
            self._option(ground.code, ground.name, ground.description)
            for ground in policy.category_ids
        ]

    def _options_reply_channel(self, unit, policy):
        options = self._offered_replies()
        options[0]["hint"] = self.env._(
            "You read the answer here on the web, with your code."
        )
        return options

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

    def _options_invite(self, unit, policy):
        options = [
            self._option("staff", self.env._("My supervisor")),
            self._option("support_person", self.env._("A person I trust")),
        ]
        if policy.is_nav_partner:
            options.append(
                self._option(
                    "external_caseworker",
                    self.env._("My caseworker at NAV"),
                    self.env._(
                        "Not possible for a municipal place: NAV is no part of that."
                    ),
                )
            )
        return options

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
            "invite": self.env._("Who shall be with you at a meeting?"),
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
                "At most %(size)s MB together.", size=MAX_FILES // MEGABYTE
            ),
            "contact": self.env._("One way is enough."),
            "invite": self.env._("Nobody is invited unless you choose it."),
        }
