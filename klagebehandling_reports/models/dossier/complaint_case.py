from odoo import models
from odoo.tools import format_date, is_html_empty

from odoo.addons.klagebehandling.vocabulary import TO_PERSON, html_lang

from ... import paper
from . import parts

# What was sent, as it is registered; of it the texts stand by themselves.
SENT = (
    "received_at",
    "channel",
    "kind",
    "unit_id",
    "category_ids",
    "place_type",
    "event_date",
    "event_until",
    "event_words",
    "wanted_people",
    "interpreter_language",
)
TEXTS = ("title", "description", "desired_outcome")
# How somebody was helped to say it.
HELPED = ("assisted_by_id", "is_read_back", "is_copy_given", "is_informed")


class ComplaintCase(models.Model):
    """What of a case is laid out on paper: what the user may read, and no more."""

    _inherit = "complaint.case"

    def _printed_rows(self, names):
        """Pairs of the label and the words of those fields that hold something."""
        rows = []
        for name in names:
            field = self._fields[name]
            if self._has_field_access(field, "read") and self[name]:
                words = self._printed_value(field, self[name])
                rows.append((field._description_string(self.env), words))
        return rows

    def _printed_value(self, field, value):
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, "")
        if field.type == "datetime":
            return self._say_day(value)
        if field.type == "date":
            return format_date(self.env, value, date_format="long")
        if field.type == "boolean":
            return self.env._("Yes")
        if field.relational:
            return ", ".join(value.sudo().mapped("display_name"))
        return value

    def _sheet_frame(self, sheet, lang):
        """What the template lays out around each document of a case, in a language."""
        case = self.with_context(lang=lang)
        papers = case.env["complaint.case.paper"]
        return {
            "sheet": sheet,
            "spoken": lang,
            "title": dict(papers._fields["sheet"]._description_selection(case.env))[
                sheet
            ],
            "html_lang": html_lang(lang),
            "author": case.company_id.sudo().name,
            "page_words": papers.env["complaint.printed"]._page_words(),
            "face": case.unit_id._letterhead(case.company_id),
            "reference": case.reference,
            "registry_number": case.drawn_number,
            "today": case._say_day(case._today()),
            "fit": paper.fit,
        }

    def _receipt_values(self):
        """What the person keeps: a copy of all that was sent, and what follows (A-09).

        Whoever is protected is not named: the person knows the own name.
        """
        policy = self.policy_id.sudo().with_context(lang=self.env.lang)
        answer = self._fields["reply_channel"]._description_string(self.env)
        rows = [
            *self._printed_rows(SENT),
            (answer, self._say_reach(self.env["complaint.party"])),
            *self._people_sent(),
        ]
        helped = self.assisted_by_id and self._printed_rows(HELPED)
        files = self.original_ids.filtered(lambda one: not one.correspondence_id)
        return {
            "sent_rows": rows,
            "texts": self._printed_rows(TEXTS),
            "files": [one.attachment_id.name or one.display_name for one in files],
            "helped_rows": helped or [],
            "promises": parts.promises(self, TO_PERSON),
            "told": [
                text
                for text in (policy.copy_text, policy.steps_text)
                if not is_html_empty(text)
            ],
        }

    def _people_sent(self):
        """Who was named by the person as the own side: of whom the user may know."""
        people = self.env["complaint.party"].search(
            [
                ("case_id", "=", self.id),
                ("role", "in", ("complainant", "service_user", "representative")),
                ("is_protected", "=", False),
            ],
            order="id",
        )
        rows = []
        for person in people:
            town = " ".join(filter(None, (person.zip, person.city)))
            words = [person.name, person.street, town, person.phone, person.email]
            if any(words):
                label = parts.say(person, "role")
                rows.append((label, ", ".join(filter(None, words))))
        return rows

    def _notice_values(self):
        """What may be said at the staff meeting, and until when (A-26, A-27)."""
        rows = self.deadline_ids.filtered(lambda row: row.milestone == "inform_staff")
        rows = rows - self.deadline_ids.extends_id
        return {
            "notice": self.sudo()._staff_notice(),
            "until": self._say_day(rows[-1:].due_on) if rows else "",
        }

    def _file_values(self, has_notes=False, has_journal=False):
        """The case as a file: index, timeline, documents, as the user reads it."""
        return parts.lay_out(self, has_notes, has_journal)
