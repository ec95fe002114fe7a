import base64
import contextlib
import logging
import tempfile
from unittest.mock import patch

from odoo.http import root
from odoo.tests import new_test_user, tagged
from odoo.tools import config

from odoo.addons.klagebehandling_portal.tests.common import PortalCase

from .canaries import Keeper

CANARIES = ("canary", "127.0.0.1", "xx-canary")
BROWSER = {
    "User-Agent": "CanaryBrowser/7.0",
    "Accept-Language": "xx-CANARY,nb;q=0.9",
    "Referer": "https://canary.example.com/inside",
    "X-Forwarded-For": "203.0.113.77",
    "X-Forwarded-Host": "canary.example.com",
    "Forwarded": "for=203.0.113.77",
    "X-Real-IP": "203.0.113.77",
    "From": "canary@example.com",
}
LOGGERS = (None, "odoo", "odoo.addons", "werkzeug")
MAIL = """Received: from canary-laptop ([203.0.113.77]) by mx; {date}
From: Kari Canary <{sender}>
To: anonymous@verkstedet.test
Subject: Cold food
Date: {date}
Message-Id: <canary-1@canary.example.com>
X-Mailer: Canary Mail
Content-Type: text/plain; charset=utf-8

The food is cold.
"""


class Lines(logging.Handler):
    """Keeps every line that any logger lets through."""

    def __init__(self):
        super().__init__(level=1)
        self.text = ""

    def emit(self, record):
        self.text += logging.Formatter("%(name)s %(message)s").format(record) + "\n"


@tagged("post_install", "-at_install")
class TestCanaries(PortalCase):
    """Law.md 8 and 9, A-12, M11: what an anonymous complaint leaves behind.

    The same browser, signed in, opens a neutral page first: there its traces are found.
    Then it complains, and nothing of it is found anywhere.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Sessions of its own: other tests that run meanwhile sign in too.
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.startClassPatcher(patch.object(root.session_store, "path", folder.name))
        cls.env["mail.alias.domain"].search([("name", "=", "verkstedet.test")]).unlink()
        domain = cls.env["mail.alias.domain"].create({"name": "verkstedet.test"})
        cls.company.alias_domain_id = domain
        cls.workshop.anonymous_alias_name = "anonymous"
        cls.staff = cls._person("staff", "base.group_user")
        cls.portal = cls._person("portal", "base.group_portal")
        cls.env["ir.config_parameter"].set_param("web.base.url", "http://klage.test")
        cls.env.flush_all()

    @classmethod
    def _person(cls, name, group):
        return new_test_user(
            cls.env,
            f"canary_{name}",
            groups=group,
            name=f"Kari Canary {name}",
            email=f"canary.{name}@example.com",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def _sign_in(self, user):
        """A session as a browser has it: with a trace of the device."""
        self.authenticate(user.login, user.login)
        self.session.pop("_trace_disable")
        root.session_store.save(self.session)
        self.opener.headers.update(BROWSER)
        for name in ("frontend_lang", "visitor_uuid", "utm_source", "tz"):
            self.opener.cookies.set(name, f"canary-{name}")

    def _keeper(self):
        self.env.flush_all()
        folders = [config.filestore(self.env.cr.dbname), root.session_store.path]
        return Keeper(self.env.cr, folders, self.policy.tz)

    def _traces(self, keeper, user):
        self.env.flush_all()
        return keeper.traces(CANARIES, user.ids, user.partner_id.ids)

    @contextlib.contextmanager
    def _logged(self):
        """What is logged meanwhile; of SQL only what goes wrong."""
        lines, tops = Lines(), list(map(logging.getLogger, LOGGERS))
        levels = [top.level for top in tops]
        tops[0].addHandler(lines)
        for top in tops:
            top.setLevel(logging.INFO)
        try:
            yield lines
        finally:
            tops[0].removeHandler(lines)
            for top, level in zip(tops, levels, strict=True):
                top.setLevel(level)

    def _complain(self):
        """The whole way: read, stumble, send, look, mistype; the receipt."""
        self.url_open("/klage")
        self.url_open(f"{self.url}?utm_source=canary")
        answers = {"anonymity": "anonymous", "description": "The secret food is cold."}
        self._send(**answers, event_date="nonsense")
        name = "canary-holiday.txt"
        files = [("attachments", (name, b"on the beach", "text/plain"))]
        receipt = self._send(**answers, files=files, name="Kari Canary")
        self.url_open("/klage/status")
        self.url_open("/klage/status", data={"code": self._code(receipt)})
        self.url_open("/klage/status", data={"code": "mistyped"})
        self.url_open("/klage/nowhere/canary")
        return receipt

    def test_signed_in_browser_leaves_no_trace(self):
        for user, neutral in (
            (self.staff, "/web/session/get_session_info"),
            (self.portal, "/my"),
        ):
            with self.subTest(user=user.login):
                self._sign_in(user)
                control = self._keeper()
                with self._logged() as control_lines:
                    self.url_open(
                        neutral, json={"params": {}} if user == self.staff else None
                    )
                traces = self._traces(control, user)
                self.assertTrue([one for one in traces if "res_device_log" in one])
                self.assertTrue([one for one in traces if "points at res_users" in one])
                self.assertIn("127.0.0.1", control_lines.text)
                keeper = self._keeper()
                with self._logged() as lines:
                    receipt = self._complain()
                self.assertEqual(receipt.status_code, 200)
                self.assertEqual(self._traces(keeper, user), [])
                logged = lines.text.lower()
                secrets = (self._code(receipt).lower(), "secret food", user.login)
                for canary in (*CANARIES, *secrets, "203.0.113.77"):
                    self.assertNotIn(canary, logged)
                self.assertIn('"post /klage" 200', logged)

    def test_something_was_stored_all_the_same(self):
        self._sign_in(self.staff)
        keeper = self._keeper()
        self._complain()
        self.env.flush_all()
        tables = {table for table, _row in keeper.news()}
        self.assertLessEqual(
            {"complaint_case", "complaint_party", "complaint_deadline"}
            | {"complaint_journal", "ir_attachment", "complaint_throttle"},
            tables,
        )

    def test_named_complaint_is_found_by_the_same_search(self):
        self._sign_in(self.staff)
        keeper = self._keeper()
        self._send(description="canary in the text")
        traces = self._traces(keeper, self.staff)
        self.assertIn("complaint_case.description: canary", traces)
        self.assertIn("complaint_case.create_date: an hour", traces)

    def test_mail_of_an_employee_leaves_no_trace(self):
        # E-32
        mail = MAIL.format(
            sender=self.staff.email, date="Mon, 02 Nov 2026 10:13:27 +0100"
        )
        keeper = self._keeper()
        with self._logged() as lines:
            case_id = self.env["mail.thread"].message_process(
                False, mail.replace("\n", "\r\n"), save_original=True
            )
        self.assertEqual(
            self.env["complaint.case"].browse(case_id).anonymity, "anonymous"
        )
        self.assertEqual(self._traces(keeper, self.staff), [])
        for canary in (*CANARIES, "cold", "203.0.113.77"):
            self.assertNotIn(canary, lines.text.lower())

    def test_call_is_written_down_without_the_caller(self):
        # who helped is recorded, once and as that.
        keeper = self._keeper()
        file = self.env["ir.attachment"].with_user(self.employee)
        wizard = (
            self.env["complaint.case.register"]
            .with_user(self.employee)
            .create(
                {
                    "unit_id": self.workshop.id,
                    "channel": "phone",
                    "anonymity": "anonymous",
                    "description": "The food is cold.",
                    "name": "Kari Canary",
                    "email": "canary@example.com",
                    "phone": "canary",
                    "authorisation": "canary",
                    "is_read_back": True,
                }
            )
        )
        upload = file.create(
            {
                "name": "canary.txt",
                "datas": base64.b64encode(b"on the beach"),
                "res_model": wizard._name,
                "res_id": wizard.id,
            }
        )
        wizard.attachment_ids = upload
        wizard.action_register()
        self.assertEqual(self._traces(keeper, self.staff), [])
        case = self.env["complaint.case"].browse(wizard.sudo().case_number)
        self.assertEqual(case.assisted_by_id, self.employee)
        self.assertFalse(case.party_ids.identity_sealed)

    def test_naming_tells_only_what_was_told(self):
        self._sign_in(self.staff)
        receipt = self._complain()
        status = self.url_open("/klage/status", data={"code": self._code(receipt)})
        visit = self._text_of_input(status, "visit")
        keeper = self._keeper()
        for step in ("", "confirm"):
            values = {
                "visit": visit,
                "anonymity": "open",
                "name": "Ola Tell",
                "step": step,
            }
            self.url_open("/klage/status/identity", data=values)
        case = self._case(receipt)
        self.assertEqual(case.party_ids.name, "Ola Tell")
        traces = self._traces(keeper, self.staff)
        self.assertFalse([one for one in traces if not one.endswith("an hour")], traces)

    def _text_of_input(self, page, name):
        return page.text.partition(f'name="{name}" value="')[2].partition('"')[0]
