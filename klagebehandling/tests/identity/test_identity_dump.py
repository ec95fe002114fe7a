from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from ..dump import find_in_database
from .common import IDENTITY, IdentityCase

# Whole values and the words of them that stand nowhere else.
WORDS = (
    "Sølvi Bråthenskog",
    "Bråthenskog",
    "soelvi.b@kanari.example",
    "918 27 364",
    "91827364",
    "Tårnfalkveien",
    "Vestbygrenda",
)
MAIL = """From: Sølvi Bråthenskog <soelvi.b@kanari.example>
To: {to}
Subject: {subject}
Message-Id: <{number}@mail.example>
References: {references}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

The food is cold.
"""


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestIdentityDump(IdentityCase):
    """Leak test 14: a dump of the database tells nobody's identity."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._quieten_the_rest()
        domain = cls.env["mail.alias.domain"].create({"name": "verkstedet.test"})
        cls.company.alias_domain_id = domain
        cls.workshop.alias_name = "complaints"

    def setUp(self):
        super().setUp()
        Server = type(self.env["ir.mail_server"])
        self.startPatcher(
            patch.object(
                Server, "send_email", lambda _self, mail, **_k: mail["Message-Id"]
            )
        )
        Cron = type(self.env["ir.cron"])
        self.startPatcher(patch.object(Cron, "_commit_progress", lambda *_a, **_k: 60))

    def _assert_unknown(self):
        self.assertEqual(find_in_database(self.env, WORDS), [])

    def test_the_search_finds_what_stands_somewhere(self):
        # The proof of the proof, in each shape that a column can hold it.
        self._assert_unknown()
        self.case.title = "About Bråthenskog"
        self.env["res.partner"].create(
            {"name": "x", "email": "soelvi.b@kanari.example"}
        )
        self.case._log("answered", reason="Tårnfalkveien 97")
        self.env["ir.attachment"].create(
            {"name": "x", "db_datas": b"Sent to Vestbygrenda", "mimetype": "text/plain"}
        )
        self.assertEqual(
            set(find_in_database(self.env, WORDS)),
            {
                "complaint_case.title",
                "complaint_journal.texts",
                "ir_attachment.db_datas",
                "res_partner.email",
                "res_partner.email_normalized",
            },
        )

    def test_from_registration_to_split(self):
        # The whole database is read once for all of them: it takes seconds.
        self._do_registration_and_letters()
        self._do_a_bounce()
        self._do_the_dialog_for_letters()
        self._do_a_split()
        self._do_corrected_and_added_persons()
        self._assert_unknown()

    def _do_registration_and_letters(self):
        for anonymity in ("open", "protected"):
            for channel in ("email", "letter", "sms", "phone"):
                case = self._register_protected(
                    anonymity=anonymity, reply_channel=channel
                )
                self.assertEqual(case.party_ids.name, IDENTITY["name"])
                case.with_user(self.leader).action_acknowledge()
                self.env["complaint.correspondence"]._cron_send()

    def _do_a_bounce(self):
        for anonymity in ("open", "protected"):
            case = self._register_protected(anonymity=anonymity, reply_channel="email")
            case.with_user(self.leader).action_acknowledge()
            self.env["complaint.correspondence"]._cron_send()
            letter = case.correspondence_ids
            self.assertEqual(letter.state, "sent")
            self.env["mail.thread"]._routing_handle_bounce(
                None,
                {
                    "bounced_msg_ids": [letter.message_id],
                    "bounced_email": IDENTITY["email"],
                },
            )
            self.assertEqual(letter.state, "failed")

    def test_mail_in_and_mail_back(self):
        case = self.env["complaint.case"].browse(
            self._receive("complaints@verkstedet.test", 1)
        )
        self.assertEqual(case.party_ids.email, IDENTITY["email"])
        case.with_user(self.leader).action_acknowledge(medium="email")
        self.env["complaint.correspondence"]._cron_send()
        self._receive(
            "complaints@verkstedet.test", 2, case.correspondence_ids.message_id
        )
        self._assert_unknown()

    def _receive(self, to, number, references=""):
        mail = MAIL.format(
            to=to, number=number, references=references, subject="Cold food"
        )
        return self.env["mail.thread"].message_process("complaint.case", mail)

    def test_the_page_of_a_colleague(self):
        for anonymity in ("open", "protected"):
            form = Form(self.env["complaint.case.register"].with_user(self.employee))
            form.unit_id = self.workshop
            form.description = "The food is cold."
            form.anonymity = anonymity
            for name, value in IDENTITY.items():
                form[name] = value
            page = form.save()
            self._assert_unknown()
            page.action_register()
        self._assert_unknown()

    def _do_the_dialog_for_letters(self):
        for anonymity in ("open", "protected"):
            case = self._register_protected(anonymity=anonymity)
            letter = Form(
                self.env["complaint.case.compose"]
                .with_user(self.leader)
                .with_context(
                    default_case_id=case.id, default_purpose="acknowledgement"
                )
            )
            letter.save().action_send()

    def test_request_grant_and_reveal(self):
        request = self._ask()
        with self.assertRaises(ValidationError):
            request.with_user(self.custodian).action_grant(f"It is {IDENTITY['name']}.")
        self._grant(request)
        self.assertEqual(self._reveal(request).name, IDENTITY["name"])
        refused = self._ask(self.leader)
        refused.with_user(self.custodian).action_refuse("The letter is enough.")
        self.party.with_user(self.custodian).read(["name"])
        self._assert_unknown()

    def _do_a_split(self):
        for anonymity in ("open", "protected"):
            case = self._register_protected(
                anonymity=anonymity, categories=["food", "theft"]
            )
            child_id = case.with_user(self.leader).action_split(
                case.category_ids[:1].ids
            )
            child = self.env["complaint.case"].browse(child_id)
            self.assertEqual(child.party_ids.name, IDENTITY["name"])

    def _do_corrected_and_added_persons(self):
        person = self._register().party_ids.with_user(self.leader)
        for name, text in IDENTITY.items():
            if person[name]:
                person.action_correct(name, text, "She wrote it on the form.")
            else:
                person[name] = text
        self.assertEqual(person.name, IDENTITY["name"])
        person.create({"case_id": person.case_id.id, "role": "witness", **IDENTITY})

    def test_the_length_of_what_is_sealed_tells_nothing(self):
        short, long = (
            self._register_protected(
                parties=[{"role": "complainant", "name": name, "email": email}]
            ).party_ids
            for name, email in (
                ("Bo", "b@x.no"),
                (
                    "Anne-Margrethe von der Recke Lagesen",
                    "anne.margrethe@kanari.example",
                ),
            )
        )
        for name in ("identity_sealed", "identity_hashes"):
            self.assertEqual(len(short[name]), len(long[name]))
        tokens = [party.identity_sealed.rpartition(":")[2] for party in (short, long)]
        # Version and time of a Fernet token, in plain text.
        self.assertEqual([token[:11] for token in tokens], ["gAAAAAAAAAA"] * 2)
