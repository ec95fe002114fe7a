from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ... import masking
from ...roles import DISCLOSERS
from .complaint_access_answered import disclosers

SOURCES = [
    ("own", "Written by the reviewer"),
    ("name", "Name"),
    ("personal", "Personal number"),
    ("email", "E-mail"),
    ("phone", "Phone"),
    ("address", "Address"),
]
DECISIONS = [("open", "Undecided"), ("mask", "Mask"), ("release", "Hand out")]
WRITTEN = {"words", "decision", "ground_id", "note"}


class ComplaintAccessMask(models.Model):
    """Words of the documents under review: masked with their ground, or handed out.

    They stand for every place where the words are. What the program suggests is decided
    on by a person, before anything leaves.
    """

    _name = "complaint.access.mask"
    _inherit = ["complaint.case.part"]
    _description = "Words under review"
    _order = "review_id, id"
    _readers = disclosers("review_id.")
    _words = ("words", "note")

    review_id = fields.Many2one(
        "complaint.access.review", required=True, index=True, ondelete="cascade"
    )
    case_id = fields.Many2one(
        related="review_id.case_id", store=True, required=False, ondelete=None
    )
    words = fields.Text(groups=DISCLOSERS)
    source = fields.Selection(SOURCES, required=True, readonly=True, default="own")
    decision = fields.Selection(DECISIONS, required=True, default="open")
    ground_id = fields.Many2one("complaint.law", ondelete="restrict")
    note = fields.Char(string="Note to the file", groups=DISCLOSERS)
    place_count = fields.Integer(string="Places", compute="_compute_place_count")
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    @api.depends("words", "review_id.document_ids.text")
    def _compute_place_count(self):
        for mask in self:
            texts = mask.sudo().review_id.document_ids.mapped("text")
            mask.place_count = sum(
                len(masking.places(text or "", mask.words or "")) for text in texts
            )

    @api.constrains("ground_id")
    def _check_ground_id(self):
        for review, masks in self.grouped("review_id").items():
            masks.ground_id._check_grounds(review._procedure())

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        if self.env.su:
            return
        reviews = self.review_id
        for vals in vals_list:
            if operation == "create":
                reviews |= reviews.browse(vals.get("review_id"))
        if any(review.state != "found" for review in reviews):
            raise ValidationError(
                self.env._("The review is done. Reopen it to change what is masked.")
            )
        reviews.sudo().case_id.sudo(False).check_access("write")

    def _writable(self):
        return super()._writable() | WRITTEN

    @api.model
    def _creatable(self):
        return {"review_id"} | WRITTEN

    @api.model
    def _suggestions(self, review):
        """What may tell of somebody in the documents of a review; as superuser.

        Nobody who is protected: a name that is suggested would be told as theirs.

        :return: dict from words to where they come from, the persons of the case first
        """
        text = "\n".join(one.text or "" for one in review.document_ids)
        found = {}
        people = review.case_id.party_ids.filtered(lambda one: not one.is_protected)
        for person in people:
            known, _lost = person._open_identity()
            for name, source in (
                ("name", "name"),
                ("email", "email"),
                ("phone", "phone"),
                ("street", "address"),
            ):
                for words in self._spellings(known.get(name), source):
                    if masking.places(text, words):
                        found.setdefault(words, source)
        return found | {
            words: source
            for words, source in masking.suggest(text).items()
            if words not in found
        }

    @api.model
    def _spellings(self, value, source):
        """What is looked for: of a name also each word of it."""
        value = (value or "").strip()
        words = [one for one in value.split() if len(one) > 1]
        return filter(None, [value, *(words if source == "name" else [])])
