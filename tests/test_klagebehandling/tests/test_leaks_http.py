import json
import logging
import re
from datetime import datetime, timedelta

from odoo.http import Request
from odoo.tests import HttpCase, tagged

from .leak_world import CANARY, LeakWorld
from .probes_http import ADDRESSES, JSON_2, filled
from .probes_routes import document_routes, route_addresses

NEVER = 900_000_000
# What differs from one request to the next, whatever is asked.
NOISE = re.compile(
    r"[0-9a-f]{40,}o?\d*|\"(csrf_token|nonce|unique|id)\": ?\"[^\"]*\"|"
    r"\"browser_cache_secret\": ?\"[^\"]*\"|"
    r"\d\d\d\d-\d\d-\d\d \d\d:\d\d:\d\d|\?unique=\w+"
)
ASKING = ("subject_manager", "colleague_admin", "auditor", "subject_employee")
# Models of ours, and which of the ids a route is asked for.
DOCUMENTS = {
    "complaint.case": "case",
    "complaint.correspondence": "letter",
    "complaint.party": "party",
}
REPORT = "klagebehandling_reports.report_complaint_correspondence_letter"


@tagged("post_install", "-at_install")
class TestLeaksHttp(LeakWorld, HttpCase):
    """Real requests: a hidden id answers as one that never existed (A-08, M17)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._hide()
        logging.getLogger("odoo.http").setLevel(logging.CRITICAL)
        cls.addClassCleanup(logging.getLogger("odoo.http").setLevel, logging.NOTSET)

    def _ids(self, case):
        """Ids of the hidden case; the newest ones, which a later subject has seen."""
        message = case.message_ids[:1]
        file = self.env["ir.attachment"].search(
            [("res_model", "=", "complaint.case"), ("res_id", "=", case.id)], limit=1
        )
        follower = self.env["mail.followers"].search([], order="id desc", limit=1)
        return {
            "case": case.id,
            "letter": case.correspondence_ids[:1].id,
            "party": case.party_ids[:1].id,
            "deadline": case.deadline_ids[:1].id,
            "entry": case.journal_ids[:1].id,
            "activity": case.activity_ids[:1].id or NEVER - 2,
            "message": message.id,
            "file": file.id,
            "follower": follower.id or NEVER - 1,
        }

    def _is_shared(self, model, answer):
        """Whether a row of Odoo's own was refused, of which SHARED says why it may."""
        text = answer[1]
        return (
            model in ("ir.attachment", "mail.activity", "mail.message")
            and "odoo.exceptions.AccessError" in text
            and CANARY not in text
        )

    def _never(self, ids):
        return {name: number + NEVER for name, number in ids.items()}

    def _ask(self, address, ids):
        """Status and answer of one request, without what gives the id away."""
        fixed = {"base": self.base_url(), "report": REPORT}
        url = filled(address.url, ids | fixed)
        if address.params is not None:
            response = self.url_open(
                url,
                data=json.dumps(
                    {"jsonrpc": "2.0", "params": filled(address.params, ids | fixed)}
                ),
                headers={"Content-Type": "application/json"},
                allow_redirects=False,
            )
        else:
            form = address.form and filled(address.form, ids | fixed)
            if form:
                form["csrf_token"] = Request.csrf_token(self)
            response = self.url_open(url, data=form, allow_redirects=False)
        return self._plain(response, ids)

    def _plain(self, response, ids):
        text = f"{response.headers.get('Location', '')}\n{response.text}"
        for name, number in ids.items():
            text = re.sub(rf"(?<!\d){number}(?!\d)", name.upper(), text)
        return response.status_code, NOISE.sub("", text)

    def _compare(self, user, ids, addresses=None):
        self.authenticate(user.login, user.login)
        leaks = []
        for address in addresses or ADDRESSES:
            hidden, missing = (
                self._ask(address, asked) for asked in (ids, self._never(ids))
            )
            if hidden != missing and not self._is_shared(
                address.asks.rpartition(".")[0], hidden
            ):
                leaks.append((address.asks, address.url, hidden, missing))
        return leaks

    def _tell(self, leaks):
        lines = []
        for asks, url, hidden, missing in leaks:
            start = next(
                (
                    place
                    for place, pair in enumerate(
                        zip(hidden[1], missing[1], strict=False)
                    )
                    if pair[0] != pair[1]
                ),
                0,
            )
            cut = slice(max(0, start - 40), start + 80)
            lines.append(
                f"{asks} {url}: {hidden[0]} {hidden[1][cut]!r}"
                f" - missing: {missing[0]} {missing[1][cut]!r}"
            )
        return "\n".join(lines)

    def test_addresses_answer_for_a_hidden_case_as_for_none(self):
        for name in ASKING:
            for case in (self.known, self.late):
                with self.subTest(user=name, case=case.title):
                    leaks = self._compare(self.walled[name], self._ids(case))
                    self.assertFalse(leaks, self._tell(leaks))

    def test_addresses_tell_outsiders_nothing(self):
        for name in ("employee", "portal"):
            with self.subTest(user=name):
                leaks = self._compare(self.outsiders[name], self._ids(self.late))
                self.assertFalse(leaks, self._tell(leaks))

    def test_addresses_answer_who_works_the_case(self):
        """The comparison can fail: for who may see it, the answers differ."""
        leaks = self._compare(self.director, self._ids(self.late))
        self.assertGreater(len(leaks), 30)

    def test_every_route_answers_for_a_hidden_case_as_for_none(self):
        addresses = route_addresses(self.env.registry, DOCUMENTS)
        self.assertGreater(len({address.url for address in addresses}), 60)
        for name, case in (
            ("subject_manager", self.late),
            ("colleague_admin", self.known),
            ("employee", self.late),
            ("portal", self.late),
        ):
            user = {**self.walled, **self.outsiders}[name]
            with self.subTest(user=name):
                leaks = self._compare(user, self._ids(case), addresses)
                self.assertFalse(leaks, self._tell(leaks))

    def test_every_route_answers_who_works_the_case(self):
        """The comparison can fail, and reaches the documents."""
        addresses = route_addresses(self.env.registry, DOCUMENTS)
        leaks = self._compare(self.director, self._ids(self.late), addresses)
        self.assertGreater(len({url for _asks, url, *_answers in leaks}), 20)
        self.assertIn("/mail/partner/from_email", str(leaks))

    def test_routes_that_name_a_document_are_found(self):
        urls = {url for url, *_rest in document_routes(self.env.registry)}
        for url in ("/mail/partner/from_email", "/mail/view", "/web/content/<int:id>"):
            self.assertIn(url, urls)

    def test_programs_get_the_same_answers(self):
        for name in ASKING:
            user = self.walled[name]
            Key = self.env["res.users.apikeys"].with_user(user)
            key = Key._generate("rpc", "Test", datetime.now() + timedelta(days=1))
            ids = self._ids(self.late)
            for path, params in JSON_2:
                answers = [
                    self._json_2(path, filled(params, asked), key, asked)
                    for asked in (ids, self._never(ids))
                ]
                with self.subTest(user=name, path=path):
                    if not self._is_shared(path.partition("/")[0], answers[0]):
                        self.assertEqual(*answers)

    def _json_2(self, path, params, key, ids):
        response = self.url_open(
            f"/json/2/{path}",
            data=json.dumps(params),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {key}",
            },
        )
        return self._plain(response, ids)
