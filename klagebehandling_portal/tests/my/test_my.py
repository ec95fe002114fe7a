from unittest.mock import patch

from lxml import html

from odoo import Command
from odoo.http import request
from odoo.tests import new_test_user, tagged

from ...models.form.complaint_portal_form import ComplaintPortalForm
from ...models.page import complaint_throttle
from ..common import PortalCase

LIST = "/my/complaints"
LONG = "What happened then.\nAnd <later> & more."


@tagged("post_install", "-at_install")
class TestMy(PortalCase):
    """M20: who is signed in follows what was sent by name, and nothing of others."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kari = cls._portal_user("kari")
        cls.ola = cls._portal_user("ola")
        cls.new_url = f"{LIST}/new/workshop-test"

    @classmethod
    def _portal_user(cls, name):
        return new_test_user(
            cls.env,
            f"my_{name}",
            groups="base.group_portal",
            name=f"{name.title()} Nordmann",
            email=f"{name}@example.com",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def _sign_in(self, user):
        self.authenticate(user.login, user.login)

    def _send_mine(self, user=None, **answers):
        """Send the form by name, from its own page."""
        self._sign_in(user or self.kari)
        page = self.url_open(self.new_url)
        form = self._form_to(page, "workshop-test")
        data = {
            **{name: value for name, value in form.form_values() if value},
            "token": self._token(),
            "description": "The food is cold.",
            "unit_id": str(self.workshop.id),
            **answers,
        }
        return self.url_open(self.new_url, data=data, files={"attachments": ("", b"")})

    def _mine(self, user=None, **answers):
        return self._case(self._send_mine(user, **answers))

    def _open(self, case):
        return self.url_open(f"{LIST}/{case.reference}")

    def test_sent_by_name_it_stands_in_the_list(self):
        page = self._send_mine()
        self.assertIn("Thank you", page.text)
        case = self._case(page)
        self.assertEqual((case.anonymity, case.channel), ("open", "web"))
        self.assertEqual(case.party_ids.name, "Kari Nordmann")
        listed = self.url_open(LIST)
        self.assertIn(case.reference, listed.text)
        self.assertIn("Received", listed.text)
        self.assertIn("By ", listed.text)
        mine = self._open(case)
        self.assertEqual(self._fact(mine, "Reference"), case.reference)
        self.assertIn("What we have written to you", mine.text)

    def test_list_asks_as_often_for_many_as_for_few(self):
        def asked():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            cases_sudo = self.env["complaint.case"]._of_account(self.kari)
            entries = [case._public_entry() for case in cases_sudo]
            return len(entries), self.env.cr.sql_log_count - before

        for number in range(2):
            self._mine(description=f"Cold for the {number}. time.")
        asked()
        few, often = asked()
        for number in range(2, 6):
            self._mine(description=f"Cold for the {number}. time.")
        self.assertEqual(asked(), (few + 4, often))

    def test_rows_tell_nobody_who_it_was(self):
        case = self._mine()
        page = self._post_act(self._open(case), "write", text=LONG)
        self.assertIn("Thank you. We have received it.", page.text)
        public = self.env.ref("base.public_user")
        letter = case.correspondence_ids.filtered(lambda one: one.direction == "in")
        rows = [case, case.party_ids, letter, case.journal_ids]
        for row in rows:
            self.assertEqual((row.create_uid | row.write_uid), public)
        self.assertFalse(case.journal_ids.user_id - public)
        self.assertFalse(case.party_ids.user_id)
        self.assertTrue(case.party_ids.account_hash)
        self.assertFalse(case.message_follower_ids)

    def test_page_offers_no_anonymity_and_shows_where_it_is(self):
        self._sign_in(self.kari)
        page = self.url_open(self.new_url)
        self.assertIn("You write this in your name.", page.text)
        self.assertNotIn('name="anonymity"', page.text)
        self.assertIn('href="/klage?lang=en"', page.text)
        # Whatever is sent along: nobody is made anonymous where the server knows them.
        case = self._mine(anonymity="anonymous", name="Kari")
        self.assertEqual(case.anonymity, "open")

    def test_anonymous_and_protected_are_listed_for_nobody(self):
        self._sign_in(self.kari)
        for anonymity in ("anonymous", "protected", "open"):
            receipt = self._send(anonymity=anonymity, name="Kari Nordmann")
            self.assertFalse(self._case(receipt).party_ids.account_hash)
        self.assertIn("You have not sent any complaint", self.url_open(LIST).text)
        case = self._mine()
        self.env.flush_all()
        case.anonymity = "protected"
        self.assertEqual(self._open(case).status_code, 404)

    def test_everything_of_one_is_closed_to_another(self):
        # IDOR: reference, acts, files, tokens
        case = self._mine()
        letter = case._write_to_complainant("message", "<p>See.</p>", "portal")
        file = self.env["ir.attachment"].create({"name": "a.txt", "raw": b"plan"})
        letter._put_files(file)
        question = case.with_user(self.leader)._ask("<p>Which day?</p>", "portal")
        own = self._open(case)
        token = self._form_to(own, "write").fields["csrf_token"]
        got = self._post_act(own, "file")
        self.assertEqual(got.content, b"plan")
        missing = self.url_open(f"{LIST}/AAAAA-AAAAA").text
        before = len(case.journal_ids)
        data = {"csrf_token": token, "text": "x", "step": "confirm"}
        data |= {"file": file.id, "question": question.id}

        def attack(is_signed_in=True):
            if is_signed_in:
                page = self._open(case)
                self.assertEqual((page.status_code, page.text), (404, missing))
                self.assertNotIn(case.reference, self.url_open(LIST).text)
            for act in (
                *self.env["complaint.portal.dialogue"]._acts(),
                "file",
                "minutes",
            ):
                page = self.url_open(f"{LIST}/{case.reference}/{act}", data=data)
                self.assertIn(page.status_code, (403, 404))
                self.assertNotIn("plan", page.text)

        for user in (self.ola, self.worker, self.leader, self.employee):
            self._sign_in(user)
            attack()
        self.logout()
        page = self.url_open(f"{LIST}/{case.reference}", allow_redirects=False)
        self.assertEqual(page.status_code, 303)
        self.assertIn("/web/login", page.headers["Location"])
        attack(is_signed_in=False)
        # An own case, with what belongs to another.
        other = self._mine(self.ola)
        page = self._open(other)
        fields = dict(self._form_to(page, "write").form_values())
        for act, values in (
            ("file", {"file": file.id}),
            ("answer", {"question": question.id, "text": "x"}),
            ("further", {"reference": case.reference}),
        ):
            self.url_open(
                f"{LIST}/{other.reference}/{act}",
                data={"csrf_token": fields["csrf_token"], **values},
            )
        self.env.invalidate_all()
        self.assertEqual(len(case.journal_ids), before)
        self.assertEqual(case.state, "received")

    def test_who_stands_behind_the_wall_does_not_see_it_here_either(self):
        case = self._mine(self.employee)
        self.assertEqual(self._open(case).status_code, 200)
        case.walled_user_ids |= self.employee
        self.env.flush_all()
        self.assertEqual(self._open(case).status_code, 404)
        self.assertNotIn(case.reference, self.url_open(LIST).text)

    def test_employee_never_handles_the_own_complaint(self):
        # C-08
        case = self._mine(self.leader)
        self.assertEqual(case.party_ids.user_id, self.leader)
        self.assertEqual(case.handler_id, self.director)
        self.assertFalse(case.with_user(self.leader).has_access("read"))
        self.assertEqual(self._open(case).status_code, 200)

    def test_written_into_a_case_nobody_gets_it_to_read(self):
        case = self._register()
        case.party_ids.sudo().user_id = self.ola
        self._sign_in(self.ola)
        self.assertEqual(self._open(case).status_code, 404)

    def test_text_survives_a_token_of_another_session_and_signing_out(self):
        case = self._mine()
        page = self._open(case)
        again = self._post_act(page, "write", text=LONG, csrf_token="x")
        self.assertEqual(again.status_code, 422)
        area = self._form_to(again, "write").xpath(".//textarea")[0]
        self.assertEqual(area.text.removeprefix("\n"), LONG)
        self.logout()
        out = self._post_act(page, "write", text=LONG)
        self.assertEqual(out.status_code, 403)
        form = html.fromstring(out.content).xpath("//form")[0]
        kept = dict(form.form_values())
        self.assertEqual(kept["text"].replace("\r\n", "\n"), LONG)
        self._sign_in(self.kari)
        back = self.url_open(form.get("action"), data=kept)
        self.assertEqual(back.status_code, 422)
        sent = self._post_act(back, "write")
        self.assertIn("Thank you. We have received it.", sent.text)
        said = case.correspondence_ids.filtered(lambda one: one.direction == "in")
        self.assertEqual(len(said), 1)
        # The form of a new one likewise.
        before = self._case_count()
        page = self._send_mine(csrf_token="x", description=LONG)
        self.assertEqual(page.status_code, 422)
        self.assertEqual(self._typed(page, "description"), LONG)
        self.assertEqual(self._case_count(), before)

    def test_a_body_that_is_too_large_gives_the_text_back(self):
        pre_dispatch = self.env.registry["ir.http"]._pre_dispatch.__func__

        def limited(cls, rule, args):
            pre_dispatch(cls, rule, args)
            request.httprequest.max_content_length = 100_000

        case = self._mine()
        mine = self._open(case)
        form = self._form_to(mine, "write")
        write = {name: value for name, value in form.form_values() if value}
        film = {"attachments": ("film.mp4", b"x" * 300_000, "video/mp4")}
        before = self._case_count()
        for url, values, name in (
            (
                self.new_url,
                {"token": self._token(), "description": LONG},
                "description",
            ),
            (form.get("action"), {**write, "text": LONG}, "text"),
        ):
            with (
                self.subTest(url),
                patch.object(
                    self.env.registry["ir.http"], "_pre_dispatch", classmethod(limited)
                ),
            ):
                page = self.url_open(url, data=values, files=film)
            self.assertEqual(page.status_code, 413)
            kept = html.fromstring(page.content).xpath("//main//form")[0]
            found = dict(kept.form_values())
            self.assertEqual(found[name].replace("\r\n", "\n"), LONG)
            self.assertNotIn("csrf_token", found)
            self.assertIn("default-src 'none'", page.headers["Content-Security-Policy"])
            # The button of that page shows the form with it, and sends nothing.
            back = self.url_open(kept.get("action"), data={**found, "show": "form"})
            self.assertIn(back.status_code, (200, 422))
            self.assertIn("&lt;later&gt;", back.text)
        self.assertEqual(self._case_count(), before)

    def test_a_fault_of_ours_gives_the_text_back(self):
        self._sign_in(self.kari)

        def fail(*args):
            raise ZeroDivisionError

        with (
            patch.object(ComplaintPortalForm, "_submit", fail),
            self.assertLogs("odoo.http", "ERROR"),
        ):
            page = self._send_mine(description=LONG)
        self.assertEqual(page.status_code, 500)
        kept = dict(
            html.fromstring(page.content).xpath("//main//form")[0].form_values()
        )
        self.assertEqual(kept["description"].replace("\r\n", "\n"), LONG)

    def test_above_the_threshold_the_text_is_kept(self):
        self.env.cr.execute("DELETE FROM complaint_throttle")
        with (
            patch.dict(complaint_throttle.LIMITS, {"form": 1}),
            patch.object(complaint_throttle, "HIDDEN_FACTOR", 1),
        ):
            self._send_mine()
            page = self._send_mine(description=LONG)
        self.assertEqual(page.status_code, 429)
        self.assertEqual(self._typed(page, "description"), LONG)

    def test_reprisal_of_an_own_case_is_an_own_case(self):
        #
        case = self._mine()
        page = self._post_act(self._open(case), "reprisal", text="My shift is gone.")
        report = self.env["complaint.case"]._find_by_code(self._code(page))
        self.assertEqual(report.retaliation_of_id, case)
        self.assertIn(report.reference, self.url_open(LIST).text)
        self.assertEqual(self._open(report).status_code, 200)

    def test_card_counts_nothing(self):
        self._mine()
        page = self.url_open("/my")
        self.assertIn('href="/my/complaints"', page.text)
        counters = html.fromstring(page.content).xpath("//*[@data-placeholder_count]")
        self.assertFalse(
            [one for one in counters if "complaint" in str(html.tostring(one))]
        )

    def test_headers_are_those_of_the_open_pages(self):
        case = self._mine()
        for url in (LIST, self.new_url, f"{LIST}/{case.reference}", f"{LIST}/x"):
            page = self.url_open(url)
            self.assertEqual(page.headers["Cache-Control"], "no-store")
            self.assertIn("default-src 'none'", page.headers["Content-Security-Policy"])

    def test_list_asks_no_query_for_each_case_beyond_a_few(self):
        cases = self.env["complaint.case"].union(*(self._mine() for _one in range(3)))
        self.assertEqual(cases._of_account(self.kari), cases.sorted("id", reverse=True))
