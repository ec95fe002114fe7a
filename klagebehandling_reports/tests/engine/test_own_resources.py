import logging

from odoo.tests import TransactionCase, tagged

from ... import pdf_engine

OWN = "http://odoo.invalid"
CSS = "/klagebehandling_reports/static/src/css/print.css"


@tagged("post_install", "-at_install")
class TestOwnResources(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.engine = pdf_engine.find()
        cls.resources = cls.engine.OwnResources(cls.env)

    def _read(self, url):
        return self.resources.fetch(url).read()

    def test_static_files_are_served(self):
        self.assertIn(b"@page", self._read(OWN + CSS))
        self.assertTrue(self._read(f"{OWN}/web/static/img/logo.png"))
        font = "/web/static/fonts/google/Open_Sans/Open_Sans-Regular.ttf"
        self.assertTrue(self._read(OWN + font))

    def test_pictures_inside_the_document_are_served(self):
        self.assertEqual(self._read("data:text/plain;base64,aGVp"), b"hei")

    def test_style_bundles_are_served(self):
        bundle = "/web/assets/1/web.report_assets_common.min.css"
        self.assertIn(b"{", self._read(OWN + bundle))

    def test_all_else_is_refused(self):
        for url in (
            "file:///etc/passwd",
            "FILE:///etc/passwd",
            "file://odoo.invalid/web/static/img/logo.png",
            "http://example.com/web/static/img/logo.png",
            "https://example.com/",
            "https://odoo.invalid/web/static/img/logo.png",
            "http://odoo.invalid:80/web/static/img/logo.png",
            "http://user@odoo.invalid/web/static/img/logo.png",
            "http://odoo.invalid@example.com/web/static/img/logo.png",
            "http://169.254.169.254/latest/meta-data",
            "//example.com/logo.png",
            "ftp://example.com/logo.png",
            "gopher://example.com/",
            "/etc/passwd",
            CSS,
            f"{OWN}/etc/passwd",
            f"{OWN}/web/static/../__manifest__.py",
            f"{OWN}/web/static/../../klagebehandling/sealing/keyring.py",
            f"{OWN}/web/static/%2e%2e/__manifest__.py",
            f"{OWN}/web/static/%2e%2e%2f__manifest__.py",
            f"{OWN}/web/static/%252e%252e/__manifest__.py",
            f"{OWN}/web/static/..%5c__manifest__.py",
            f"{OWN}/web/static//etc/passwd",
            f"{OWN}/../../etc/passwd",
            f"{OWN}/klagebehandling/sealing/keyring.py",
            f"{OWN}/klagebehandling_reports/__manifest__.py",
            f"{OWN}/klagebehandling_reports/models/engine/ir_actions_report.py",
            f"{OWN}/klagebehandling_reports/static/src/js/print_handler.js",
            f"{OWN}/web/content/1",
            f"{OWN}/web/image/res.partner/1/image_1920",
            f"{OWN}/web/assets/1/web.assets_web.min.js",
            f"{OWN}/web/assets/1/../../x.min.css",
            "javascript:alert(1)",
            "",
        ):
            with self.subTest(url=url), self.assertRaises(self.engine.ResourceRefused):
                self._read(url)

    def test_unknown_file_is_not_found(self):
        with self.assertRaises(FileNotFoundError):
            self._read(f"{OWN}/web/static/no/such/file.png")

    def test_document_that_reaches_out_is_made_without_it(self):
        for way in (
            '<img src="file:///etc/hostname">',
            '<img src="http://example.com/pixel.png">',
            '<img src="../../../etc/hostname">',
            '<link rel="stylesheet" href="file:///etc/hostname">',
            '<link rel="attachment" href="file:///etc/hostname">',
            '<object data="file:///etc/hostname"></object>',
            "<style>@import url(file:///etc/hostname);</style>",
            '<p style="background: url(http://example.com/pixel.png)">x</p>',
            '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/hostname"/></svg>',
        ):
            with self.subTest(way=way):
                html = f"<!DOCTYPE html><html lang='nb'><title>x</title>{way}</html>"
                pdf = self.engine.write_pdf(html, self.env, "pdf/a-3a")
                self.assertTrue(pdf.startswith(b"%PDF"))
                self.assertNotIn(b"EmbeddedFile", pdf)

    def test_nothing_of_a_document_reaches_the_log(self):
        for name in ("weasyprint", "weasyprint.progress"):
            self.assertFalse(logging.getLogger(name).isEnabledFor(logging.ERROR))
