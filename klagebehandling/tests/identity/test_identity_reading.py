import json
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import NAME, IdentityCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestIdentityReading(IdentityCase):
    """A custodian's own reading stands in the journal (GlobaLeaks #4688)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.custodian.group_ids += cls.env.ref("klagebehandling.group_export")

    def _readings(self, case=None):
        return self._events(case, "identity_read")

    def test_each_way_of_reading_is_entered(self):
        for number, (name, read) in enumerate(
            (
                ("read", lambda party: party.read(["name"])),
                ("web_read", lambda party: party.web_read({"email": {}})),
                ("export", lambda party: party.export_data(["phone"])),
                ("attribute", lambda party: party.street),
                ("mapped", lambda party: party.mapped("city")),
                ("search_read", lambda party: party.search_read([], ["zip"])),
                (
                    "of the case",
                    lambda party: party.case_id.web_read(
                        {"protected_party_ids": {"fields": {"name": {}}}}
                    ),
                ),
                ("form", lambda party: party.onchange({}, [], {"name": {}})),
            ),
            start=1,
        ):
            with freeze_time(f"2026-11-{number + 2:02} 09:00:00"):
                party = self.party.with_user(self.custodian)
                party.invalidate_recordset()
                read(party)
                self.assertEqual(len(self._readings()), number, name)
                last = self.case.journal_ids.filtered(
                    lambda entry: entry.event == "identity_read"
                ).sorted("sequence")[-1]
                self.assertEqual(last.user_id, self.custodian)
                self.assertEqual(last.payload, {"party": self.party.id})

    def test_once_for_each_custodian_person_and_day(self):
        for _time in range(3):
            self.env.invalidate_all()
            self.party.with_user(self.custodian).read(["name", "email"])
        self.assertEqual(len(self._readings()), 1)
        self.party.with_user(self.second_custodian).read(["name"])
        self.assertEqual(len(self._readings()), 2)
        with freeze_time("2026-11-03 00:00:00"):
            self.env.invalidate_all()
            self.party.with_user(self.custodian).read(["name"])
        self.assertEqual(len(self._readings()), 3)

    def test_two_persons_of_a_case_are_two_entries(self):
        case = self._register_protected(
            parties=[
                {"role": "complainant", "name": NAME},
                {"role": "representative", "name": "Advokat Ås"},
            ]
        )
        case.party_ids.with_user(self.custodian).read(["name"])
        self.assertEqual(len(self._readings(case)), 2)

    def test_what_the_server_read_before_hides_no_reading(self):
        self.assertEqual(self.party.name, NAME)
        self.assertEqual(self.party.with_user(self.custodian).sudo().name, NAME)
        self.assertFalse(self._readings())
        self.assertEqual(self.party.with_user(self.custodian).name, NAME)
        self.assertEqual(len(self._readings()), 1)

    def test_lists_and_names_are_no_reading(self):
        party = self.party.with_user(self.custodian)
        party.search([]).read(["display_name", "role", "kind", "case_id"])
        party.search([("name", "=", "Bråthenskog")])
        self.assertNotIn("Bråthenskog", party.display_name)
        self.assertFalse(self._readings())

    def test_open_identities_are_read_without_an_entry(self):
        case = self._register()
        case.party_ids.with_user(self.worker).read(["name"])
        self.assertFalse(self._readings(case))

    def test_a_custodians_reading_is_no_work_on_the_case(self):
        self.case.last_act_on = "2026-10-01"
        self.party.with_user(self.custodian).read(["name"])
        self.assertEqual(str(self.case.last_act_on), "2026-10-01")

    def test_what_a_custodian_corrects_is_entered_too(self):
        self.party.with_user(self.custodian).write({"phone": "22 00 00 00"})
        self.assertEqual(self.party.phone, "22 00 00 00")
        self.assertEqual(self.party.name, NAME)
        self.assertEqual(self._events(prefix="party_"), ["party_changed"])

    def test_nobody_lifts_a_protection(self):
        for values in (
            {"is_protected": False},
            {"case_id": self._register().id},
            {"role": "subject"},
            {"user_id": self.custodian.id},
        ):
            with self.assertRaises(UserError):
                self.party.with_user(self.custodian).write(values)
        person = self._register().party_ids
        for values in ({"is_protected": True}, {"case_id": self.case.id}):
            with self.assertRaises(UserError):
                person.with_user(self.worker).write(values)
        with self.assertRaises(UserError):
            person.with_user(self.worker).create(
                {"case_id": self.case.id, "role": "witness", "is_protected": True}
            )
        with self.assertRaises(UserError):
            self.case.with_user(self.director).write({"anonymity": "open"})

    def test_a_key_of_the_context_opens_no_door(self):
        party = self.env["complaint.party"].with_context(complaint_intake=True)
        values = {"case_id": self.case.id, "role": "witness", "name": "X"}
        for user in (self.employee, self.other_leader, self.auditor):
            with self.assertRaises(AccessError, msg=user.login):
                party.with_user(user).create(values)

    def test_pages_that_are_only_looked_at_show_no_hidden_person(self):
        # A client may put any id into a page that is not saved yet.
        values = {"party_ids": [[4, self.party.id, 0]]}
        spec = {"party_ids": {"fields": {"name": {}, "email": {}}}}
        case = self._register().with_user(self.worker)
        for records in (case, case.browse()):
            try:
                answer = records.onchange(values, ["party_ids"], spec)
            except AccessError:
                continue
            self.assertNotIn("Bråthenskog", str(answer))
        with self.assertRaises(AccessError):
            self.env["complaint.party"].with_user(self.worker).browse(
                self.party.id
            ).onchange({}, [], {"name": {}})
        with self.assertRaises(AccessError):
            self.party.with_user(self.worker).mapped("name")

    def test_searching_finds_no_hidden_person(self):
        for words in ("Bråthenskog", "Sølvi"):
            # Nor for custodians: a search would tell who it is, and leave no trace.
            for user in (self.worker, self.custodian):
                Case = self.env["complaint.case"].with_user(user)
                by_case = Case.search([("party_ids.name", "ilike", words)])
                self.assertFalse(by_case, user.login)
                Party = self.env["complaint.party"].with_user(user)
                self.assertFalse(Party.search([("name", "ilike", words)]))
        self._ask()
        requests = self.env["complaint.identity.request"].with_user(self.worker)
        with self.assertRaises(AccessError):
            requests.search([("party_id.name", "=", "Bråthenskog")])
        with self.assertRaises(AccessError):
            requests.search([("party_id.identity_hashes", "!=", False)])


@tagged("post_install", "-at_install")
class TestIdentityReadingByHttp(IdentityCase, HttpCase):
    """Over the wire Odoo answers a read on a cursor that cannot write."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.custodian.password = "custodian-of-identities"
        cls.custodian.group_ids += cls.env.ref("klagebehandling.group_export")

    def _json2(self, method, model="complaint.party", user=None, **body):
        expires = fields.Datetime.now() + timedelta(days=1)
        keys = self.env["res.users.apikeys"].with_user(user or self.custodian)
        key = keys._generate("rpc", "identities", expires)
        return self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps(body),
            headers={
                "Authorization": f"bearer {key}",
                "Content-Type": "application/json",
            },
        )

    def _call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def _readings(self):
        self.env.invalidate_all()
        return self._events(prefix="identity_read")

    @mute_logger("odoo.http")
    def test_json_2_read_is_entered(self):
        for method, body in (
            ("read", {"ids": self.party.ids, "fields": ["name"]}),
            ("search_read", {"domain": [], "fields": ["name"]}),
            ("web_read", {"ids": self.party.ids, "specification": {"name": {}}}),
        ):
            response = self._json2(method, **body)
            self.assertEqual(response.status_code, 200, response.text)
            self.assertEqual(response.json()[0]["name"], NAME)
            self.assertEqual(len(self._readings()), 1)

    @mute_logger("odoo.http")
    def test_the_web_client_is_entered(self):
        self.authenticate(self.custodian.login, "custodian-of-identities")
        row = self._call(
            "complaint.party", "web_read", self.party.ids, specification={"name": {}}
        )
        self.assertEqual(row[0]["name"], NAME)
        self.assertEqual(len(self._readings()), 1)
        names = self._call(
            "complaint.party", "web_search_read", [], {"display_name": {}}
        )
        self.assertNotIn("Bråthenskog", str(names))

    @mute_logger("odoo.http")
    def test_export_is_entered(self):
        rows = self._json2("export_data", ids=self.party.ids, fields_to_export=["name"])
        self.assertIn(NAME, str(rows.json()))
        self.assertEqual(len(self._readings()), 1)

    @mute_logger("odoo.http")
    def test_the_asker_sees_it_over_the_wire_and_only_by_the_act(self):
        self.worker.password = "worker-of-the-workshop"
        request = self._ask()
        self._grant(request)
        self.authenticate(self.worker.login, "worker-of-the-workshop")
        action = self._call("complaint.identity.request", "action_reveal", request.ids)
        self.assertNotIn("Bråthenskog", str(action))
        look = [action["res_model"], action["res_id"]]
        row = self._call(look[0], "web_read", [look[1]], specification={"name": {}})
        self.assertEqual(row[0]["name"], NAME)
        self.env.invalidate_all()
        self.assertEqual(self._events().count("identity_revealed"), 1)

    @mute_logger("odoo.http")
    def test_bad_input_is_refused_in_words(self):
        request = self._ask()
        model = "complaint.identity.request"
        for method, body in (
            ("action_grant", {}),
            ("action_grant", {"answer": 5}),
            ("action_grant", {"answer": "x", "days": "y"}),
            ("action_grant", {"answer": "x", "days": 10**30}),
            ("action_grant", {"answer": "x", "expires_at": []}),
            ("action_grant", {"answer": "x", "expires_at": "9999-99-99"}),
            ("action_refuse", {"answer": {"a": 1}}),
            ("action_reveal", {}),
            ("write", {"vals": {"answer": "x"}}),
            ("create", {"vals_list": [{}]}),
            ("unlink", {}),
            ("_answer", {"state": "granted", "answer": "x"}),
        ):
            ids = {} if method == "create" else {"ids": request.ids}
            with self.subTest(method=method, body=body):
                response = self._json2(method, model, **ids, **body)
                self.assertIn(response.status_code, range(400, 500), response.text)
        for body in ({}, {"ground": 5}, {"ground": "x", "party_id": {}}):
            response = self._json2(
                "action_request_identity",
                "complaint.case",
                self.worker,
                ids=self.case.ids,
                **body,
            )
            self.assertIn(response.status_code, range(400, 500), response.text)
        for ids in ([], self.party.ids * 2, [10**9]):
            response = self._json2(
                "action_ask", "complaint.pseudonym", self.leader, ids=ids
            )
            self.assertIn(response.status_code, range(400, 500), response.text)
        self.env.invalidate_all()
        self.assertEqual(request.state, "requested")
