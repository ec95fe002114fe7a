from lxml import html

from odoo.tests import tagged

from ..common import PortalCase


@tagged("post_install", "-at_install")
class TestSpeaker(PortalCase):
    """Who speaks for the person, on the own page (C-31, M58)."""

    def _represented(self, **values):
        receipt = self._send(unit_id=self.workshop.id, **values)
        case = self._case(receipt)
        speaker = self.env["complaint.party"].create(
            {"case_id": case.id, "role": "representative", "name": "Ola Verge"}
        )
        row = self.env["complaint.authorisation"].create(
            {"case_id": case.id, "party_id": speaker.id, "valid_until": "2099-01-31"}
        )
        return self._code(receipt), case, row

    def _open(self, code):
        return self.url_open("/klage/status", data={"code": code})

    def test_person_ends_it_and_gets_another_code(self):
        # C-31
        code, case, row = self._represented()
        page = self._open(code)
        self.assertIn("Who speaks for you", page.text)
        self.assertIn("January 31, 2099", page.text)
        self.assertNotIn("Ola Verge", page.text)
        done = self._post_act(page, "speaker")
        self.assertIn("from now on we write to you", done.text)
        self.assertEqual((row.state, row.ended_by), ("ended", "person"))
        self.assertNotIn("Who speaks for you", done.text)
        new = self._text(done, "//p[@class='secret']")
        self.assertIn("Somebody no longer speaks", self._open(code).text)
        self._post_act(done, "draw")
        self.assertIn("Somebody no longer speaks", self._open(new).text)
        self.assertNotIn("Somebody no longer speaks", self._open(code).text)
        again = self._post_act(page, "speaker")
        self.assertIn(again.status_code, (403, 410, 422))

    def test_code_that_staff_have_seen_ends_nothing(self):
        code, case, row = self._represented()
        page = self._open(code)
        self.env.cr.execute(
            "UPDATE complaint_case SET create_uid = %s WHERE id = %s",
            [self.leader.id, case.id],
        )
        case.invalidate_recordset()
        refused = self._post_act(page, "speaker")
        self.assertEqual(refused.status_code, 422)
        self.assertIn("Draw a new one", refused.text)
        self.assertEqual(row.state, "valid")

    def test_authorisation_of_another_case_is_none(self):
        code, case, row = self._represented()
        _code, _case, other = self._represented()
        page = self._open(code)
        for forged in (str(other.id), "", "x", "-1", "9" * 30):
            answer = self._post_act(page, "speaker", speaker=forged)
            self.assertEqual(answer.status_code, 422, forged)
        self.assertEqual((row.state, other.state), ("valid", "valid"))

    def test_letter_that_is_withheld_is_not_on_the_page(self):
        # C-06, C-31
        code, case, row = self._represented(reply_channel="letter")
        row._end("staff", "Said so by phone")
        case.party_ids[0].write({"name": "Kari", "street": "Gata 1"})
        letter = case.with_user(case.handler_id)._write_to_complainant(
            "update", "<p>Per has been moved.</p>", "letter"
        )
        letter.sudo()._mark_sent("Posted")
        self.assertTrue(letter.sudo().is_withheld)
        page = self._open(code)
        self.assertNotIn("Per has been moved", page.text)
        self.assertTrue(html.fromstring(page.content).xpath("//main"))

    def _missing(self, code):
        """What the page says of a right that has not been shown; nothing without it."""
        page = html.fromstring(self._open(code).content)
        said = page.xpath("//section[@aria-labelledby='s-right']")
        return said and " ".join(said[0].text_content().split())

    def test_page_says_which_right_is_missing_and_how_it_is_shown(self):
        # C-31, M58
        receipt = self._send(unit_id=self.workshop.id)
        case, code = self._case(receipt), self._code(receipt)
        self.assertFalse(self._missing(code))
        speaker = self.env["complaint.party"].create(
            {"case_id": case.id, "role": "representative", "name": "Ola Verge"}
        )
        said = self._missing(code)
        self.assertIn("We have not seen what gives the right to it", said)
        self.assertIn("Send a picture or a copy of it here", said)
        self.assertIn("goes to the person, until we have seen it", said)
        self.assertNotIn("Verge", said)
        rows = self.env["complaint.authorisation"]
        for values, text in (
            ({"kind": "next_of_kin"}, "gives no right to read"),
            ({"scope": "speak"}, "gives no right to read"),
            ({"valid_from": "2099-01-31"}, "valid from January 31, 2099"),
            (
                {"valid_from": "2020-01-01", "valid_until": "2020-02-29"},
                "valid until February 29, 2020",
            ),
        ):
            row = rows.create({"case_id": case.id, "party_id": speaker.id, **values})
            self.assertIn(text, self._missing(code), values)
        row._end("staff", "Said so by phone")
        self.assertIn("has ended", self._missing(code))
        rows.create({"case_id": case.id, "party_id": speaker.id})
        self.assertFalse(self._missing(code))

    def test_what_the_person_has_ended_is_not_asked_for(self):
        # C-31
        code, case, row = self._represented()
        row._end("person", "By the person")
        self.assertTrue(case.is_authority_missing)
        self.assertFalse(self._missing(code))

    def test_closed_case_promises_nothing_more(self):
        code, case, row = self._represented()
        row._end("staff", "Said so by phone")
        self.assertIn("Meanwhile we go on", self._missing(code))
        case._move("withdrawn")
        self.assertNotIn("Meanwhile", self._missing(code))
