import io
import json
import re

import openpyxl
from freezegun import freeze_time

from odoo.fields import Command
from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.base.models.ir_actions_report import IrActionsReport

from ..statistics.common import NOW
from .test_case_list import SECRETS, ListCase

TEMPLATE = "klagebehandling_reports.case_list"
EXTRACT = "klagebehandling_reports.register_extract"
CSRF = re.compile(r'csrf_token: "[^"]*"')


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestListsOverHttp(HttpCase, ListCase):
    """Lists by the addresses they are fetched at, with the login of each role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Stands behind the wall of a case, and leads all the same.
        cls.walled = cls._create_user("walled", "group_manager")
        cls.kitchen.deputy_id = cls.walled
        cls.other = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.stranger = new_test_user(
            cls.env,
            "test_stranger",
            groups="klagebehandling.group_manager,klagebehandling.group_registrar",
            company_id=cls.other.id,
            company_ids=[Command.set(cls.other.ids)],
        )

    def setUp(self):
        super().setUp()
        original = IrActionsReport._pre_render_qweb_pdf

        def _pre_render_qweb_pdf(reports, *args, **kwargs):
            forced = reports.with_context(force_report_rendering=True)
            return original(forced, *args, **kwargs)

        self.patch(IrActionsReport, "_pre_render_qweb_pdf", _pre_render_qweb_pdf)

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _addresses(self, model, template, id_):
        return (
            f"/report/html/{template}/{id_}",
            f"/report/text/{template}/{id_}",
            f"/report/pdf/{template}/{id_}",
            f"/web/content/{model}/{id_}/spreadsheet/list.xlsx?download=1",
            f"/web/content/{model}/{id_}/spreadsheet",
            f"/web/content?model={model}&id={id_}&field=spreadsheet",
        )

    def _fetch(self, url, id_=None):
        """The status and what is said, without what is new in each answer."""
        answer = self.url_open(url)
        if "report" not in url:
            return answer.status_code, answer.content
        said = CSRF.sub("", answer.text)
        return answer.status_code, said.replace(f"/{id_}", "/ID")

    def _download(self, template, id_):
        values = {
            "data": json.dumps([f"/report/pdf/{template}/{id_}", "qweb-pdf"]),
            "csrf_token": Request.csrf_token(self),
        }
        return self.url_open("/report/download", data=values)

    def _all_taken(self):
        self.env.invalidate_all()
        events = ("list_taken", "register_extracted")
        return self.env["complaint.company.journal"].search_count(
            [("event", "in", events)]
        )

    def test_maker_gets_each_file_and_it_is_entered(self):
        # M19, C-23
        one = self._list()
        self._login(self.director)
        page, _text, paper, table, *_same = self._addresses(one._name, TEMPLATE, one.id)
        self.assertIn("gets warm food", self._fetch(page)[1])
        self.assertTrue(self.url_open(paper).content.startswith(b"%PDF"))
        self.assertTrue(self._download(TEMPLATE, one.id).content.startswith(b"%PDF"))
        book = openpyxl.load_workbook(io.BytesIO(self.url_open(table).content))
        self.assertEqual(book.worksheets[0].max_row, 5)
        self.env.invalidate_all()
        forms = [entry.payload["form"] for entry in self._taken()]
        self.assertEqual(forms, ["html", "pdf", "pdf", "xlsx"])
        self.assertEqual(self._taken().user_id, self.director)

    def test_nobody_else_learns_whether_there_is_such_a_list(self):
        """Each role, by each address: as for a list that never was."""
        one = self._list()
        missing = one.id + 10_000
        for user in (
            self.leader,
            self.other_leader,
            self.walled,
            self.worker,
            self.independent,
            self.custodian,
            self.auditor,
            self.owner,
            self.registrar,
            self.employee,
            self.stranger,
        ):
            self._login(user)
            there = self._addresses(one._name, TEMPLATE, one.id)
            nowhere = self._addresses(one._name, TEMPLATE, missing)
            for url, odd in zip(there, nowhere, strict=True):
                with self.subTest(user=user.login, url=url):
                    answer = self._fetch(url, one.id)
                    self.assertGreaterEqual(answer[0], 400)
                    self.assertEqual(answer, self._fetch(odd, missing))
                    for secret in (*SECRETS, "Workshop"):
                        self.assertNotIn(secret, str(answer[1]))
        self.assertEqual(self._all_taken(), 0)

    def test_each_gets_the_own_cases_only(self):
        """What a colleague's list holds, and what is walled, is in no other list."""
        self._hide_from(self.walled)
        self._register(
            received_at="2026-06-01T10:00",
            unit_id=self.kitchen.id,
            parties=[{"role": "subject", "name": "W", "user_id": self.walled.id}],
        )
        for user, count in ((self.director, 4), (self.leader, 2), (self.walled, 2)):
            one = self._list("register", user)
            self._login(user)
            *_pages, table = self._addresses(one._name, TEMPLATE, one.id)
            book = openpyxl.load_workbook(io.BytesIO(self.url_open(table).content))
            self.assertEqual(book.worksheets[0].max_row - 1, count, user.login)

    def test_list_is_of_the_organisation_that_was_chosen(self):
        self.director.company_ids = [Command.link(self.other.id)]
        lists = self.env["complaint.case.list"].with_user(self.director)
        one = lists.with_context(allowed_company_ids=self.other.ids).create(
            {"sheet": "received", "first": "2026-01-01", "last": "2026-12-31"}
        )
        self.env.flush_all()
        self._login(self.director)
        page, _text, paper, table, *_same = self._addresses(one._name, TEMPLATE, one.id)
        said = self._fetch(page)[1]
        self.assertIn("Elsewhere", said)
        self.assertNotIn("Verkstedet", said)
        self.assertNotIn("warm food", said)
        self.assertIn("Elsewhere", self._text(self.url_open(paper).content))
        book = openpyxl.load_workbook(io.BytesIO(self.url_open(table).content))
        self.assertEqual(book.worksheets[0].max_row, 1)
        self.env.invalidate_all()
        self.assertFalse(self._taken(), "nothing of this organisation was taken")

    def test_extract_is_the_registrars(self):
        self.policy.has_running_series = True
        extracts = self.env["complaint.register.extract"].with_user(self.registrar)
        one = extracts.create({"first": "2026-01-01", "last": "2026-12-31"})
        self.env.flush_all()
        addresses = self._addresses(one._name, EXTRACT, one.id)
        for user in (self.director, self.worker, self.auditor, self.stranger):
            self._login(user)
            for url in (*addresses, addresses[-1].replace("spreadsheet", "table_file")):
                with self.subTest(user=user.login, url=url):
                    self.assertGreaterEqual(self._fetch(url)[0], 400)
        self.assertEqual(self._all_taken(), 0)
        self._login(self.registrar)
        for url in addresses:
            self.assertEqual(self._fetch(url)[0], 200, url)
        self.assertEqual(self._all_taken(), len(addresses))
