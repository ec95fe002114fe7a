from odoo import api, fields, models
from odoo.tools import format_date, html2plaintext

from ..retention.complaint_unseen import CODES, READ
from ..shelter.complaint_word_mask import ASKED
from .left_out import FIELDS, MODELS

# By which a row says whose it is.
OWNERS = ("party_id", "recipient_id")
# Of what is sealed, or Odoo's, what a person wrote there.
WRITTEN = {
    "complaint.journal": ("texts",),
    "mail.message": ("subject", "body"),
    "mail.activity": ("summary", "note"),
}


class ComplaintAccessDocument(models.Model):
    """Gathers all that is kept of a person in a case, by looking at the models.

    Each row of each model that hangs on a case is in it, unless it is named in
    ``left_out``: what an addon hangs on a case is in it too. Of who complained
    it is the whole case; of others what is theirs, as the rest is somebody else's.
    """

    _inherit = "complaint.access.document"

    @api.model
    def _found_for(self, review):
        if not review.right:
            return super()._found_for(review)
        if review.right != "access":
            return []
        case, person = review.case_id, review.party_id
        is_whole = review._is_to_who_complains()
        found = self._found_in(case) if is_whole else []
        found = [self._found_identity(person), *found] if person else found
        rows = self._rows_of(case, person, is_whole)
        return found + [one for model in rows for one in self._found_rows(model)]

    def _found_identity(self, person):
        """What identifies the person. Of who is protected the custodian keeps it."""
        known = {} if person.is_protected else person._open_identity()[0]
        labels = [
            (person._fields[name]._description_string(self.env), known.get(name))
            for name in person._sealed_fields
        ]
        labels.append((self.env._("Told before"), ", ".join(known.get("former", ()))))
        lines = [f"{label}: {text}" for label, text in labels if text]
        if person.is_protected:
            lines.append(self.env._("Your identity is protected, and not shown here."))
        return self.env._("Who you are"), "\n".join(lines) or "–"

    def _rows_of(self, case, person, is_whole):
        """Recordsets of what hangs on the case, one for each model that has any."""
        found, disposal = [], self.env["complaint.disposal"]
        for name in disposal._models_of_cases():
            if name in MODELS:
                continue
            rows = self.env[name].sudo().browse(disposal._ids_of(name, case))
            if not is_whole:
                rows = rows.filtered(lambda row: self._is_theirs(row, person))
            found.append(rows.sorted("id"))
            # What somebody was asked points at no case: it is reached from here.
            found += [rows[link] for _asked, by, link in ASKED if by == name]
        if is_whole:
            entries = case.journal_ids.filtered("texts").sorted("sequence")
            found += [entries, case.message_ids.sorted("id"), case.activity_ids]
        return [rows for rows in found if rows]

    def _is_theirs(self, row, person):
        """Whether a row is of this person, and of no other; none of no known person."""
        if row._name == "complaint.party":
            return bool(person) and row == person
        if row._name == "complaint.hearing":
            return bool(person.user_id) and row.statement_id.user_id == person.user_id
        owners = [row[name] for name in OWNERS if name in row._fields]
        return bool(person) and any(one == person for one in owners)

    def _found_rows(self, rows):
        """Pairs of a name and a text, for each row that says anything."""
        label = rows._description and self.env["ir.model"]._get(rows._name).name
        for number, row in enumerate(rows, start=1):
            lines = [
                f"{field._description_string(self.env)}: {text}"
                for field in self._told_fields(rows)
                if (text := self._say_value(row, field))
            ]
            if lines:
                name = f"{label} {number}" if len(rows) > 1 else label
                yield name, "\n".join(lines)

    def _told_fields(self, rows):
        """The fields that hold words, choices or days, as far as anybody reads them."""
        if rows._name in WRITTEN:
            return [rows._fields[name] for name in WRITTEN[rows._name]]
        kinds = {*READ, "selection", "date"}
        return [
            field
            for name, field in sorted(rows._fields.items())
            if field.store
            and field.type in kinds
            and field.groups != fields.NO_ACCESS
            and name not in CODES
            and (rows._name, name) not in FIELDS
        ]

    def _is_letter(self, row):
        """Whether it stands among the documents already; a draft does not."""
        is_letter = row._name == "complaint.correspondence"
        return is_letter and (row.direction == "in" or row.state == "sent")

    def _say_value(self, row, field):
        value = row[field.name]
        if not value or (field.name == "body" and self._is_letter(row)):
            return ""
        if field.type == "json":
            labels = row._key_labels()
            return "; ".join(f"{labels.get(key, key)}: {value[key]}" for key in value)
        if field.type == "date":
            return format_date(self.env, value)
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        return html2plaintext(value) if field.type == "html" else str(value)
