import base64

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ... import masking
from ...roles import DISCLOSERS
from ...vocabulary import html_lang


class ComplaintAccessReview(models.Model):
    """Builds the copy that is handed out, from masked text and nothing else (M35)."""

    _inherit = "complaint.access.review"

    copy_file = fields.Binary(
        compute="_compute_copy_file", attachment=False, groups=DISCLOSERS
    )
    copy_name = fields.Char(compute="_compute_copy_name", groups=DISCLOSERS)

    @api.depends("masked_copy", "answered_on")
    def _compute_copy_file(self):
        for review in self:
            is_out = review.masked_copy and review.state == "answered"
            content = is_out and review._lay_out_copy()
            review.copy_file = bool(content) and base64.b64encode(content)

    @api.depends("reference")
    def _compute_copy_name(self):
        for review in self:
            review.copy_name = f"{review.reference}.{review._copy_kind()}"

    def action_open_copy(self):
        """Download what was handed out, to send it where who asked wants it.

        :raises UserError: before it is answered, or where nothing was handed out
        """
        self.ensure_one()
        self.check_access("read")
        if self.state != "answered" or not self.masked_copy:
            raise UserError(self.env._("Nothing is handed out yet."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/copy_file"
            "?download=true&filename_field=copy_name",
            "target": "download",
        }

    def _copy_kind(self):
        """Hook: the ending of the file that ``_lay_out_copy`` makes."""
        return "html"

    def _lay_out_copy(self):
        """Hook: the copy as a file, bytes. Here a page that any browser reads aloud."""
        values = self._copy_values()
        qweb = self.env["ir.qweb"].with_context(
            lang=values["spoken"], minimal_qcontext=True
        )
        html = qweb._render("klagebehandling.access_copy_page", values)
        return (Markup("<!DOCTYPE html>\n") + html).encode()

    def _copy_values(self):
        """What the template lays out: nothing that is not in the copy."""
        request_sudo = self.sudo().request_id
        lang = request_sudo.lang or self._procedure().lang
        spoken = self.sudo().with_context(lang=lang)
        masks = spoken.mask_ids.filtered(lambda mask: mask.decision == "mask")
        return {
            "spoken": lang,
            "html_lang": html_lang(lang),
            "organisation": request_sudo.company_id.name,
            "reference": request_sudo.reference,
            "answered": format_date(spoken.env, self.answered_on, date_format="long"),
            "answer": self.answer,
            "grounds": masks.ground_id.mapped("display_name"),
            "copy": self.masked_copy,
        }

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
            mask.with_context(lang=lang).sudo().ground_id.display_name for mask in masks
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
