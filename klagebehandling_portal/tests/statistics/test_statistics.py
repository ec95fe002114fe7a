from odoo.tests import tagged

from ..common import PortalCase

PAGE = b"<!DOCTYPE html><html lang='en'><title>Report</title><p>Six came in.</p></html>"


@tagged("post_install", "-at_install")
class TestStatistics(PortalCase):
    """Everybody reads what was published, and nothing else."""

    def _publish(self, **values):
        publications = self.env["complaint.publication"]
        return publications._publish(
            {
                "company_id": self.company.id,
                "policy_code": self.policy.code,
                "title": "Yearly report",
                "year": 2025,
                "revision": 1,
                "lang": "nb_NO",
                "published_on": "2026-01-20",
                "is_public": True,
                "summary": {
                    "lines": [["Klager mottatt", "6"]],
                    "changes": "Telefonen er åpen til fire.",
                    "text": "Et rolig år.",
                },
                **values,
            },
            {"html": PAGE, "csv": b"a;b", "json": b"{}", "pdf": b"%PDF-"},
        )

    def test_page_tells_of_the_years(self):
        #
        self._publish()
        page = self.url_open(f"{self.url}/statistikk?lang=en")
        self.assertEqual(page.status_code, 200)
        for words in ("2025", "Klager mottatt", "Telefonen er åpen til fire."):
            self.assertIn(words, page.text)
        self.assertEqual(
            self._text(page, "//p[@lang='nb'][@class='lines']"),
            "Telefonen er åpen til fire.",
        )
        form = self.url_open(f"{self.url}?lang=en")
        self.assertIn(f"{self.url}/statistikk", form.text)

    def test_files_are_those_that_were_published(self):
        #
        self._publish()
        page = self.url_open(f"{self.url}/statistikk/2025.html")
        self.assertEqual(page.content, PAGE)
        self.assertIn("sandbox", page.headers["Content-Security-Policy"])
        self.assertNotIn("session_id", page.headers.get("Set-Cookie", ""))
        for kind, content in (("csv", b"a;b"), ("json", b"{}"), ("pdf", b"%PDF-")):
            answer = self.url_open(f"{self.url}/statistikk/2025.{kind}")
            self.assertEqual(answer.content, content)
            self.assertIn("attachment", answer.headers["Content-Disposition"])

    def test_only_the_newest_version_is_told(self):
        self._publish()
        self._publish(revision=2, summary={"text": "Two came later."})
        page = self.url_open(f"{self.url}/statistikk?lang=en")
        self.assertIn("Two came later.", page.text)
        self.assertNotIn("Et rolig år.", page.text)

    def test_what_is_not_public_is_missing(self):
        self._publish(is_public=False)
        self._publish(policy_code="another")
        other = self.env["res.company"].create({"name": "Elsewhere AS"})
        self._publish(company_id=other.id)
        for name in ("", "/2025.html", "/2025.json", "/x", "/2025.exe", "/.html"):
            answer = self.url_open(f"{self.url}/statistikk{name}")
            self.assertEqual(answer.status_code, 404, name)
        self.assertNotIn("/statistikk", self.url_open(self.url).text)

    def test_a_version_that_is_withdrawn_from_the_public_takes_the_year_away(self):
        self._publish()
        self._publish(revision=2, is_public=False)
        self.assertEqual(self.url_open(f"{self.url}/statistikk").status_code, 404)
