import re
import sys
import threading
from pathlib import Path

import psycopg2

from odoo.tests import BaseCase, tagged
from odoo.tools import config

from odoo.addons.klagebehandling_portal.page_headers import HEADERS

from .real_server import PATIENCE, RealServer, connect, until

CANARY = "canary-4711 the food is cold"
FORM = "/klage/lepro"
SCRIPTS = str(Path(__file__).parents[3] / "scripts")


@tagged("post_install", "-at_install")
class TestRealServer(BaseCase):
    """Load, double clicks, an outage, and what PostgreSQL logs of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.log = cls._database_log()
        cls.server = RealServer("klage_template")
        cls.addClassCleanup(cls.server.stop)
        cls.server.start()
        cls.choices = cls.server.choices(FORM)

    @classmethod
    def _database_log(cls):
        """The log of the cluster that `make test` has started."""
        sys.path.insert(0, SCRIPTS)
        try:
            from test_databases import tests_cluster
        finally:
            sys.path.remove(SCRIPTS)
        cluster = tests_cluster()
        if str(cluster.socket) != config["db_host"]:
            cls.skipTest(cls, "these tests need the cluster of `make test`")
        return cluster.folder / "server.log"

    def setUp(self):
        super().setUp()
        self.server.ask("DELETE FROM complaint_throttle")
        self.before = {one: one.stat().st_size for one in (self.log, self.server.log)}

    def _logged(self, log):
        """What was logged since the test began."""
        return log.read_bytes()[self.before[log] :].decode(errors="replace")

    def _answers(self, description):
        return {
            **self.choices,
            "token": self.server.token(),
            "anonymity": "anonymous",
            "description": description,
        }

    def _at_once(self, *calls):
        """Start calls side by side; a function that waits for what they answer."""
        answers = [None] * len(calls)

        def run(number, call):
            answers[number] = call()

        threads = [
            threading.Thread(target=run, args=one, daemon=True)
            for one in enumerate(calls)
        ]
        for thread in threads:
            thread.start()

        def wait():
            for thread in threads:
                thread.join(PATIENCE)
            return answers

        return wait

    def _cursor(self):
        connection = connect(self.server.copy)
        self.addCleanup(connection.close)
        return connection.cursor()

    def _hold(self, table):
        """Keep complaints from being written there, until the function is called."""
        cr = self._cursor()
        cr.connection.autocommit = False
        cr.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        return cr.connection.rollback

    def _waiting(self):
        """How many requests wait for a lock now."""
        return self.server.ask(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )[0][0]

    def _counted(self, purpose):
        return self.server.ask(
            "SELECT sum(count)::int FROM complaint_throttle"
            " WHERE split_part(bucket, ' ', 1) = %s",
            purpose,
        )[0][0]

    def _code(self, page):
        return re.search(r'class="secret">([^<]+)<', page.text)[1]

    def _cases(self):
        return self.server.ask("SELECT count(*) FROM complaint_case")[0][0]

    def test_sent_twice_at_once_is_one_case_and_its_text_in_no_log(
        self,
    ):
        # M54
        answers, count = self._answers(CANARY), self._cases()
        release = self._hold("complaint_party")
        wait = self._at_once(*[lambda: self.server.post(FORM, answers)] * 2)
        until(lambda: self._waiting() == 2, "both are being registered")
        release()
        first, second = wait()
        self.assertEqual((first.status, second.status), (200, 200))
        self.assertEqual(self._code(first), self._code(second))
        self.assertEqual(self._cases(), count + 1)
        logged = self._logged(self.log)
        self.assertIn("could not serialize access", logged)
        self.assertNotIn("duplicate key", logged)
        self.assertNotIn("canary", logged)
        self.assertNotIn("canary", self._logged(self.server.log))

    def test_complaints_from_one_address_do_not_wait_for_each_other(self):
        release = self._hold("complaint_party")
        forms = [self._answers(f"Cold {number}") for number in range(4)]
        wait = self._at_once(
            *[lambda form=form: self.server.post(FORM, form) for form in forms]
        )
        # All of them are counted and at work, while none is through.
        until(lambda: self._waiting() == 4, "all are being registered")
        self.assertEqual(self._counted("form"), 4)
        release()
        self.assertEqual({page.status for page in wait()}, {200})
        self.assertNotIn("try again in", self._logged(self.server.log))

    def test_counting_at_once_loses_none_and_fails_nowhere(self):
        ask = {"code": "x"}
        wait = self._at_once(*[lambda: self.server.post("/klage/status", ask)] * 8)
        self.assertEqual({page.status for page in wait()}, {422})
        self.assertEqual(self._counted("code"), 8)
        self.assertNotIn("ERROR", self._logged(self.log))

    def test_database_logs_no_text_of_statements_that_fail(self):
        # M10
        for fail, said in (
            (self._collide, "duplicate key"),
            (self._deadlock, "deadlock detected"),
            (self._time_out, "canceling statement due to statement timeout"),
            (self._end, "terminating connection"),
        ):
            with self.subTest(said=said):
                self.before[self.log] = self.log.stat().st_size
                fail()
                logged = self._logged(self.log)
                self.assertIn(said, logged)
                self.assertNotIn("canary", logged)

    def _collide(self):
        cr = self._cursor()
        cr.execute("CREATE TEMP TABLE collide (text varchar PRIMARY KEY)")
        with self.assertRaises(psycopg2.errors.UniqueViolation):
            cr.execute("INSERT INTO collide VALUES (%s), (%s)", [CANARY, CANARY])

    def _deadlock(self):
        self.server.ask("CREATE TABLE IF NOT EXISTS deadlock (id int, text varchar)")
        self.server.ask("INSERT INTO deadlock VALUES (1, ''), (2, '')")
        barrier, failed = threading.Barrier(2), []

        def write(first, second):
            connection = connect(self.server.copy)
            connection.autocommit = False
            cr = connection.cursor()
            query = "UPDATE deadlock SET text = %s WHERE id = %s"
            cr.execute(query, [CANARY, first])
            barrier.wait(30)
            try:
                cr.execute(query, [CANARY, second])
            except psycopg2.errors.DeadlockDetected as error:
                failed.append(error)
            connection.close()

        threads = [threading.Thread(target=write, args=ids) for ids in ((1, 2), (2, 1))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(failed), 1)

    def _time_out(self):
        cr = self._cursor()
        cr.execute("SET statement_timeout = 100")
        with self.assertRaises(psycopg2.errors.QueryCanceled):
            cr.execute("SELECT %s, pg_sleep(30)", [CANARY])

    def _end(self):
        """The database is stopped in the middle of a statement."""
        cr = self._cursor()
        pid = cr.connection.get_backend_pid()
        killer = threading.Timer(
            0.3, self.server.ask, ["SELECT pg_terminate_backend(%s)", pid]
        )
        killer.start()
        with self.assertRaises(psycopg2.OperationalError):
            cr.execute("SELECT %s, pg_sleep(30)", [CANARY])
        killer.join()

    def test_without_database_the_answer_is_try_again_later(self):
        self._shut()
        self.addCleanup(self._open)
        for headers in ({}, {"X-Odoo-Database": self.server.copy}):
            for path in ("/klage", "/klage/lepro", "/klage/status?lang=nb"):
                with self.subTest(path=path, headers=headers):
                    page = self.server.get(path, **headers)
                    self._assert_away(page)
            sent = {"description": CANARY}
            self._assert_away(self.server.post(FORM, sent, **headers))
        self.assertIn("Vi kan ikke nås", self.server.get("/klage?lang=nb").text)
        self.assertEqual(self.server.get("/klager-something").status, 404)
        self._open()
        self.assertEqual(self.server.get("/klage").status, 200)
        self.assertNotIn("canary", self._logged(self.server.log))

    def test_database_that_goes_away_in_the_middle_is_the_same(self):
        self._hold("complaint_party")
        answers = self._answers(CANARY)
        wait = self._at_once(lambda: self.server.post(FORM, answers))
        until(lambda: self._waiting() == 1, "it is being registered")
        self.server.ask(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        self._assert_away(wait()[0])
        self.assertNotIn("canary", self._logged(self.log))
        self.assertNotIn("canary", self._logged(self.server.log))

    def _assert_away(self, page):
        self.assertEqual(page.status, 503, page.text[:500])
        self.assertGreater(int(page.headers["Retry-After"]), 0)
        policy = "Content-Security-Policy"
        self.assertEqual(page.headers[policy], HEADERS[policy])
        self.assertIsNone(page.headers["Set-Cookie"])

    def _shut(self):
        self.server.postgres(
            f"ALTER DATABASE {self.server.copy} ALLOW_CONNECTIONS false"
        )
        self.server.postgres(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            self.server.copy,
        )

    def _open(self):
        self.server.postgres(
            f"ALTER DATABASE {self.server.copy} ALLOW_CONNECTIONS true"
        )
