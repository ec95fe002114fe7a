from odoo import api, models


class ComplaintAccessMask(models.Model):
    """For who asks about the own data neither the own name is masked, nor a number of
    the case that looks like a phone's."""

    _inherit = "complaint.access.mask"

    @api.model
    def _suggestions(self, review):
        found = super()._suggestions(review)
        if not review.right:
            return found
        case, person = review.sudo().case_id, review.sudo().party_id
        numbers = (case.reference, case.registry_number, case.external_number)
        own = {(number or "").casefold() for number in numbers}
        if person and not person.is_protected:
            known, _lost = person._open_identity()
            own |= {
                words.casefold()
                for name in person._sealed_fields
                for words in self._spellings(known.get(name), name)
            }
        return {
            words: source
            for words, source in found.items()
            if words.casefold() not in own
        }
