import re

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date, html2plaintext

from ... import masking
from ...roles import DISCLOSERS
from .complaint_access_answered import disclosers

# Odoo would write it as signs in the text.
STRESS = re.compile(r"</?(?:b|strong|em|i)\b[^>]*>")
# Of files those whose words are words: the rest is pictures of words, and sound.
TEXT_TYPES = ("text/plain", "text/csv", "text/markdown")


class ComplaintAccessDocument(models.Model):
    """One document of a case that is asked for, as text.

    A file that is no text is left out with a note: a scan, a photo or a sound is never
    painted over. The text is what stood there when it was searched for.
    """

    _name = "complaint.access.document"
    _inherit = ["complaint.case.part"]
    _description = "Document that is asked for"
    _order = "review_id, sequence, id"
    _readers = disclosers("review_id.")
    _words = ("text", "note")

    review_id = fields.Many2one(
        "complaint.access.review", required=True, readonly=True, index=True
    )
    case_id = fields.Many2one(
        related="review_id.case_id", store=True, required=False, ondelete=None
    )
    sequence = fields.Integer()
    name = fields.Char(string="Document", readonly=True)
    text = fields.Text(readonly=True, groups=DISCLOSERS)
    is_text = fields.Boolean(readonly=True)
    is_included = fields.Boolean(string="Handed out")
    note = fields.Text(
        string="Why it is left out", groups=DISCLOSERS, help="Stands in the copy."
    )
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    _included_text = models.Constraint(
        "CHECK (is_text OR is_included IS NOT TRUE)",
        "Only text can be masked. What is no text is left out.",
    )

    def _writable(self):
        names = super()._writable()
        is_open = all(one.review_id.state == "found" for one in self)
        is_mine = self.sudo().case_id.sudo(False).has_access("write")
        return names | {"is_included", "note"} if is_open and is_mine else names

    @api.model
    def _gather(self, review):
        """Keep what the case of a review holds, as superuser, oldest first."""
        lang = review.request_id.lang or review.case_id.policy_id.lang
        found = self.with_context(lang=lang)._found_in(review.case_id)
        return self.create(
            [
                {
                    "review_id": review.id,
                    "sequence": number,
                    "name": name,
                    "text": masking.clean(text),
                    "is_text": text is not None,
                    "is_included": text is not None,
                    "note": text is None
                    and self.with_context(lang=lang)._say_no_text(),
                }
                for number, (name, text) in enumerate(found, start=1)
            ]
        )

    def _found_in(self, case):
        """Pairs of a name that tells nothing and a text; ``None`` where it is none."""
        day = format_date(self.env, case._received_on())
        name = self.env._("What was written to us, %(day)s", day=day)
        found = [(name, f"{case.title or ''}\n\n{case.description or ''}".strip())]
        letters = case.correspondence_ids.filtered(
            lambda letter: letter.direction == "in" or letter.state == "sent"
        )
        for letter in letters.sorted("id"):
            day = format_date(self.env, letter._entry_day())
            name = self.env._("Letter, %(day)s", day=day)
            found.append((name, html2plaintext(STRESS.sub("", letter.body or ""))))
        found += self._minutes_of(case)
        files = case.original_ids.attachment_id
        for number, file in enumerate(files.sorted("id"), start=1):
            # By number: the name of a file is somebody's words, or somebody's name.
            name = self.env._("File %(number)s", number=number)
            is_text = file.mimetype in TEXT_TYPES
            text = (file.raw or b"").decode("utf-8", "replace") if is_text else None
            found.append((name, text))
        return found

    def _minutes_of(self, case):
        """The minutes of the case as they read last, once they were frozen."""
        frozen = case.minutes_ids.filtered("content_sealed")
        for minutes in frozen.filtered("is_latest").sorted("id"):
            if not minutes._is_readable():
                continue
            qweb = self.env["ir.qweb"].with_context(minimal_qcontext=True)
            values = minutes.with_context(lang=self.env.lang)._document_values()
            text = html2plaintext(qweb._render("klagebehandling.minutes_body", values))
            day = format_date(self.env, values["held_on"])
            yield self.env._("Minutes of a meeting, %(day)s", day=day), text

    def _say_no_text(self):
        return self.env._(
            "This file is a picture, a sound or laid out, and cannot be masked safely. "
            "It is left out."
        )

    def _cut(self, words):
        """The text without some words, as pieces of ``masking``; none if left out."""
        return masking.cut(self.text or "", words) if self.is_included else []

    def _copy_html(self, pieces, grounds):
        """The document as it is handed out, in the language of the context."""
        head = Markup("<h3>{}</h3>").format(self.name)
        if not self.is_included:
            note = self.note or self.env._("Left out.")
            return head + Markup("<p><em>{}</em></p>").format(note)
        said = [self.env._("masked: %(ground)s", ground=one) for one in grounds]
        parts = [
            Markup("{}").format(one.text)
            if one.mask is None
            else Markup("<strong>[{}]</strong>").format(said[one.mask])
            for one in pieces
        ]
        lines = Markup("").join(parts).split("\n")
        return head + Markup("").join(
            Markup("<p>{}</p>").format(line) for line in lines if line.strip()
        )
