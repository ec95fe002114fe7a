import os
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

from cryptography.fernet import Fernet

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import config, mute_logger

from ...cli.complaint_keys import ComplaintKeys
from ...models.letter.complaint_queue import NotDelivered
from ...sealing import keyring, rotation
from .common import IDENTITY, NAME, IdentityCase

ROTATION = rotation.__name__
SEALED = "odoo.addons.klagebehandling.models.identity.complaint_sealed"


class KeyCase(IdentityCase):
    """The small organisation, with a key file of its own."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        without = {k: v for k, v in os.environ.items() if k != keyring.ENVIRONMENT}
        path = Path(folder.name) / keyring.FILE_NAME
        for patcher in (
            patch.object(keyring.os, "environ", without),
            patch.object(keyring, "key_file", lambda: path),
        ):
            patcher.start()
            cls.addClassCleanup(patcher.stop)
        with mute_logger(keyring.__name__):
            keyring.keyring()
        super().setUpClass()
        cls.path = path
        cls._forget_the_rest()
        cls.others = [cls._register_protected() for _one in range(3)]

    @classmethod
    def _forget_the_rest(cls):
        """Leave nothing sealed but what the test makes."""
        cls.env.flush_all()
        for query in (
            "UPDATE complaint_party SET identity_sealed = NULL WHERE id <> %s",
            "UPDATE complaint_case_register SET identity_sealed = NULL WHERE id <> %s",
            "UPDATE ir_attachment SET name = 'x' "
            "WHERE name LIKE '%%.pdf.sealed' AND id <> %s",
            "DELETE FROM complaint_original_act WHERE id <> %s",
            "DELETE FROM complaint_original WHERE id <> %s",
        ):
            cls.env.cr.execute(query, cls.party.ids)
        cls.env.invalidate_all()

    def setUp(self):
        super().setUp()
        self.addCleanup(self._put_back, self.path.read_text())
        self.registry_enter_test_mode()

    def _put_back(self, ring):
        self.path.chmod(0o600)
        self.path.write_text(ring)

    def _sealed_by(self):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT DISTINCT split_part(identity_sealed, ':', 1) FROM complaint_party "
            "WHERE identity_sealed IS NOT NULL"
        )
        return {mark for (mark,) in self.env.cr.fetchall()}

    @mute_logger(ROTATION, SEALED)
    def _rotate(self, **values):
        self.env.flush_all()
        result = rotation.rotate(self.registry, **values)
        self.env.invalidate_all()
        return result


@tagged("post_install", "-at_install")
class TestKeys(KeyCase):
    def _rotations(self):
        Journal = self.env["complaint.company.journal"]
        return Journal.search_count([("event", "=", "keyring_changed")])

    def test_rotation_seals_everything_anew(self):
        (old,) = keyring.keyring()
        self.assertEqual(self._sealed_by(), {keyring.mark(old)})
        name = self.case.with_user(self.worker).pseudonym_ids.name
        before = self.party.write_date
        rotations = self._rotations()
        is_new, done = self._rotate()
        self.assertGreater(self._rotations(), rotations)
        self.assertTrue(is_new)
        self.assertEqual(done["complaint.party"], 4)
        new, last = keyring.keyring()
        self.assertEqual(last, old)
        self.assertEqual(self._sealed_by(), {keyring.mark(new)})
        self.assertEqual({field: self.party[field] for field in IDENTITY}, IDENTITY)
        self.assertEqual(self.case.with_user(self.worker).pseudonym_ids.name, name)
        self.assertEqual(self.party.write_date, before)
        # The stolen old key opens nothing of what is stored now, nor tests a name.
        with patch.object(keyring, "keyring", lambda: (old,)):
            self.env.invalidate_all()
            self.assertFalse(self.party.name)
            self.assertFalse(self.party.search([("name", "=", NAME)]))

    def test_a_person_is_found_before_within_and_after(self):
        cases = [self._register_protected(anonymity="open") for _one in range(3)]
        Party = self.env["complaint.party"].with_user(self.worker)
        everyone = Party.union(*(case.party_ids for case in cases))
        self.assertEqual(Party.search([("name", "ilike", "Bråthenskog")]), everyone)
        keyring.add_key()
        self.env["complaint.party"]._reseal_batch(5)
        self.assertEqual(len(self._sealed_by()), 2)
        self.assertEqual(Party.search([("name", "ilike", "Bråthenskog")]), everyone)
        self._rotate()
        # Who is protected is found under no key.
        self.assertEqual(Party.sudo().search([("name", "ilike", "Bråth")]), everyone)
        self.assertEqual(Party.search([("phone", "=", "918 27 364")]), everyone)
        self.assertEqual(Party.search([("email", "=", IDENTITY["email"])]), everyone)

    def test_the_receipt_code_outlives_a_rotation(self):
        code = "an access code"
        hashed = keyring.keyed_hash("access code", code)
        self._rotate()
        self.assertEqual(keyring.keyed_hash("access code", code), hashed)

    def test_twice_is_two_keys_and_resealing_twice_is_nothing(self):
        self._rotate()
        self.assertEqual(rotation.reseal(self.registry), {})
        self._rotate()
        self.assertEqual(len(set(keyring.keyring())), 3)

    def test_killed_at_any_point_it_goes_on(self):
        (old,) = keyring.keyring()
        Party = self.registry["complaint.party"]
        original = Party._write_sealed
        for killed_after in range(4):
            left = iter(range(killed_after))

            def write_sealed(model, id_, columns, left=left):
                if next(left, None) is None:
                    raise KeyboardInterrupt
                return original(model, id_, columns)

            with (
                self.subTest(killed_after=killed_after),
                patch.object(rotation, "BATCH", 1),
                patch.object(Party, "_write_sealed", write_sealed),
                suppress(KeyboardInterrupt),
            ):
                # assertRaises would take back what the killed command has committed.
                rotation.rotate(self.registry)
                self.fail("The command was not killed.")
            self.env.invalidate_all()
            # Whatever was done, everything is readable.
            for case in [self.case, *self.others]:
                self.assertEqual(case.party_ids.name, NAME)
            is_new, done = self._rotate()
            if killed_after:
                self.assertFalse(is_new, "a begun rotation is finished, not repeated")
                self.assertEqual(done["complaint.party"], 4 - killed_after)
            self.assertEqual(self._sealed_by(), {keyring.mark(keyring.keyring()[0])})
        self.assertEqual(keyring.keyring()[-1], old)

    def test_two_commands_at_once_lose_no_key(self):
        before = keyring.keyring()
        threads = [threading.Thread(target=keyring.add_key) for _one in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(set(keyring.keyring())), 9)
        self.assertEqual(keyring.keyring()[-1:], before)
        self.assertEqual(
            [file.name for file in self.path.parent.iterdir()], [keyring.FILE_NAME]
        )

    def test_the_file_is_closed_to_others(self):
        self.assertEqual(self.path.stat().st_mode & 0o777, 0o600)
        keyring.add_key()
        self.assertEqual(self.path.stat().st_mode & 0o777, 0o600)
        self.assertEqual(rotation.file_problem(), "")
        self.path.chmod(0o644)
        self.assertIn("0644", rotation.file_problem())

    def test_a_ring_of_the_environment_takes_two_steps(self):
        old = keyring.keyring()[0]
        with patch.dict(os.environ, {keyring.ENVIRONMENT: old}):
            self.assertEqual(self._rotate(), (False, {}))
            self.assertEqual(keyring.keyring(), (old,))
        new = keyring.new_key()
        with patch.dict(os.environ, {keyring.ENVIRONMENT: f"{new},{old}"}):
            is_new, done = self._rotate()
            self.assertEqual((is_new, done["complaint.party"]), (False, 4))
            self.assertEqual(self._sealed_by(), {keyring.mark(new)})
            self.assertEqual(self.party.name, NAME)
        with patch.dict(config.options, {keyring.OPTION: f"{new} {old}"}):
            self.assertEqual(keyring.source(), "configuration")
            self.assertEqual(self.party.name, NAME)

    def test_the_wrong_ring_changes_nothing(self):
        stranger = Fernet.generate_key().decode()
        before = self._sealed_by()
        with patch.dict(os.environ, {keyring.ENVIRONMENT: stranger}):
            with self.assertRaises(rotation.RowsUnreadable):
                rotation.rotate(self.registry)
            self.assertEqual(self._rotate(leave_unreadable=True), (False, {}))
        self.assertEqual(self._sealed_by(), before)
        self.assertEqual(self.party.name, NAME)

    def test_rows_sealed_before_keys_had_marks(self):
        self.env.cr.execute(
            "UPDATE complaint_party SET identity_sealed = "
            "split_part(identity_sealed, ':', 2) WHERE id = %s",
            self.party.ids,
        )
        self.env.invalidate_all()
        self.assertEqual(self.party.name, NAME)
        counts = rotation.count(self.registry)["complaint.party"]
        self.assertEqual(counts["", True], 1)
        self.assertEqual(self.env["complaint.party"]._reseal_batch(10), 1)

    def test_the_last_key_must_stay_last(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param(rotation.HASH_KEY, False)
        (old,) = keyring.keyring()
        self._rotate()
        self.assertEqual(rotation.wrong_hash_key(self.registry), "")
        self.path.write_text(" ".join(reversed(keyring.keyring())))
        self.assertEqual(rotation.wrong_hash_key(self.registry), keyring.mark(old))

    def test_counting_names_what_cannot_be_opened(self):
        mark = keyring.mark(keyring.keyring()[0])
        self.env.cr.execute(
            "UPDATE complaint_party SET identity_sealed = "
            "overlay(identity_sealed placing 'xxxxxxxx' from 200) WHERE id = %s",
            self.party.ids,
        )
        counts = rotation.count(self.registry)
        self.assertEqual(counts["complaint.party"], {(mark, True): 3, (mark, False): 1})
        self.assertEqual(rotation.count_closed(counts), 1)

    def _check(self):
        """What the command says, and whether it finds all well."""
        said, command = [], ComplaintKeys()
        with (
            patch.object(command, "_registry", lambda: self.registry),
            patch.object(command, "_say", said.append),
        ):
            code = command._check()
        return "\n".join(said), code == 0

    def test_settings_and_command_name_the_same_ring(self):
        self.env["ir.config_parameter"].sudo().set_param(rotation.HASH_KEY, False)
        marks = set()
        for _ring in range(2):
            settings = self.env["res.config.settings"].create({})
            said, is_well = self._check()
            self.assertTrue(is_well)
            self.assertEqual(settings.complaint_key_source, "file")
            self.assertIn(f"key ring: {settings.complaint_key_mark},", said)
            marks.add(settings.complaint_key_mark)
            # The marks of single keys are others.
            self.assertIn(f"1. key {keyring.key_mark()}: seals 4 rows", said)
            self.assertNotIn(keyring.key_mark(), settings.complaint_key_mark)
            self._rotate()
        self.assertEqual(len(marks), 2)
        ring = keyring.keyring()
        for written in (", ".join(ring), " ".join(ring)):
            with patch.dict(os.environ, {keyring.ENVIRONMENT: written}):
                self.assertEqual(self._check()[0].count(keyring.ring_mark()), 1)
                settings = self.env["res.config.settings"].create({})
                self.assertEqual(settings.complaint_key_mark, keyring.ring_mark())
                self.assertEqual(settings.complaint_key_source, "environment")

    def test_the_command_names_what_cannot_be_opened(self):
        stranger = Fernet.generate_key().decode()
        old = keyring.key_mark()
        with patch.dict(os.environ, {keyring.ENVIRONMENT: stranger}):
            said, is_well = self._check()
        self.assertFalse(is_well)
        self.assertIn(
            f"CANNOT BE OPENED: 4 rows of complaint.party, sealed by key {old}", said
        )

    def test_what_cannot_be_opened_is_left_and_said(self):
        keyring.add_key()
        self.env.cr.execute(
            "UPDATE complaint_party SET identity_sealed = "
            "overlay(identity_sealed placing 'xxxxxxxx' from 200) WHERE id = %s "
            "RETURNING identity_sealed",
            self.party.ids,
        )
        (left,) = self.env.cr.fetchone()
        self.env.invalidate_all()
        with self.assertLogs(SEALED, "WARNING") as log:
            self.assertEqual(self.env["complaint.party"]._reseal_batch(10), 3)
        self.assertIn(
            f"1 rows of complaint.party, they are left: {self.party.ids}", log.output[0]
        )
        self.assertEqual(self.party.identity_sealed, left)


@tagged("post_install", "-at_install")
class TestLostKey(KeyCase):
    """Without the key everything else works, and what is missing is said."""

    def setUp(self):
        super().setUp()
        self.request = self._ask()
        self._grant(self.request)
        stranger = Fernet.generate_key().decode()
        self.startPatcher(patch.dict(os.environ, {keyring.ENVIRONMENT: stranger}))
        self.env.invalidate_all()

    def test_the_case_goes_on(self):
        case = self.case.with_user(self.leader)
        case.action_acknowledge()
        case.action_answer(body="<p>It is warm now.</p>")
        case.action_close("upheld")
        self.assertEqual(case.state, "closed")
        self.assertEqual(set(case.correspondence_ids.mapped("state")), {"queued"})
        self.assertTrue(case.pseudonym_ids.name)
        self.assertEqual(case.search([("id", "=", case.id)]), case)
        letters = case.correspondence_ids.sudo()
        for letter in letters:
            with self.assertRaises(NotDelivered):
                letter._deliver()

    def test_new_complaints_are_registered(self):
        self.assertEqual(self._register().party_ids.name, "Kari Nordmann")

    def test_what_is_missing_is_said(self):
        party = self.party.with_user(self.custodian)
        row = party.read(["name", "is_identity_lost", "display_name"])[0]
        self.assertFalse(row["name"])
        self.assertTrue(row["is_identity_lost"])
        self.assertFalse(party.search([("name", "=", "Bråthenskog")]))
        with self.assertRaisesRegex(UserError, "key"):
            party.write({"name": "Anybody"})
        with self.assertRaisesRegex(UserError, "key"):
            self._reveal(self.request)
        counts = rotation.count(self.registry)
        self.assertEqual(rotation.count_closed(counts), 4)
