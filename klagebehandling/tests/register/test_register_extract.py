import hashlib

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import SQL

from .test_register import TODAY, RegisterCase

KARI = {"role": "complainant", "name": "Kari Holm"}


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestRegisterExtract(RegisterCase):
    """The extract of the register is public: what it tells, and to everybody alike."""

    def _extract(self):
        rows = self.rows._extract(self.company, "2026-01-01", "2026-12-31")
        return [(row["sender"], row["matter"]) for row in rows]

    def _numbered(self, **values):
        case = self._register(parties=values.pop("parties", [KARI]), **values)
        self._number()
        return case

    def test_open_case_has_sender_and_matter(self):
        # B-27: a registered complaint is a public document.
        case = self._numbered(title="SECRET WORDS", description="SECRET WORDS")
        case.category_ids = self.env.ref("klagebehandling.category_food")
        ((sender, matter),) = self._extract()
        self.assertEqual(sender, "Kari Holm")
        self.assertEqual(matter, f"Complaint: {case.category_ids.name}")

    def test_secret_case_keeps_its_number_and_no_more(self):
        subject = {"role": "subject", "name": "Leader", "user_id": self.leader.id}
        named = {"role": "subject", "name": "Somebody"}
        for values in (
            {"anonymity": "protected"},
            {"kind": "whistleblowing"},
            {"about_manager": True},
            {"parties": [KARI, subject]},
            {"parties": [KARI, named]},
        ):
            self._numbered(**values)
        case = self._numbered()
        case.with_user(self.leader).is_register_secret = True
        self.assertEqual(self._extract(), [("", "")] * 6)
        numbers = self.rows.search([("company_id", "=", self.company.id)])
        self.assertEqual(sorted(numbers.mapped("number")), [1, 2, 3, 4, 5, 6])

    def test_registrar_keeps_a_row_secret(self):
        case = self._numbered()
        row = self._row(case).with_user(self.registrar)
        self.assertTrue(row.sender)
        row.action_keep_secret()
        self.env.invalidate_all()
        self.assertEqual(self._extract(), [("", "")])
        entry = case.journal_ids.filtered(lambda one: one.event == "register_changed")
        self.assertEqual(entry.user_id, self.registrar)
        for user in (self.leader, self.auditor, self.employee):
            with self.assertRaises(AccessError):
                row.with_user(user).action_keep_secret()

    def test_each_reason_alone_leaves_sender_and_matter_out(self):
        # D-41: as the door sets several of them at once
        case = self._numbered()
        for column, secret, plain in (
            ("is_restricted", True, False),
            ("kind", "whistleblowing", "complaint"),
            ("anonymity", "protected", "open"),
            ("is_register_secret", True, False),
        ):
            for value, told in (
                (secret, ("", "")),
                (plain, ("Kari Holm", "Complaint")),
            ):
                query = SQL(
                    "UPDATE complaint_case SET %s = %s WHERE id = %s",
                    SQL.identifier(column),
                    value,
                    case.id,
                )
                self.env.cr.execute(query)
                self.env.invalidate_all()
                self.assertEqual(self._extract(), [told], (column, value))
        ground = {"name": "Health", "code": "t_health", "is_sensitive": True}
        case.category_ids = self.env["complaint.category"].create(ground)
        self.env.invalidate_all()
        self.assertEqual(self._extract(), [("", "")])

    def test_who_complains_is_the_sender_and_nobody_else_of_the_case(self):
        user = {"role": "service_user", "name": "Ola Lie"}
        witness = {"role": "witness", "name": "Per Moe"}
        self._numbered(parties=[KARI, user, witness])
        self.assertEqual(self._extract(), [("Kari Holm", "Complaint")])

    def test_anonymous_case_has_no_sender(self):
        self._numbered(anonymity="anonymous")
        self.assertEqual(self._extract(), [("", "Complaint")])

    def test_protected_person_of_an_open_case_is_no_sender(self):
        case = self._numbered()
        case.party_ids.is_protected = True
        self.assertEqual(self._extract(), [("", "Complaint")])

    def test_where_secrecy_is_the_rule_no_row_tells_anything(self):
        self.policy.has_open_register = False
        self._numbered()
        self._numbered(about_manager=True)
        self.assertEqual(self._extract(), [("", "")] * 2)

    def test_whoever_is_walled_later_makes_the_row_empty_for_all(self):
        case = self._numbered()
        self.assertEqual(self._extract()[0][0], "Kari Holm")
        case.walled_user_ids = [Command.link(self.worker.id)]
        self.env.invalidate_all()
        self.assertEqual(self._extract(), [("", "")])

    def test_extract_is_the_same_bytes_whoever_makes_it(self):
        self.env["res.lang"]._activate_lang("nb_NO")
        self._numbered()
        self._numbered(about_manager=True)
        second = new_test_user(
            self.env,
            "test_second_registrar",
            groups="klagebehandling.group_registrar,klagebehandling.group_manager",
            company_id=self.company.id,
            company_ids=self.company.ids,
            lang="nb_NO",
            tz="Asia/Tokyo",
        )
        contents, labels = set(), set()
        for user in (self.registrar, second):
            env = self.env(user=user, context={"lang": user.lang, "tz": user.tz})
            period = {"first": "2026-01-01", "last": "2026-12-31"}
            contents.add(env["complaint.register.extract"].create(period)._content())
            field = self.rows._fields["sender"]
            labels.add(field._description_string(env))
        self.assertEqual(len(labels), 2, "they read different languages")
        self.assertEqual(len(contents), 1)
        lines = contents.pop().decode("utf-8-sig").splitlines()
        self.assertEqual(
            lines[0], "Registry Number;Received;Registered;Sender;Matter;Cancelled On"
        )
        self.assertEqual(len(lines), 3)

    def test_extract_that_is_taken_stands_in_the_journal(self):
        # M19
        self._numbered()
        dialogs = self.env["complaint.register.extract"].with_user(self.registrar)
        dialog = dialogs.create({"first": "2026-01-01", "last": "2026-12-31"})
        dialog.action_download()
        journal = self.env["complaint.company.journal"]
        taken = [("company_id", "=", self.company.id)]
        entry = journal.search([*taken, ("event", "=", "register_extracted")])
        self.assertEqual(entry.user_id, self.registrar)
        digest = hashlib.sha256(dialog._content()).hexdigest()
        period = {"first": "2026-01-01", "last": "2026-12-31"}
        self.assertEqual(entry.payload, {**period, "digest": digest})

    def test_public_journal_names_nobody(self):
        # B-27: number, days and kind; a person's name in no row, of no case
        self._numbered()
        self._numbered(about_manager=True)
        content = self._journal().decode("utf-8-sig")
        heads, *rows = content.splitlines()
        self.assertEqual(
            heads, "Registry Number;Received;Registered;Matter;Cancelled On"
        )
        self.assertEqual(sorted(row.split(";")[3] for row in rows), ["", "Complaint"])
        self.assertNotIn("Kari", content)

    def test_public_journal_is_blank_where_secrecy_is_the_rule(self):
        self.policy.has_open_register = False
        self._numbered()
        rows = self._journal().decode().splitlines()[1:]
        self.assertEqual([row.split(";")[3] for row in rows], [""])

    def _journal(self):
        dialogs = self.env["complaint.register.extract"].with_user(self.registrar)
        days = {"first": "2026-01-01", "last": "2026-12-31"}
        dialog = dialogs.create({**days, "is_public_journal": True})
        dialog.action_download()
        entries = self.env["complaint.company.journal"]
        entry = entries.search([("event", "=", "register_extracted")], limit=1)
        content = dialog._content()
        digest = hashlib.sha256(content).hexdigest()
        self.assertEqual(
            entry.payload, {**days, "is_public_journal": True, "digest": digest}
        )
        self.assertEqual(dialog.table_name, "journal-2026-01-01-2026-12-31.csv")
        return content

    def test_span_is_the_one_of_the_last_day_until_today(self):
        dialogs = self.env["complaint.register.extract"].with_user(self.registrar)
        with Form(dialogs) as form:
            for last, span, first, until in (
                # Today is Monday, 2 November.
                ("2026-11-02", "year", "2026-01-01", "2026-11-02"),
                ("2026-11-02", "day", "2026-11-02", "2026-11-02"),
                ("2026-10-14", "week", "2026-10-12", "2026-10-18"),
                ("2026-10-18", "month", "2026-10-01", "2026-10-31"),
                ("2027-05-01", "month", "2026-11-01", "2026-11-02"),
            ):
                form.last = last
                form.span = span
                self.assertEqual((str(form.first), str(form.last)), (first, until))
            form.first = "2026-10-30"
            self.assertFalse(form.span, "the days are none of a month")
            self.assertEqual(str(form.last), "2026-11-02")
        self.assertEqual(str(form.record.first), "2026-10-30")

    def test_extract_is_of_its_period(self):
        self._numbered()
        with freeze_time("2026-11-05 09:00:00"):
            self._numbered()
        rows = self.rows._extract(self.company, "2026-11-03", "2026-11-30")
        self.assertEqual([row["registry_number"] for row in rows], ["2026-2"])

    def test_cancelled_row_stays_with_its_number_and_without_the_reason(self):
        row = self._row(self._numbered())
        row.with_user(self.registrar).action_cancel("WHY IT WAS")
        content = self.rows._extract_csv(self.company, "2026-01-01", "2026-12-31")
        self.assertIn("2026-1;", content.decode())
        self.assertIn("2026-11-02", content.decode().splitlines()[1].split(";")[-1])
        self.assertNotIn("WHY", content.decode())

    def test_name_is_no_formula(self):
        self._numbered(parties=[{"role": "complainant", "name": "=1+1"}])
        content = self.rows._extract_csv(self.company, "2026-01-01", "2026-12-31")
        self.assertIn(";'=1+1;", content.decode())

    def test_many_rows_cost_no_query_each(self):
        def count():
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.rows._extract(self.company, "2026-01-01", "2026-12-31")
            return self.cr.sql_log_count - before

        for _n in range(2):
            self._numbered()
        count()
        few = count()
        for _n in range(6):
            self._numbered()
        self.assertEqual(count(), few)

    # -- the wall ------------------------------------------------------------------

    def test_register_does_not_tell_whom_a_case_is_about(self):
        """A registrar behind the wall reads what a registrar reads who is not."""
        walled = self._walled_registrar()
        seen = []
        for subject in (walled, self.employee):
            with self.subTest(subject=subject.login):
                seen.append(self._world(walled, subject))
        self.assertEqual(*seen)

    def _walled_registrar(self):
        return new_test_user(
            self.env,
            "test_walled_registrar",
            groups="klagebehandling.group_registrar,klagebehandling.group_handler",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )

    def _world(self, user, subject):
        """All that a registrar reads, with a case about somebody; then undone."""
        try:
            with self.cr.savepoint():
                self._numbered()
                party = {"role": "subject", "name": "X", "user_id": subject.id}
                self._register(parties=[KARI, party])
                waiting = self._read(self._days(), user)
                self._number()
                rows = self.rows.search([("company_id", "=", self.company.id)])
                world = waiting, self._read(rows, user), self._cells(user)
                raise ZeroDivisionError
        except ZeroDivisionError:
            self.env.invalidate_all()
        return world

    def _read(self, rows, user):
        values = rows.with_user(user).read()
        # The ids and the clock go on in a transaction that is undone.
        gone = {"id", "create_date", "write_date"}
        return [
            {name: value for name, value in one.items() if name not in gone}
            for one in values
        ]

    def _cells(self, user):
        dialog = self.env["complaint.register.extract"].with_user(user).create({})
        return dialog._content()

    def test_case_is_not_seen_by_who_keeps_the_register(self):
        walled = self._walled_registrar()
        party = {"role": "subject", "name": "X", "user_id": walled.id}
        case = self._numbered(parties=[KARI, party])
        row = self._row(case).with_user(walled)
        self.assertFalse(row.sender or row.matter)
        cases = self.env["complaint.case"].with_user(walled)
        self.assertFalse(cases.search([("id", "=", case.id)]))
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            row.read(["case_id"])
