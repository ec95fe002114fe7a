import re
import secrets
import time

from lxml import html

from odoo import Command
from odoo.tests import HttpCase

from odoo.addons.klagebehandling.tests.common import ComplaintCase

from .. import form_token


class PortalCase(ComplaintCase, HttpCase):
    """The small organisation with a public form, in the browser of a stranger."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.management.write({"slug": "workshop-test", "city": "Kopervik"})
        cls.url = "/klage/workshop-test"

    @classmethod
    def _field(cls, name, requirement="voluntary", **values):
        return Command.create({"name": name, "requirement": requirement, **values})

    @classmethod
    def _way(cls, channel, is_anonymous, **values):
        return Command.create(
            {"channel": channel, "anonymity_allowed": is_anonymous, **values}
        )

    @staticmethod
    def _token(seconds=60):
        """A token of a form that was opened some time ago."""
        opened, nonce = f"{int(time.time()) - seconds:x}", secrets.token_urlsafe(18)
        return ".".join((opened, nonce, form_token._sign(opened, nonce)))

    def _send(self, url=None, files=None, **answers):
        """Send the form with the least that is needed, and what the test gives.

        The door's row of the test database is seen by the server: same transaction.
        """
        values = {
            "token": self._token(),
            "anonymity": "open",
            "description": "The food is cold.",
            **answers,
        }
        # Always a multipart body, as a browser sends it.
        files = files or {"attachments": ("", b"")}
        return self.url_open(url or self.url, data=values, files=files)

    def _case(self, page):
        """The case whose reference stands on the receipt."""
        return self.env["complaint.case"].search(
            [("reference", "=", self._fact(page, "Reference"))]
        )

    def _code(self, page):
        return self._text(page, "//p[@class='secret']")

    def _fact(self, page, label):
        return self._text(page, f"//dt[text()='{label}']/following-sibling::dd")

    def _text(self, page, path):
        nodes = html.fromstring(page.content).xpath(path)
        self.assertTrue(nodes, f"{path} not found on the page")
        return re.sub(r"\s+", " ", nodes[0].text_content()).strip()

    def _error_of(self, page, name):
        """What is said beside a question."""
        return self._text(page, f"//p[@id='q-{name.replace('_', '-')}-error']")

    def _typed(self, page, name):
        """What stands in the control of a question."""
        form = html.fromstring(page.content).xpath("//form")[0]
        control = form.inputs[name]
        # A browser drops the line feed after the opening tag; the parser does not.
        is_area = getattr(control, "tag", "") == "textarea"
        return control.value.removeprefix("\n") if is_area else control.value

    def _form_to(self, page, act):
        """The form on a page whose action ends so."""
        path = f"//form[contains(@action, '/{act}?')]"
        forms = html.fromstring(page.content).xpath(path)
        self.assertTrue(forms, f"no form to {act}")
        return forms[0]

    def _post_act(self, page, act, files=None, url=None, **values):
        """Send a form of the page of a case, as the browser would."""
        form = self._form_to(page, act)
        data = {name: value for name, value in form.form_values() if value} | values
        files = files or {"attachments": ("", b"")}
        return self.url_open(url or form.get("action"), data=data, files=files)

    def _case_count(self):
        return self.env["complaint.case"].search_count([])
