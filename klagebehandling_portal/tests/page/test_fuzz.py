import logging
import os
import random
from collections import Counter
from unittest.mock import patch
from urllib.parse import quote, urlencode

from odoo import http
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ...models.page import complaint_throttle
from ...models.status.complaint_portal_dialogue import ACTS
from ..common import PortalCase

_logger = logging.getLogger(__name__)

# The long form runs in parts that stand alone: one that was stopped is run again by its
# name. KLAGE_FUZZ is how many requests they send together; each part adds a line of
# figures to the file KLAGE_FUZZ_REPORT.
REQUESTS = int(
    os.environ.get("KLAGE_FUZZ") or (20_000 if os.environ.get("KLAGE_PROVE") else 0)
)
REPORT = os.environ.get("KLAGE_FUZZ_REPORT")
PART = 500
SHORT = 250
SEED = 2026
# The text comes back: sent, to be corrected, of nobody any more, or too much at once.
ANSWERED = (200, 403, 422, 429)
CANARY = "canary 4711 åäö"
METHODS = ["GET", *["POST"] * 6, "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"]
ODD = [
    "", "x", "\x00", "\ufffe", "﷽", "ø" * 300, "-1", str(2**70), "²", "../../x",
    "%00", "{{1}}", "<b>", "a\r\nb: c", "None", "[]", "1e9", "\u202e", "'--",
]  # fmt: skip
CHARSETS = ["utf-8", "utf-16", "iso-8859-1", "x-nonsense", "", "utf-7", "'; x=y"]
NAMES = [
    "token", "anonymity", "description", "kind", "unit_id", "categories", "event_date",
    "reply_channel", "wants_reply", "name", "email", "phone", "website", "code",
    "visit", "act", "text", "question", "reference", "roles", "step", "file", "lang",
    "csrf_token", "self", "slug", "attachments_as_is", "event_until", "event_words",
    "support", "interpreter_language", "attachments",
]  # fmt: skip
HEADERS = [
    ("Accept-Language", "x" * 3000),
    ("Accept-Language", "nb;q=x, ,;;,sv-\xff"),
    ("Cookie", "session_id=" + "a" * 4000),
    ("Cookie", "frontend_lang=xx; session_id=../../x; =; ;"),
    ("X-Long", "y" * 16_000),
    ("Range", "bytes=9-1"),
    ("If-None-Match", "*"),
    ("X-Forwarded-For", "nonsense, 1.2.3.4"),
    ("Expect", "nothing"),
    ("Content-Encoding", "gzip"),
    ("Host", "x" * 200),
    ("Origin", "null"),
]


@tagged("post_install", "-at_install")
class TestFuzz(PortalCase):
    """Whatever is sent to the public pages: no fault of ours, and no text is lost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(
            patch.dict(complaint_throttle.LIMITS, {"code": 10**6, "form": 10**6})
        )
        cls.policy.has_easy_track = True
        # Each page that takes a text, with the name of its field.
        cls.taken = {
            cls.url: "description",
            f"{cls.url}/enkelt": "description",
            f"/my/complaints/new{cls.url.removeprefix('/klage')}": "description",
            "/klage/status/write": "text",
            "/klage/status/help": "text",
        }
        cls.user = new_test_user(cls.env, "fuzz", groups="base.group_portal")

    def setUp(self):
        super().setUp()
        # With cookies of its own a request lacks that of the test, and is let in too.
        self.http_request_allow_all = True
        receipt = self._send(anonymity="anonymous")
        page = self.url_open("/klage/status", data={"code": self._code(receipt)})
        self.visit = self._form_to(page, "write").fields["visit"]
        self.reference = self._case(receipt).reference
        addons = sorted(self.registry._init_modules | {"base", "web"})
        self.urls = sorted(
            url
            for url, _endpoint in http._generate_routing_rules(addons, nodb_only=False)
            if url.startswith(("/klage", "/my/complaints")) and "original" not in url
        )

    def test_no_request_is_a_fault_of_ours_and_no_text_is_lost(self):
        # M54
        self._fuzz(0, SHORT)

    def _fuzz(self, part, requests):
        self.random = random.Random(SEED + part)
        statuses, kept = Counter(), 0
        for number in range(requests):
            if number == requests // 2:
                self.authenticate(self.user.login, self.user.login)
            method, url, headers, body, is_kept = self._request()
            with (
                self.subTest(number=number, method=method, url=url, headers=headers),
                # A request of nonsense is logged as one, now and then.
                mute_logger("odoo.http", "werkzeug"),
            ):
                page = self.url_open(
                    url, data=body, headers=headers, method=method, timeout=60
                )
                statuses[page.status_code] += 1
                self.assertLess(page.status_code, 500, body[:500])
                if is_kept:
                    self.assertIn(page.status_code, ANSWERED)
                    self.assertIn(CANARY, page.text)
                    kept += 1
        figures = (
            f"part {part}: {requests} requests, {kept} texts came back, {statuses}"
        )
        _logger.info("Fuzz, %s", figures)
        if REPORT:
            with open(REPORT, "a") as report:
                report.write(f"{figures}\n")
        self.assertGreater(kept, requests // 40)

    def _one(self, *choices):
        return self.random.choice(choices)

    def _request(self):
        """One request; whether its text must come back in the page."""
        url = self._url()
        method = self.random.choice(METHODS)
        headers = dict(self.random.sample(HEADERS, self._one(0, 0, 0, 1, 2)))
        headers.pop("Host", None)
        if method == "GET":
            return method, url, headers, b"", False
        self.field = self.taken.get(url.partition("?")[0], "description")
        kind, body, is_whole = self._body()
        headers["Content-Type"] = kind
        is_ours = url.partition("?")[0] in self.taken and method == "POST"
        is_kept = is_ours and is_whole and "Content-Encoding" not in headers
        return method, url, headers, body, is_kept

    def _url(self):
        url = self._one(self.url, *self.taken)
        url = url if self._one(0, 1, 1) else self.random.choice(self.urls)
        for name, values in (
            ("<string:slug>", ["workshop-test", *ODD]),
            ("<path:other>", ODD),
            ("<string:act>", [*ACTS, "file", "identity", *ODD]),
            ("<string:reference>", [self.reference, *ODD]),
        ):
            url = url.replace(name, quote(self.random.choice(values)))
        url = self._one("", "", "", "", "", "/xx", "/nb", "/") + url
        query = {"lang": self._one("nb", "sv", "en", *ODD)}
        return url + self._one("", "?" + urlencode(query), "?%ff=%00&=&lang=%", "?self")

    def _pairs(self):
        """What a browser would send, changed here and there."""
        values = {"token": self._token(), "anonymity": "open", "visit": self.visit}
        pairs = [*values.items(), (self.field, CANARY)]
        for _one in range(self._one(0, 1, 3)):
            name = self.random.choice(NAMES)
            if name != self.field:
                pairs.append((name, self.random.choice(ODD)))
        # Doubled or not, in any order: the first one counts.
        self.random.shuffle(pairs)
        return pairs

    def _body(self):
        """``(content type, bytes, whether its text can be read)``."""
        build = self._one(
            self._urlencoded,
            self._urlencoded,
            self._multipart,
            self._broken,
            self._many,
        )
        return build()

    def _urlencoded(self):
        charset = self.random.choice(CHARSETS)
        kind = "application/x-www-form-urlencoded" + self._one(
            "", f"; charset={charset}"
        )
        return kind, urlencode(self._pairs()).encode(), True

    def _multipart(self):
        parts = [
            f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'
            for name, value in self._pairs()
            if "\r" not in value
        ]
        is_whole = True
        if self._one(0, 1):
            odd = self._one(
                "Content-Disposition: form-data\r\n\r\nx",
                'Content-Disposition: form-data; filename="x"\r\n\r\nx',
                "\r\n\r\nx",
                'Content-Disposition: form-data; name="x"; name=""\r\n\r\nx',
                f"X: {'y' * 9000}\r\n\r\nx",
            )
            parts.insert(self.random.randrange(len(parts) + 1), odd)
            is_whole = False
        if self._one(0, 1):
            name = self._one("a.png", "\\", "ø.pdf", "x" * 300, "..")
            head = f'form-data; name="attachments"; filename="{name}"'
            content = self._one("", "x", "%PDF-1.4", "GIF89a", "\x00\x01")
            parts.append(f"Content-Disposition: {head}\r\n\r\n{content}")
        body = "".join(f"--x\r\n{part}\r\n" for part in parts) + "--x--\r\n"
        return "multipart/form-data; boundary=x", body.encode(), is_whole

    def _many(self):
        count = self._one(900, 1001, 1500)
        parts = '--x\r\nContent-Disposition: form-data; name="y"\r\n\r\n1\r\n' * count
        return "multipart/form-data; boundary=x", f"{parts}--x--\r\n".encode(), False

    def _broken(self):
        kind = self._one(
            "multipart/form-data", "multipart/form-data; boundary=", "text/plain",
            "application/json", "application/x-www-form-urlencoded", "x/\xff", "",
        )  # fmt: skip
        size = self.random.randrange(200)
        return kind, self._one(b"{}", b"--x\r\n", self.random.randbytes(size)), False


def _add_part(part):
    def test(self):
        self._fuzz(part, min(PART, REQUESTS - (part - 1) * PART))

    setattr(TestFuzz, f"test_part_{part:02}", test)


for one in range(1, -(-REQUESTS // PART) + 1):
    _add_part(one)
