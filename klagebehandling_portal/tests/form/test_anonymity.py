import pathlib

from odoo.http import root
from odoo.tests import tagged

from ..common import PortalCase

STRICT = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@tagged("post_install", "-at_install")
class TestAnonymity(PortalCase):
    def test_anonymous_case_keeps_no_identity(self):
        # A-12, M09
        page = self._send(
            anonymity="anonymous",
            name="Kari Canary",
            email="canary@example.com",
            phone="99887766",
            wants_reply="yes",
            reply_channel="email",
        )
        case = self._case(page)
        self.assertEqual(case.anonymity, "anonymous")
        self.assertEqual(case.reply_channel, "portal")
        self.assertFalse(case.party_ids.identity_sealed)
        self.assertEqual(case.create_uid, self.env.ref("base.public_user"))
        self.assertNotIn("anary", page.text)

    def test_anonymity_is_refused_where_the_web_form_forbids_it(self):
        # B-16, B-17, B-18
        self.policy.channel_ids = [
            self._way("web", False),
            self._way("paper_form", True, instructions="It lies at each unit."),
        ]
        page = self.url_open(self.url)
        self.assertNotIn('value="anonymous"', page.text)
        reason = page.text.index("You cannot be anonymous in this form")
        self.assertLess(reason, page.text.index("<form"))
        self.assertIn("It lies at each unit.", page.text)

    def test_refused_anonymity_loses_no_text(self):
        # B-16, B-17, M09
        self.policy.channel_ids = [self._way("web", False), self._way("letter", True)]
        count = self._case_count()
        page = self._send(anonymity="anonymous", description="Long and important")
        self.assertEqual(page.status_code, 422)
        self.assertIn("Letter", self._error_of(page, "anonymity"))
        self.assertEqual(self._typed(page, "description"), "Long and important")
        self.assertEqual(self._case_count(), count)

    def test_form_says_what_it_cannot_hide(self):
        text = self.url_open(self.url).text
        for words in (
            "way of writing",
            "only one person knows",
            "network or the device of a workplace",
            "What can be seen or heard in a file stays in it",
            "Whoever runs the server",
        ):
            self.assertIn(words, text)
            self.assertLess(text.index(words), text.index('name="anonymity"'))

    def test_no_page_sets_a_cookie_or_lets_others_in(self):
        pages = [
            self.url_open("/klage"),
            self.url_open(f"{self.url}?utm_source=canary"),
            self.url_open("/klage/nowhere"),
            self.url_open("/klage/status"),
            self.url_open("/klage/status", data={"code": "x"}),
            self._send(),
            self._send(description=""),
        ]
        for page in pages:
            with self.subTest(url=page.url, status=page.status_code):
                self.assertNotIn("Set-Cookie", page.headers)
                policy = page.headers["Content-Security-Policy"]
                self.assertIn("default-src 'none'", policy)
                self.assertNotIn("unsafe", policy)
                for name, value in STRICT.items():
                    self.assertEqual(page.headers[name], value)

    def test_a_signed_in_employee_leaves_no_trace(self):
        # The login is done as in a browser: with a trace of the device.
        self.authenticate(self.employee.login, self.employee.login)
        self.session.pop("_trace_disable")
        root.session_store.save(self.session)
        path = pathlib.Path(root.session_store.get_session_filename(self.session.sid))
        before, devices = path.read_bytes(), self._devices()
        self.url_open(self.url)
        page = self._send(anonymity="anonymous")
        self.url_open("/klage/status", data={"code": self._code(page)})
        self.url_open("/klage/nowhere")
        self.assertEqual(self._devices(), devices)
        self.assertEqual(path.read_bytes(), before)
        case = self._case(page)
        rows = case, case.party_ids, case.deadline_ids, case.journal_ids
        for row in rows:
            self.assertEqual(
                row.create_uid | row.write_uid, self.env.ref("base.public_user")
            )
        self.assertNotIn(self.employee.login, page.text)
        # The same browser on another page does leave one: the test can fail.
        self.url_open("/web/session/get_session_info", json={"params": {}})
        self.assertGreater(self._devices(), devices)

    def _devices(self):
        self.env.cr.execute("SELECT count(*) FROM res_device_log")
        return self.env.cr.fetchone()[0]
