import re

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...vocabulary import KINDS

SPOKEN = "spoken"
# What a text may ask for, and nothing else of the case goes into it.
PLACES = ("reference", "complainant", "handler", "unit", "organisation", "expected")
PLACE = re.compile(rf"\s?\[({'|'.join(PLACES)})\]")


class ComplaintWording(models.Model):
    """A standard text of an organisation, or of a written procedure.

    It is offered where it fits: by its use, and by kind, procedure and language where
    it names them. What is shared is changed by nobody; a copy is.
    """

    _name = "complaint.wording"
    _inherit = "complaint.owned"
    _description = "Standard text"
    _order = "sequence, id"

    name = fields.Char(required=True)
    use = fields.Selection(
        [
            (SPOKEN, "When a person is met or calls"),
            ("acknowledgement", "Acknowledgement of receipt"),
            ("update", "Progress update"),
            ("reply", "Reply"),
            ("redirect", "Notice of redirection"),
            ("message", "Message"),
        ],
        required=True,
        default="reply",
    )
    kind = fields.Selection(KINDS, help="Only for this kind; for all without one.")
    policy_code = fields.Char(
        string="Procedure",
        help="The code of the procedure whose words they are; for all without one.",
    )
    lang = fields.Selection(
        "_get_languages", string="Language", help="For all languages without one."
    )
    body = fields.Html(
        string="Text",
        required=True,
        help="[reference], [complainant], [handler], [unit], [organisation] and "
        "[expected] are filled in from the case.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: not self.env.su and self.env.company,
        help="Without one it is shared by all, and changed by nobody.",
    )
    is_of_use = fields.Boolean(
        string="Of a procedure in use",
        compute="_compute_is_of_use",
        search="_search_is_of_use",
        compute_sudo=False,
        help="Of no procedure, or of one that a chosen company has.",
    )

    @api.model
    def _get_languages(self):
        return self.env["complaint.policy"]._get_languages()

    @api.depends("policy_code")
    @api.depends_context("allowed_company_ids")
    def _compute_is_of_use(self):
        codes = self._codes_of_use()
        for wording in self:
            wording.is_of_use = (wording.policy_code or False) in codes

    def _search_is_of_use(self, operator, value):
        if operator != "in":
            return NotImplemented
        of_use = Domain("policy_code", "in", self._codes_of_use())
        return of_use if True in value else ~of_use

    @api.model
    def _codes_of_use(self):
        """The codes of the procedures that the chosen companies have, and none."""
        policies_sudo = self.env["complaint.policy"].sudo()
        domain = [("company_id", "in", self.env.companies.ids)]
        rows = policies_sudo._read_group(domain, ["code"])
        return [False, *(code for (code,) in rows)]

    @api.model
    def _fitting(self, use, company, policy, kind, lang):
        """The texts that fit, those of the organisation and of its procedure.

        :param use: one of the uses
        :param policy: the version of the procedure that binds
        """
        domain = Domain("use", "=", use)
        for name, value in (
            ("company_id", company.id),
            ("policy_code", policy.sudo().code),
            ("kind", kind),
            ("lang", lang),
        ):
            domain &= Domain(name, "in", [False, value])
        return self.search(domain)

    def _fill(self, case):
        """The text with what the user may know of the case in its places: markup.

        Of whom nobody may know, the place stays empty.
        """
        self.ensure_one()
        known = self._known(case)
        return Markup(
            PLACE.sub(lambda place: self._put(place, known), str(self.body or ""))
        )

    @api.model
    def _put(self, place, known):
        """What stands in a place, with the space before it where there was one."""
        text = known.get(place[1])
        before = " " if place[0].startswith((" ", "\u00a0", "\n")) else ""
        return f"{before}{escape(text)}" if text else ""

    @api.model
    def _known(self, case):
        is_named = case.anonymity == "open"
        return {
            "reference": case.reference,
            "complainant": is_named and case._recipient().sudo(False).display_name,
            "handler": case.handler_id.sudo().name,
            "unit": case.unit_id.sudo().name,
            "organisation": case.company_id.sudo().name,
            "expected": case.expected_on
            and format_date(self.env, case.expected_on, lang_code=case.lang),
        }
