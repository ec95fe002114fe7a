from unittest.mock import patch

from odoo.tests import tagged

from .common import EasyCase

WORDS = "They shut me in."


@tagged("post_install", "-at_install")
class TestEasyForged(EasyCase):
    """What comes back from a page is no more than what somebody sent."""

    def _post(self, **values):
        data = {
            "token": self._token(),
            "step": "check",
            "danger": "no",
            "anonymity": "anonymous",
            "description": WORDS,
            **values,
        }
        return self.url_open(self.easy_url, data=data)

    def test_same_headers_as_the_form(self):
        for page in (self.url_open(self.easy_url), self._post(), self._post(step="")):
            self.assertEqual(page.headers["Cache-Control"], "no-store")
            self.assertIn("default-src 'none'", page.headers["Content-Security-Policy"])
            self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
            self.assertNotIn("Set-Cookie", page.headers)

    def test_fields_that_no_step_asks_are_not_read(self):
        page = self._post(
            name="Ola",
            email="ola@example.com",
            street="Storgata 1",
            reply_channel="letter",
            title="Forged",
            about_manager="yes",
            signs="concerns_child",
            handler_id="2",
            unit_id="999999",
        )
        case = self._case(page)
        self.assertEqual((case.anonymity, case.reply_channel), ("anonymous", "portal"))
        for name in ("name", "email", "street"):
            self.assertFalse(case.party_ids[name])
        self.assertNotEqual(case.title, "Forged")
        self.assertFalse(case.about_manager or case.concerns_child)
        self.assertEqual(case.unit_id, self.management)

    def test_help_that_nobody_offers_is_refused_where_it_is_asked(self):
        # C-31
        count = self._case_count()
        for forged in ("external_caseworker", "subject", "x" * 999):
            page = self._post(support=["interpreter", forged])
            self.assertEqual(page.status_code, 422)
            self.assertEqual(self._title(page), "Do you want help?")
            self.assertIn(WORDS, page.text)
        self.assertEqual(self._case_count(), count)
        # A language without an interpreter is no question that was asked.
        case = self._case(self._post(interpreter_language="Sorani"))
        self.assertFalse(case.invite or case.interpreter_language)

    def test_an_address_that_was_not_chosen_goes(self):
        page = self._post(
            anonymity="open", reply_channel="phone", phone="1", street="Storgata 1"
        )
        party = self._case(page).party_ids
        self.assertEqual((party.phone, party.street), ("1", False))

    def test_steps_that_are_left_out_are_asked(self):
        count = self._case_count()
        for values, title in (
            ({"description": ""}, "What has happened?"),
            ({"anonymity": ""}, "May we know who you are?"),
            ({"anonymity": "forged"}, "May we know who you are?"),
            ({"danger": "forged"}, "Are you in danger now?"),
            (
                {"anonymity": "open", "reply_channel": "email", "email": "x"},
                "What is your e-mail address?",
            ),
        ):
            page = self._post(**values)
            self.assertEqual(page.status_code, 422)
            self.assertEqual(self._title(page), title)
        self.assertEqual(self._case_count(), count)

    def test_odd_steps_lead_to_the_first_question(self):
        for step in ("", "forged", "__class__", "check\x00", "address"):
            page = self._post(step=step)
            self.assertEqual(page.status_code, 200)
            self.assertEqual(self._title(page), "Are you in danger now?")
            self.assertIn(WORDS, page.text)

    def test_token_and_trap_are_those_of_the_form(self):
        count = self._case_count()
        for values in (
            {"token": ""},
            {"token": "forged"},
            {"token": self._token(25 * 3600)},
        ):
            page = self._post(**values)
            self.assertEqual(page.status_code, 422)
            self.assertIn(WORDS, page.text)
        self.assertEqual(self._case_count(), count)
        # Who fills in the trap or is quick is refused nothing: what comes is marked.
        for values in ({"website": "spam"}, {"token": self._token(-60)}):
            self.assertTrue(self._case(self._post(**values)).is_automatic)
        self.assertFalse(self._case(self._post()).is_automatic)

    def test_sent_twice_it_is_one_case_and_kept_it_is_gone(self):
        token = self._token()
        first, second = self._post(token=token), self._post(token=token)
        self.assertEqual(self._case(first), self._case(second))
        self.assertEqual(self._code(first), self._code(second))
        self._case(first)._keep_code()
        third = self._post(token=token)
        self.assertNotIn(WORDS, third.text)
        self.assertNotIn(self._code(first), third.text)

    def test_flood_is_stopped_and_the_words_are_kept(self):
        throttle = self.env.registry["complaint.throttle"]
        with patch.object(throttle, "_take", return_value=False):
            page = self._post()
        self.assertEqual(page.status_code, 429)
        self.assertIn("Retry-After", page.headers)
        self.assertIn(WORDS, page.text)

    def test_receipt_code_in_the_text_is_asked_about_where_it_stands(self):
        code = self._code(self._post())
        page = self._post(description=f"My code is {code}.")
        self.assertEqual(page.status_code, 422)
        self.assertEqual(self._title(page), "What has happened?")
