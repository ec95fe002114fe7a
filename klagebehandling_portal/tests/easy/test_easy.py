from lxml import html

from odoo.tests import tagged

from .common import EasyCase

WORDS = "They shut me in.\nTwice."


@tagged("post_install", "-at_install")
class TestEasy(EasyCase):
    """Few words, one question a step, by POST, without any script (N09)."""

    def test_from_the_first_page_to_the_receipt(self):
        # N09
        page = self._walk(description=WORDS)
        self.assertIn("They shut me in.", page.text)
        receipt = self._go(page)
        self.assertEqual(receipt.status_code, 200)
        case = self._case(receipt)
        self.assertEqual(case.description, WORDS)
        self.assertEqual((case.channel, case.anonymity), ("web", "anonymous"))
        self.assertEqual(case.reply_channel, "portal")
        self.assertFalse(case.has_danger)
        self.assertTrue(self._code(receipt))

    def test_one_question_a_step_and_the_numbers_on_each(self):
        page = self._go(self.url_open(self.easy_url))
        for _step in range(5):
            document = html.fromstring(page.content)
            self.assertIn("99 99", page.text)
            kinds = document.xpath(
                "//form//textarea | //form//ul[@class='choices'] | //form//fieldset"
                " | //form//dl"
            )
            self.assertEqual(len(kinds), 1)
            page = self._go(page, danger="no", description=WORDS, anonymity="anonymous")

    def test_what_is_told_beforehand_is_dated_data_of_the_country(self):
        # N09: letters home, danger, guardian
        page = self.url_open(self.easy_url)
        for notice in self.notices:
            self.assertIn(notice.name, page.text)
        self.notices.valid_to = "2020-12-31"
        page = self.url_open(self.easy_url)
        for notice in self.notices:
            self.assertNotIn(notice.name, page.text)
        self.notices.write({"valid_to": False, "country_id": self.env.ref("base.se")})
        self.assertNotIn("99 99", self.url_open(self.easy_url).text)

    def test_sentences_in_another_language_say_which(self):
        self.notices.lang = self.policy.lang
        if self.policy.lang == "en_US":
            self.policy.lang = self.notices.lang = "nb_NO"
        page = html.fromstring(self.url_open(f"{self.easy_url}?lang=en").content)
        (notices,) = page.xpath("//ul[contains(@class, 'note')]")
        self.assertEqual(notices.get("lang"), self.policy.lang[:2])

    def test_danger_is_on_its_way_the_same_day(self):
        # N09, M31
        page = self._go(self.url_open(self.easy_url))
        page = self._go(page, danger="yes")
        self.assertIn("Call now.", page.text)
        page = self._walk(description=WORDS, danger="yes")
        case = self._case(self._go(page))
        self.assertTrue(case.has_danger)
        (duty,) = case.duty_ids
        self.assertEqual(duty.name, "Call today")
        self.assertEqual(duty.due_on, case._today())
        self.assertIn("signs_told", case.journal_ids.mapped("event"))

    def test_no_age_is_asked_or_required(self):
        # N09
        first = self.url_open(self.easy_url)
        self.assertIn("You need not say how old you are.", first.text)
        easy = self.env["complaint.portal.easy"]
        questions = easy._questions_in_easy_words(self.management, self.policy)
        for name in questions:
            self.assertNotRegex(name, r"(^|_)age|birth|born")
        self.assertTrue(self._case(self._go(self._walk(description=WORDS))))

    def test_nothing_is_sent_home_unless_it_is_chosen(self):
        # N09
        page = self._walk(
            description=WORDS, anonymity="open", name="Ola", reply_channel="portal"
        )
        self.assertNotIn("street", self._form(page).fields)
        case = self._case(self._go(page))
        party = case.party_ids
        self.assertEqual(case.reply_channel, "portal")
        self.assertEqual(party.name, "Ola")
        for name in ("email", "phone", "street", "zip", "city"):
            self.assertFalse(party[name], name)
        self.assertLessEqual(set(case.correspondence_ids.mapped("medium")), {"portal"})
        page = self._walk(
            description=WORDS,
            anonymity="open",
            reply_channel="letter",
            street="Storgata 1",
            zip="4250",
            city="Kopervik",
        )
        case = self._case(self._go(page))
        self.assertEqual(case.reply_channel, "letter")
        self.assertEqual(case.party_ids.street, "Storgata 1")

    def test_what_is_chosen_has_to_be_reachable(self):
        page = self._go(self.url_open(self.easy_url))
        page = self._go(page, danger="no")
        page = self._go(self._go(page, description=WORDS))
        page = self._go(page, anonymity="open")
        page = self._go(page)
        page = self._go(page, reply_channel="email")
        self.assertEqual(self._title(page), "What is your e-mail address?")
        for typed in ("", "no address"):
            wrong = self._go(page, email=typed)
            self.assertEqual(wrong.status_code, 422)
            self.assertEqual(self._title(wrong), "What is your e-mail address?")
            self.assertIn("They shut me in.", wrong.text)
        self.assertEqual(
            self._title(self._go(page, email="ola@example.com")), "Is this right?"
        )

    def test_who_needs_help_to_complain_can_say_so(self):
        # C-31
        page = self._walk(description=WORDS)
        self.assertNotIn("Somebody who helps me", page.text)
        self.assertFalse(self._case(self._go(page)).invite)
        page = self._walk(
            description=WORDS,
            support=["interpreter", "support_person"],
            interpreter_language="Sorani",
        )
        for said in ("Somebody who knows my language", "Somebody who helps me"):
            self.assertIn(said, page.text)
        case = self._case(self._go(page))
        self.assertEqual(case.invite, "interpreter,support_person")
        self.assertEqual(case.interpreter_language, "Sorani")
        self.assertEqual(case.anonymity, "anonymous")

    def test_which_language_is_asked_of_who_wants_an_interpreter(self):
        # C-31
        page = self._go(self._go(self.url_open(self.easy_url)), danger="no")
        page = self._go(page, description=WORDS)
        self.assertEqual(self._title(page), "Do you want help?")
        other = self._go(page, support="representative")
        self.assertEqual(self._title(other), "May we know who you are?")
        page = self._go(page, support="interpreter")
        self.assertEqual(self._title(page), "Which language do you speak?")
        # It may be left open, and going back keeps what was chosen.
        self.assertEqual(self._title(self._go(page)), "May we know who you are?")
        page = self._go(page, go="back")
        chosen = html.fromstring(page.content).xpath("//input[@checked]/@value")
        self.assertEqual(chosen, ["interpreter"])

    def test_nobody_may_be_paid_back_and_there_is_a_way_to_tell(self):
        # A-35, A-38
        page = self.url_open(self.easy_url)
        self.assertIn("Nobody may be mean to you because you tell us.", page.text)
        (link,) = html.fromstring(page.content).xpath(
            "//main//a[starts-with(@href, '/klage/status')]"
        )
        self.assertIn("somebody is mean to me", link.text_content())
        receipt = self._go(self._walk(description=WORDS))
        case = self._case(receipt)
        page = self.url_open(link.get("href"), data={"code": self._code(receipt)})
        told = self._post_act(page, "reprisal", text="They shut me in again.")
        report = self.env["complaint.case"]._find_by_code(self._code(told))
        self.assertEqual(report.retaliation_of_id, case)

    def test_going_back_loses_nothing(self):
        page = self._walk(description=WORDS, anonymity="anonymous")
        titles = "May we know who you are?", "Do you want help?", "What has happened?"
        for title in titles:
            page = self._go(page, go="back")
            self.assertEqual(self._title(page), title)
        (area,) = html.fromstring(page.content).xpath("//textarea")
        self.assertEqual(area.text_content().strip(), WORDS)
        page = self._go(page, description="Other words", go="back")
        page = self._go(self._go(page, danger="no"))
        self.assertIn("Other words", page.text)

    def test_where_nobody_may_be_anonymous_it_is_not_offered(self):
        self.policy.channel_ids = [self._way("web", False)]
        page = self._go(self.url_open(self.easy_url))
        page = self._go(page, danger="no")
        page = self._go(self._go(page, description=WORDS))
        buttons = html.fromstring(page.content).xpath("//ul//button/@value")
        self.assertEqual(buttons, ["protected", "open"])

    def test_it_is_an_option_of_the_procedure(self):
        link = f'href="{self.easy_url}'
        self.assertIn(link, self.url_open(self.url).text)
        self.policy.has_easy_track = False
        self.assertNotIn(link, self.url_open(self.url).text)
        for data in (None, {"step": "check", "description": WORDS}):
            count = self._case_count()
            page = self.url_open(self.easy_url, data=data)
            self.assertEqual(page.status_code, 404)
            self.assertEqual(self._case_count(), count)

    def test_each_answer_can_be_changed_from_the_check(self):
        # N09
        page = self._walk(description=WORDS)
        page = self._go(page, go="description")
        self.assertEqual(self._title(page), "What has happened?")
        self.assertIn("They shut me in.", page.text)
        page = self._go(page, description="")
        self.assertEqual(self._title(page), "What has happened?")
        page = self._go(page, description="They let me out.")
        self.assertEqual(self._title(page), "Is this right?")
        case = self._case(self._go(page))
        self.assertEqual(case.description, "They let me out.")

    def test_a_changed_answer_asks_for_what_it_makes_necessary(self):
        page = self._go(self._walk(description=WORDS), go="anonymity")
        page = self._go(page, anonymity="open")
        self.assertEqual(self._title(page), "How can we answer you?")
        page = self._go(page, reply_channel="phone")
        self.assertEqual(self._title(page), "What is your phone number?")
        page = self._go(page, phone="99 99 99 99")
        self.assertEqual(self._title(page), "Is this right?")
        buttons = html.fromstring(page.content).xpath("//dl//button/@value")
        self.assertIn("phone", buttons)
        page = self._go(self._go(page, go="phone"), go="back")
        self.assertEqual(self._title(page), "Is this right?")
