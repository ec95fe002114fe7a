import hashlib
from urllib.parse import urlsplit

from lxml import html

from odoo.tests import tagged

from ... import assets, outage
from ..common import PortalCase


@tagged("post_install", "-at_install")
class TestAssets(PortalCase):
    """Style and script have their content in their address."""

    def test_addresses_change_with_what_is_in_the_files(self):
        page = html.fromstring(self.url_open(self.url).content)
        paths = page.xpath("//link/@href | //script/@src")
        self.assertGreaterEqual(len(paths), 4)
        for path in paths:
            answer = self.url_open(path)
            digest = hashlib.sha256(answer.content).hexdigest()
            self.assertEqual(urlsplit(path).query, digest[:12], path)
            self.assertIn("max-age=", answer.headers["Cache-Control"])

    def test_page_without_a_database_has_the_same_style(self):
        class Request:
            method = "GET"
            args = {}
            accept_languages = {}

        page = outage.page(Request)
        self.assertIn(assets.address("css/portal.css"), page.get_data(as_text=True))
