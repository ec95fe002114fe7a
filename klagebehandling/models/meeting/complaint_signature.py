from secrets import token_hex

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...roles import READERS
from ...sealing import keyring


class ComplaintSignature(models.Model):
    """One signature under one version of minutes, or a refusal with its remark.

    Of who signs by name the typed name and a drawn signature are kept sealed; of who
    is not to be known there is no name, and a day.
    """

    _name = "complaint.signature"
    _inherit = ["complaint.case.part", "complaint.sealed"]
    _description = "Signature under minutes"
    _order = "id"
    _rec_name = "side"
    _sealed_column = "name_sealed"
    _words = ("remark",)

    minutes_id = fields.Many2one(
        "complaint.minutes",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    case_id = fields.Many2one(
        related="minutes_id.case_id",
        store=True,
        precompute=True,
        required=False,
        ondelete=None,
    )
    side = fields.Selection(
        [("organisation", "For the organisation"), ("complainant", "Complainant")],
        required=True,
        readonly=True,
    )
    way = fields.Selection(
        [
            ("account", "Signed in here"),
            ("portal", "On the own page, by typed name"),
            ("code", "With the receipt code"),
            ("on_site", "On site, before a witness"),
            ("paper", "On paper, before a witness"),
        ],
        required=True,
        readonly=True,
    )
    is_drawn = fields.Boolean(
        string="By a drawn code",
        readonly=True,
        help="Drawn in place of a code that others may know.",
    )
    is_refused = fields.Boolean(string="Not signed", readonly=True)
    remark = fields.Text(string="Why not", readonly=True, groups=READERS)
    signed_at = fields.Datetime(
        string="Signed", required=True, readonly=True, default=fields.Datetime.now
    )
    digest = fields.Char(
        string="Fingerprint that was signed", required=True, readonly=True
    )
    user_id = fields.Many2one(
        "res.users",
        string="By",
        readonly=True,
        ondelete="restrict",
        help="Who signed for the organisation, or entered what the complainant did.",
    )
    witness_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    name_sealed = fields.Text(groups=fields.NO_ACCESS, copy=False)
    name = fields.Char(compute="_compute_name", groups=READERS, help="As it was typed.")
    words_salt = fields.Char(
        groups=fields.NO_ACCESS, copy=False, default=lambda _self: token_hex(16)
    )
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    _once = models.UniqueIndex(
        "(minutes_id, side) WHERE is_refused IS NOT TRUE",
        "This version has been signed already.",
    )
    _witnessed = models.Constraint(
        "CHECK ((way IN ('on_site', 'paper')) = (witness_id IS NOT NULL))",
        "What is signed on site or on paper has a witness.",
    )
    _nameless_code = models.Constraint(
        "CHECK (way <> 'code' OR name_sealed IS NULL)",
        "Who signs with the code is not asked for a name.",
    )

    @api.depends("name_sealed", "user_id")
    def _compute_name(self):
        if not self.env.su:
            self._origin.check_access("read")
        for one in self:
            name = one._person().get("name")
            if one.side == "organisation":
                name = one.user_id.sudo().name
            one.name = name or False

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A signature stays. Write a new version."))

    def _seal_person(self, sealed):
        """Keep a name or a drawn signature, sealed.

        :param sealed: dict with ``name`` and ``image`` (base64), or nothing
        """
        if sealed and any(sealed.values()):
            self.name_sealed = keyring.encrypt(sealed)

    def _person(self):
        """What is sealed here; nothing where it is erased or no key opens it."""
        return self._open_typed()

    def _log_signature(self, is_whole):
        """Enter it in the journal, bound as it is."""
        binds = self.env["complaint.bound"]._signature_digests(self)
        told = {
            "row": self.id,
            "side": self.side,
            "way": self.way,
            "version": self.minutes_id.version,
            "digest": self.digest,
            "binds": binds,
        }
        if self.witness_id:
            told["witness"] = self.witness_id.id
        if self.is_refused:
            self.case_id._log("minutes_refused", **told)
        else:
            self.case_id._log("minutes_signed", is_whole=is_whole, **told)

    def _document_lines(self):
        """The signatures as the document has them, in the language of the context."""
        ways = dict(self._fields["way"]._description_selection(self.env))
        sides = dict(self._fields["side"]._description_selection(self.env))
        lines = []
        for one in self.sudo().sorted("id"):
            lines.append(
                {
                    "side": sides[one.side],
                    "name": one.name or "",
                    "how": one._say_how(ways),
                    "is_refused": one.is_refused,
                    "remark": one.remark or "",
                    "image": one._person().get("image", ""),
                }
            )
        return lines

    def _say_how(self, ways):
        """The way and the day, and who was there to see it."""
        local = self.case_id.policy_id._local(self.signed_at).date()
        day = format_date(self.env, local, date_format="long")
        how = f"{ways[self.way]}, {day}"
        if self.is_drawn:
            return self.env._(
                "%(how)s. With a code drawn in place of one that others may know",
                how=how,
            )
        if not self.witness_id:
            return how
        return self.env._(
            "%(how)s. Witness: %(name)s", how=how, name=self.witness_id.name
        )
