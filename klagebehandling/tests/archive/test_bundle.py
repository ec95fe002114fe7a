# What people say in a test is not translated.
# pylint: disable=translation-required
import hashlib
import json

from lxml import etree

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from ...archiving import verify_bundle
from ..common import ComplaintCase

FILE = "SGVsbG8="


@tagged("post_install", "-at_install")
class TestBundle(ComplaintCase, HttpCase):
    """A case is taken out as a bundle by who works it and may take things out (M38)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.exporter = cls.env.ref("klagebehandling.group_export")
        (cls.leader | cls.worker).group_ids = [Command.link(cls.exporter.id)]
        cls.case = cls._register(
            attachments=[{"name": "my photo.txt", "content": FILE}]
        )
        cls.case.with_user(cls.leader).action_update("<p>It is warm <b>now</b>.</p>")
        cls._deliver(cls.case)
        cls.env["complaint.note"].with_user(cls.leader).create(
            {"case_id": cls.case.id, "body": "Called the kitchen."}
        )

    def _members(self, case=None, user=None):
        own = (case or self.case).with_user(user or self.leader)
        return own._bundle_members()

    def _take(self, user=None):
        return self.case.with_user(user or self.leader).action_bundle()["url"]

    def test_it_holds_documents_files_journal_digests_and_their_index(self):
        # C-21, C-22, C-23, C-24, D-40
        members = self._members()
        self.assertIn(b"The food is cold.", members["documents/complaint.txt"])
        letters = [raw for path, raw in members.items() if "letter-" in path]
        self.assertTrue(any(b"<b>now</b>" in raw for raw in letters))
        self.assertIn(
            b"Called the kitchen.",
            b"".join(raw for path, raw in members.items() if "note-" in path),
        )
        self.assertEqual(members["files/0001.txt"], b"Hello")
        index = json.loads(members["index.json"])
        self.assertEqual(index["reference"], self.case.reference)
        for document in index["documents"]:
            self.assertEqual(len(members[document["path"]]), document["bytes"])
        entries = json.loads(members["journal.json"])
        self.assertEqual(
            [one["digest"] for one in entries],
            self.case.journal_ids.sorted("sequence").mapped("digest"),
        )
        self.assertIn(b"def main", members["verify_bundle.py"])
        self.assertFalse([*verify_bundle.check_bytes(verify_bundle.pack(members))])

    def test_it_speaks_the_standard_of_the_country(self):
        names = {path for path in self._members() if path.startswith("xml/")}
        self.assertIn("xml/arkivmelding-0001.xml", names)
        # The procedure binds cases already: past what freezes it.
        self.env.cr.execute(
            "UPDATE complaint_policy SET country_id = %s WHERE id = %s",
            [self.env.ref("base.se").id, self.policy.id],
        )
        self.env.invalidate_all()
        members = self._members()
        root = etree.fromstring(members["xml/erms.xml"])
        self.assertEqual(root.tag, "{https://DILCIS.eu/XML/ERMS}erms")
        self.assertFalse([path for path in members if "arkivmelding" in path])

    def test_every_document_stands_in_the_xml_with_its_digest(self):
        members = self._members()
        xml = b"".join(raw for path, raw in members.items() if path.endswith(".xml"))
        for document in json.loads(members["index.json"])["documents"]:
            path = document["path"]
            self.assertIn(path.encode(), xml)
            digest = hashlib.sha256(members[path]).hexdigest()
            self.assertIn(digest.encode(), xml)

    def test_what_no_xml_may_hold_is_left_out_of_it(self):
        self.case.title = "Cold \x0b food"
        for path, raw in self._members().items():
            if path.endswith(".xml"):
                etree.fromstring(raw)

    def test_taking_out_is_an_entry_with_the_digest_of_the_bytes(self):
        # C-29
        self.authenticate("test_leader", "test_leader")
        answer = self.url_open(self._take())
        self.assertEqual(answer.status_code, 200)
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        self.assertIn("no-store", answer.headers["Cache-Control"])
        entry = self.case.journal_ids.filtered(lambda one: one.event == "bundled")
        digest = hashlib.sha256(answer.content).hexdigest()
        self.assertEqual(entry.payload, {"digest": digest})
        self.assertEqual(entry.user_id, self.leader)
        self.assertFalse([*verify_bundle.check_bytes(answer.content, digest)])

    def test_it_lies_sealed_until_it_is_fetched(self):
        self._take()
        bundle = self.env["complaint.case.bundle"].search([], order="id desc", limit=1)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT file_sealed FROM complaint_case_bundle WHERE id = %s", [bundle.id]
        )
        kept = bytes(self.env.cr.fetchone()[0])
        self.assertTrue(kept)
        self.assertNotIn(b"The food is cold", kept)

    def test_nobody_else_fetches_it(self):
        url = self._take()
        for login in ("test_worker", "test_director", "test_employee"):
            self.authenticate(login, login)
            with self.subTest(login=login):
                self.assertEqual(self.url_open(url).status_code, 404)
        self.authenticate("test_leader", "test_leader")
        for odd in ("0", "999999999", "x", "1.2", "²"):
            answer = self.url_open(f"/klagebehandling/bundle/{odd}")
            self.assertEqual(answer.status_code, 404)
        self.assertEqual(self.url_open(url).status_code, 200)

    def test_who_is_walled_meanwhile_fetches_nothing(self):
        url = self._take()
        self.case.walled_user_ids = [Command.link(self.leader.id)]
        self.authenticate("test_leader", "test_leader")
        self.assertEqual(self.url_open(url).status_code, 404)

    def test_who_lost_the_right_meanwhile_fetches_nothing(self):
        url = self._take()
        self.leader.group_ids = [Command.unlink(self.exporter.id)]
        self.authenticate("test_leader", "test_leader")
        self.assertEqual(self.url_open(url).status_code, 404)

    def test_without_the_right_nothing_is_taken_out(self):
        self.assertTrue(self.case.with_user(self.leader).may_be_bundled)
        self.leader.group_ids = [Command.unlink(self.exporter.id)]
        self.assertFalse(self.case.with_user(self.leader).may_be_bundled)
        everybody = self.other_leader | self.auditor | self.custodian | self.employee
        everybody.group_ids = [Command.link(self.exporter.id)]
        for user in self.leader | everybody | self.independent | self.registrar:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._take(user)
        self.assertNotIn("bundled", self.case.journal_ids.mapped("event"))

    def test_person_behind_the_wall_gets_nothing(self):
        self._take(self.worker)
        self.case.walled_user_ids = [Command.link(self.worker.id)]
        with self.assertRaises(AccessError):
            self._take(self.worker)

    def test_who_is_protected_is_not_named(self):
        case = self._register(anonymity="protected")
        members = self._members(case)
        for word in (b"Kari Nordmann", b"kari@example.com"):
            for path, raw in members.items():
                self.assertNotIn(word, raw, path)
        self.assertIn(b"true</erSkjermet>", members["xml/arkivmelding-0001.xml"])

    def test_of_who_is_anonymous_no_hour_is_told(self):
        case = self._register(anonymity="anonymous", parties=[])
        for path, raw in self._members(case).items():
            if path.endswith((".xml", "index.json")):
                times = {word[:4] for word in raw.split(b"T")[1:] if b":" in word[:3]}
                self.assertLessEqual(times, {b"22:0", b"23:0"}, path)
