import functools

from babel.units import format_unit
from lxml.html import fragments_fromstring, tostring
from markupsafe import Markup, escape

from odoo import api, models
from odoo.http import request
from odoo.tools import format_date, get_lang, is_html_empty
from odoo.tools.misc import babel_locale_parse

from odoo.addons.klagebehandling.limits import MEGABYTE
from odoo.addons.klagebehandling.vocabulary import language_names

from ... import assets
from ...page_headers import LANGUAGES, NORWEGIAN

# What files are measured in, the largest first.
UNITS = ((MEGABYTE, "megabyte"), (MEGABYTE // 1024, "kilobyte"))


@functools.lru_cache(maxsize=128)
def _split_opening(text):
    """As ``_opening``; kept, as each page asks for the same words of procedures."""
    blocks = [one for one in fragments_fromstring(text) if _is_said(one)]
    parts = [
        escape(one)
        if isinstance(one, str)
        else Markup(tostring(one, encoding="unicode"))
        for one in blocks
    ]
    return Markup("").join(parts[:1]), Markup("").join(parts[1:])


def _is_said(block):
    if isinstance(block, str):
        return bool(block.strip())
    # A comment has no name of a tag.
    return isinstance(block.tag, str) and bool(block.text_content().strip())


class ComplaintPortalPage(models.AbstractModel):
    """What all public pages share: their document, their language, their errors."""

    _name = "complaint.portal.page"
    _description = "Public complaint page"

    @api.model
    def _languages(self):
        """The languages a page can be read in: short name, code and own name."""
        installed = dict(language_names(self.env["res.lang"].get_installed()))
        return [
            (short, code, installed[code])
            for short, code in LANGUAGES.items()
            if code in installed
        ]

    @api.model
    def _choose_language(self, asked, preferred=None):
        """The code of the asked language, else the preferred, else the browser's, else
        that of the company.

        :param asked: short name from the address, anything
        :param preferred: code of the language of the procedure
        """
        codes = {short: code for short, code, _name in self._languages()}
        accepted = [
            NORWEGIAN.get(code.lower()[:2], code.lower()[:2])
            for code in request.httprequest.accept_languages.values()
        ]
        wishes = [codes.get(asked), preferred, *(codes.get(one) for one in accepted)]
        chosen = next((one for one in wishes if one in codes.values()), None)
        return chosen or get_lang(self.with_context(lang=None).env).code

    @api.model
    def _language_of(self, record, name, written):
        """The short language of a text, where it is not that of the page.

        A screen reader must know it (WCAG 3.1.2).

        :param written: code of the language it is written in, and maybe no other
        :return: such as ``sv``; ``None`` for a text in the language of the page
        """
        spoken = (self.env.lang or "en_US").partition("_")[0]
        own = written.partition("_")[0]
        if own == spoken or not record[name]:
            return None
        is_same = record.with_context(lang=written)[name] == record[name]
        return own if is_same else None

    @api.model
    def _html(self, template, values):
        """Render one of our templates as a whole document."""
        lang = self.env.lang or "en_US"
        values = {
            "language": lang.partition("_")[0],
            "languages": [],
            "title": "",
            "has_errors": False,
            "is_filled": lambda html: not is_html_empty(html),
            "opening": self._opening,
            "asset": assets.address,
            "day": lambda date: format_date(self.env, date, date_format="long"),
            **values,
        }
        # Ours use nothing of what Odoo adds for every template, the user among it.
        view = self.env["ir.ui.view"].with_context(minimal_qcontext=True)
        html = view._render_template(f"klagebehandling_portal.{template}", values)
        return Markup("<!DOCTYPE html>\n") + html

    @api.model
    def _opening(self, text):
        """The first paragraph of a text, which is always shown, and the rest of it.

        :param text: HTML, sanitized already
        """
        return _split_opening(text or "")

    @api.model
    def _say_size(self, size):
        """How large a file is, in the numbers of the page's language.

        :param size: bytes
        """
        locale = babel_locale_parse(self.env.lang)
        for limit, unit in UNITS:
            if size >= limit:
                return format_unit(round(size / limit, 1), unit, "short", locale=locale)
        return format_unit(size, "byte", locale=locale)

    @api.model
    def _error_html(self, code, pairs=(), action=None):
        """A readable page for a request that failed with a status.

        :param pairs: names and texts of what was typed, which the page gives back
        :param action: where it is sent on
        """
        asked = request.httprequest.args.get("lang")
        page = self.with_context(lang=self._choose_language(asked))
        title, text = page._error_words(code)
        values = {"title": title, "text": text, "pairs": pairs, "action": action}
        return page._html("error_page", values)

    def _error_words(self, code):
        if code == 404:
            return (
                self.env._("This page does not exist"),
                self.env._("Check the address, or start from the list of forms."),
            )
        if code == 413:
            return (
                self.env._("What you sent is too large"),
                self.env._(
                    "Nothing has been stored. Take away the largest file and send once "
                    "more."
                ),
            )
        if code >= 500:
            return (
                self.env._("Something went wrong on our side"),
                self.env._(
                    "Nothing has been stored. Send once more in a little while. If "
                    "that fails too, contact us in another way."
                ),
            )
        return (
            self.env._("We could not understand the request"),
            self.env._("Nothing has been stored. Send once more."),
        )
