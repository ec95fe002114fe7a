"""Answers below ``/klage`` while the database is away: 503, try again.

Odoo looks for a page that needs no database then, finds none and says 404, as if the
organisation took no complaints. The answer here needs no database either: its words
come from the files of translations.
"""

import functools

from markupsafe import Markup

from odoo.http import RegistryError, Request, Response, db_list
from odoo.tools.translate import LazyTranslate

from . import assets, typed
from .log_filter import OURS
from .page_headers import HEADERS, LANGUAGES, NORWEGIAN

_lt = LazyTranslate(__name__)
RETRY_AFTER = 60
TITLE = _lt("We cannot be reached at the moment")
TEXT = _lt(
    "Nothing has been stored. Try again in a few minutes. If that fails too, contact "
    "us in another way."
)
KEPT = _lt("What you wrote is kept in this page. Only files have to be chosen again.")
AGAIN = _lt("Go on with what you wrote")
PAGE = Markup(
    '<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8"/>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"/>'
    '<title>{title}</title><link rel="stylesheet" '
    'href="{css}"/></head>'
    '<body><main id="main"><h1>{title}</h1><p>{text}</p>{form}</main></body></html>'
)
FORM = Markup(
    '<form method="post" enctype="multipart/form-data" action="{action}" '
    'autocomplete="off">{fields}<p>{kept}</p><p class="actions"><button type="submit" '
    'class="primary" name="show" value="form">{again}</button></p></form>'
)
FIELD = Markup('<input type="hidden" name="{}" value="{}"/>')


def page(httprequest):
    """The answer, in the asked language, else the browser's."""
    asked = [httprequest.args.get("lang", ""), *httprequest.accept_languages.values()]
    short = [NORWEGIAN.get(one[:2].lower(), one[:2].lower()) for one in asked]
    lang = next((LANGUAGES[one] for one in short if one in LANGUAGES), "en_US")
    html = PAGE.format(
        lang=lang.partition("_")[0],
        css=assets.address("css/portal.css"),
        title=TITLE._translate(lang),
        text=TEXT._translate(lang),
        form=_form(httprequest, lang),
    )
    headers = {**HEADERS, "Retry-After": str(RETRY_AFTER)}
    return Response(html, 503, headers, content_type="text/html; charset=utf-8")


def _form(httprequest, lang):
    """What was typed, as a form that goes on with it; empty where nothing was."""
    pairs = typed.pairs(httprequest)
    if not pairs:
        return ""
    return FORM.format(
        action=httprequest.full_path,
        fields=Markup("").join(FIELD.format(*pair) for pair in pairs),
        kept=KEPT._translate(lang),
        again=AGAIN._translate(lang),
    )


def install():
    """Stand in front of Odoo's two ways of serving, once."""
    if not hasattr(Request, "is_database_away"):
        Request.is_database_away = False
        Request._serve_db = _notice(Request._serve_db)
        Request._serve_nodb = _answer(Request._serve_nodb)


def _notice(serve):
    @functools.wraps(serve)
    def _serve_db(self):
        try:
            return serve(self)
        except RegistryError:
            self.is_database_away = True
            raise

    return _serve_db


def _answer(serve):
    @functools.wraps(serve)
    def _serve_nodb(self):
        if OURS.match(self.httprequest.path) and _is_away(self):
            return page(self.httprequest)
        return serve(self)

    return _serve_nodb


def _is_away(request):
    """Whether there is no database; one that was only not chosen is none of ours."""
    return request.is_database_away or not db_list(force=True)
