from types import SimpleNamespace
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.klagebehandling.sealing import receipt_code

from ...models.page import complaint_throttle
from ..common import PortalCase

FEW = {"code": 3, "form": 2}


@tagged("post_install", "-at_install")
class TestThrottle(PortalCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.dict(complaint_throttle.LIMITS, FEW))
        self.startPatcher(patch.object(complaint_throttle, "HIDDEN_FACTOR", 1))
        self.env.cr.execute("DELETE FROM complaint_throttle")

    def _open(self, code, **kwargs):
        return self.url_open("/klage/status", data={"code": code}, **kwargs)

    def _rows(self):
        self.env.cr.execute(
            "SELECT bucket, count FROM complaint_throttle WHERE bucket <> 'salt'"
        )
        return self.env.cr.fetchall()

    def test_wrong_codes_are_stopped(self):
        # M10, M54
        statuses = [self._open(receipt_code.make()).status_code for _try in range(5)]
        self.assertEqual(statuses, [422, 422, 422, 429, 429])

    def test_right_code_is_answered_whatever_others_have_done(self):
        # M10: behind a proxy everybody may be one address
        code = self._code(self._send())
        for _try in range(4):
            wrong = self._open("x")
        self.assertEqual(wrong.status_code, 429)
        self.assertIn("Wait a little", wrong.text)
        self.assertGreater(int(wrong.headers["Retry-After"]), 0)
        self.assertEqual(self._open(code).status_code, 200)

    def test_what_was_written_below_the_case_is_kept_when_stopped(self):
        for _try in range(3):
            self._open("x")
        page = self.url_open(
            "/klage/status/identity", data={"visit": "x", "name": "Kari"}
        )
        self.assertEqual(page.status_code, 429)
        self.assertEqual(self._typed(page, "name"), "Kari")

    def test_right_codes_are_never_stopped_and_leave_nothing(self):
        code = self._code(self._send())
        before = self._rows()
        for _try in range(6):
            self.assertEqual(self._open(code).status_code, 200)
        self.assertEqual(self._rows(), before)

    def test_next_minutes_and_next_day_begin_anew(self):
        with freeze_time("2026-11-02 09:11:20"):
            for _try in range(3):
                self._open("x")
            self.assertEqual(self._open("x").status_code, 429)
            self.assertEqual(self._open("x").headers["Retry-After"], "520")
            self.assertIn("in 9 minutes", " ".join(self._open("x").text.split()))
        with freeze_time("2026-11-02 09:20:00"):
            self.assertEqual(self._open("x").status_code, 422)
        with freeze_time("2026-11-03 09:11:20"):
            self.assertEqual(self._open("x").status_code, 422)

    def test_addresses_are_told_apart_but_not_by_what_a_sender_claims(self):
        for number in range(3):
            self._open("x", headers={"X-Forwarded-For": f"203.0.113.{number}"})
        page = self._open("x", headers={"X-Forwarded-For": "203.0.113.99"})
        self.assertEqual(page.status_code, 429)
        with self._address("203.0.113.7"):
            self.assertEqual(self._open("x").status_code, 422)

    def _address(self, address):
        throttle = self.env.registry["complaint.throttle"]
        source = (address, False)
        return patch.object(throttle, "_source", lambda self: source)

    def test_one_network_is_one_source(self):
        sources = {}
        for address in (
            "2001:db8:1:2::1",
            "2001:db8:1:2:ffff::9",
            "2001:db8:1:3::1",
            "::ffff:203.0.113.7",
            "127.0.0.1",
            "nonsense",
        ):
            request = SimpleNamespace(httprequest=SimpleNamespace(remote_addr=address))
            with patch.object(complaint_throttle, "request", request):
                sources[address] = self.env["complaint.throttle"]._source()
        networks = list(sources.values())
        self.assertEqual(networks[0], networks[1])
        self.assertNotEqual(networks[1], networks[2])
        self.assertEqual(
            networks[3:], [("203.0.113.7", False), ("127.0.0.1", True), ("", True)]
        )

    def test_floods_of_forms_are_stopped_and_lose_no_text(self):
        # M54
        count, token = self._case_count(), self._token()
        for _try in range(2):
            self.assertEqual(self._send().status_code, 200)
        page = self._send(description="Long and important", token=token)
        self.assertEqual(page.status_code, 429)
        self.assertEqual(self._case_count(), count + 2)
        self.assertEqual(self._typed(page, "description"), "Long and important")
        self.assertIn("minutes, then send once more", page.text)
        self.assertGreater(int(page.headers["Retry-After"]), 0)
        self.assertEqual(self._typed(page, "token"), token)
        self.env.cr.execute("DELETE FROM complaint_throttle")
        page = self._send(description="Long and important", token=token)
        self.assertEqual(page.status_code, 200)

    def test_who_decides_in_the_unit_is_alarmed_of_what_is_stopped(self):
        for _try in range(4):
            page = self._send()
        self.assertEqual(page.status_code, 429)
        type_ = self.env.ref("klagebehandling.mail_activity_type_flood")
        tasks = self.env["mail.activity"].search([("activity_type_id", "=", type_.id)])
        self.assertEqual(tasks.user_id, self.director)
        self.assertEqual(len(tasks), 1)
        self.assertFalse(tasks.res_id)

    @freeze_time("2026-11-02 09:11:00")
    def test_form_that_must_be_corrected_counts_too(self):
        pages = [self._send(description="") for _try in range(3)]
        self.assertEqual([page.status_code for page in pages], [422, 422, 429])

    def test_counting_does_not_wait_for_the_complaint(self):
        """It ends before the work; see ``test_real_server`` for two at once."""
        throttle, form = (
            self.env.registry["complaint.throttle"],
            self.env.registry["complaint.portal.form"],
        )
        order, count, submit = [], throttle._count, form._submit

        def counted(model, *args):
            order.append(("count", model.env.cr))
            return count(model, *args)

        def worked(model, *args):
            order.append(("work", model.env.cr))
            self.assertTrue(order[0][1].closed)
            return submit(model, *args)

        with (
            patch.object(throttle, "_count", counted),
            patch.object(form, "_submit", worked),
        ):
            self._send()
        self.assertEqual([name for name, _cr in order], ["count", "work"])

    def test_no_address_and_no_hour_is_stored(self):
        # M11
        with freeze_time("2026-11-02 09:10:00"), self._address("203.0.113.7"):
            self._open("x")
            self._send(anonymity="anonymous")
        self.env.cr.execute("SELECT * FROM complaint_throttle")
        stored = str(self.env.cr.fetchall())
        for canary in ("203", "09:10", "create_date", "T09"):
            self.assertNotIn(canary, stored)
        columns = set(self.env["complaint.throttle"]._fields)
        self.assertFalse({"create_date", "create_uid", "write_date"} & columns)

    def test_salt_makes_the_same_address_another_number_each_day(self):
        seen = []
        for day in ("2026-11-02", "2026-11-03"):
            with freeze_time(f"{day} 09:10:00"), self._address("203.0.113.7"):
                self._open("x")
                seen += [bucket for bucket, _count in self._rows()]
        self.assertEqual(len(set(seen)), 2)

    def test_yesterday_is_forgotten(self):
        with freeze_time("2026-11-02 09:10:00"):
            self._open("x")
        with freeze_time("2026-11-03 09:10:00"):
            self.env["complaint.throttle"]._gc_days()
        self.env.cr.execute("SELECT count(*) FROM complaint_throttle")
        self.assertEqual(self.env.cr.fetchone(), (0,))

    def test_first_wrong_code_of_a_day_forgets_the_day_before(self):
        with freeze_time("2026-11-02 09:10:00"):
            self._open("x")
        with freeze_time("2026-11-03 09:10:00"):
            self._open("x")
        self.env.cr.execute("SELECT DISTINCT day::text FROM complaint_throttle")
        self.assertEqual(self.env.cr.fetchall(), [("2026-11-03",)])

    def test_table_is_in_no_archive_of_the_database(self):
        self.env.cr.execute(
            "SELECT relpersistence FROM pg_class WHERE relname = 'complaint_throttle'"
        )
        self.assertEqual(self.env.cr.fetchone(), ("u",))

    def test_nobody_reads_the_buckets(self):
        for user in (self.director, self.auditor, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                self.env["complaint.throttle"].with_user(user).search([])
