import json
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import HttpCase, tagged

from ..common import ComplaintCase

NOW = datetime(2026, 11, 2, 9, 0, 30)
MESSAGE_ID = "<5f0c9c1e@example.com>"


class ReplayCase(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls._create_user("colleague")

    def _values(self, **values):
        return {
            "unit_id": self.workshop.id,
            "channel": "api",
            "description": "The food is cold.",
            "submission_id": MESSAGE_ID,
            **values,
        }

    def _send(self, user=None, at=NOW, **values):
        intake = self.intake.with_user(user or self.employee)
        with freeze_time(at):
            return intake.register(self._values(**values))


@tagged("post_install", "-at_install")
class TestReplay(ReplayCase):
    """The id of a submission is no secret: who knows it gets nothing (section 2)."""

    def test_same_caller_and_content_get_the_same_answer_within_the_hour(self):
        first = self._send()
        self.assertTrue(first["access_code"])
        for minutes in (0, 1, 59):
            again = self._send(at=NOW + timedelta(minutes=minutes))
            self.assertEqual(again, first, minutes)

    def test_later_it_is_the_same_case_without_a_code(self):
        first = self._send()
        for later in (timedelta(hours=1), timedelta(hours=2), timedelta(days=90)):
            again = self._send(at=NOW + later)
            self.assertEqual(again, dict(first, access_code=False), later)

    def test_another_caller_gets_a_case_and_a_code_of_its_own(self):
        first = self._send()
        for user in (self.colleague, self.leader, self.director, self.custodian):
            self._assert_is_another(first, self._send(user))
        self.assertEqual(self._send(), first)

    def test_other_content_is_a_new_case(self):
        first = self._send()
        person = {"role": "complainant", "name": "Kari"}
        file = {"name": "a.txt", "content": "aGVp"}
        for other in (
            {"description": "The food is warm."},
            {"title": "Food"},
            {"categories": ["food"]},
            {"parties": [person]},
            {"parties": [dict(person, name="Ola")]},
            {"attachments": [file]},
            {"attachments": [dict(file, content="aGVpIQ==")]},
            {"received_at": "2026-11-01T09:00"},
            {"event_date": "2026-11-01"},
            {"wants_reply": False},
        ):
            with self.subTest(other=other):
                changed = self._send(**other)
                self._assert_is_another(first, changed)
                self.assertEqual(self._send(**other), changed)

    def test_other_ways_of_saying_the_same_are_the_same(self):
        first = self._send(title="Food", event_date="2026-11-01")
        same = {"event_date": "2026-11-01", "title": " Food\r\n", "desired_outcome": ""}
        self.assertEqual(self._send(**same, lang=None, categories=[]), first)

    def test_another_channel_or_organisation_is_another_submission(self):
        first = self._send()
        self._assert_is_another(first, self._send(channel="email"))
        company = self.env["res.company"].create({"name": "Elsewhere"})
        unit = self._create_unit(
            "There",
            company_id=company.id,
            manager_id=self.leader.id,
            policy_id=self._create_policy("elsewhere", company_id=company.id).id,
        )
        self.employee.company_ids += company
        intake = self.intake.with_user(self.employee)
        intake = intake.with_context(allowed_company_ids=self.employee.company_ids.ids)
        with freeze_time(NOW):
            other = intake.register(self._values(unit_id=unit.id))
        self._assert_is_another(first, other)

    def test_once_the_code_is_kept_nobody_gets_it(self):
        first = self._send()
        self.env["complaint.case"].browse(first["case_id"])._keep_code()
        self.assertEqual(self._send(), dict(first, access_code=False))

    def test_who_was_in_copy_of_a_mail_gets_no_code_of_it(self):
        """A manager in Cc knows the Message-Id, and all that the mail says."""
        domain = self.env["mail.alias.domain"].create({"name": "verkstedet.test"})
        self.company.alias_domain_id = domain
        self.workshop.alias_name = "complaints"
        mail = (
            "From: Kari <kari@example.com>\nTo: complaints@verkstedet.test\n"
            f"Cc: {self.leader.email}\nSubject: Cold\nMessage-Id: {MESSAGE_ID}\n\n"
            "The food is cold."
        )
        number = self.env["mail.thread"].message_process("complaint.case", mail)
        again = self.env["mail.thread"].message_process("complaint.case", mail)
        self.assertIn(again, (number, False))
        person = {"role": "complainant", "name": "Kari", "email": "kari@example.com"}
        answer = self._send(
            self.leader,
            at=datetime.now(),
            channel="email",
            title="Cold",
            parties=[person],
            reply_channel="email",
        )
        self.assertNotEqual(answer["case_id"], number)
        opened = self.env["complaint.case"]._codes_of_cases({answer["access_code"]})
        self.assertTrue(opened)
        case = self.env["complaint.case"].browse(number)
        self.assertNotEqual(
            case.access_code_hash,
            case.browse(answer["case_id"]).access_code_hash,
        )

    def test_the_minute_of_an_anonymous_case_stands_in_no_column(self):
        answer = self._send(anonymity="anonymous")
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT * FROM complaint_case WHERE id = %s", [answer["case_id"]]
        )
        self.assertNotRegex(str(self.env.cr.fetchall()), r"9, 0, 30|09:00:30")

    def test_registration_takes_few_queries(self):
        """Warm, as the public form registers: at most eight."""
        person = {"role": "complainant", "name": "Kari", "email": "kari@example.com"}
        for number in range(3):
            values = self._values(
                channel="web", parties=[person], submission_id=f"form {number}"
            )
            intake = self.intake.sudo()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            intake.register(values)
            self.env.flush_all()
            queries = self.env.cr.sql_log_count - before
        self.assertLessEqual(queries, 8)

    def _assert_is_another(self, first, other):
        self.assertNotEqual(other["case_id"], first["case_id"])
        self.assertNotEqual(other["access_code"], first["access_code"])
        self.assertTrue(other["access_code"])


@tagged("post_install", "-at_install")
class TestReplayOverHttp(ReplayCase, HttpCase):
    def test_colleague_who_knows_the_id_gets_a_case_of_its_own(self):
        first = self._post(self.employee)
        self.assertEqual(self._post(self.employee), first)
        other = self._post(self.colleague)
        self.assertNotEqual(other["case_id"], first["case_id"])
        self.assertNotEqual(other["access_code"], first["access_code"])

    def _post(self, user):
        keys = self.env["res.users.apikeys"].with_user(user)
        key = keys._generate("rpc", "Test", datetime.now() + timedelta(days=1))
        response = self.url_open(
            "/json/2/complaint.intake/register",
            data=json.dumps({"values": self._values()}),
            headers={
                "Authorization": f"bearer {key}",
                "Content-Type": "application/json",
            },
        )
        self.assertEqual(response.status_code, 200, response.text[:300])
        return response.json()
