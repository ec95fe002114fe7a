import re
from datetime import timedelta

from freezegun import freeze_time
from lxml import html

from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.klagebehandling_example.organisations import (
    ORGANISATIONS,
    company,
    organisation,
)
from odoo.addons.klagebehandling_portal import form_token

from .common import ExampleCase

TEXT = "Det var kaldt i hele bygget, og ingen sa fra."
REPLY = "<p>Varmen er på igjen.</p>"
NAMED = {
    "anonymity": "open",
    "complainant_kind": "next_of_kin",
    "kind": "complaint",
    "name": "Doris Lind",
    "email": "doris.lind@example.com",
}


@tagged("post_install", "-at_install")
class TestPublicForm(ExampleCase, HttpCase):
    """From the form on the web to the answer, by way of the code."""

    def setUp(self):
        super().setUp()
        # The form asks nobody to wait: a test reads faster than a person.
        self.patch(form_token, "TOO_QUICK", 0)

    def page(self, url, **data):
        response = self.url_open(url, data=data or None)
        return response, html.fromstring(response.content)

    def send(self, code, **answers):
        """Open the form of an organisation, fill it in and send it."""
        url = f"/klage/{organisation(code)}"
        response, page = self.page(url)
        self.assertEqual(response.status_code, 200)
        form = next(one for one in page.forms if "description" in one.fields)
        given = {name: value for name, value in form.form_values() if value}
        return self.page(url, **{**given, "description": TEXT, **answers})

    def text(self, page):
        return re.sub(r"\s+", " ", page.text_content())

    def code(self, page):
        return page.xpath("//p[@class='secret']")[0].text_content().strip()

    def newest(self, code):
        domain = [("company_id", "=", company(self.env, code).id)]
        return self.env["complaint.case"].search(domain, order="id desc", limit=1)

    def test_from_the_form_to_the_answer(self):
        # B-10, B-24, D-29, E-31, E-44
        for code in ORGANISATIONS:
            with self.subTest(policy=code):
                answers = {"anonymity": "anonymous"}
                if code == "ljusnarsberg":
                    answers = NAMED
                self.check_way(code, answers)

    def check_way(self, code, answers):
        response, page = self.send(code, **answers)
        self.assertEqual(response.status_code, 200, self.text(page)[:500])
        case = self.newest(code)
        self.assertEqual(case.description, TEXT)
        self.assertEqual((case.channel, case.policy_id.code), ("web", code))
        self.assertEqual(case.anonymity, answers["anonymity"])
        self.assertTrue(case.handler_id and case.unit_id.slug)
        self.assertIn(case.reference, self.text(page))
        self.answer(case)
        response, status = self.page("/klage/status", code=self.code(page))
        self.assertEqual(response.status_code, 200)
        self.assertIn("Varmen er på igjen.", self.text(status))

    def answer(self, case):
        case = case.with_user(case.handler_id)
        case.expected_on = "2030-01-15"
        case.action_acknowledge()
        case.action_answer(body=REPLY, remedy="Ny fyr.")
        cron = self.env.ref("klagebehandling.ir_cron_send_correspondence")
        # The queue keeps office hours: look at noon.
        noon = fields.Datetime.now().replace(hour=12) + timedelta(days=1)
        with freeze_time(noon), self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(set(case.correspondence_ids.mapped("state")), {"sent"})

    def test_anonymity_is_refused_with_the_text_kept(self):
        # B-16, B-17
        before = self.newest("ljusnarsberg")
        response, page = self.send(
            "ljusnarsberg", **{**NAMED, "anonymity": "anonymous"}
        )
        self.assertEqual(response.status_code, 422)
        self.assertIn(TEXT, page.xpath("//textarea[@name='description']")[0].text)
        self.assertEqual(self.newest("ljusnarsberg"), before)

    def test_every_public_form_speaks_the_language_of_its_organisation(self):
        for code in ORGANISATIONS:
            with self.subTest(policy=code):
                _response, page = self.page(f"/klage/{organisation(code)}")
                policy = self.newest(code).policy_id
                installed = dict(self.env["res.lang"].get_installed())
                if policy.lang in installed:
                    lang = page.get("lang") or page.getroottree().getroot().get("lang")
                    self.assertEqual(lang[:2], policy.lang[:2])
