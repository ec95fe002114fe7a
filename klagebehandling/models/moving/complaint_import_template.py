import base64
import io

import xlsxwriter

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...spreadsheet import xlsx_cell
from ...vocabulary import OUTCOMES, PARTY_KINDS

REQUIRED = ("number", "received_at", "title")
# In which people of our countries name their columns, installed or not.
LANGUAGES = ("nb_NO", "sv_SE", "en_US")
# Ends without an outcome.
OTHER_ENDS = ("redirected", "withdrawn")
OF_THE_CASE = ("kind", "channel", "anonymity", "reply_channel")
CHOSEN = (
    *OF_THE_CASE,
    "outcome",
    "complainant_kind",
    "wants_reply",
    "unit",
    "category",
)
# Widths of columns, in signs.
TEXT_WIDTH = 22
HELP_WIDTH = 90
DAYS = {"received_at", "closed_on", "acknowledged_on", "event_date"}


class ComplaintImport(models.Model):
    """Adds which columns a file has: their names, what they mean, what can be chosen.

    Headings are known in Norwegian, Swedish and English, and by their codes.
    """

    _inherit = "complaint.import"

    template = fields.Binary(
        string="Template (XLSX)", compute="_compute_template", attachment=False
    )

    @api.depends("policy_id")
    @api.depends_context("lang")
    def _compute_template(self):
        for one in self:
            made = one._make_template() if one.policy_id else b""
            one.template = base64.b64encode(made) if made else False

    def action_template(self):
        """Hand out the empty table, with what each column means."""
        self.ensure_one()
        self.check_access("read")
        name = self.env._("older-complaints")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/template/{name}.xlsx"
            "?download=true",
            "target": "download",
        }

    @api.model
    def _required_columns(self):
        return REQUIRED

    @api.model
    def _column_labels(self):
        """By name, what a column is called in the language of the context."""
        return {
            "number": self.env._("Old number"),
            "received_at": self.env._("Received"),
            "closed_on": self.env._("Ended on"),
            "outcome": self.env._("Outcome"),
            "acknowledged_on": self.env._("Receipt acknowledged"),
            "title": self.env._("Subject"),
            "description": self.env._("What happened"),
            "desired_outcome": self.env._("Desired outcome"),
            "event_date": self.env._("When it happened"),
            "unit": self.env._("Unit"),
            "kind": self.env._("Kind"),
            "categories": self.env._("Grounds"),
            "channel": self.env._("How it came"),
            "anonymity": self.env._("Anonymity"),
            "wants_reply": self.env._("Wants a reply"),
            "reply_channel": self.env._("Reply by"),
            "lang": self.env._("Language"),
            "complainant_kind": self.env._("Who complains"),
            "name": self.env._("Name"),
            "email": self.env._("E-mail"),
            "phone": self.env._("Phone"),
            "street": self.env._("Street"),
            "zip": self.env._("Postcode"),
            "city": self.env._("City"),
            "subject_login": self.env._("Login of the person complained about"),
            "subject_name": self.env._("Name of the person complained about"),
        }

    @api.model
    def _column_helps(self):
        """By name, what belongs into a column, where its name does not say it."""
        return {
            "number": self.env._(
                "Required. The number in the old register: by it the line is known "
                "again when the file is moved in once more."
            ),
            "received_at": self.env._(
                "Required. The day it reached you, at most ten years ago, such as "
                "2026-03-16 or 16.03.2026; with the hour where you know it."
            ),
            "closed_on": self.env._(
                "The day it ended. Without one the case is open, and is promised what "
                "the procedure promises from the day it was received."
            ),
            "outcome": self.env._(
                "How it ended. Needed where it has ended, and only there."
            ),
            "acknowledged_on": self.env._(
                "Of an open case: the day on which receipt was acknowledged. Then that "
                "is not promised again."
            ),
            "title": self.env._("Required. What it is about, without anybody's name."),
            "unit": self.env._(
                "Where it happened. Without one it goes to the topmost unit."
            ),
            "categories": self.env._("More than one: with a comma between them."),
            "channel": self.env._("How it came then; without it: another system."),
            "anonymity": self.env._(
                "Of who is anonymous nothing of the columns about the person is kept."
            ),
            "lang": self.env._("Language of the answers, such as nb or sv."),
            "street": self.env._("Leave the address out where nobody may keep it."),
            "subject_login": self.env._(
                "A colleague: the case is kept from this person and from all who are "
                "led by this person."
            ),
            "subject_name": self.env._(
                "With the name alone the case goes past the whole line of management."
            ),
        }

    def _used_columns(self):
        """The columns that make sense here, in their order."""
        left_out = set()
        if not self._choices("category"):
            left_out.add("categories")
        if len(self._choices("unit")) < 2:
            left_out.add("unit")
        return [name for name in self._column_labels() if name not in left_out]

    def _choices(self, name):
        """What can be chosen in a column: the label of each code, or of each id."""
        if name == "unit":
            domain = [("company_id", "=", self.company_id.id)]
            units = self.env["complaint.unit"].sudo().search(domain)
            return {unit.id: unit.complete_name for unit in units}
        if name == "category":
            return self._category_choices()
        if name == "wants_reply":
            return {"yes": self.env._("Yes"), "no": self.env._("No")}
        if name == "complainant_kind":
            labels = self._labels_of("complaint.party", "kind")
            return {code: labels[code] for code, _label in PARTY_KINDS}
        if name == "outcome":
            ends = self._labels_of("complaint.case", "state")
            outcomes = self._labels_of("complaint.case", "outcome")
            return {
                **{code: outcomes[code] for code, _label in OUTCOMES},
                **{code: ends[code] for code in OTHER_ENDS},
            }
        labels = self._labels_of("complaint.case", name)
        kinds = self.policy_id._kinds() if name == "kind" else ()
        return {code: labels[code] for code in labels if not kinds or code in kinds}

    def _labels_of(self, model, name):
        return dict(self.env[model]._fields[name]._description_selection(self.env))

    def _category_choices(self):
        Category = self.env["complaint.category"].sudo()
        ids = Category._ids_by_code(self.company_id.id)
        allowed = self.policy_id._door()["category_ids"]
        rows = Category.browse(ids.values())
        return {row.code: row.name for row in rows if not allowed or row.id in allowed}

    def _codes_by_word(self):
        """By column, the code that each word means: a code, or a label of ours."""
        found = {}
        for name in CHOSEN:
            words = {}
            for lang in LANGUAGES:
                reader = self.with_context(lang=lang)
                for code, label in reader._choices(name).items():
                    words[str(label or "").casefold()] = code
                    if isinstance(code, str):
                        words[code.casefold()] = code
            found[name] = words
        self._add_short_names(found["unit"])
        return found

    def _add_short_names(self, words):
        """A unit by its own name, where only one has it."""
        domain = [("company_id", "=", self.company_id.id)]
        units = self.env["complaint.unit"].sudo().search(domain)
        for name, same in units.grouped(lambda unit: unit.name.casefold()).items():
            if len(same) == 1:
                words.setdefault(name, same.id)

    # -- headings

    def _read_headings(self, headings):
        """The names of the columns, in their order; empty for one without a heading.

        :raises UserError: for a heading that is unknown, there twice, or missing
        """
        words = {}
        for lang in LANGUAGES:
            labels = self.with_context(lang=lang)._column_labels()
            words |= {label.casefold(): name for name, label in labels.items()}
            words |= {name: name for name in labels}
        given = [text.strip().casefold().rstrip(" *") for text in headings]
        names = [words.get(text, "") for text in given]
        unknown = [
            xlsx_cell(0, column)
            for column, (text, name) in enumerate(zip(given, names, strict=True))
            if text and (not name or name in names[:column])
        ]
        missing = [
            self._column_labels()[name] for name in REQUIRED if name not in names
        ]
        if unknown or missing:
            raise UserError(self._say_headings(unknown, missing))
        return names

    def _say_headings(self, unknown, missing):
        lines = []
        if unknown:
            lines.append(
                self.env._(
                    "Unknown headings, or there twice: %(cells)s. Use those of the "
                    "template.",
                    cells=", ".join(unknown),
                )
            )
        if missing:
            lines.append(
                self.env._("Missing columns: %(names)s.", names=", ".join(missing))
            )
        return "\n".join(lines)

    def _cell_name(self, name, row):
        """How somebody finds a cell: its address in the file, and its heading."""
        names = self.sudo().columns.split(",")
        label = self._column_labels().get(name, "")
        if name not in names:
            return label or xlsx_cell(row - 1, 0)
        return f"{xlsx_cell(row - 1, names.index(name))} {label}"

    # -- the template

    def _make_template(self):
        output = io.BytesIO()
        with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
            bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
            # Formats of whole columns: no cell is written.
            text = book.add_format({"num_format": "@"})
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            table = book.add_worksheet(self.env._("Complaints"))
            about = book.add_worksheet(self.env._("Help"))
            helps, labels = self._column_helps(), self._column_labels()
            for at, name in enumerate(self._used_columns()):
                table.set_column(at, at, TEXT_WIDTH, day if name in DAYS else text)
                table.write_string(0, at, labels[name], bold)
                about.write_string(at, 0, labels[name], bold)
                about.write_string(at, 1, self._say_column(name, helps.get(name, "")))
            table.freeze_panes(1, 0)
            about.set_column(0, 0, 2 * TEXT_WIDTH)
            about.set_column(1, 1, HELP_WIDTH, book.add_format({"text_wrap": True}))
        return output.getvalue()

    def _say_column(self, name, text):
        """What a column is for, and what can be chosen in it."""
        chosen = "category" if name == "categories" else name
        if chosen not in CHOSEN:
            return text
        labels = ", ".join(str(label) for label in self._choices(chosen).values())
        choices = self.env._("One of: %(values)s.", values=labels)
        return f"{text} {choices}".strip()
