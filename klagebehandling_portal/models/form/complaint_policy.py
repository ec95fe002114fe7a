from odoo import models
from odoo.tools import format_date


class ComplaintPolicy(models.Model):
    _inherit = "complaint.policy"

    def _form_title(self):
        """The heading of the public form: its own, else what the public knows."""
        return self.form_title or self.brand or self.name

    def _other_ways(self):
        """The offered ways beside the form, with how to use them (B-17).

        :return: dicts with ``name``, ``instructions``, ``address`` (of ``_address``)
            and ``is_anonymous``
        """
        self.ensure_one()
        ways = self.channel_ids.filtered(
            lambda way: way.is_offered and way.channel != "web"
        )
        labels = dict(ways._fields["channel"]._description_selection(self.env))
        return [
            {
                "name": labels[way.channel],
                "instructions": way.instructions,
                "address": way._address(),
                "is_anonymous": way.anonymity_allowed,
            }
            for way in ways
        ]

    def _adoption(self):
        """Who adopted the procedure, when, and under which number: lines of text."""
        self.ensure_one()
        steps = (
            (self.adopting_body, self.adopted_on),
            (self.recommending_body, self.recommended_on),
        )
        lines = [
            ", ".join(filter(None, (body, day and format_date(self.env, day))))
            for body, day in steps
        ]
        return [line for line in (*lines, self.decision_reference) if line]

    def _words_language(self):
        """The short language of the procedure's texts where they are not translated.

        A screen reader must know it (WCAG 3.1.2); ``None`` where they are in the
        language of the page.
        """
        self.ensure_one()
        own = self.with_context(lang=self.lang)
        page_lang = (self.env.lang or "en_US").partition("_")[0]
        own_lang = self.lang.partition("_")[0]
        names = ("purpose", "welcome_text", "protection_text", "privacy_text")
        is_same = all(own[name] == self[name] for name in names)
        return own_lang if is_same and own_lang != page_lang else None
