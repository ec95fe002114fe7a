from lxml import html

from odoo import Command

from ..common import PortalCase


class EasyCase(PortalCase):
    """The small organisation, with the track in easy words."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.write(
            {
                "has_easy_track": True,
                "country_id": cls.env.ref("base.dk").id,
                "urgency_ids": [
                    Command.create({"sign": "has_danger", "name": "Call today"})
                ],
            }
        )
        cls.easy_url = f"{cls.url}/enkelt"
        cls.notices = cls.env["complaint.notice"].create(
            [
                {
                    "subject": subject,
                    "name": name,
                    "number": number,
                    "lang": "en_US",
                    "country_id": cls.env.ref("base.dk").id,
                    "company_id": False,
                }
                for subject, name, number in (
                    ("parents", "We write to no parent of yours.", False),
                    ("danger", "In danger we must tell someone.", False),
                    ("guardian", "A guardian may have a right to know it.", False),
                    ("number", "Someone who helps.", "99 99"),
                )
            ]
        )

    def _form(self, page):
        document = html.fromstring(page.content)
        return document.xpath("//form[contains(@action, '/enkelt')]")[0]

    def _go(self, page, **pressed):
        """Send the page as a browser does, with the button that was pressed."""
        data = {}
        for name, value in self._form(page).form_values():
            data.setdefault(name, []).append(value)
        return self.url_open(self.easy_url, data=data | pressed)

    def _title(self, page):
        return self._text(page, "//h1")

    def _old(self, page):
        """The page as if it had been opened a minute ago."""
        content = page.content.decode()
        token = self._form(page).fields["token"]
        page._content = content.replace(token, self._token()).encode()
        return page

    def _walk(self, **answers):
        """Answer every question as far as the check; what is not given is left open."""
        page = self._go(self._old(self.url_open(self.easy_url)))
        answers = {"danger": "no", "anonymity": "anonymous", **answers}
        for _step in range(12):
            if "Is this right?" in self._title(page):
                return page
            names = {name for name in self._form(page).fields if name}
            buttons = html.fromstring(page.content).xpath("//ul//button/@name")
            asked = set(buttons) or names & answers.keys()
            page = self._go(
                page, **{name: answers[name] for name in asked if name in answers}
            )
        raise AssertionError(f"no end: {self._title(page)}")
