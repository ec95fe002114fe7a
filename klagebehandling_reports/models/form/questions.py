"""What a procedure asks, as it is asked on paper: its own words, its own order."""

from dataclasses import dataclass, field

# Who somebody is: voluntary on paper, whatever the form on the web demands (B-18).
PERSON = ("name", "street", "zip", "city", "phone", "email")
# What stands beside each other on a sheet, by how much of its width each takes.
WIDTHS = {
    "zip": 1,
    "city": 2,
    "phone": 1,
    "email": 1,
    "event_date": 1,
    "attachments": 1,
    "title": 1,
    "wants_reply": 1,
    "about_manager": 1,
    "place_type": 1,
}
# Asked where the procedure says nothing of its form.
USUAL = ("kind", "unit_id", "event_date", "description", *PERSON)
# The words of each answer of a paper form must fit in this many lines of a pen.
LINES = {"description": 10, "desired_outcome": 3}
# A letter can be answered in these ways; the status page needs a code.
ON_PAPER = ("letter", "email", "phone", "sms", "meeting")


@dataclass
class Question:
    """One question of a paper form."""

    name: str
    label: str
    hint: str = ""
    is_required: bool = False
    options: list = field(default_factory=list)
    value: str = ""

    @property
    def lines(self):
        """How many lines of writing it has; none for a single one."""
        return LINES.get(self.name, 0)

    @property
    def width(self):
        return WIDTHS.get(self.name, 0)


def sections(unit, policy):
    """What is asked, as dicts with a ``title`` and ``rows`` of questions.

    :param unit: whose form it is, as the superuser, in the language of the sheet
    :param policy: the version in force, likewise
    """
    asked = [one for one in _ask(unit, policy) if one]
    person = [one for one in asked if one.name in PERSON]
    matter = [one for one in asked if one.name not in PERSON]
    parts = [{"key": "matter", "rows": _rows(matter)}]
    if person:
        first = asked.index(person[0])
        at = 0 if not any(one in matter for one in asked[:first]) else 1
        parts.insert(at, {"key": "person", "rows": _rows(person)})
    return parts


def _ask(unit, policy):
    rows = policy.field_ids
    words = {row.name: (row.label, row.hint, row.requirement) for row in rows}
    names = list(words) or list(USUAL)
    if "contact" in names:
        at = names.index("contact")
        names[at : at + 1] = [one for one in ("phone", "email") if one not in names]
    if "description" not in names:
        names.append("description")
    labels = dict(rows._fields["name"]._description_selection(unit.env))
    for name in names:
        label, hint, requirement = words.get(name) or (None, None, "voluntary")
        options = _options(name, policy)
        if options is None:
            continue
        yield Question(
            name,
            label or labels[name],
            # What the form on the web needs to reach somebody, paper does not.
            hint or "",
            (requirement == "required" or name == "description") and name not in PERSON,
            options,
            unit.name if name == "unit_id" and unit.parent_id else "",
        )


def _options(name, policy):
    """The words to tick; none for what is written, and None for what is left out."""
    env = policy.env
    if name in ("kind", "complainant_kind"):
        options = policy._choices(name.removesuffix("_kind")).mapped("name")
        return options if len(options) > 1 else None
    if name == "categories":
        return policy.category_ids.mapped("name") or None
    if name in ("about_manager", "wants_reply"):
        return [env._("Yes"), env._("No")]
    if name == "reply_channel":
        labels = env["complaint.case"]._fields[name]._description_selection(env)
        return [label for value, label in labels if value in ON_PAPER]
    if name == "place_type":
        if not policy.is_nav_partner:
            return None
        labels = env["complaint.case"]._fields[name]._description_selection(env)
        return [label for _value, label in labels]
    return []


def _rows(questions):
    """Questions that share a line of the sheet stand in one row."""
    rows = []
    for one in questions:
        if one.width and rows and rows[-1][0].width and len(rows[-1]) < 2:
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows
