from unittest.mock import patch

from odoo import Command, http
from odoo.tests import new_test_user, tagged

from odoo.addons.klagebehandling_portal.models.page import complaint_throttle
from odoo.addons.klagebehandling_portal.models.status.complaint_portal_dialogue import (
    ACTS,
)
from odoo.addons.klagebehandling_portal.tests.common import PortalCase

from .probes_routes import CONVERTER

MY = "/my/complaints"
TEXT, LETTER, FILE, QUESTION, AGREED = (f"canary-{name}" for name in "tlfqa")
SECRETS = (TEXT, LETTER, FILE, QUESTION, AGREED, "Kari Canary")
# Each route of ours, and what a stranger puts into its path. What belongs to somebody
# else is sent along with all of them: see ``_sent``.
ROUTES = {
    "GET /klage": {},
    "GET /klage/<string:slug>": {"slug": ["slug", "reference"]},
    "POST /klage/<string:slug>": {"slug": ["slug", "reference"]},
    "POST /klage/<string:slug>/kvittering": {"slug": ["slug"]},
    "GET /klage/<string:slug>/skriv-ut": {"slug": ["slug", "reference"]},
    "GET /klage/<string:slug>/statistikk": {"slug": ["slug", "reference"]},
    "GET /klage/<string:slug>/statistikk/<string:name>": {
        "slug": ["slug", "reference"],
        "name": ["reference"],
    },
    "GET /klage/<string:slug>/enkelt": {"slug": ["slug", "reference"]},
    "POST /klage/<string:slug>/enkelt": {"slug": ["slug", "reference"]},
    "GET /klage/innsyn": {},
    "GET /klage/<string:slug>/innsyn": {"slug": ["slug", "reference"]},
    "POST /klage/<string:slug>/innsyn": {"slug": ["slug", "reference"]},
    "GET /klage/innsyn/svar": {},
    "POST /klage/innsyn/svar": {},
    "* /klage/<path:other>": {"other": ["reference"]},
    "GET /klage/status": {},
    "POST /klage/status": {},
    "GET /klage/status/identity": {},
    "POST /klage/status/identity": {},
    "GET /klage/status/<string:act>": {"act": ["act"]},
    "POST /klage/status/<string:act>": {"act": ["act"]},
    "POST /klage/status/file": {},
    "POST /klage/status/minutes": {},
    f"GET {MY}": {},
    f"GET {MY}/new": {},
    f"GET {MY}/new/<string:slug>": {"slug": ["slug", "reference"]},
    f"POST {MY}/new/<string:slug>": {"slug": ["slug", "reference"]},
    f"GET {MY}/<string:reference>": {"reference": ["reference", "own"]},
    f"GET {MY}/<string:reference>/<string:act>": {
        "reference": ["reference", "own"],
        "act": ["act"],
    },
    f"POST {MY}/<string:reference>/<string:act>": {
        "reference": ["reference", "own"],
        "act": ["act"],
    },
    "GET /my/inspection": {},
    "GET /my/inspection/<string:reference>": {"reference": ["reference", "own"]},
    "POST /my/inspection/<string:reference>": {"reference": ["reference", "own"]},
    "GET /klagebehandling/original/<string:token>": {"token": ["original"]},
    "GET /klagebehandling/envelopes/<int:party_id>": {"party_id": ["party"]},
    "POST /klagebehandling/envelopes/<int:party_id>": {"party_id": ["party"]},
    "GET /klagebehandling/bundle/<string:number>": {"number": ["bundle"]},
    "GET /klagebehandling/minutes/<string:token>": {"token": ["minutes"]},
    "GET /klagebehandling/review/<string:number>": {"number": ["review"]},
}
# Routes of Odoo that we extend: what they ask for is in the leak tests.
ODOOS = {"* /web/pivot/export_xlsx"}
# Where Odoo hands out files by their number.
ODOOS_FILES = (
    "/web/content/{}",
    "/web/image/{}",
    "/web/content/ir.attachment/{}/raw",
    "/web/content/ir.attachment/{}/datas",
)
NEVER = "999999999"
NOBODYS = {
    "reference": "AAAAA-AAAAA",
    "file": "0",
    "question": "0",
    "original": "x",
    "minutes": "x",
    "review": NEVER,
    "party": NEVER,
    "bundle": NEVER,
}


def own_routes(registry):
    """The routes of all our addons: dict from method and address to the address."""
    addons = sorted(registry._init_modules | {"base", "web"})
    found = {}
    for url, endpoint in http._generate_routing_rules(addons, nodb_only=False):
        module = endpoint.original_endpoint.__module__
        if module.startswith("odoo.addons.klagebehandling"):
            for method in endpoint.routing.get("methods") or ("*",):
                found[f"{method} {url}"] = url
    return found


@tagged("post_install", "-at_install")
class TestIdor(PortalCase):
    """What belongs to one is tried by another, by nobody and by who stands behind the
    wall, at each address that our addons have: a new one is red until it is entered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(
            patch.dict(complaint_throttle.LIMITS, {"code": 10**6, "form": 10**6})
        )
        cls.kari, cls.ola = map(cls._portal_user, ("Kari Canary", "Ola Nordmann"))

    @classmethod
    def _portal_user(cls, name):
        return new_test_user(
            cls.env,
            f"idor_{name.split()[0].lower()}",
            groups="base.group_portal",
            name=name,
            email="somebody@example.com",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def _sign_in(self, user):
        self.authenticate(user.login, user.login)

    def _send_by(self, user, text):
        """A complaint by name, its page and what a page gives to who sees it."""
        self._sign_in(user)
        url = f"{MY}/new/workshop-test"
        form = self._form_to(self.url_open(url), "workshop-test")
        values = {name: value for name, value in form.form_values() if value}
        values |= {"token": self._token(), "description": text}
        values["unit_id"] = str(self.workshop.id)
        files = {"attachments": ("a.xyz", FILE.encode() + b"\0")}
        page = self.url_open(url, data=values, files=files)
        return self._case(page), values

    def _make_case(self):
        """The case of Kari with all that has an id or a token."""
        case, sent = self._send_by(self.kari, TEXT)
        letter = case._write_to_complainant("message", f"<p>{LETTER}</p>", "portal")
        file = self.env["ir.attachment"].create({"name": "a.txt", "raw": FILE.encode()})
        letter._put_files(file)
        question = case.with_user(self.leader)._ask(f"<p>{QUESTION}</p>", "portal")
        original = case.original_ids.with_user(self.leader)
        action = original.action_open("What is in it?")
        minutes = self._write_minutes(case).document_ids.action_open()
        right = self.env.ref("klagebehandling.group_export")
        self.leader.group_ids = [Command.link(right.id)]
        bundle = case.with_user(self.leader).action_bundle()
        self.env["complaint.party"].create(
            {"case_id": case.id, "role": "subject", "user_id": self.leader.id}
        )
        self.env.flush_all()
        self.assertIn(self.leader, case.walled_user_ids)
        return case, {
            "reference": case.reference,
            "file": str(file.id),
            "question": str(question.id),
            "csrf_token": sent["csrf_token"],
            "token": sent["token"],
            "original": action["url"].rpartition("/")[2],
            "minutes": minutes["url"].rpartition("/")[2],
            "bundle": bundle["url"].rpartition("/")[2],
            "review": str(self._review_elsewhere().id),
            "party": str(self._protected_elsewhere().id),
        }

    def _review_elsewhere(self):
        """The review of a procedure in another organisation."""
        company = self.env["res.company"].create({"name": "Elsewhere AS"})
        policy = self._create_policy("test_elsewhere", company_id=company.id)
        review = policy._open_review(2025)
        review.conclusion = SECRETS[0]
        return review

    def _protected_elsewhere(self):
        """A person whose letters go in two envelopes, for custodians alone."""
        case = self._register(
            anonymity="protected",
            parties=[{"role": "complainant", "name": SECRETS[-1]}],
        )
        level = self.env["complaint.protection"].create(
            {
                "name": TEXT,
                "office": LETTER,
                "country_id": self.env.ref("base.no").id,
                "is_unaddressed": True,
            }
        )
        case.action_protect(level.id, "Shown to us.")
        return case.party_ids

    def _write_minutes(self, case):
        """The minutes of a meeting, kept."""
        env = self.env(user=self.leader.id)
        meeting = env["complaint.meeting"].create(
            {"case_id": case.id, "start_at": "2026-01-01 09:00:00", "place": "Room 2"}
        )
        meeting.action_hold()
        minutes = env["complaint.minutes"].create(
            {"meeting_id": meeting.id, "agreed": AGREED}
        )
        minutes.action_freeze()
        return minutes

    def test_every_route_is_known(self):
        self.assertEqual(set(own_routes(self.registry)) - ODOOS, set(ROUTES))

    def test_every_name_in_a_path_is_tried(self):
        for route, names in ROUTES.items():
            self.assertEqual(set(CONVERTER.findall(route)), set(names), route)

    def test_nothing_of_one_is_given_to_another(self):
        case, things = self._make_case()
        before = self._state(case)
        for user in (self.ola, self.leader, self.employee, None):
            own = self._become(user)
            for route in ROUTES:
                for path in self._paths(route, things, own):
                    with self.subTest(user=user and user.login, route=route, path=path):
                        page = self._try(route, path, things, own)
                        nobodys = self._try(
                            route,
                            *self._of_nobody(path, things),
                            own,
                        )
                        self.assertEqual(page.status_code, nobodys.status_code)
                        for secret in SECRETS:
                            self.assertNotIn(secret, page.text)
        self.env.invalidate_all()
        self.assertEqual(self._state(case), before)

    def test_what_is_tried_is_there_for_its_owner(self):
        """Else nothing would be given to anybody, and the other test see nothing."""
        case, things = self._make_case()
        self._sign_in(self.kari)
        page = self.url_open(f"{MY}/{case.reference}")
        for secret in (LETTER, QUESTION, AGREED):
            self.assertIn(secret, page.text)
        fields = dict(self._form_to(page, "write").form_values())
        things["csrf_token"] = fields["csrf_token"]
        got = self.url_open(f"{MY}/{case.reference}/file", data=things)
        self.assertEqual(got.text, FILE)

    def test_a_file_is_given_with_its_own_case_only(self):
        case, things = self._make_case()
        other, _sent = self._send_by(self.kari, "Something else.")
        page = self.url_open(f"{MY}/{other.reference}")
        fields = dict(self._form_to(page, "write").form_values())
        things["csrf_token"] = fields["csrf_token"]
        url = f"{MY}/{other.reference}/file"
        got = self.url_open(url, data=things)
        none = self.url_open(url, data={**things, "file": NOBODYS["file"]})
        self.assertEqual((got.status_code, got.text), (404, none.text))
        self.assertIn(case.reference, self.url_open(MY).text)

    def test_addresses_of_odoo_give_no_file_of_another(self):
        _case, things = self._make_case()
        for user in (self.ola, self.leader, self.employee, None):
            self.logout()
            if user:
                self._sign_in(user)
            for path in ODOOS_FILES:
                got, none = (
                    self.url_open(path.format(number), allow_redirects=False)
                    for number in (things["file"], NEVER)
                )
                with self.subTest(user=user and user.login, path=path):
                    self.assertEqual(
                        (got.status_code, got.content), (none.status_code, none.content)
                    )

    def _become(self, user):
        """Sign in, with a case and a visit of one's own."""
        receipt = self._send(anonymity="anonymous")
        page = self.url_open("/klage/status", data={"code": self._code(receipt)})
        visit = self._form_to(page, "write").fields["visit"]
        if not user:
            self.logout()
            return {"visit": visit, "own": self._case(receipt).reference}
        mine, sent = self._send_by(user, "Something else.")
        return {
            "visit": visit,
            "own": mine.reference,
            "csrf_token": sent["csrf_token"],
        }

    def _paths(self, route, things, own):
        method, url = route.split(" ")
        choices = {
            **{name: [value] for name, value in {**things, **own}.items()},
            "slug": ["workshop-test"],
            "act": ["write"]
            if method == "GET"
            else [*ACTS, "file", "minutes", "identity"],
        }
        paths = [url]
        for name, kinds in ROUTES[route].items():
            values = [value for kind in kinds for value in choices[kind]]
            paths = [
                CONVERTER.sub(
                    lambda match, name=name, value=value: (
                        value if match[1] == name else match[0]
                    ),
                    path,
                )
                for path in paths
                for value in values
            ]
        return paths

    def _of_nobody(self, path, things):
        # Whole parts of the address: a number stands in many a reference too.
        others = {things[name]: value for name, value in NOBODYS.items()}
        path = "/".join(others.get(part, part) for part in path.split("/"))
        return path, {**things, **NOBODYS}

    def _try(self, route, path, things, own):
        method = route.partition(" ")[0]
        if method == "GET":
            return self.url_open(path, allow_redirects=False)
        return self.url_open(path, data=self._sent(things, own))

    def _sent(self, things, own):
        return {
            **things,
            **own,
            "code": things["reference"],
            "text": "From a stranger.",
            "step": "confirm",
            "anonymity": "open",
            "name": "A stranger",
        }

    def _state(self, case):
        return (
            case.state,
            case.anonymity,
            case.journal_count,
            len(case.correspondence_ids),
            len(case.party_ids),
        )
