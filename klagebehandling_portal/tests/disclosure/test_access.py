import re

from freezegun import freeze_time
from lxml import html

from odoo.tests import tagged

from ... import visit_token
from ...controllers.disclosure.complaint_access import ANSWER
from ..common import PortalCase

ASK = "/klage/workshop-test/innsyn"
WISH = "The complaint about the unheated porridge"


@tagged("post_install", "-at_install")
class TestAccess(PortalCase):
    """Anybody asks a public body for documents, and reads the answer (B-27, B-30)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.write(
            {"is_public_body": True, "access_appeal_text": "Write to the court."}
        )
        cls.requests = cls.env["complaint.access.request"]

    def _ask_for(self, **values):
        return self.url_open(
            f"{ASK}?lang=en", data={"token": self._token(), "wish": WISH, **values}
        )

    def _code(self, page):
        return self._text(page, "//p[@class='secret']")

    def _answer(self, code, **values):
        return self.url_open(f"{ANSWER}?lang=en", data={"code": code, **values})

    def _asked(self):
        return self.requests.search([("company_id", "=", self.company.id)])

    def test_anybody_asks_without_a_name(self):
        # B-27
        page = self.url_open(f"{ASK}?lang=en")
        self.assertEqual(page.status_code, 200)
        self.assertIn("You need not say who you are, or why.", page.text)
        code = self._code(self._ask_for())
        request = self._asked()
        self.assertEqual((request.wish, request.channel), (WISH, "web"))
        self.assertFalse(request.contact_sealed)
        answer = self._answer(code)
        self.assertIn(WISH, answer.text)
        self.assertIn("Not yet.", answer.text)

    def test_page_is_not_there_where_nobody_has_to_answer(self):
        self.policy.is_public_body = False
        missing = self.url_open("/klage/no-such-unit/innsyn?lang=en")
        for page in (
            self.url_open(f"{ASK}?lang=en"),
            self._ask_for(),
        ):
            self.assertEqual((page.status_code, page.text), (404, missing.text))
        self.assertFalse(self._asked())
        form = self.url_open(f"{self.url}?lang=en")
        self.assertNotIn("/innsyn", form.text)

    def test_form_tells_where_to_ask(self):
        # B-27
        form = self.url_open(f"{self.url}?lang=en")
        self.assertIn(ASK, form.text)
        listed = self.url_open("/klage/innsyn?lang=en")
        self.assertIn("workshop-test/innsyn", listed.url + listed.text)

    def _page_without_code(self, **values):
        page = self._ask_for(**values)
        return re.sub(r'<p class="secret">.*?</p>', "", page.text)

    def test_existing_missing_and_walled_numbers_are_answered_alike(self):
        # B-27
        person = {"role": "subject", "name": "W", "user_id": self.worker.id}
        case, walled = self._register(), self._register(parties=[person])
        pages = {
            self._page_without_code(wish=f"The case {number}")
            for number in (case.reference, walled.reference, "AAAAA-22222")
        }
        self.assertEqual(len(pages), 1)
        self.assertFalse(self._asked().review_ids)

    def test_nothing_is_kept_of_who_asks(self):
        # B-27
        page = self.url_open(
            f"{ASK}?lang=en",
            data={"token": self._token(), "wish": WISH},
            headers={"User-Agent": "canary-agent", "X-Forwarded-For": "203.0.113.9"},
        )
        self.assertNotIn("Set-Cookie", page.headers)
        self.assertIn("no-store", page.headers["Cache-Control"])
        self.env.flush_all()
        self.env.cr.execute("SELECT t::text FROM complaint_access_request t")
        rows = "".join(row for (row,) in self.env.cr.fetchall())
        for words in ("canary", "203.0.113", self._code(page)):
            self.assertNotIn(words, rows)

    def test_address_is_sealed(self):
        self._ask_for(reply_to="Kari Canary, Storgata 1")
        self.env.cr.execute("SELECT t::text FROM complaint_access_request t")
        self.assertNotIn("Canary", "".join(row for (row,) in self.env.cr.fetchall()))
        self.assertEqual(self._asked().reply_to, "Kari Canary, Storgata 1")

    def test_what_is_wrong_is_said_and_nothing_is_lost(self):
        for values, said in (
            ({"wish": " "}, "Write what you want to see."),
            ({"wish": "x" * 4001}, "This is too long."),
            ({"token": "none"}, "The form had been open for too long."),
            ({"reply_to": "ABCDE-12345-ABCDE-123G7"}, "kept-address"),
        ):
            page = self._ask_for(**{"reply_to": "kept-address", **values})
            with self.subTest(values=values):
                if said != "kept-address":
                    self.assertEqual(page.status_code, 422)
                    self.assertIn(said, page.text)
                    self.assertIn("kept-address", page.text)

    def test_sent_twice_is_one_request(self):
        token = self._token()
        codes = {self._code(self._ask_for(token=token)) for _n in range(2)}
        self.assertEqual(len(codes), 1)
        self.assertEqual(len(self._asked()), 1)

    def test_wrong_code_opens_nothing(self):
        self._ask_for()
        for code in ("", "x", "AAAAA-AAAAA-AAAAA-AAAAA"):
            page = self._answer(code)
            with self.subTest(code=code):
                self.assertEqual(page.status_code, 422)
                self.assertNotIn(WISH, page.text)

    def test_code_of_a_case_opens_no_answer(self):
        result = self.intake.sudo().register(
            {"policy": self.policy.code, "channel": "web", "description": "Cold"}
        )
        self.assertEqual(self._answer(result["access_code"]).status_code, 422)

    def test_answer_is_read_with_its_masks_and_their_ground(self):
        # B-30, M35
        self._register(description="Kari Nordmann got unheated porridge.")
        law = self.env["complaint.law"].create(
            {
                "name": "Secrecy Act 7",
                "country_id": self.env.ref("base.no").id,
                "is_secrecy": True,
            }
        )
        code = self._code(self._ask_for())
        request = self._asked()
        request.search_words = "unheated porridge"
        request.with_user(self.registrar).action_search()
        request.with_user(self.registrar).action_answer()
        review = request.review_ids.with_user(self.leader)
        review.write({"mask_ids": [(0, 0, {"words": "Kari Nordmann"})]})
        review.ground_id = law
        review.action_mask_all()
        self.assertNotIn("porridge.", self._answer(code).text)
        review.action_review()
        self.assertNotIn("porridge.", self._answer(code).text)
        review.action_answer()
        page = self._answer(code)
        self.assertIn("got unheated porridge.", page.text)
        self.assertIn("masked: Secrecy Act 7 (not verified)", page.text)
        for words in ("Kari", "Nordmann", review.case_id.reference, self.leader.name):
            self.assertNotIn(words, page.text)
        self._check_copy(page, review)

    def _visit(self, page):
        return html.fromstring(page.content).xpath("//input[@name='visit']/@value")[0]

    def _check_copy(self, page, review):
        """What can be saved is what was handed out, for whoever opened the answer."""
        visit = self._visit(page)
        asked = {"act": "copy", "visit": visit, "part": str(review.id)}
        saved = self._answer("", **asked)
        self.assertEqual(saved.status_code, 200)
        self.assertIn("attachment", saved.headers["Content-Disposition"])
        self.assertIn("no-store", saved.headers["Cache-Control"])
        self.assertNotIn(b"Nordmann", saved.content)
        for values in (
            {"part": str(review.id + 1)},
            {"part": "x"},
            {"visit": "x"},
            {"visit": visit_token.make(review.case_id.sudo())},
        ):
            with self.subTest(values=values):
                refused = self._answer("", **{**asked, **values})
                self.assertIn(refused.status_code, (404, 422))
        with freeze_time("2030-01-01 09:00:00"):
            self.assertEqual(self._answer("", **asked).status_code, 422)

    def test_who_is_refused_asks_for_the_decision_of_the_authority(self):
        # B-28
        self.policy.has_access_decision = True
        code = self._code(self._ask_for())
        request = self._asked()
        self.assertNotIn("Ask for a decision", self._answer(code).text)
        request.with_user(self.registrar).action_search()
        request.with_user(self.registrar).action_answer()
        self.assertIn("Ask for a decision", self._answer(code).text)
        self.assertFalse(request.decision_asked_on)
        self.assertEqual(self._answer("x", act="decision").status_code, 422)
        self.assertFalse(request.decision_asked_on)
        visit = self._visit(self._answer(code))
        page = self._answer("", act="decision", visit=visit)
        self.assertIn("We have noted that you want a decision.", page.text)
        self.assertTrue(request.decision_asked_on)
        decided = request.with_user(self.delegate)
        decided.write({"decision": "upheld", "decision_text": "It is secret."})
        decided.action_decide()
        page = self._answer(code)
        for words in ("It is secret.", "You can appeal until", "Write to the court."):
            self.assertIn(words, page.text)

    def test_silence_is_told_as_a_refusal(self):
        # B-29
        self.policy.silence_days = 5
        code = self._code(self._ask_for())
        self.assertNotIn("You can appeal already", self._answer(code).text)
        with freeze_time("2030-01-01 09:00:00"):
            page = self._answer(code)
        self.assertIn("You can appeal already", page.text)
        self.assertIn("Write to the court.", page.text)
        # Who answers first is not the only one who can be silent: told whatever was
        # found.
        request = self._asked()
        request.with_user(self.registrar).action_search()
        request.with_user(self.registrar).action_answer()
        self.assertNotIn("You can appeal already", self._answer(code).text)
        with freeze_time("2030-01-01 09:00:00"):
            page = self._answer(code)
        self.assertIn("Have you not got all that you asked for?", page.text)
