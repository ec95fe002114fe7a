from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from ..common import ComplaintCase

NORWEGIAN = "Takk for at du sa fra"


@tagged("post_install", "-at_install")
class TestLanguage(ComplaintCase):
    """A letter is in the person's language, else in that of the procedure."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.languages = cls.env["res.lang"]
        people = cls.env["res.partner"].with_context(active_test=False)
        people.search([("lang", "!=", "en_US")]).lang = "en_US"
        cls.languages.search([("code", "!=", "en_US")]).active = False

    def _installed(self):
        return {code for code, _name in self.languages.get_installed()}

    def _norwegian(self, **values):
        return self._create_policy("test_nb", lang="nb_NO", **values)

    def _letter(self, **values):
        """An acknowledgement by the procedure, in a database with English only."""
        with freeze_time("2026-11-02 09:00:00"):
            case = self._register(**values)
            case.with_user(self.leader).action_acknowledge()
        return case.correspondence_ids

    def test_a_procedure_put_in_force_brings_its_language(self):
        self.assertEqual(self._installed(), {"en_US"})
        draft = self._norwegian(state="draft")
        self.assertEqual(self._installed(), {"en_US"})
        draft.with_user(self.owner).action_put_in_force()
        self.assertEqual(self._installed(), {"en_US", "nb_NO"})

    def test_what_is_shared_brings_it_with_the_first_letter(self):
        shared = self._norwegian(company_id=False)
        self.assertEqual(self._installed(), {"en_US"})
        self.management.policy_id = shared
        letter = self._letter()
        self.assertEqual(letter.lang, "nb_NO")
        self.assertIn(NORWEGIAN, letter.body)

    def test_a_language_that_is_gone_gives_the_procedures(self):
        self.management.policy_id = self._norwegian()
        # Swedish is offered, and not installed: English is nobody's language here.
        letter = self._letter(lang="sv")
        self.assertEqual(letter.case_id.lang, "sv_SE")
        self.assertEqual(letter.lang, "nb_NO")
        self.assertIn(NORWEGIAN, letter.body)
        self.assertNotIn("Thank you", letter.body)

    def test_a_language_switched_off_later_comes_back_with_the_next_letter(self):
        self.management.policy_id = self._norwegian()
        self.languages.search([("code", "=", "nb_NO")]).active = False
        letter = self._letter()
        self.assertIn(NORWEGIAN, letter.body)

    def test_the_notice_is_in_the_language_of_the_letter(self):
        self.management.policy_id = self._norwegian()
        letter = self._letter(lang="sv", reply_channel="email")
        servers, sent = type(self.env["ir.mail_server"]), []
        send = patch.object(
            servers, "send_email", lambda _self, message: sent.append(message) or "sent"
        )
        with send:
            letter._post_email()
        (notice,) = sent
        self.assertEqual(notice["Subject"], "Det er noe nytt i saken din")
        self.assertNotIn("news", notice.get_content())
