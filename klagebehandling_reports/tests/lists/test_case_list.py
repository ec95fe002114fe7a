import base64
import hashlib
import io
import zipfile
from datetime import date
from unittest.mock import patch

import openpyxl
import pikepdf
from freezegun import freeze_time
from lxml import html

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from ..common import LetterCase
from ..statistics.common import NOW, CountedCase

REPORT = "klagebehandling_reports.complaint_case_list_report"
SECRETS = ("Kari", "Nordmann", "Cold food", "The food is cold")


class ListCase(CountedCase, LetterCase):
    """The year that one can count by hand, with a measure and a register to show."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Of the paper of letters only.
        cls.case.received_at = "2020-01-01 08:00:00"
        cls.measure = cls.env["complaint.action"].create(
            {
                "case_id": cls.one.id,
                "kind": "corrective",
                "name": "Kari Nordmann gets warm food",
                "owner_id": cls.leader.id,
                "due_on": "2026-12-31",
            }
        )
        cls.one.remedy = "Said sorry to Nordmann."
        cls.env.flush_all()

    @classmethod
    def _create_policy(cls, code, **values):
        policy = super()._create_policy(code, **values)
        role = {"subject": "role", "value": "social_committee", "name": "Nämnden"}
        policy.choice_ids = [Command.create(role)]
        return policy

    @classmethod
    def _open_register(cls):
        """The procedure says that senders stand in the register."""
        cls.env.cr.execute(
            "UPDATE complaint_policy SET has_open_register = TRUE WHERE id = %s",
            [cls.policy.id],
        )
        cls.policy.invalidate_recordset()
        cls.env.registry.clear_cache()

    def _list(self, sheet="received", user=None, **values):
        values = {
            "sheet": sheet,
            "first": "2026-01-01",
            "last": "2026-12-31",
            "lang": "en_US",
            **values,
        }
        lists = self.env["complaint.case.list"].with_user(user or self.director)
        return lists.with_context(allowed_company_ids=self.company.ids).create(values)

    def _rows(self, *args, **values):
        self.env.flush_all()
        self.env.invalidate_all()
        return self._list(*args, **values)._list_content().rows

    def _page(self, one, user=None):
        reports = self.env["ir.actions.report"].with_user(user or self.director)
        reports = reports.with_context(allowed_company_ids=self.company.ids)
        return reports._render_qweb_html(REPORT, one.ids)[0]

    def _book(self, one):
        return base64.b64decode(one.spreadsheet)

    def _taken(self):
        entries = self.env["complaint.company.journal"].search(
            [("company_id", "=", self.company.id), ("event", "=", "list_taken")]
        )
        return entries.sorted("sequence")

    def _ways(self, one, user=None):
        """The bytes of a list, by each way in which it is taken out."""
        user = user or self.director
        return {
            "html": self._page(one, user),
            "pdf": self._print(one, user, REPORT),
            "xlsx": self._book(one),
        }


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCaseList(ListCase):
    """The register extract and the list for the committee: what, for whom, of whom."""

    # -- what stands in them

    def test_committee_gets_number_character_and_measures(self):
        # C-23, D-42, D-43, D-44
        self.env["complaint.category"].search([("code", "=", "food")]).name = "Food"
        content = self._list()._list_content()
        self.assertEqual(content.counts, [("Complaint", 3), ("View", 1)])
        first = next(row for row in content.rows if "warm food" in row[5])
        self.assertEqual(first[1], date(2026, 6, 1))
        self.assertEqual(first[2:5], ["Workshop", "Complaint", "Food"])
        self.assertEqual(
            first[5],
            "Said sorry to […].\nCause removed (to be done): […] […] gets warm food",
        )
        self.assertEqual([row[0] for row in content.rows], ["1", "2", "3", "4"])
        self.measure.action_done("Kari has warm food")
        rows = self._rows()
        self.assertIn(
            "Cause removed (done): […] has warm food",
            [row[5].split("\n")[-1] for row in rows],
        )

    def test_committee_gets_nobodys_identity(self):
        # D-44: by no way, in no part of a file
        for way, content in self._ways(self._list()).items():
            if way == "pdf":
                words = self._text(content)
            elif way == "xlsx":
                parts = zipfile.ZipFile(io.BytesIO(content))
                words = "".join(parts.read(name).decode() for name in parts.namelist())
            else:
                words = content.decode()
            for secret in (*SECRETS, *self.all.mapped("reference")):
                self.assertNotIn(secret, words, way)
            self.assertIn("gets warm food", words, way)

    def test_committee_is_told(self):
        """The procedure names it, and a role that is held now stands before that."""
        # D-46
        with Form(self._list("register")) as form:
            self.assertFalse(form.to_whom)
            form.sheet = "received"
            self.assertEqual(form.to_whom, "Nämnden")
        roles = self.env["complaint.role"]
        whole = {"kind": "committee", "company_id": self.company.id}
        roles.create({**whole, "name": "Over", "valid_to": "2026-01-31"})
        self.assertEqual(self._list().to_whom, "Nämnden")
        roles.create({**whole, "name": "The social committee"})
        one = self._list()
        self.assertEqual(one.to_whom, "The social committee")
        self.assertIn(b"The social committee", self._page(one))
        self.assertEqual(self._taken()[-1].texts["to_whom"], "The social committee")
        self.assertFalse(self._list("register").to_whom)

    def test_register_has_number_day_sender_and_matter(self):
        # B-20, C-21, D-41, E-59, E-60
        self._open_register()
        self.two.heading = "Nobody kept the time"
        rows = {row[0]: row[1:] for row in self._rows("register")}
        self.assertEqual(
            set(rows), {one._list_number() for one in self.all - self.past}
        )
        self.assertEqual(
            rows[self.two._list_number()],
            [date(2026, 6, 1), "Kari Nordmann", "Nobody kept the time"],
        )
        # What the person wrote is no matter of ours.
        self.assertEqual(rows[self.four._list_number()][2], "View")

    def test_register_is_blank_where_it_is_secret(self):
        # D-41
        self._open_register()
        secret = [self._register(anonymity="protected", received_at="2026-06-01T10:00")]
        sensitive = self.env["complaint.category"].create(
            {"name": "T", "code": "t_sensitive", "is_sensitive": True}
        )
        self.three.category_ids = [Command.set(sensitive.ids)]
        secret.append(self.three)
        rows = {row[0]: row[2:] for row in self._rows("register")}
        for case in secret:
            self.assertEqual(rows[case._list_number()], ["", ""])
        self.assertEqual(rows[self.one._list_number()][0], "Kari Nordmann")

    def test_register_is_blank_in_every_row_where_secrecy_is_the_rule(self):
        """A blank row tells nothing where all are blank."""
        # D-41
        rows = self._rows("register")
        self.assertEqual(len(rows), 4)
        self.assertEqual({tuple(row[2:]) for row in rows}, {("", "")})

    def test_order_tells_no_hour_and_no_id(self):
        for number, case in enumerate(self.three | self.two | self.one, start=1):
            self.env.cr.execute(
                "UPDATE complaint_case SET drawn_number = %s WHERE id = %s",
                [f"2026-000000{number}", case.id],
            )
        rows = self._rows("register")
        self.assertEqual(rows, sorted(rows, key=lambda row: (row[1], row[0])))

    def test_what_came_in_twice_is_one_matter_and_two_entries_of_the_register(self):
        # D-42
        self.env.cr.execute(
            "UPDATE complaint_case SET is_repeat = TRUE WHERE id = %s", [self.two.id]
        )
        self.assertEqual(len(self._rows()), 3)
        self.assertEqual(len(self._rows("register")), 4)

    # -- of which days and units

    def test_days_are_local_and_the_last_one_is_in_it(self):
        late = self._register(received_at="2026-05-04T23:59:00")
        early = self._register(received_at="2026-05-05T00:00:00")
        for first, last, found in (
            ("2026-05-04", "2026-05-04", late),
            ("2026-05-05", "2026-05-05", early),
            ("2026-05-04", "2026-05-05", late | early),
            ("2026-05-06", "2026-05-07", late.browse()),
        ):
            rows = self._rows("register", first=first, last=last)
            self.assertEqual(
                {row[0] for row in rows}, {one._list_number() for one in found}
            )

    def test_unit_is_listed_with_those_below(self):
        # D-42
        def count(**values):
            return len(self._rows(**values))

        self.assertEqual(count(unit_id=self.kitchen.id), 2)
        self.assertEqual(count(unit_id=self.workshop.id), 2)
        self.assertEqual(count(unit_id=self.management.id), 4)

    def test_extract_of_numbers_that_run_is_the_registrars(self):
        # D-41: one extract, the same for everybody.
        taken = self._list("register")
        self.policy.has_running_series = True
        self.env.invalidate_all()
        self.assertEqual(self._list(sheet="received").problem, False)
        self.assertIn("registrar", taken.problem)
        for act in (taken.action_show, taken.action_print, taken.action_export):
            with self.assertRaisesRegex(UserError, "registrar"):
                act()
        lists = self.env["complaint.case.list"].with_user(self.director)
        lists = lists.with_context(allowed_company_ids=self.company.ids)
        self.assertEqual(lists.default_get(["sheet"]), {"sheet": "received"})

    def test_odd_days_are_said_beside_the_field_and_refused(self):
        with Form(self._list()) as form:
            form.last = "2025-12-31"
            self.assertIn("Choose an earlier day in “From”", form.problem)
            form.last = "2026-01-01"
            self.assertFalse(form.problem)
        for days, words in (
            ({"first": "2026-02-01", "last": "2026-01-31"}, "is after the last"),
            ({"first": "0001-01-01"}, "between 1970 and 2099"),
            ({"last": "9999-12-31"}, "between 1970 and 2099"),
        ):
            one = self._list(**days)
            for act in ("action_show", "action_print", "action_export"):
                with self.assertRaisesRegex(UserError, words):
                    getattr(one, act)()
            with self.assertRaises(UserError):
                self._page(one)
            with self.assertRaises(UserError):
                one.read(["spreadsheet"])
        self.assertFalse(self._taken())

    def test_page_says_what_it_is_a_list_of(self):
        page = html.fromstring(self._page(self._list()))
        said = zip(page.xpath("//dt/text()"), page.xpath("//dd/text()"), strict=True)
        self.assertEqual(
            list(said),
            [
                ("Organisation", "Verkstedet AS"),
                ("For", "Nämnden"),
                ("Received", "01/01/2026 to 12/31/2026"),
                ("Made on", "12/01/2026"),
                ("Number of cases", "4"),
                ("Complaint", "3"),
                ("View", "1"),
            ],
        )

    def test_list_of_nothing_says_so(self):
        one = self._list(first="2024-01-01", last="2024-12-31")
        ways = self._ways(one)
        page = html.fromstring(ways["html"])
        self.assertIn("Nothing is in this list", page.text_content())
        self.assertFalse(page.xpath("//table"))
        self.assertIn("Nothing is in this list", self._text(ways["pdf"]))
        sheet = openpyxl.load_workbook(io.BytesIO(ways["xlsx"])).worksheets[0]
        self.assertEqual(sheet.max_row, 1)

    # -- whose they are

    def test_managers_take_lists_and_nobody_else_does(self):
        for user in (self.director, self.leader, self.other_leader):
            self.assertTrue(self._ways(self._list(user=user), user)["xlsx"])
        one = self._list()
        for user in (
            self.worker,
            self.independent,
            self.custodian,
            self.auditor,
            self.owner,
            self.employee,
        ):
            with self.assertRaises(AccessError):
                self._list(user=user)
            with self.assertRaises(AccessError):
                one.with_user(user).action_export()
            with self.assertRaises(AccessError):
                one.with_user(user).read(["spreadsheet"])
            with self.assertRaises(AccessError):
                self._print(one, user, REPORT)
            with self.assertRaises(AccessError):
                self._page(one, user)

    def test_list_is_its_makers(self):
        one = self._list()
        for act in (
            lambda: one.with_user(self.leader).read(["spreadsheet"]),
            lambda: self._page(one, self.leader),
            lambda: self._print(one, self.leader, REPORT),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_who_leads_no_more_takes_no_list(self):
        one = self._list(user=self.leader)
        self.leader.group_ids -= self.env.ref("klagebehandling.group_manager")
        with self.assertRaises(AccessError):
            one.action_show()
        with self.assertRaises(AccessError):
            one.read(["spreadsheet"])

    def test_each_gets_what_that_person_reads(self):
        for user, count in (
            (self.director, 4),
            (self.leader, 2),
            (self.other_leader, 2),
        ):
            for sheet in ("register", "received"):
                self.assertEqual(len(self._rows(sheet, user)), count, user.login)

    def test_what_is_kept_from_a_colleague_is_in_nobodys_list(self):
        """A list goes from hand to hand, and may reach who stands behind the wall."""

        def taken():
            return [
                self._rows(sheet, user, unit_id=unit)
                for sheet in ("register", "received")
                for user in (self.director, self.leader)
                for unit in (False, self.workshop.id)
            ]

        before = taken()
        self._hide_from(self.leader)
        self._register(
            received_at="2026-06-01T10:00",
            parties=[{"role": "witness", "name": "W", "user_id": self.worker.id}],
        )
        self._register(received_at="2026-06-01T10:00", kind="whistleblowing")
        self.assertEqual(taken(), before)

    def test_report_of_wrongdoing_is_told_to_no_committee(self):
        """By its kind alone, also where nobody is kept from it."""
        self.env.cr.execute(
            "UPDATE complaint_case SET kind = 'whistleblowing' WHERE id = %s",
            [self.three.id],
        )
        self.assertEqual(len(self._rows()), 3)

    def test_complainant_with_an_account_is_in_the_list(self):
        user = new_test_user(self.env, "test_portal", groups="base.group_portal")
        self._register(
            received_at="2026-06-02T10:00",
            parties=[{"role": "complainant", "name": "P", "user_id": user.id}],
        )
        self.assertEqual(len(self._rows("register")), 5)

    def test_other_organisations_are_in_no_list(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        unit = self.env["complaint.unit"].create(
            {
                "name": "Elsewhere",
                "company_id": other.id,
                "policy_id": self._create_policy("test_there", company_id=other.id).id,
                "manager_id": self.director.id,
            }
        )
        self.director.company_ids += other
        intake = self.env["complaint.intake"].with_company(other)
        intake.register(
            {
                "unit_id": unit.id,
                "channel": "web",
                "title": "There",
                "description": "There",
                "received_at": "2026-06-01T10:00",
            }
        )
        for values in ({}, {"unit_id": unit.id}):
            one = self._list(**values).with_context(
                allowed_company_ids=[self.company.id, other.id]
            )
            self.assertEqual(len(one._list_content().rows), 4)

    # -- how they are made

    def test_each_way_is_entered_with_its_digest(self):
        # C-23, D-46
        one = self._list(unit_id=self.workshop.id)
        one.action_show(), one.action_export()
        self.assertFalse(self._taken(), "nothing is given out yet")
        for form, content in self._ways(one).items():
            [entry] = self._taken().filtered(
                lambda one, form=form: one.payload["form"] == form
            )
            self.assertEqual(entry.user_id, self.director)
            self.assertEqual(
                entry.payload,
                {
                    "sheet": "received",
                    "first": "2026-01-01",
                    "last": "2026-12-31",
                    "unit": self.workshop.id,
                    "rows": 2,
                    "form": form,
                    "digest": hashlib.sha256(content).hexdigest(),
                },
            )
        self.assertEqual(len(self._taken()), 3)

    def test_same_list_is_the_same_bytes_whoever_takes_it(self):
        second = self._create_user("director_too", "group_manager")
        self.management.sudo().manager_id = second
        theirs = self._ways(self._list("register", second), second)
        self.management.sudo().manager_id = self.director
        own = self._ways(self._list("register"))
        for way in ("html", "xlsx"):
            self.assertEqual(theirs[way], own[way], way)

    def test_text_is_no_formula(self):
        self._open_register()
        self.two.heading = '=HYPERLINK("http://x")'
        self.four.heading = "http://x.example"
        book = openpyxl.load_workbook(io.BytesIO(self._book(self._list("register"))))
        sheet = book.worksheets[0]
        cells = {cell.value: cell for row in sheet.iter_rows() for cell in row}
        self.assertEqual(cells[self.two.heading].data_type, "s")
        self.assertTrue(cells[self.two.heading].quotePrefix)
        self.assertFalse(cells[self.four.heading].hyperlink)
        self.assertTrue(any(cell.is_date for cell in cells.values()))
        self.assertEqual([cell.value for cell in sheet[1]][0], "Registry number")

    def test_page_is_read_without_sight(self):
        # M21
        page = html.fromstring(self._page(self._list()))
        self.assertEqual(page.get("lang"), "en-US")
        self.assertEqual(len(page.xpath("//h1")), 1)
        heads = page.xpath("//thead//th")
        self.assertEqual(len(heads), 7)
        self.assertTrue(all(head.get("scope") == "col" for head in heads))
        self.assertEqual(len(page.xpath("//tbody/tr")), 4)

    def test_paper_is_wide_and_its_heads_have_a_scope(self):
        # M21
        self.one.remedy = "Unmåtelig" * 60
        with pikepdf.open(
            io.BytesIO(self._print(self._list(), self.director, REPORT))
        ) as pdf:
            box = pdf.pages[0].mediabox
            self.assertGreater(box[2], box[3])

    def test_more_rows_than_can_be_made_are_refused(self):
        place = "odoo.addons.klagebehandling_reports.models.lists.complaint_listed"
        one = self._list()
        with patch(f"{place}.MOST_ON_PAPER", 3):
            with self.assertRaisesRegex(UserError, "more than 3 rows"):
                one.action_print()
            with self.assertRaisesRegex(UserError, "more than 3 rows"):
                self._print(one, self.director, REPORT)
            self.assertTrue(one.action_show())

    def test_queries_do_not_grow_with_the_rows(self):
        self._open_register()

        def count(sheet):
            one = self._list(sheet)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            one._list_content()
            return self.env.cr.sql_log_count - before

        sheets = ("register", "received")
        few = [count(sheet) for sheet in sheets for _twice in range(2)][1::2]
        for number in range(8):
            case = self._register(received_at=f"2026-0{number + 1}-10T10:00")
            self.measure.copy({"case_id": case.id})
        self.assertEqual([count(sheet) for sheet in sheets], few)
