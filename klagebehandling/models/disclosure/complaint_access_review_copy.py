from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError

from ... import masking


class ComplaintAccessReview(models.Model):
    """Builds the copy that is handed out, from masked text and nothing else (M35)."""

    _inherit = "complaint.access.review"

    def _copy_values(self):
        """Adds the copy itself, and by what the rest is kept secret."""
        values = super()._copy_values()
        spoken = self.sudo().with_context(lang=values["spoken"])
        is_out = self.state == "answered"
        return {
            **values,
            "result": is_out and self.result,
            "openness": is_out and self.openness,
            "grounds": spoken._grounds().mapped("display_name") if is_out else [],
            "copy": is_out and self.masked_copy,
        }

    def _grounds(self):
        """By what something of it is kept secret."""
        masks = self.mask_ids.filtered(lambda mask: mask.decision == "mask")
        return self.ground_id if self.is_refused else masks.ground_id

    def _check_decided(self):
        """Refuse what is not decided on yet.

        :raises UserError: for a mask that is open, or anything without its ground
        """
        masks = self.mask_ids
        if self.is_refused:
            if not self.ground_id or not (self.answer or "").strip():
                raise UserError(
                    self.env._("A refusal has a ground, and words to who asked.")
                )
        elif masks.filtered(lambda mask: mask.decision == "open"):
            raise UserError(
                self.env._("Decide on each of the words: mask it, or hand it out.")
            )
        elif masks.filtered(
            lambda mask: mask.decision == "mask" and not mask.ground_id
        ):
            raise UserError(self.env._("Each mask has its ground."))
        elif not any(one.is_included for one in self.document_ids):
            raise UserError(
                self.env._("Nothing would be handed out. Say that it is refused.")
            )
        policy = self._procedure()
        is_kept_back = self._find_result() != "released"
        if policy.is_openness_weighed and is_kept_back and not self.openness:
            raise UserError(self.env._("Write why not more of it is handed out."))

    def _build_copy(self):
        """The documents as HTML, without what is masked.

        :raises UserError: where something that is masked would be in it all the same
        """
        lang = self.sudo().request_id.lang or self._procedure().lang
        masks = self.mask_ids.filtered(lambda mask: mask.decision == "mask")
        words = masks.mapped("words")
        grounds = [
            mask.with_context(lang=lang).sudo().ground_id._cite() for mask in masks
        ]
        documents = self.document_ids.with_context(lang=lang)
        cut = [(one, one._cut(words)) for one in documents]
        self._check_left([part.text for _one, parts in cut for part in parts], words)
        return Markup("").join(one._copy_html(parts, grounds) for one, parts in cut)

    def _check_left(self, texts, words):
        """What is masked stands nowhere, in what the reviewer writes beside neither."""
        notes = self.document_ids.filtered(lambda one: not one.is_included)
        texts = [*texts, self.answer, self.openness, *notes.mapped("note")]
        for text in map(masking.clean, texts):
            if any(masking.places(text, one) for one in words):
                raise UserError(
                    self.env._(
                        "Something that is masked would still be read in the copy, or "
                        "in what you write beside it."
                    )
                )

    def _check_guard(self):
        """Whatever leaves passes the guard, with what was decided on (N12).

        :raises UserError: with each place that nobody has decided on
        """
        if not self.masked_copy:
            return
        outgoing = self.env["complaint.outgoing"]
        pieces = [outgoing._text_piece(self.masked_copy)]
        case = self.sudo().case_id.sudo(False)
        if (self.outgoing_reason or "").strip() and outgoing._undecided(case, pieces):
            outgoing._accept(case, pieces, self.outgoing_reason)
        outgoing._check(case, pieces)
