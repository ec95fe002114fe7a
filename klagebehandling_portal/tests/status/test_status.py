import re

from freezegun import freeze_time
from lxml import html

from odoo.tests import tagged

from odoo.addons.klagebehandling.sealing import receipt_code

from ..common import PortalCase

CANARY = "canary"


@tagged("post_install", "-at_install")
class TestStatus(PortalCase):
    def setUp(self):
        super().setUp()
        receipt = self._send(anonymity="anonymous", unit_id=self.workshop.id)
        self.code, self.case = self._code(receipt), self._case(receipt)

    def _open(self, code):
        return self.url_open("/klage/status", data={"code": code})

    def test_code_opens_the_case_however_it_is_written(self):
        sloppy = self.code.lower().replace("-", " ").replace("0", "o")
        for code in (self.code, sloppy):
            page = self._open(code)
            self.assertEqual(page.status_code, 200)
            self.assertEqual(self._fact(page, "Reference"), self.case.reference)

    def _without_typed(self, page):
        """The page without what was typed, which it keeps."""
        return re.sub(r'value="[^"]*"', "", page.text)

    def test_wrong_codes_are_answered_alike(self):
        # M10: what is said hangs on how a code is written, never on a case
        ended = self._code(self._send())
        self.env["complaint.case"]._find_by_code(ended).access_code_hash = False
        pages = [
            self._open(code)
            for code in (receipt_code.make(), receipt_code.make(), ended)
        ]
        self.assertEqual({page.status_code for page in pages}, {422})
        self.assertEqual(len({self._without_typed(page) for page in pages}), 1)
        headers = [dict(page.headers, Date="") for page in pages]
        self.assertEqual(headers, headers[:1] * len(pages))

    def test_mistyped_code_is_kept_and_said_to_be_one(self):
        code = self.code
        other = "7" if code[0] != "7" else "8"
        for typed, words in (
            ("", "Write your code here."),
            ("\x00", "Write your code here."),
            (other + code[1:], "One sign is wrong."),
            (code[:-1], "twenty letters and digits"),
            ("9" * 5000, "twenty letters and digits"),
            ("ß" * 20, "a sign in it that no code has"),
            (receipt_code.make(), "does not open any case"),
        ):
            page = self._open(typed)
            self.assertEqual(page.status_code, 422)
            self.assertIn(words, page.text)
            kept = html.fromstring(page.content).get_element_by_id("code").value
            self.assertEqual(kept or "", typed[:100].replace("\x00", ""))
            self.assertNotIn(self.case.reference, page.text)

    def test_lost_code_is_explained_and_given_to_nobody(self):
        text = self.url_open("/klage/status").text
        self.assertIn("I have lost the code", text)
        self.assertIn("nobody gets a new one", text)
        self.assertIn("Kopervik", text)

    def test_every_code_costs_the_same_queries(self):
        ended = self._code(self._send())
        case = self.env["complaint.case"]._find_by_code(ended)
        case.access_code_hash = False
        self.env.flush_all()
        costs = set()
        for code in ("", "x", "9" * 5000, receipt_code.make(), ended, self.code):
            before = self.env.cr.sql_log_count
            self.env["complaint.case"]._find_by_code(code)
            costs.add(self.env.cr.sql_log_count - before)
        self.assertEqual(len(costs), 1)

    def test_a_page_asks_the_database_little(self):
        # As in a transaction that has changed nothing yet.
        self.env.flush_all()
        self.env.registry.cache_invalidated.clear()
        self.env["complaint.case"]._find_by_code(self.code)._public_status()
        self.env.invalidate_all()
        # The row, its deadlines, its journal, and which of the other parts are empty.
        with self.assertQueryCount(4):
            found = self.env["complaint.case"]._find_by_code(self.code)
            found._public_status()

    def test_what_a_case_has_is_never_taken_for_empty(self):
        case = self.env["complaint.case"]._find_by_code(self.code)
        for name in case._parts_on_page():
            self.assertEqual(case._fields[name].type, "one2many", name)
        letter = case._say("One more thing.")
        self.env.invalidate_all()
        case._note_empty(case._parts_on_page())
        self.assertEqual(
            case.correspondence_ids.filtered(lambda one: one.direction == "in"), letter
        )

    def _modes(self):
        """Whether each search for a code is done by a cursor that only reads."""
        modes, find = [], type(self.env["complaint.case"])._find_by_code

        def watched(case, code):
            modes.append(case.env.cr.readonly)
            return find(case, code)

        self.patch(type(self.env["complaint.case"]), "_find_by_code", watched)
        return modes

    def test_right_code_is_answered_by_a_replica(self):
        # E-31; Odoo would log a write there.
        modes = self._modes()
        with self.assertNoLogs("odoo.http", "WARNING"):
            self.assertIn(self.case.reference, self._open(self.code).text)
        self.assertEqual(modes, [True])

    def test_wrong_code_is_counted_and_no_fault_is_logged(self):
        modes = self._modes()
        with self.assertNoLogs("odoo.http", "WARNING"):
            for wrong in ("", "x", receipt_code.make()):
                self.assertEqual(self._open(wrong).status_code, 422)
        # One that could be right is looked for where all is written, too.
        self.assertEqual(modes, [False, False, True, False])

    def test_what_comes_beside_a_code_is_not_read_before_its_limit(self):
        modes = self._modes()
        data = {"code": self.code, "act": "write", "text": "x" * 20_000}
        page = self.url_open("/klage/status", data=data)
        self.assertIn(self.case.reference, page.text)
        self.assertEqual(modes, [False])

    def test_case_that_a_replica_does_not_know_yet_is_found(self):
        find = type(self.env["complaint.case"])._find_by_code

        def behind(case, code):
            found = find(case, code)
            return found.browse() if case.env.cr.readonly else found

        self.patch(type(self.env["complaint.case"]), "_find_by_code", behind)
        page = self._open(self.code)
        self.assertEqual(page.status_code, 200)
        self.assertIn(self.case.reference, page.text)

    def test_state_is_told_in_plain_words(self):
        # B-24, C-13, C-15
        for act, words in (
            (None, "Somebody will read it"),
            ("action_acknowledge", "Next we look into what happened"),
            ("action_investigate", "Then we answer you"),
        ):
            if act:
                getattr(self.case, act)()
            self.assertIn(words, self._open(self.code).text)
        self.case.action_answer(body="<p>We bought a stove.</p>")
        self.assertIn("We bought a stove.", self._open(self.code).text)
        self.case.action_close("resolved")
        self.assertIn("The case has ended", self._open(self.code).text)

    def test_end_is_read_as_a_letter(self):
        # C-12
        self.case.remedy = "A new stove."
        self.case.action_close("upheld", reason="The stove was broken.")
        text = self._open(self.code).text
        for told in ("we agree with you", "The stove was broken.", "A new stove."):
            self.assertIn(told, text)
        self.assertNotIn("What we have promised you", text)

    def test_answer_that_is_not_out_is_on_its_way(self):
        self.case.action_answer(body="<p>Canary stove.</p>", medium="meeting")
        text = self._open(self.code).text
        self.assertIn("on its way to you", text)
        self.assertNotIn("Canary", text)
        self.case.correspondence_ids.action_mark_sent("Said so")
        self.assertIn("Our answer is below", self._open(self.code).text)

    def test_promise_that_fell_away_is_told_with_its_reason(self):
        self.case.action_waive_acknowledgement("The <b>letter box</b> is shared.")
        text = self._open(self.code).text
        self.assertIn("We do not confirm that we have it.", text)
        self.assertIn("The &lt;b&gt;letter box&lt;/b&gt; is shared.", text)
        self.assertNotIn("We confirmed that we have it", text)

    def test_what_has_happened_is_told_as_dated_steps(self):
        # C-15, M19
        self.case.action_investigate()
        self.case._log("wall_changed", count=2)
        page = html.fromstring(self._open(self.code).content)
        steps = page.xpath("//section[@aria-labelledby='s-timeline']/ol/li")
        texts = [step.text_content().partition(": ")[2].strip() for step in steps]
        self.assertEqual(
            texts, ["We received it.", "We began to look into what happened."]
        )
        days = page.xpath("//section[@aria-labelledby='s-timeline']//time/@datetime")
        received = self.case.policy_id._local(self.case.received_at).date()
        self.assertEqual(days[0], received.isoformat())
        self.assertTrue(page.xpath("//h2[@id='s-timeline']"))

    def test_open_promises_are_shown_and_internal_ones_not(self):
        text = self._open(self.code).text
        self.assertIn("we confirm that it has been received", text)
        self.assertNotIn("staff", text)
        self.case.action_acknowledge()
        self.assertNotIn(
            "we confirm that it has been received", self._open(self.code).text
        )

    def test_page_shows_nothing_that_staff_keep_for_themselves(self):
        self.leader.name = "Canary Handler"
        self.case.message_post(body=CANARY)
        self.case.lesson = CANARY
        self.env["complaint.correspondence"].create(
            {"case_id": self.case.id, "body": f"<p>{CANARY}</p>"}
        )
        self.assertNotIn("anary", self._open(self.code).text)

    def test_ended_code_is_a_wrong_code(self):
        self.case.access_code_hash = False
        page, unknown = self._open(self.code), self._open(receipt_code.make())
        self.assertEqual(self._without_typed(page), self._without_typed(unknown))

    def test_what_became_of_a_promise_is_told(self):
        # A-31, C-13, C-15
        with freeze_time("2026-03-02 09:00:00"):
            receipt = self._send(anonymity="anonymous", unit_id=self.workshop.id)
            code, case = self._code(receipt), self._case(receipt)
        with freeze_time("2026-03-10 09:00:00"):
            case.action_acknowledge()
            text = self._open(code).text
            self.assertIn("We confirmed on March 10, 2026.", text)
            self.assertIn("It was promised by March 12, 2026.", text)
            self.assertNotIn("That was too late", text)
            case.action_delay("Two are <ill>.", "2026-05-04", milestone="close")
            text = self._open(code).text
            self.assertIn(
                "moved to May 4, 2026. The reason: Two are &lt;ill&gt;.", text
            )
        with freeze_time("2026-05-06 09:00:00"):
            case.action_close("upheld")
            self.assertIn("That was too late", self._open(code).text)

    def test_promise_is_not_told_as_kept_where_the_letter_came_back(self):
        # C-15
        self.case.action_acknowledge()
        self.assertIn("We confirmed on", self._open(self.code).text)
        kept = self.case.deadline_ids.filtered(lambda row: row.state == "met")
        kept._open_again()
        text = self._open(self.code).text
        self.assertNotIn("We confirmed on", text)
        self.assertIn("but it did not reach you.", text)
        self.assertIn("we confirm that it has been received", text)

    def test_page_is_of_whom_the_person_wrote_to(self):
        self.workshop.write({"slug": "workshop-own", "phone": "47 11 00 00"})
        receipt = self._send("/klage/workshop-own", anonymity="anonymous")
        status = self._open(self._code(receipt))
        for page in (receipt, status):
            self.assertEqual(self._text(page, "//footer//address"), "47 11 00 00")
            self.assertEqual(
                self._text(page, "//p[@class='sender']"), "Verkstedet AS, Workshop"
            )

    def test_answer_is_read_before_anything_is_asked(self):
        self.case.action_close("upheld")
        titles = html.fromstring(self._open(self.code).content).xpath("//h2/@id")
        self.assertLess(titles.index("s-letters"), titles.index("s-rate"))

    def test_what_became_of_a_duty_to_others_is_not_told(self):
        # C-08: a postponed right of the other side has a reason of its own
        day = self.case._today()
        duty = self.case._promise_day("inform_staff", day)
        duty.create(duty._prepare_extension(day))
        duty.write({"state": "extended", "reason": CANARY, "next_at": False})
        self.assertNotIn(CANARY, self._open(self.code).text)

    def test_new_is_what_came_after_the_last_own_act(self):
        # M10: looking leaves nothing behind, and nobody sees that it was read
        self.case.action_acknowledge()
        marked = '<strong class="new">New</strong>'
        self.env.flush_all()
        before = len(self.case.journal_ids)
        for _twice in range(2):
            self.assertEqual(self._open(self.code).text.count(marked), 1)
        self.env.invalidate_all()
        self.assertEqual(len(self.case.journal_ids), before)
        self.case._say("Thank you.")
        self.assertNotIn(marked, self._open(self.code).text)
        self.case.action_update(body="<p>Soon.</p>")
        self.assertEqual(self._open(self.code).text.count(marked), 1)
