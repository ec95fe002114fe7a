from odoo import api, models


class ComplaintAccessMask(models.Model):
    """The own name is not masked for who asks about the own data."""

    _inherit = "complaint.access.mask"

    @api.model
    def _suggestions(self, review):
        found = super()._suggestions(review)
        person = review.sudo().party_id
        if not review.right or not person or person.is_protected:
            return found
        known, _lost = person._open_identity()
        own = {
            words.casefold()
            for name in person._sealed_fields
            for words in self._spellings(known.get(name), name)
        }
        return {
            words: source
            for words, source in found.items()
            if words.casefold() not in own
        }
