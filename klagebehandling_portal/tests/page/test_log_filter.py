import logging
import threading
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ... import log_filter
from ..common import PortalCase


@tagged("post_install", "-at_install")
class TestLogLines(PortalCase):
    def test_log_of_a_complaint_has_no_address_code_or_text(self):
        # B-16, M11
        with self.assertLogs("werkzeug") as access, self.assertLogs() as captured:
            logging.getLogger().info("the log has a beginning")
            page = self._send(
                url=f"{self.url}?canary=1",
                description="canary text",
                name="canary name",
                email="canary",
            )
            page = self._send(description="canary text", anonymity="anonymous")
            self.url_open("/klage/status", data={"code": self._code(page)})
            self.url_open("/klage/canary")
            self.url_open("/klagebehandling_portal/static/src/css/portal.css")
        text = "\n".join(access.output + captured.output)
        self.assertIn('"POST /klage" 200', text)
        for secret in ("127.0.0.1", "anary", self._code(page), "portal.css"):
            self.assertNotIn(secret, text)

    def test_lines_of_other_pages_keep_their_address(self):
        with self.assertLogs("werkzeug") as captured:
            self.url_open("/web/health")
        self.assertIn("127.0.0.1", "\n".join(captured.output))

    def test_the_addon_installs_the_filter_once(self):
        once = dict.fromkeys(("werkzeug", "odoo.http", "odoo.sql_db"), 1)
        self.assertEqual(self._filter_counts(), once)
        log_filter.install()
        self.assertEqual(self._filter_counts(), once)

    def test_log_of_a_fault_says_where_and_not_what(self):
        # B-16, M11: a broken constraint quotes the whole row.
        secret = "canary row"
        page = self.env.registry["complaint.portal.form"]

        def fail(*_args):
            raise ValueError(secret)

        with (
            patch.object(page, "_submit", fail),
            self.assertLogs("odoo.http") as captured,
        ):
            self.assertEqual(self._send().status_code, 500)
        text = "\n".join(captured.output)
        self.assertIn("A request to a public complaint page failed", text)
        self.assertIn("complaint_form.py", text)
        self.assertNotIn("canary", text)

    def _filter_counts(self):
        return {
            name: sum(
                isinstance(one, log_filter.TracelessFilter)
                for one in logging.getLogger(name).filters
            )
            for name in log_filter.LOGGERS
        }


@tagged("post_install", "-at_install")
class TestFilter(BaseCase):
    def _filtered(self, name, message, *args):
        record = logging.LogRecord(name, logging.INFO, "", 0, message, args, None)
        log_filter.TracelessFilter().filter(record)
        return record.getMessage()

    def test_request_line_is_cut_down_to_what_is_needed(self):
        for path in ("/klage", "/klage/x?code=1", "/sv/klage/status", "/klage?x"):
            line = self._filtered(
                "werkzeug",
                '10.1.2.3 - - [now] "%s" %s %s',
                f"GET {path} HTTP/1.1",
                "200",
                "-",
            )
            self.assertEqual(line, '"GET /klage" 200 -')

    def test_other_request_lines_are_untouched(self):
        for path in ("/klager", "/web/klage", "/odoo"):
            line = self._filtered(
                "werkzeug",
                '10.1.2.3 - - "%s" %s %s',
                f"GET {path} HTTP/1.1",
                "200",
                "-",
            )
            self.assertIn("10.1.2.3", line)
            self.assertIn(path, line)

    def test_failed_query_of_our_pages_hides_its_values(self):
        thread = threading.current_thread()
        before = getattr(thread, "url", None)
        thread.url = "http://localhost/klage/x?y"
        try:
            line = self._filtered("odoo.sql_db", "bad query: %s", "INSERT secret")
            self.assertNotIn("secret", line)
            thread.url = "http://localhost/odoo"
            line = self._filtered("odoo.sql_db", "bad query: %s", "INSERT other")
            self.assertIn("other", line)
        finally:
            thread.url = before
