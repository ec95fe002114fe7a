import base64
from datetime import timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .. import file_fixtures as files
from ..common import ComplaintCase

RAW = b"Kari wrote this herself. " * 50
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Kari"


@tagged("post_install", "-at_install")
class TestOriginals(ComplaintCase, HttpCase):
    """Who opens a sealed original, how, and that nobody else ever can (M12)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        sent = [("kari.txt", RAW), ("kari.jpg", files.jpeg()), ("kari.doc", LOCKED)]
        attachments = [
            {"name": name, "content": base64.b64encode(raw).decode()}
            for name, raw in sent
        ]
        cls.cases = {
            anonymity: cls._register(
                anonymity=anonymity, channel="letter", attachments=attachments
            )
            for anonymity in ("open", "protected", "anonymous")
        }
        cls.admin = new_test_user(
            cls.env,
            "test_admin",
            groups="base.group_system,base.group_erp_manager,"
            "klagebehandling.group_manager",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.everyone = (
            cls.director
            | cls.leader
            | cls.worker
            | cls.other_leader
            | cls.independent
            | cls.custodian
            | cls.auditor
            | cls.employee
            | cls.admin
        )

    def _original(self, anonymity, number=0):
        return self.cases[anonymity].original_ids[number]

    def _open(self, user, anonymity, number=0, reason="The date in it"):
        original = self._original(anonymity, number).with_user(user)
        return original.action_open(reason)

    def _get(self, user, url):
        self.authenticate(user.login, user.login)
        return self.url_open(url)

    def test_picture_for_a_complaint_is_not_made_smaller(self):
        large = files.jpeg(size=(2400, 1800))
        for model, is_kept in (("complaint.case.register", True), ("res.users", False)):
            file = self.env["ir.attachment"].create(
                {"name": "a.jpg", "raw": large, "res_model": model, "res_id": 0}
            )
            self.assertEqual(file.raw == large, is_kept, model)

    def test_open_complaints_are_opened_by_who_works_them(self):
        for user in (self.worker, self.leader, self.director):
            self.assertEqual(self._open(user, "open")["type"], "ir.actions.act_url")
        for user in (
            self.other_leader,
            self.custodian,
            self.auditor,
            self.employee,
            self.independent,
            self.admin,
        ):
            with self.assertRaises(AccessError, msg=user.login):
                self._open(user, "open")

    def test_of_others_only_the_custodian_opens_an_original(self):
        for anonymity in ("protected", "anonymous"):
            self._original(anonymity).with_user(self.leader).action_request("Needed")
            for user in self.everyone - self.custodian:
                with self.assertRaises(AccessError, msg=(user.login, anonymity)):
                    self._open(user, anonymity)
            self._open(self.custodian, anonymity)

    def test_custodian_sees_of_anonymous_cases_what_is_asked_for_only(self):
        Original = self.env["complaint.original"].with_user(self.custodian)
        mine = [("case_id", "in", [case.id for case in self.cases.values()])]
        protected = self.cases["protected"].original_ids
        self.assertEqual(Original.search(mine), protected)
        with self.assertRaises(AccessError):
            self._open(self.custodian, "anonymous")
        asked = self._original("anonymous", 2)
        asked.with_user(self.leader).action_request("Is there a date in it?")
        self.assertEqual(Original.search(mine), protected | asked)
        acts = asked.with_user(self.custodian).act_ids
        self.assertEqual(acts.mapped("reason"), ["Is there a date in it?"])
        # The case itself stays closed to the custodian.
        with self.assertRaises(AccessError):
            self.cases["anonymous"].with_user(self.custodian).read(["state"])

    def test_only_who_works_the_case_asks_for_an_original(self):
        original = self._original("anonymous")
        for user in (self.auditor, self.employee, self.other_leader, self.custodian):
            with self.assertRaises(AccessError, msg=user.login):
                original.with_user(user).action_request("Needed")
        with self.assertRaises(AccessError):
            self._original("open").with_user(self.leader).action_request("Needed")
        self.assertFalse(original.is_requested)

    def test_custodian_gives_out_what_could_not_be_cleaned(self):
        original = self._original("anonymous", 2)
        for user in self.everyone - self.custodian:
            with self.assertRaises(AccessError, msg=user.login):
                original.with_user(user).action_release("Harmless")
        original.with_user(self.worker).action_request("Needed")
        with self.assertRaises(UserError) as refusal:
            original.with_user(self.custodian).action_release("Not looked at")
        self.assertNotIsInstance(refusal.exception, AccessError)
        original.with_user(self.custodian).action_open("What is hidden in it?")
        original.with_user(self.custodian).action_release("It names nobody")
        self.assertEqual(original.state, "kept")
        copy = original.attachment_id.with_user(self.worker)
        self.assertEqual((copy.name, copy.raw), ("3.doc", LOCKED))
        self.assertFalse(self.cases["anonymous"].sealed_only_count)
        with self.assertRaises(AccessError):
            original.with_user(self.custodian).action_release("Twice")

    def test_an_act_needs_a_reason_and_one_file(self):
        original = self._original("open").with_user(self.leader)
        for wrong in ("", "  ", None, False, 5, [], {}, b"x", "x" * 3000):
            for act in ("action_open", "action_request", "action_release"):
                with self.assertRaises(ValidationError):
                    getattr(original, act)(wrong)
        with self.assertRaises(ValidationError):
            self.cases["open"].original_ids.with_user(self.leader).action_open("x")
        with self.assertRaises(ValidationError):
            original.browse().action_open("x")
        self.assertFalse(original.act_ids)

    def test_every_act_is_in_the_journal_without_names_and_reasons(self):
        case = self.cases["anonymous"]
        original = self._original("anonymous", 2)
        original.with_user(self.leader).action_request("Kari's pen?")
        original.with_user(self.custodian).action_open("Looking for Kari")
        original.with_user(self.custodian).action_release("No Kari in it")
        entries = case.journal_ids.filtered(lambda one: "original_" in one.event)
        entries = entries.sorted("sequence")
        self.assertEqual(
            entries.mapped("event"),
            ["original_requested", "original_opened", "original_released"],
        )
        self.assertEqual(entries.mapped("payload"), [{"file": 3}] * 3)
        self.assertEqual(entries[1].user_id, self.custodian)
        self.assertNotIn("Kari", str(entries.mapped("details")))
        reasons = original.act_ids.mapped("reason")
        self.assertEqual(
            set(reasons), {"No Kari in it", "Looking for Kari", "Kari's pen?"}
        )

    def test_what_is_downloaded_is_what_was_sent(self):
        url = self._open(self.leader, "open", 1)["url"]
        for secret in ("kari", str(self.cases["open"].reference)):
            self.assertNotIn(secret, url)
        answer = self._get(self.leader, url)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.content, files.jpeg())
        self.assertIn("kari.jpg", answer.headers["Content-Disposition"])
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertEqual(answer.headers["Content-Type"], "application/octet-stream")

    def test_an_address_is_for_one_user_and_for_minutes(self):
        url = self._open(self.leader, "open")["url"]
        self.assertEqual(self._get(self.leader, url).status_code, 200)
        for user in self.everyone - self.leader:
            self.assertEqual(self._get(user, url).status_code, 404, user.login)
        self.authenticate(None, None)
        self.assertNotIn(RAW, self.url_open(url).content)
        late = self.env.cr.now() + timedelta(minutes=11)
        self.authenticate(self.leader.login, self.leader.login)
        with freeze_time(late):
            act = self.env["complaint.original.act"].with_user(self.leader)
            self.assertFalse(act._find_by_token(url.rpartition("/")[2]))

    def test_a_guessed_address_opens_nothing(self):
        url = self._open(self.leader, "open")["url"]
        act = self._original("open").act_ids
        token = url.rpartition("/")[2]
        number, expires, signature = token.split(".")
        for wrong in (
            f"{act.id + 1:x}.{expires}.{signature}",
            f"{number}.{int(expires, 16) + 60:x}.{signature}",
            f"{number}.{expires}.{'0' * 64}",
            f"{number}.{expires}",
            f"{number}.{expires}.é",
            "-1.-1.x",
            "zz.zz.zz",
            ".",
        ):
            answer = self._get(self.leader, f"/klagebehandling/original/{wrong}")
            self.assertEqual(answer.status_code, 404, wrong)

    def test_the_wall_closes_what_had_been_opened(self):
        url = self._open(self.worker, "open")["url"]
        self.assertEqual(self._get(self.worker, url).status_code, 200)
        self.env["complaint.party"].create(
            {
                "case_id": self.cases["open"].id,
                "role": "subject",
                "user_id": self.worker.id,
            }
        )
        self.assertEqual(self._get(self.worker, url).status_code, 404)
        mine = [("case_id", "=", self.cases["open"].id)]
        for model in ("complaint.original", "complaint.original.act"):
            self.assertFalse(self.env[model].with_user(self.worker).search(mine))
            self.assertTrue(self.env[model].with_user(self.leader).search(mine))
        with self.assertRaises(AccessError):
            self._open(self.worker, "open")

    @mute_logger("odoo.http")
    def test_nobody_reaches_a_sealed_file_but_through_an_act(self):
        original = self._original("open", 1)
        original.with_user(self.leader).action_open("Opened once")
        sealed = original._sealed_file()
        self.assertEqual(len(sealed), 1)
        for user in self.everyone:
            with self.subTest(user=user.login):
                self._check_sealed(user, original, sealed)

    def _check_sealed(self, user, original, sealed):
        Attachment = self.env["ir.attachment"].with_user(user)
        for domain in (
            [("id", "=", sealed.id)],
            [("res_model", "=", "complaint.original")],
            [("res_model", "=", "complaint.original"), ("res_field", "!=", False)],
            [("store_fname", "=", sealed.store_fname), ("res_field", "!=", False)],
            [("checksum", "=", sealed.checksum), ("res_id", "=", original.id)],
        ):
            self.assertFalse(Attachment.search(domain))
            self.assertEqual(Attachment.search_count(domain), 0)
        mine = sealed.with_user(user)
        for refused in (
            lambda: mine.read(["raw"]),
            lambda: mine.read(["name"]),
            lambda: mine.write({"res_model": "complaint.case"}),
            lambda: mine.write({"public": True}),
            mine.generate_access_token,
            mine.copy,
            mine.unlink,
            lambda: Attachment.create(
                {"name": "x", "res_model": "complaint.original", "res_id": original.id}
            ),
            lambda: original.with_user(user).read(["content_sealed"]),
            lambda: original.with_user(user).read(["facts_sealed"]),
        ):
            with self.assertRaises(AccessError):
                refused()
        with self.assertRaises(UserError):
            original.with_user(user).export_data(["content_sealed"])
        self.authenticate(user.login, user.login)
        for url in (
            f"/web/content/{sealed.id}",
            f"/web/content/{sealed.id}?download=true",
            f"/web/image/{sealed.id}",
            f"/web/content/complaint.original/{original.id}/content_sealed",
            f"/web/content?model=complaint.original&id={original.id}"
            "&field=content_sealed",
            f"/web/image/complaint.original/{original.id}/content_sealed",
        ):
            answer = self.url_open(url)
            self.assertNotIn(sealed.raw[:64], answer.content)
            self.assertNotIn(files.jpeg()[:64], answer.content)

    def test_nobody_changes_or_deletes_the_rows(self):
        original = self._original("open")
        original.with_user(self.leader).action_open("Opened once")
        for user in self.everyone:
            for row in (original, original.act_ids):
                with self.assertRaises(AccessError):
                    row.with_user(user).write({"create_uid": user.id})
                with self.assertRaises(AccessError):
                    row.with_user(user).unlink()
                with self.assertRaises(AccessError):
                    row.with_user(user).create({})
        for row in (original, original.act_ids):
            with self.assertRaises(UserError):
                row.unlink()

    def test_the_other_company_sees_nothing(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._create_user("stranger", "group_custodian")
        stranger.write(
            {
                "company_ids": [Command.set(elsewhere.ids)],
                "company_id": elsewhere.id,
            }
        )
        mine = [("case_id", "=", self.cases["protected"].id)]
        for user, count in ((self.custodian, 3), (stranger, 0)):
            found = self.env["complaint.original"].with_user(user).search_count(mine)
            self.assertEqual(found, count)

    def test_dialog_shows_name_and_hash_to_who_opened(self):
        dialog = self.env["complaint.original.open"].with_user(self.leader)
        dialog = dialog.create({"original_id": self._original("open").id})
        self.assertFalse(dialog.is_opened or dialog.file_name or dialog.sha256)
        with self.assertRaises(ValidationError):
            dialog.action_confirm()
        dialog.reason = "The date in it"
        dialog.action_confirm()
        self.assertEqual(dialog.file_name, "kari.txt")
        facts = self._original("open")._open_facts()
        self.assertEqual(dialog.sha256, facts["sha256"])
        url = dialog.action_download()["url"]
        self.assertEqual(self._get(self.leader, url).content, RAW)
        for user in (self.director, self.worker):
            with self.assertRaises(AccessError):
                dialog.with_user(user).read(["file_name"])

    def test_dialog_asks_and_gives_out(self):
        original = self._original("anonymous", 2)
        Dialog = self.env["complaint.original.open"]
        for user, step in (
            (self.leader, "request"),
            (self.custodian, "open"),
            (self.custodian, "release"),
        ):
            dialog = Dialog.with_user(user).create(
                {"original_id": original.id, "step": step, "reason": "Needed"}
            )
            self.assertTrue(dialog.is_guarded)
            dialog.action_confirm()
        self.assertEqual(original.state, "kept")
        with self.assertRaises(AccessError):
            Dialog.with_user(self.worker).create(
                {
                    "original_id": self.env["complaint.original"]
                    .browse(self._walled_original())
                    .id
                }
            )

    def _walled_original(self):
        case = self._register(
            about_manager=True,
            channel="letter",
            attachments=[{"name": "a.txt", "content": base64.b64encode(RAW).decode()}],
        )
        return case.original_ids.id

    def test_working_copies_follow_the_case(self):
        copy = self._original("anonymous", 1).attachment_id
        for user in (self.worker, self.leader, self.director):
            self.assertEqual(files.leaks(copy.with_user(user).raw), [])
            action = self._original("anonymous", 1).with_user(user).action_open_copy()
            self.assertIn(f"/web/content/{copy.id}", action["url"])
        for user in (self.custodian, self.auditor, self.employee, self.other_leader):
            with self.assertRaises(AccessError):
                copy.with_user(user).read(["raw"])
