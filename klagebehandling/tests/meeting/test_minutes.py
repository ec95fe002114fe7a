# What people say in a test is not translated.
# pylint: disable=translation-required
import hashlib
import json
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.sql_db import SQL
from odoo.tests import HttpCase, tagged

from ...sealing import keyring
from .common import MeetingCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestMinutes(MeetingCase, HttpCase):
    """A-13: frozen once, kept byte for byte, and never edited."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register()

    def _findings(self):
        check = self.env["complaint.journal"]._new_check()
        return [
            (one.kind, one.what)
            for one in self.env["complaint.journal"]._findings(check, self.case.ids)
        ]

    def test_what_is_frozen_is_not_edited(self):
        minutes = self._frozen(self.case)
        self.assertEqual(minutes.state, "frozen")
        for values in ({"agreed": "Nothing"}, {"state": "draft"}, {"digest": "x"}):
            with self.assertRaises(UserError):
                minutes.write(values)
        with self.assertRaises(UserError):
            minutes.unlink()
        with self.assertRaisesRegex(UserError, "gone on meanwhile"):
            minutes.action_freeze()

    def test_digest_is_that_of_the_canonical_content(self):
        minutes = self._frozen(self.case)
        content = keyring.decrypt(minutes.sudo().content_sealed)
        self.assertEqual(content["agreed"], ["Warm food", "Each day"])
        self.assertIn(
            {"role": "complainant", "name": "Kari Nordmann"}, content["present"]
        )
        text = json.dumps(
            content, sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
        self.assertEqual(minutes.digest, hashlib.sha256(text.encode()).hexdigest())
        entry = self.case.journal_ids.filtered(lambda o: o.event == "minutes_frozen")
        self.assertEqual(entry.payload["digest"], minutes.digest)
        self.assertTrue(minutes.journal_mark)

    def test_no_column_holds_a_name(self):
        minutes = self._frozen(self.case)
        minutes.sudo()._sign_there("portal", minutes.digest, name="Kari Nordmann")
        self.env.flush_all()
        for table in (
            "complaint_minutes",
            "complaint_signature",
            "complaint_minutes_document",
            "complaint_meeting",
            "complaint_meeting_participant",
        ):
            rows = self.env.execute_query(
                SQL("SELECT * FROM %s", SQL.identifier(table))
            )
            self.assertTrue(rows)
            self.assertNotIn("Nordmann", str(rows))

    def test_change_is_a_new_version(self):
        minutes = self._frozen(self.case)
        minutes.action_sign()
        action = minutes.action_new_version()
        new = (
            self.env["complaint.minutes"]
            .with_user(self.leader)
            .browse(action["res_id"])
        )
        self.assertEqual((new.version, new.state), (2, "draft"))
        new.agreed = "Warm food"
        new.action_freeze()
        self.assertFalse(new.is_signed_by_us)
        self.assertNotEqual(new.digest, minutes.digest)
        with self.assertRaisesRegex(UserError, "newer version"):
            minutes.action_sign()
        with self.assertRaisesRegex(UserError, "newer version"):
            minutes.action_new_version()

    def test_one_at_a_time_writes(self):
        # Two handlers: nothing is written over.
        minutes = self._draft(self.case)
        other = minutes.with_user(self.director)
        for act in (lambda: other.write({"agreed": "x"}), other.action_freeze):
            with self.assertRaisesRegex(UserError, "take the pen"):
                act()
        other.action_take_pen()
        other.agreed = "Cold food"
        with self.assertRaisesRegex(UserError, "take the pen"):
            minutes.write({"agreed": "y"})
        self.assertEqual(minutes.agreed, "Cold food")

    def test_check_finds_changed_minutes(self):
        minutes = self._frozen(self.case)
        minutes.action_sign()
        self.env.flush_all()
        self.assertFalse(self._findings())
        for table, change, what in (
            ("complaint_minutes", "digest = 'x'", "minutes"),
            ("complaint_signature", "way = 'portal'", "signature"),
            ("complaint_minutes_document", "digest = 'x'", "minutes.document"),
        ):
            with self.subTest(table=table), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(f"UPDATE {table} SET {change}")
                self.assertIn(("differs", what), self._findings())
                savepoint.rollback()
            self.env.invalidate_all()

    def test_check_finds_another_document_in_its_place(self):
        minutes = self._frozen(self.case)
        document = minutes.sudo().document_ids
        self.env.flush_all()
        forged = keyring.encrypt({"file": "Zm9yZ2Vk"})
        self.env.cr.execute(
            "UPDATE complaint_minutes_document SET file_sealed = %s WHERE id = %s",
            (forged, document.id),
        )
        self.assertIn(("differs", "minutes.document"), self._findings())

    def test_check_finds_another_content_in_its_place(self):
        minutes = self._frozen(self.case)
        self.env.flush_all()
        content = {**minutes._content(), "agreed": ["Nothing"]}
        self.env.cr.execute(
            "UPDATE complaint_minutes SET content_sealed = %s WHERE id = %s",
            (keyring.encrypt(content), minutes.id),
        )
        self.assertIn(("differs", "minutes"), self._findings())

    def test_kept_document_is_served_and_never_laid_out_anew(self):
        minutes = self._frozen(self.case)
        document = minutes.document_ids
        kept = document.sudo()._open()
        page = self._page(minutes)
        for words in (
            "Warm food",
            minutes.digest,
            minutes.journal_mark,
            "Kari Nordmann",
        ):
            self.assertIn(words, page)
        # Whatever is corrected afterwards, or how the program lays it out by then.
        self.case.party_ids.name = "Kari Hansen"
        url = document.action_open()["url"]
        self.authenticate(self.leader.login, self.leader.login)
        with patch.object(type(minutes), "_lay_out", lambda _self: ("html", b"Anew")):
            page = self.url_open(url)
        self.assertEqual(page.content, kept)
        self.assertEqual(hashlib.sha256(page.content).hexdigest(), document.digest)
        self.assertIn("minutes_opened", self._events(self.case))
        # The address is for this user.
        self.authenticate(self.director.login, self.director.login)
        self.assertEqual(self.url_open(url).status_code, 404)
        self.assertEqual(
            self.url_open("/klagebehandling/minutes/1.2.3").status_code, 404
        )

    def test_erased_text_takes_all_of_it(self):
        minutes = self._frozen(self.case)
        minutes.sudo()._sign_there("portal", minutes.digest, name="Kari Nordmann")
        self.env.flush_all()
        minutes.sudo()._erase_text("By law")
        self.env.flush_all()
        self.assertFalse(minutes.sudo().content_sealed)
        self.assertFalse(minutes.sudo().document_ids.filtered("file_sealed"))
        self.assertFalse(minutes.sudo().signature_ids.filtered("name_sealed"))
        self.assertFalse([one for one in self._findings() if one[0] == "differs"])

    def test_keys_are_rotated(self):
        minutes = self._frozen(self.case)
        for model in ("minutes", "minutes.document"):
            rows = self.env[f"complaint.{model}"].sudo()
            self.assertTrue(sum(rows._count_sealed().values()))
        self.assertTrue(minutes)

    def test_others_see_and_do_nothing(self):
        minutes = self._frozen(self.case)
        minutes.action_sign()
        document = minutes.document_ids[:1]
        for user in (self.other_leader, self.auditor, self.custodian, self.employee):
            for rows in (minutes, minutes.signature_ids, document):
                with self.assertRaises(AccessError):
                    rows.with_user(user).read(["digest"])
            for act in ("action_sign", "action_new_version", "action_take_pen"):
                with self.assertRaises(AccessError):
                    getattr(minutes.with_user(user), act)()
            with self.assertRaises(AccessError):
                document.with_user(user).action_open()

    def test_nobody_makes_a_signature_or_a_document_by_hand(self):
        minutes = self._frozen(self.case)
        for model, values in (
            ("signature", {"side": "complainant", "way": "code", "digest": "x"}),
            ("minutes.document", {"kind": "pdf", "digest": "x"}),
        ):
            with self.assertRaises(AccessError):
                self.env[f"complaint.{model}"].with_user(self.leader).create(
                    {"minutes_id": minutes.id, **values}
                )

    def test_protected_and_anonymous_are_not_named(self):
        #
        for anonymity in ("protected", "anonymous"):
            parties = [{"role": "complainant", "name": "Kari Nordmann"}]
            case = self._register(
                anonymity=anonymity, parties=parties if anonymity == "protected" else []
            )
            minutes = self._frozen(case)
            self.assertNotIn("Nordmann", json.dumps(minutes._content()))
            self.assertNotIn("Nordmann", self._page(minutes))

    def test_who_speaks_for_the_protected_is_not_named(self):
        # that name leads to the person, though it is not protected itself
        case = self._register(
            anonymity="protected",
            parties=[{"role": "complainant", "name": "Kari Nordmann"}],
        )
        speaker = self.env["complaint.party"].create(
            {"case_id": case.id, "role": "representative", "name": "Ola Verge"}
        )
        self.assertFalse(speaker.is_protected)
        content = json.dumps(self._frozen(case)._content())
        self.assertIn("representative", content)
        self.assertNotIn("Verge", content)

    def test_a_protected_person_of_an_open_case_is_not_named(self):
        #
        self.case.invite = "support_person"
        party = self.env["complaint.party"].create(
            {"case_id": self.case.id, "role": "support_person", "name": "Liv Skjult"}
        )
        party.sudo().is_protected = True
        minutes = self._frozen(self.case)
        content = json.dumps(minutes._content())
        self.assertIn("support_person", content)
        self.assertNotIn("Skjult", content)
        self.assertIn("Nordmann", content)

    def test_colleague_who_complains_unknown_is_not_named(self):
        # nor by the account, where somebody enters it on the line of the person
        case = self._register(anonymity="protected", parties=[])
        meeting = self._meet(case, "2026-11-01 09:00:00")
        line = meeting.participant_ids.filtered(lambda one: one.role == "complainant")
        line.user_id = self.employee
        self.assertFalse(line._say_name())
