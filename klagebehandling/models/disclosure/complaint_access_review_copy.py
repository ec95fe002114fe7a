from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ... import masking
from ...roles import DISCLOSERS


class ComplaintAccessReview(models.Model):
    """Builds the copy that is handed out, from masked text and nothing else (M35).

    What is masked or refused has a ground that keeps something secret here.
    """

    _inherit = "complaint.access.review"

    fitting_ground_ids = fields.Many2many(
        "complaint.law", compute="_compute_fitting_ground_ids", groups=DISCLOSERS
    )

    @api.depends("request_id")
    def _compute_fitting_ground_ids(self):
        laws = self.env["complaint.law"]
        for review in self:
            policy = review._procedure()
            review.fitting_ground_ids = laws._grounds_under(policy)

    @api.constrains("ground_id")
    def _check_ground_id(self):
        for review in self:
            review.ground_id._check_grounds(review._procedure())

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
        is_kept_back = self._find_result() != "released"
        if is_kept_back and self._weighs_openness() and not self.openness:
            raise UserError(self.env._("Write why not more of it is handed out."))

    def _weighs_openness(self):
        """Hook: whether what may be kept back is handed out unless somebody says why
        not."""
        return self._procedure().is_openness_weighed

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
