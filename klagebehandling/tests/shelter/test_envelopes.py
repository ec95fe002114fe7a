from lxml import html

from odoo.tests import HttpCase, tagged

from ..dump import find_in_database
from .common import ShelterCase

# Of the examples that the tax agency publishes.
NUMBER = "19900118-9811"


@tagged("post_install", "-at_install")
class TestEnvelopes(ShelterCase, HttpCase):
    """Two envelopes: the outer one tells nothing, the number is kept nowhere."""

    def setUp(self):
        super().setUp()
        self._protect(self.case, user=self.custodian)
        self.url = f"/klagebehandling/envelopes/{self.party.id}"

    def _login(self, user):
        user.password = "a password of some length"
        self.authenticate(user.login, "a password of some length")

    def test_what_stands_on_each(self):
        self._login(self.custodian)
        asked = html.fromstring(self.url_open(self.url).content)
        self.assertFalse(asked.xpath("//*[@id='outer']"))
        token = asked.xpath("//input[@name='csrf_token']/@value")[0]
        data = {"csrf_token": token, "personal_number": NUMBER}
        page = self.url_open(self.url, data=data)
        self.assertEqual(page.status_code, 200)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        sheet = {
            one.get("id"): " ".join(one.text_content().split())
            for one in html.fromstring(page.content).xpath("//div[@id]")
        }
        self.assertEqual(sheet["outer"], "Forwarding office Box 1 111 11 Town")
        self.assertEqual(sheet["inner"], NUMBER)
        self.assertIn(self.company.name, sheet["back"])
        for hidden in (self.case.reference, self.workshop.name, self.party.name):
            self.assertNotIn(hidden, "".join(sheet.values()))
        self.env.invalidate_all()
        self.assertIn("envelopes_printed", self.case.journal_ids.mapped("event"))
        self.assertEqual(find_in_database(self.env, (NUMBER, "9001189811")), [])

    def test_a_number_that_is_none_is_said_beside_the_field(self):
        self._login(self.custodian)
        asked = html.fromstring(self.url_open(self.url).content)
        token = asked.xpath("//input[@name='csrf_token']/@value")[0]
        for number in ("", "1", "19900118-9810", "<b>", "9" * 4000):
            data = {"csrf_token": token, "personal_number": number}
            page = self.url_open(self.url, data=data)
            self.assertEqual(page.status_code, 422)
            document = html.fromstring(page.content)
            self.assertTrue(document.xpath("//*[@role='alert']"))
            self.assertFalse(document.xpath("//*[@id='outer']"))
        forged = self.url_open(self.url, data={"personal_number": NUMBER})
        self.assertEqual(forged.status_code, 400)

    def test_without_an_office_nothing_is_printed(self):
        self.strict.office = False
        self._login(self.custodian)
        page = self.url_open(self.url)
        self.assertIn("Which office forwards letters", page.text)
        self.assertNotIn("<form", page.text)

    def test_nobody_else_and_no_other_person(self):
        for user in (self.worker, self.leader, self.auditor, self.employee):
            self._login(user)
            self.assertEqual(self.url_open(self.url).status_code, 404)
        self._login(self.custodian)
        missing = self.url_open("/klagebehandling/envelopes/99999999")
        self.assertEqual(missing.status_code, 404)
        self._protect(self.case, self.marked, user=self.custodian)
        self.assertEqual(self.url_open(self.url).status_code, 404)
        self.authenticate(None, None)
        page = self.url_open(self.url, allow_redirects=False)
        self.assertEqual(page.status_code, 303)
