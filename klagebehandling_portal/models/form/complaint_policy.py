from odoo import models


class ComplaintPolicy(models.Model):
    _inherit = "complaint.policy"

    def _anonymous_ways(self):
        """The ways in which one can be anonymous, with how to use them (B-17)."""
        self.ensure_one()
        ways = self.channel_ids.filtered(
            lambda way: way.is_offered and way.anonymity_allowed
        )
        labels = dict(ways._fields["channel"]._description_selection(self.env))
        return [
            {"name": labels[way.channel], "instructions": way.instructions}
            for way in ways
        ]

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
