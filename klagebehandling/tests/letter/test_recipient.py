from pathlib import Path
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.modules.module import load_script
from odoo.tests import Form, tagged

from ...channels import BUILT_IN, HAND, PAGE, QUEUE, Channel
from ..common import ComplaintCase

ROOT = Path(__file__).parents[2]
# What is known of the person, and what then reaches the person.
KNOWN = {"email": "ola@example.com", "phone": "22334455", "street": "Torget 2"}
GUARDIAN = {"role": "representative", "name": "Ola Verge", "email": "ola@example.com"}
WARD = {
    "role": "complainant",
    "name": "Kari Nordmann",
    "phone": "99887766",
    "street": "Fjellgata 12",
}


@tagged("post_install", "-at_install")
@freeze_time("2026-11-03 09:00:00")
class TestRecipient(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._quieten_the_rest()

    def setUp(self):
        super().setUp()
        self.sent = []
        self.startPatcher(
            patch.object(
                type(self.env["ir.mail_server"]), "send_email", self._fake_send
            )
        )
        self.startPatcher(
            patch.object(
                type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kw: 60
            )
        )

    def _fake_send(self, message, **_kwargs):
        self.sent.append(message["To"])
        return message["Message-Id"]

    def _person(self, case, role):
        return case.party_ids.filtered(lambda party: party.role == role)

    def _letter(self, case, medium=None):
        return case._write_to_complainant("message", "<p>Hello</p>", medium)

    def _send_queue(self):
        self.env["complaint.correspondence"]._cron_send()

    def test_guardian_with_only_email_is_written_to_in_every_medium(self):
        case = self._authorise(self._register(parties=[WARD, GUARDIAN]))
        guardian = self._person(case, "representative")
        for medium in BUILT_IN:
            letter = self._letter(case, medium)
            self.assertEqual(letter.recipient_id, guardian, medium)
        self._send_queue()
        self.assertEqual(self.sent, ["ola@example.com"])
        paper = case.correspondence_ids.filtered(lambda one: one.medium == "letter")
        self.assertEqual(paper.missing, "No street address is known.")
        self.assertEqual(paper.recipient, "Ola Verge")

    def test_next_way_reaches_the_same_person(self):
        # M61: the complainant's phone is not called instead.
        case = self._authorise(
            self._register(parties=[WARD, {**GUARDIAN, "street": "Torget 2"}])
        )
        letter = self._letter(case, "email")
        letter._mark_failed("Refused")
        other = case.correspondence_ids.filtered("replaces_id")
        self.assertEqual(other.medium, "letter")
        self.assertEqual(other.recipient_id, letter.recipient_id)

    def test_of_whom_nothing_is_known_is_not_written_to(self):
        case = self._register(parties=[WARD, {"role": "representative"}])
        complainant = self._person(case, "complainant")
        self.assertEqual(self._letter(case).recipient_id, complainant)
        complainant._erase()
        self._person(case, "representative").email = "ola@example.com"
        self._authorise(case)
        guardian = self._person(case, "representative")
        self.assertEqual(self._letter(case).recipient_id, guardian)

    def test_letter_that_is_made_keeps_whom_it_goes_to(self):
        case = self._register()
        letter = self._letter(case, "email")
        self.env["complaint.party"].create(dict(GUARDIAN, case_id=case.id))
        self._authorise(case)
        case.party_ids[0].email = "new@example.com"
        self._send_queue()
        # The address is the one of today, the person the one of then.
        self.assertEqual(self.sent, ["new@example.com"])
        self.assertEqual(letter.recipient_id.role, "complainant")
        self.assertEqual(self._letter(case).recipient_id.role, "representative")
        letter._bounce([letter.message_id])
        other = case.correspondence_ids.filtered("replaces_id")
        self.assertEqual(other.recipient_id, letter.recipient_id)

    def test_notice_of_delay_knows_whom_it_goes_to(self):
        case = self._authorise(self._register(parties=[WARD, GUARDIAN]))
        deadline = self._deadline(case, "acknowledge")
        deadline._tell_neutrally()
        notice = case.correspondence_ids
        self.assertEqual(notice.purpose, "delay")
        self.assertEqual(notice.deadline_id, deadline)
        self.assertEqual(notice.recipient_id, self._person(case, "representative"))

    def test_anonymous_person_is_nobody_to_write_to(self):
        # M11
        case = self._register(anonymity="anonymous", parties=[{"role": "complainant"}])
        for medium in ("portal", "meeting"):
            letter = self._letter(case, medium)
            self.assertFalse(letter.recipient_id)
            self.assertEqual(letter.recipient, "Anonymous person")
            self.assertFalse(letter.missing)
        self.assertFalse(case._recipient())

    def test_what_came_in_goes_to_nobody(self):
        case = self._register()
        letter = self.env["complaint.correspondence"].create(
            {"case_id": case.id, "direction": "in", "state": "sent"}
        )
        self.assertFalse(letter.recipient_id)
        self.assertFalse(letter.missing)

    def test_person_of_another_case_is_refused(self):
        other = self._register().party_ids
        letter = self._letter(self._register())
        with self.assertRaisesRegex(ValidationError, "its own case"):
            letter.recipient_id = other

    def test_protected_recipient_is_a_pseudonym_to_staff(self):
        case = self._register(anonymity="protected")
        letter = self._letter(case).with_user(self.leader)
        self.assertEqual(
            letter.recipient, case.with_user(self.leader).pseudonym_ids.name
        )
        self.assertNotIn("Kari", letter.recipient)
        for read in (
            lambda: letter.recipient_id,
            lambda: letter.read(["recipient_id"]),
            lambda: letter.web_read({"recipient_id": {"fields": {"display_name": {}}}}),
            lambda: letter.search([("recipient_id.name", "=", "Kari")]),
            lambda: letter.search([("recipient_id", "!=", False)]),
            lambda: letter.formatted_read_group([], ["recipient_id"], ["__count"]),
        ):
            with self.assertRaises(AccessError):
                read()
        self.assertNotIn("recipient_id", letter.fields_get())

    def test_draft_of_staff_knows_whom_it_goes_to(self):
        case = self._register(anonymity="protected")
        drafts = self.env["complaint.correspondence"].with_user(self.leader)
        draft = drafts.create({"case_id": case.id, "body": "<p>x</p>"})
        self.assertEqual(draft.sudo().recipient_id, case.party_ids)
        with self.assertRaises(AccessError):
            drafts.create({"case_id": case.id, "recipient_id": case.party_ids.id})
        with self.assertRaises(AccessError):
            draft.recipient_id = False

    def test_known_recipient_is_named_to_who_works_the_case(self):
        letter = self._letter(self._register())
        self.assertEqual(letter.with_user(self.leader).recipient, "Kari Nordmann")
        with self.assertRaises(AccessError):
            letter.with_user(self.other_leader).read(["recipient"])

    def test_each_medium_says_what_is_missing(self):
        # E-55
        needs = {"email": "email", "sms": "phone", "phone": "phone", "letter": "street"}
        for known in ("email", "phone", "street", None):
            person = {"role": "complainant", "name": "Ola"}
            person |= {known: KNOWN[known]} if known else {}
            case = self._register(parties=[person], reply_channel="portal")
            for medium in BUILT_IN:
                with self.subTest(known=known, medium=medium):
                    letter = self._letter(case, medium)
                    need = needs.get(medium)
                    self.assertEqual(bool(letter.missing), bool(need) and need != known)

    def test_next_way_is_one_that_is_known(self):
        # M61
        ways = {
            ("email", None): "portal",
            ("email", "phone"): "phone",
            ("email", "street"): "letter",
            ("sms", "phone"): "phone",
            ("sms", "street"): "letter",
            ("phone", "street"): "letter",
            ("phone", "email"): "portal",
            ("letter", "phone"): "portal",
            ("meeting", "phone"): None,
            ("portal", "phone"): None,
        }
        for (medium, known), expected in ways.items():
            with self.subTest(medium=medium, known=known):
                person = {"role": "complainant", "name": "Ola"}
                person |= {known: KNOWN[known]} if known else {}
                case = self._register(parties=[person], reply_channel="portal")
                letter = self._letter(case, medium)
                self.assertEqual(letter._next_medium() or None, expected)

    def test_queue_gives_up_what_has_no_address(self):
        case = self._register(parties=[{**WARD, "phone": None}], reply_channel="email")
        letter = self._letter(case)
        self.assertEqual(letter.state, "queued")
        self.assertEqual(letter.missing, "No e-mail address is known.")
        self._send_queue()
        self.assertEqual(letter.failure, "No e-mail address is known.")
        self.assertFalse(self.sent)
        self.assertEqual(
            case.correspondence_ids.filtered("replaces_id").medium, "letter"
        )

    def test_addon_adds_a_way_as_data(self):
        letters = self.env["complaint.correspondence"]
        stock = type(letters)._media

        def media(records):
            way = Channel("street", reaches_anonymous=True, then=("phone", "portal"))
            return dict(stock(records), social_media=way)

        self.startPatcher(patch.object(type(letters), "_media", media))
        case = self._register(parties=[{**WARD, "street": None}])
        letter = self._letter(case, "social_media")
        self.assertEqual(letter.missing, "No street address is known.")
        letter._mark_failed("Refused")
        self.assertEqual(
            case.correspondence_ids.filtered("replaces_id").medium, "phone"
        )
        nobody = self._register(anonymity="anonymous", parties=[])
        problems = nobody._missing_in_naming(
            {"name": "Kari", "reply_channel": "social_media"}, {}
        )
        self.assertEqual(list(problems), ["street"])
        nobody._check_reachable("social_media")

    def test_by_hand_is_what_a_person_delivers(self):
        case = self._register(parties=[{**WARD, **KNOWN}], reply_channel="portal")
        for medium in BUILT_IN:
            self._letter(case, medium)
        letters = case.correspondence_ids
        by_hand = letters.filtered_domain([("is_by_hand", "=", True)])
        self.assertEqual(by_hand, letters.filtered("is_by_hand"))
        self.assertEqual(
            set(by_hand.mapped("medium")),
            {"phone", "sms", "letter", "meeting", "social_media"},
        )
        found = letters.search([("case_id", "=", case.id), ("is_by_hand", "=", False)])
        self.assertEqual(found, letters - by_hand)
        self.env["ir.config_parameter"].set_param("klagebehandling.is_sms_sent", "True")
        way = letters._channel("sms").sent_by
        self.assertEqual(way, QUEUE if "sms.sms" in self.env else HAND)
        self.assertEqual(letters._media_of(PAGE), ["portal"])

    def test_writing_says_what_is_missing_before_it_is_sent(self):
        case = self._authorise(
            self._register(parties=[WARD, GUARDIAN], reply_channel="letter")
        )
        compose = self.env["complaint.case.compose"].with_user(self.leader)
        form = Form(compose.with_context(default_case_id=case.id))
        self.assertEqual(form.medium, "letter")
        self.assertEqual(form.missing, "No street address is known.")
        form.medium = "email"
        self.assertFalse(form.missing)
        self.assertFalse(form.is_by_hand)

    def test_missing_email_is_that_of_whom_we_write_to(self):
        person = {**GUARDIAN, "email": None, "phone": "22334455"}
        case = self._register(
            reply_channel="email",
            parties=[{**WARD, "email": "kari@example.com"}, person],
        )
        self._authorise(case)
        self.assertTrue(case.is_email_missing)
        self._person(case, "representative").email = "ola@example.com"
        case.invalidate_recordset()
        self.assertFalse(case.is_email_missing)

    def test_letters_of_an_older_version_get_their_recipient(self):
        case = self._authorise(self._register(parties=[WARD, GUARDIAN]))
        nobody = self._register(
            anonymity="anonymous", parties=[{"role": "complainant"}]
        )
        letters = self._letter(case) | self._letter(nobody)
        letters.flush_recordset()
        self.env.cr.execute(
            "UPDATE complaint_correspondence SET recipient_id = NULL "
            "WHERE id = ANY(%s)",
            [letters.ids],
        )
        path = ROOT / "migrations" / "19.0.1.1.0" / "pre-migrate.py"
        load_script(str(path), "pre-migrate").migrate(self.env.cr, "19.0.1.0.0")
        letters.invalidate_recordset()
        self.assertEqual(
            letters.mapped("recipient_id"), self._person(case, "representative")
        )
        self.assertFalse(letters[1].recipient_id)
