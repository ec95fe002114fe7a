import base64

from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.tools import is_html_empty
from odoo.tools.lru import LRU

from odoo.addons.klagebehandling.vocabulary import html_lang

from ... import pdf_engine
from . import questions

# Readable on paper that was folded or got wet: 15 % of it may be missing.
QR = {"barcode_type": "QR", "width": 600, "height": 600, "barLevel": "M"}
# So many blank forms are kept in memory, each of up to 100 KB.
KEPT = 32


class ComplaintUnit(models.Model):
    """What a unit prints for anybody: made of public words only."""

    _inherit = "complaint.unit"

    def _has_blank_form(self):
        return bool(self.sudo().effective_policy_id)

    def _blank_form(self, is_fillable=False):
        """The blank form as PDF, else as the page that it is made of (A-06, B-12)."""
        self.ensure_one()
        unit_sudo = self.sudo()
        if not unit_sudo._has_blank_form():
            return None
        policy_sudo = unit_sudo._paper_policy()
        stamp = unit_sudo.company_id.write_date
        key = (unit_sudo.id, policy_sudo.id, stamp, is_fillable, self.env.lang)
        kept = unit_sudo._kept_forms()
        form = kept.get(key)
        if not form:
            form = kept[key] = unit_sudo._make_blank_form(is_fillable)
        return form

    @api.model
    @tools.ormcache()
    def _kept_forms(self):
        """The blank forms that were asked for last, kept in memory: a stranger asks for
        one, and it takes a quarter of a second.

        Units and procedures forget them all when they change; so does the company by
        the moment of its last change, which is part of the key.
        """
        return LRU(KEPT)

    def _make_blank_form(self, is_fillable):
        values = self._form_document([self], is_fillable)
        name = f"{self.slug or self.id}-{self.env.lang[:2]}"
        html = self._render_sheet("form", values)
        engine = pdf_engine.find()
        if not engine:
            return f"{name}.html", html.encode(), "text/html; charset=utf-8"
        variant = pdf_engine.FILLABLE if is_fillable else pdf_engine.ARCHIVE
        pdf = engine.write_pdf(html, self.env, variant, is_fillable)
        return f"{name}.pdf", pdf, "application/pdf"

    def _render_sheet(self, sheet, values):
        """The page of one of our sheets, outside of Odoo's reports."""
        qweb = self.env["ir.qweb"].with_context(minimal_qcontext=True)
        return str(qweb._render(f"klagebehandling_reports.unit_{sheet}", values))

    def _paper_policy(self):
        """The version of the procedure that binds what is handed in today.

        :raises UserError: where the unit has no procedure
        """
        self.ensure_one()
        if not self.effective_policy_id:
            raise UserError(
                self.env._(
                    "This unit has no procedure yet, so there is nothing to print. "
                    "Choose a procedure for it or for the unit above."
                )
            )
        today = self.effective_policy_id._local(fields.Datetime.now()).date()
        return self.env["complaint.case"]._find_policy(None, self, today)

    # -- the values of the sheets

    def _whole_values(self, policy, title):
        """What the whole document says of itself."""
        lang = self.env.lang or policy.lang
        return {
            "title": title,
            "author": self.company_id.name,
            # QWeb has a "lang" of its own.
            "spoken": lang,
            "html_lang": html_lang(lang),
            "page_words": self.env["complaint.printed"]._page_words(),
            "is_filled": lambda html: not is_html_empty(html),
        }

    def _face_values(self):
        """What of a unit and its procedure stands on each sheet for the public."""
        policy = self._paper_policy()
        head = self._letterhead()
        web, way = self._web_address(), policy._channel("web")
        title = policy.form_title or policy.brand or policy.name
        return {
            **head,
            "policy": policy,
            "title": title,
            "brand": policy.brand or title,
            "body": policy.form_body,
            "place": self.name if self.parent_id else "",
            "web": web,
            "web_said": (way.short_url or web or "").removeprefix("https://"),
            "qr": self._qr(web or way.short_url),
            "ways": [one for one in policy.channel_ids if one.is_offered],
            "paper_way": policy._channel("paper_form"),
            "is_anonymous": any(
                one.anonymity_allowed for one in policy.channel_ids if one.is_offered
            ),
        }

    def _qr(self, address):
        if not address:
            return False
        if "://" not in address:
            address = f"https://{address}"
        barcode = self.env["ir.actions.report"].barcode
        image = barcode(value=address, **QR)
        return f"data:image/png;base64,{base64.b64encode(image).decode()}"

    def _form_document(self, units, is_fillable=False, is_reception=False):
        """What the template of the blank form lays out, for one unit or more."""
        forms = [
            {
                **unit._face_values(),
                "sections": questions.sections(unit, unit._paper_policy()),
                "number": number,
            }
            for number, unit in enumerate(units)
        ]
        first = forms[0]
        return {
            **units[0]._whole_values(first["policy"], first["title"]),
            "forms": forms,
            "is_fillable": is_fillable,
            "is_reception": is_reception,
        }

    def _reception_units(self):
        """The unit and those below that share its procedure: what a reception has."""
        self.ensure_one()
        code = self._paper_policy().code
        below = self.search([("id", "child_of", self.id), ("id", "!=", self.id)])
        fitting = below.filtered(
            lambda unit: unit.is_public and unit.effective_policy_id.code == code
        )
        return self | fitting.sorted("complete_name")

    def _sheet_document(self):
        """What the templates of the card and the poster lay out."""
        face = self._face_values()
        return {**self._whole_values(face["policy"], face["brand"]), "face": face}
