import base64
import email
import email.policy
import hashlib
import os
from datetime import datetime
from unittest.mock import patch

from cryptography.fernet import Fernet
from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ... import cleaner
from ...mail_reader import Mail
from ...models.intake.incoming_mail import IncomingMail
from ...sealing import keyring
from .. import file_fixtures as files
from .. import office_fixtures as office
from ..common import ComplaintCase
from ..file_fixtures import NAME

LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + NAME.encode()
MAIL = """From: Kari Nordmann <kari@example.com>
To: {to}@verkstedet.test
Subject: Cold food
Message-Id: <{number}@example.com>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/html; charset=utf-8

<p>More <img src="data:image/jpeg;base64,{picture}"/> food</p>
--b
Content-Type: image/jpeg; name="{name}.jpg"
Content-Disposition: attachment; filename="{name}.jpg"
Content-Transfer-Encoding: base64

{picture}
--b
Content-Type: application/msword; name="{name}.doc"
Content-Disposition: attachment; filename="{name}.doc"
Content-Transfer-Encoding: base64

{locked}
--b--
"""


def given(name, raw, **values):
    return {"name": name, "content": base64.b64encode(raw).decode(), **values}


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:17:41")
class TestFiles(ComplaintCase):
    """What comes in is cleaned; what was sent is sealed (M12)."""

    def _copies(self, record):
        return self.env["ir.attachment"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)], order="id"
        )

    def _stored(self):
        """The files on the disk, with their content."""
        root = self.env["ir.attachment"]._filestore()
        found = {}
        for folder, _folders, names in os.walk(root):
            for name in names:
                found[os.path.join(folder, name)] = None
        return set(found)

    def _send_mail(self, to, case=None, number=1):
        mail = MAIL.format(
            to=to,
            number=number,
            name=NAME,
            picture=base64.b64encode(files.jpeg()).decode(),
            locked=base64.b64encode(LOCKED).decode(),
        )
        if case:
            message = self.env["mail.thread"].message_parse(_message(mail))
            case.message_update(message)
            return case
        case_id = self.env["mail.thread"].message_process("complaint.case", mail)
        return self.env["complaint.case"].browse(case_id)

    def _with_addresses(self):
        domain = self.env["mail.alias.domain"].create({"name": "verkstedet.test"})
        self.company.alias_domain_id = domain
        self.workshop.write(
            {"alias_name": "complaints", "anonymous_alias_name": "anonymous"}
        )

    def test_working_copies_are_clean_and_originals_equal(self):
        # Leak test 13
        sent = [
            (f"{NAME}.{kind}", make())
            for kind, make in {**files.PIXELS, **office.DOCUMENTS}.items()
        ]
        for anonymity in ("open", "protected", "anonymous"):
            case = self._register(
                anonymity=anonymity, attachments=[given(*file) for file in sent]
            )
            copies, originals = self._copies(case), case.original_ids
            self.assertEqual(len(copies), len(sent))
            for copy, original, file in zip(copies, originals, sent, strict=True):
                with self.subTest(anonymity=anonymity, name=file[0]):
                    self.assertTrue(files.leaks(file[1]))
                    self.assertEqual(files.leaks(copy.raw), [])
                    self.assertEqual(original.state, "cleaned")
                    self.assertEqual(original.attachment_id, copy)
                    self.assertEqual(original._open(), file)
                    facts = original._open_facts()
                    self.assertEqual(facts["sha256"], _sha256(file[1]))

    def test_names_of_who_is_not_open_are_replaced(self):
        sent = [given(f"{NAME}.png", files.png()), given(f"x.{NAME}", b"a,b")]
        for anonymity in ("protected", "anonymous"):
            case = self._register(anonymity=anonymity, attachments=sent)
            self.assertEqual(
                self._copies(case).mapped("name"), ["1.png", "2.txt"], anonymity
            )
        case = self._register(attachments=[given(f"{NAME}.PNG", files.png())])
        self.assertEqual(self._copies(case).name, f"{NAME}.PNG")

    def test_a_photo_that_became_another_format_is_called_so(self):
        raw = files.heic()
        photo = given("IMG_1.HEIC", raw)
        case = self._register(attachments=[photo])
        copy = self._copies(case)
        self.assertEqual((copy.name, copy.mimetype), ("IMG_1.HEIC.jpg", "image/jpeg"))
        self.assertEqual(case.original_ids._open(), ("IMG_1.HEIC", raw))
        case = self._register(anonymity="anonymous", attachments=[photo])
        self.assertEqual(self._copies(case).name, "1.jpg")
        broken = given("a.heic", raw[:600], as_is=True)
        case = self._register(anonymity="anonymous", attachments=[broken])
        self.assertEqual(self._copies(case).name, "1.heic")

    def test_a_key_is_no_working_copy_of_who_must_not_be_known(self):
        # M12
        for anonymity in ("protected", "anonymous"):
            keys = [given("smime.p7s", b"0\x80\x06\x09*\x86H\x86\xf7\x0d\x01\x07\x02")]
            keys.append(given("me.ics", b"BEGIN:VCALENDAR\r\nORGANIZER:Kari\r\n"))
            case = self._register(
                channel="letter", anonymity=anonymity, attachments=keys
            )
            self.assertEqual(case.original_ids.mapped("reason"), ["key", "message"])
            self.assertEqual(case.original_ids.mapped("state"), ["sealed"] * 2)
            self.assertFalse(self._copies(case))

    def test_suffixes_and_types_follow_the_content(self):
        case = self._register(
            anonymity="anonymous",
            attachments=[given("a.exe", office.pdf()), given("b.csv", b"a;b")],
        )
        copies = self._copies(case)
        self.assertEqual(copies.mapped("name"), ["1.pdf", "2.csv"])
        self.assertEqual(copies[0].mimetype, "application/pdf")

    def test_nothing_stored_of_an_anonymous_file_tells(self):
        before = self._stored()
        case = self._register(
            anonymity="anonymous",
            attachments=[
                given(f"{NAME}.{kind}", make())
                for kind, make in {**files.PIXELS, **office.DOCUMENTS}.items()
            ],
        )
        self.env.flush_all()
        written = self._stored() - before
        self.assertTrue(written)
        for path in written:
            with open(path, "rb") as stored:
                self.assertEqual(files.leaks(stored.read()), [], path)
        for table in ("ir_attachment", "complaint_original", "complaint_journal"):
            rows = self._rows_with(table, NAME)
            self.assertFalse(rows, table)
        hidden = self.env["ir.attachment"].search(
            [("res_model", "=", "complaint.original"), ("res_field", "!=", False)]
        )
        for row in self._copies(case) | hidden:
            self.assertFalse(row.description or row.url or row.access_token)

    def _rows_with(self, table, text):
        self.env.cr.execute(
            f"SELECT id FROM {table} AS t WHERE t::text ILIKE %s",  # pylint: disable=sql-injection
            [f"%{text}%"],
        )
        return self.env.cr.fetchall()

    def test_a_sealed_file_does_not_tell_its_length(self):
        sizes = set()
        for raw in (b"short", b"a little longer", b"x" * 60_000):
            case = self._register(attachments=[given("a.txt", raw)])
            sizes.add(len(case.original_ids._sealed_file().raw))
        self.assertEqual(len(sizes), 1)

    def test_a_sealed_file_does_not_tell_its_second(self):
        case = self._register(attachments=[given("a.txt", b"short")])
        token = case.original_ids._sealed_file().raw
        self.assertEqual(int.from_bytes(token[1:9], "big"), 0)

    def test_seals_are_counted_by_key(self):
        Original = self.env["complaint.original"]
        before = Original._count_sealed()
        case = self._register(
            attachments=[given("a.txt", b"first"), given("b.txt", b"other")]
        )
        case.original_ids[1].facts_sealed = "nonsense"
        added = Original._count_sealed() - before
        mark = keyring.key_mark()
        self.assertEqual(added, {(mark, True): 1, (mark, False): 1})

    def test_files_of_anonymous_cases_say_the_day_only(self):
        # Row dates are tested with the dates of the case.
        store = self.env["ir.attachment"]
        start = datetime.fromisoformat("2026-11-01T23:00:00+00:00").timestamp()
        for anonymity, is_day in (("anonymous", True), ("open", False)):
            before = self._stored()
            unique = f"{anonymity} {os.urandom(4).hex()}".encode()
            case = self._register(
                anonymity=anonymity, attachments=[given("a.txt", unique)]
            )
            copy, sealed = self._copies(case), case.original_ids._sealed_file()
            names = [copy.store_fname, sealed.store_fname]
            names += [f"checklist/{name}" for name in names]
            paths = [store._full_path(name) for name in names]
            self.assertLessEqual(set(paths), self._stored() - before)
            for path in paths:
                times = os.stat(path)
                found = {times.st_mtime, times.st_atime}
                self.assertEqual(found == {start}, is_day, path)
                # Looking into a folder counts as access, and this test has looked.
                changed = os.stat(os.path.dirname(path)).st_mtime
                self.assertEqual(changed == start, is_day, path)

    def test_pictures_keep_their_size(self):
        large = files.jpeg(size=(2500, 30))
        case = self._register(attachments=[given("a.jpg", large)])
        self.assertEqual(files.frames(self._copies(case).raw)[0].size, (2500, 30))

    def test_uploads_of_colleagues_keep_their_size(self):
        large = files.jpeg(size=(2500, 30))
        values = {"name": "a.jpg", "raw": large, "res_model": "complaint.case.register"}
        self.assertEqual(self.env["ir.attachment"].create(values).raw, large)

    def test_web_asks_before_a_file_betrays_anybody(self):
        for anonymity in ("anonymous", "protected"):
            before = self.env["complaint.case"].search_count([])
            with self.assertRaises(ValidationError) as refusal:
                self._register(
                    anonymity=anonymity, attachments=[given("old.doc", LOCKED)]
                )
            problem = refusal.exception.problems["as_is"]
            self.assertIn("old.doc (Old document format)", problem)
            self.assertEqual(self.env["complaint.case"].search_count([]), before)

    def test_who_was_asked_can_send_it_as_it_is(self):
        case = self._register(
            anonymity="anonymous",
            attachments=[given(f"{NAME}.doc", LOCKED, as_is=True)],
        )
        self.assertEqual(
            (case.original_ids.state, case.original_ids.reason), ("kept", "old_format")
        )
        copy = self._copies(case)
        self.assertEqual((copy.name, copy.raw), ("1.doc", LOCKED))

    def test_nobody_is_asked_elsewhere_and_the_file_is_only_sealed(self):
        for channel in ("api", "letter"):
            for anonymity in ("anonymous", "protected"):
                case = self._register(
                    channel=channel,
                    anonymity=anonymity,
                    attachments=[given("old.doc", LOCKED), given("a.txt", b"x")],
                )
                self.assertEqual(case.original_ids.mapped("state"), ["sealed", "plain"])
                self.assertEqual(self._copies(case).mapped("name"), ["2.txt"])
                self.assertEqual(case.sealed_only_count, 1)
                self.assertEqual(case.original_ids[0]._open(), ("old.doc", LOCKED))

    def test_an_open_file_that_cannot_be_cleaned_is_kept_and_marked(self):
        case = self._register(attachments=[given("old.doc", LOCKED)])
        self.assertEqual(case.original_ids.state, "kept")
        copy = self._copies(case)
        self.assertEqual((copy.name, copy.raw), ("old.doc", LOCKED))
        self.assertFalse(case.sealed_only_count)

    def test_bad_marks_are_refused(self):
        for wrong in ({"as_is": "yes"}, {"as_is": 1}, {"more": True}):
            with self.assertRaises(ValidationError):
                self._register(attachments=[given("a.txt", b"x", **wrong)])

    def test_the_journal_keeps_proof_of_what_came_in(self):
        case = self._register(
            attachments=[given(f"{NAME}.png", files.png()), given("old.doc", LOCKED)]
        )
        entry = case.journal_ids.filtered(lambda one: one.event == "files_received")
        self.assertEqual(entry.payload["files"], 2)
        self.assertEqual(entry.payload["not_cleaned"], 1)
        self.assertEqual(entry.payload["originals"], case.original_ids.mapped("digest"))
        # A plain hash would name the file to whoever has another copy of it.
        self.assertNotIn(_sha256(files.png()), str(entry.payload))
        self.assertNotIn(NAME, entry.details)
        self.assertNotIn(case.original_ids[0].digest, entry.details)

    def test_a_changed_original_is_not_handed_out(self):
        case = self._register(
            attachments=[given("a.txt", b"first"), given("b.txt", b"other")]
        )
        first, second = case.original_ids
        swapped = second._sealed_file().raw
        first._sealed_file().raw = swapped
        with self.assertRaises(UserError):
            first._open()
        second.facts_sealed = first.facts_sealed
        with self.assertRaises(UserError):
            second._open_facts()

    def test_originals_are_sealed_anew_under_a_new_key(self):
        case = self._register(
            attachments=[given("a.txt", b"first"), given("b.txt", b"other")]
        )
        Original = self.env["complaint.original"]
        others = Original.search([("case_id", "!=", case.id)])
        others.key_mark = keyring.key_mark()
        self.assertEqual(Original._reseal_batch(10), 0)
        self.env.cr.execute(
            "UPDATE complaint_original SET write_date = '2020-02-02' "
            "WHERE case_id = %s",
            case.ids,
        )
        self.env.invalidate_all()
        old = " ".join(keyring.keyring())
        new = Fernet.generate_key().decode()
        with patch.dict(os.environ, {keyring.ENVIRONMENT: f"{new} {old}"}):
            others.key_mark = keyring.key_mark()
            self.assertEqual(Original._reseal_batch(1), 1)
            self.assertEqual(Original._reseal_batch(10), 1)
            self.assertEqual(Original._reseal_batch(10), 0)
            self.assertEqual(case.original_ids[1]._open(), ("b.txt", b"other"))
        changed = {moment.year for moment in case.original_ids.mapped("write_date")}
        self.assertEqual(changed, {2020})
        # The old key opens nothing any more, the new one alone opens all.
        first, second = case.original_ids
        with self.assertRaises(UserError):
            first._open()
        with patch.dict(os.environ, {keyring.ENVIRONMENT: new}):
            for original, raw in ((first, b"first"), (second, b"other")):
                sealed = original._sealed_file().raw
                self.assertEqual(keyring.decrypt_bytes(sealed, 5), raw)
                self.assertTrue(keyring.decrypt(original.facts_sealed))

    @mute_logger("odoo.addons.klagebehandling.models.identity.complaint_sealed")
    def test_what_no_key_opens_does_not_stop_the_others(self):
        Original = self.env["complaint.original"]
        case = self._register(
            attachments=[given("a.txt", b"first"), given("b.txt", b"other")]
        )
        Original.search([("case_id", "!=", case.id)]).key_mark = keyring.key_mark()
        first, second = case.original_ids
        first.facts_sealed = "nonsense"
        (first | second).key_mark = "old"
        self.assertEqual(Original._reseal_batch(1), 1)
        self.assertEqual(second.key_mark, keyring.key_mark())
        self.assertEqual(Original._reseal_batch(1), 0)

    def test_mail_with_files_is_cleaned(self):
        # E-28, E-32
        self._with_addresses()
        for alias, states in (
            ("complaints", ["cleaned", "cleaned", "kept", "sealed"]),
            ("anonymous", ["cleaned", "cleaned", "sealed", "sealed"]),
        ):
            case = self._send_mail(alias, number=alias)
            case = case.with_context(active_test=False)
            self.assertEqual(case.original_ids.mapped("state"), states)
            self.assertEqual(files.leaks(self._copies(case)[0].raw), [])
            *_pictures, locked, mail = case.original_ids
            self.assertEqual(locked._open(), (f"{NAME}.doc", LOCKED))
            self.assertEqual(mail._open()[0], "mail.eml")
        self.assertEqual(self._copies(case).mapped("name"), ["1.jpg", "2.jpg"])

    def test_files_of_a_later_mail_arrive_with_the_letter(self):
        for anonymity in ("open", "anonymous"):
            case = self._register(
                anonymity=anonymity, attachments=[given("a.txt", b"x")]
            )
            self._send_mail("x", case=case)
            letter = case.correspondence_ids.filtered(lambda one: one.direction == "in")
            late = case.original_ids.filtered("correspondence_id")
            self.assertEqual(late.correspondence_id, letter)
            self.assertEqual(late.mapped("number"), [2, 3, 4])
            self.assertEqual(late.mapped("kind"), ["jpeg", "other", "jpeg"])
            for copy in self._copies(letter):
                if copy.mimetype == "image/jpeg":
                    self.assertEqual(files.leaks(copy.raw), [])
            self.assertNotIn("data:", letter.body)
            self.assertIn("food", letter.body)
            self.assertEqual(case.sealed_only_count, int(anonymity == "anonymous"))
            events = case.journal_ids.mapped("event")
            self.assertEqual(events.count("files_received"), 2)

    def test_what_is_too_large_for_the_gateway_is_counted_not_named(self):
        case = self._register(anonymity="anonymous")
        large = (f"{NAME}.bin", bytes(26 * 1024 * 1024), {})
        case.message_update({"body": "<p>x</p>", "attachments": [large]})
        letter = case.correspondence_ids.filtered(lambda one: one.direction == "in")
        self.assertIn("too large to be kept: 1", letter.body)
        self.assertNotIn(NAME, letter.body)
        mail = Mail(text="x", files=[large[:2]])
        values = IncomingMail(self.env, mail, b"x").values(self.workshop)
        self.assertIn("too large or too many to be read here: 1", values["description"])
        self.assertNotIn(NAME, values["description"])

    def test_files_cost_few_queries(self):
        self._register(attachments=[given("a.txt", b"warm up")])
        sent = [given(f"{n}.png", files.png()) for n in range(5)]
        self.env.flush_all()
        with self.assertQueryCount(21):
            self._register(attachments=sent)
            self.env.flush_all()

    def test_every_reason_has_words(self):
        reasons = dict(self.env["complaint.original"]._fields["reason"].selection)
        self.assertEqual(set(reasons), set(cleaner.REASONS))


def _sha256(raw):
    return hashlib.sha256(raw).hexdigest()


def _message(text):
    return email.message_from_string(text, policy=email.policy.SMTP)
