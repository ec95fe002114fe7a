"""PDF by WeasyPrint. Importing this fails where WeasyPrint or Pango is missing."""

import logging
import mimetypes
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup

from odoo.tools.misc import file_open

from . import accessible

try:
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse
except ImportError as error:
    raise ImportError("WeasyPrint 68 or newer is not installed") from error

# What WeasyPrint logs quotes addresses and pictures that stand in the document.
logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
logging.getLogger("weasyprint.progress").setLevel(logging.CRITICAL)

# Reserved for ever (RFC 2606): a relative address resolves to nowhere else.
HOST = "odoo.invalid"
STYLE = "/klagebehandling_reports/static/src/css/print.css"
STATIC = re.compile(r"/([a-z][a-z0-9_]*)/(static/[\w@+.-]+(?:/[\w@+.-]+)*)", re.ASCII)
BUNDLE = re.compile(r"/web/assets/[\w-]+/([\w.]+\.min\.css)", re.ASCII)
SERVED = (
    ".css",
    ".gif",
    ".jpeg",
    ".jpg",
    ".otf",
    ".png",
    ".svg",
    ".ttf",
    ".webp",
    ".woff",
    ".woff2",
)
# What Open Sans, which comes with Odoo, has for certain.
USUAL = {*map(chr, range(0x180)), *"–—‘’‚“”„…•€\u2011"}


class ResourceRefused(ValueError):
    """An address outside of what a document may take in."""


class OwnResources(URLFetcher):
    """Static files of addons, asset bundles and ``data:``; no file, no network."""

    def __init__(self, env):
        super().__init__(allowed_protocols=["data"], allow_redirects=False)
        self._env = env

    def fetch(self, url, headers=None):
        """Answer an address of this server from its own files.

        :raises ResourceRefused: for everything else
        """
        if url[:5].lower() == "data:":
            return super().fetch(url, headers)
        path = self._own_path(url)
        if found := STATIC.fullmatch(path):
            return self._fetch_static(url, *found.groups())
        if found := BUNDLE.fullmatch(path):
            return self._fetch_bundle(url, found[1])
        raise ResourceRefused("only static files and style bundles are served")

    def _own_path(self, url):
        parts = urlsplit(url)
        if (parts.scheme, parts.netloc) != ("http", HOST):
            raise ResourceRefused("neither files nor the network are read")
        # An escaped character is never needed, and could hide dots and slashes.
        if "%" in parts.path or ".." in parts.path.split("/"):
            raise ResourceRefused("the address leaves its folder")
        return parts.path

    def _fetch_static(self, url, addon, name):
        if not name.lower().endswith(SERVED):
            raise ResourceRefused("only styles, fonts and pictures are served")
        with file_open(f"{addon}/{name}", "rb", filter_ext=SERVED) as file:
            return self._respond(url, file.read(), mimetypes.guess_type(name)[0])

    def _fetch_bundle(self, url, filename):
        name, rtl, _kind, autoprefix = self._env["ir.asset"]._parse_bundle_name(
            filename, debug_assets=False
        )
        bundle = self._env["ir.qweb"]._get_asset_bundle(
            name, css=True, js=False, rtl=rtl, autoprefix=autoprefix
        )
        return self._respond(url, bundle.css().sudo().raw, "text/css")

    def _respond(self, url, content, mimetype):
        headers = {"Content-Type": mimetype or "application/octet-stream"}
        return URLFetcherResponse(url, content, headers)


@dataclass
class LaidOut:
    """A finished file, and the characters that stand in it as empty boxes."""

    pdf: bytes
    unprintable: str


def lay_out(html, env, variant=None, is_fillable=False):
    """Lay out an HTML document as tagged PDF.

    What is made for the archive (``pdf/a-…``) names PDF/UA-1 too: WeasyPrint names one
    standard only, and the tags are the same.

    :param variant: the standard that the file claims, such as ``pdf/a-2a``
    :param is_fillable: whether fields of a form can be filled in; never in an archive
    """
    # The folder of the fonts is removed with the configuration.
    fonts = FontConfiguration()
    options = {"pdf_tags": True, **({"pdf_variant": variant} if variant else {})}
    document = HTML(
        string=html, base_url=f"http://{HOST}/", url_fetcher=OwnResources(env)
    ).render(font_config=fonts, pdf_forms=is_fillable, **options)
    pdf = document.write_pdf(
        finisher=accessible.finish, pdf_forms=is_fillable, **options
    )
    missing = {code for font in document.fonts.values() for code in font.missing}
    return LaidOut(pdf, "".join(map(chr, sorted(missing))))


def write_pdf(html, env, variant=None, is_fillable=False):
    """The bytes alone of :func:`lay_out`."""
    return lay_out(html, env, variant, is_fillable).pdf


def unprintable(text, env):
    """The characters of a text for which no font of this server has a sign."""
    words = dict.fromkeys(word for word in text.split() if not USUAL.issuperset(word))
    if not words:
        return ""
    page = Markup("<!DOCTYPE html><link rel='stylesheet' href='{}'><p>{}</p>")
    return lay_out(page.format(STYLE, " ".join(words)), env).unprintable
