from freezegun import freeze_time

from odoo.tests import tagged

from ..common import ComplaintCase

KARI = "Kari Nordmann <kari@example.com>"
MAIL = """From: {sender}
To: {to}
Subject: {subject}
Message-Id: <{message_id}@example.com>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

The food is cold. Regards, Kari
--b
Content-Type: text/plain; name="kari.txt"
Content-Disposition: attachment; filename="kari.txt"

Menu of Monday
--b--
"""


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestMailGateway(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.domain = cls.env["mail.alias.domain"].create({"name": "verkstedet.test"})
        cls.company.alias_domain_id = cls.domain
        cls.workshop.write(
            {"alias_name": "complaints", "anonymous_alias_name": "anonymous"}
        )

    def _send(self, alias, message_id="1", subject="Cold food", sender=KARI):
        mail = MAIL.format(
            sender=sender,
            to=f"{alias}@verkstedet.test",
            subject=subject,
            message_id=message_id,
        )
        case_id = self.env["mail.thread"].message_process("complaint.case", mail)
        return self.env["complaint.case"].browse(case_id)

    def test_mail_becomes_a_case_of_the_unit(self):
        # E-28, D-24
        case = self._send("complaints")
        self.assertEqual(case.channel, "email")
        self.assertEqual(case.unit_id, self.workshop)
        self.assertEqual(case.title, "Cold food")
        self.assertIn("The food is cold.", case.description)
        self.assertEqual(case.party_ids.email, "kari@example.com")
        self.assertEqual(case.handler_id, self.leader)
        files = self.env["ir.attachment"].search(
            [("res_model", "=", "complaint.case"), ("res_id", "=", case.id)]
        )
        self.assertEqual(files.mapped("name"), ["kari.txt"])

    def test_chatter_keeps_nothing_of_the_sender(self):
        case = self._send("complaints")
        message = case.message_ids
        self.assertEqual(len(message), 1)
        kept = str(
            message.read(["body", "subject", "email_from", "reply_to", "message_id"])
        )
        for canary in ("kari", "Kari", "food", "1@example.com"):
            self.assertNotIn(canary, kept)
        self.assertFalse(message.attachment_ids)
        self.assertEqual(message.author_id, self.env.ref("base.partner_root"))
        self.assertFalse(message.notified_partner_ids)

    def test_a_sender_nobody_can_answer_is_a_case_all_the_same(self):
        senders = ('"Kari" <"x y"@example.com>', '"x y"@example.com', "kari@example")
        for number, sender in enumerate(senders):
            case = self._send("complaints", f"odd{number}", sender=sender)
            self.assertIn("The food is cold.", case.description)
            self.assertFalse(case.party_ids.email)
            # Odoo spells it a little otherwise on the way.
            self.assertIn("@example", case.party_ids.name)

    def test_anonymous_address_keeps_no_identity(self):
        # E-32
        case = self._send("anonymous")
        self.assertEqual(case.anonymity, "anonymous")
        self.assertFalse(case.party_ids.name or case.party_ids.email)
        self.assertEqual(case.reply_channel, "portal")

    def test_mail_delivered_twice_is_one_case(self):
        first = self._send("complaints", message_id="again")
        self.assertEqual(self._send("complaints", message_id="again"), first)

    def test_empty_mail_is_registered(self):
        case = self._send("complaints", subject="")
        self.assertTrue(case.title)

    def test_outsiders_answer_is_correspondence(self):
        case = self._send("complaints")
        mail = {"body": "<p>More from Kari</p>", "email_from": "kari@example.com"}
        case.message_update(mail)
        self.assertNotIn("Kari", str(mail))
        letter = case.correspondence_ids
        self.assertEqual((letter.direction, letter.medium), ("in", "email"))
        self.assertIn("More from Kari", letter.body)

    def test_the_same_words_twice_are_two_letters_where_no_id_says_more(self):
        case = self._send("complaints")
        mail = {"body": "<p>Thanks</p>", "email_from": "kari@example.com"}
        for id_, count in ((None, 1), (None, 2), ("<1@b>", 3), ("<1@b>", 3)):
            case.message_update({**mail, "message_id": id_})
            self.assertEqual(len(case.correspondence_ids), count)

    def test_a_strangers_answer_is_from_another_address(self):
        case = self._send("complaints")
        mail = {"body": "<p>x</p>", "email_from": "ola@example.com"}
        case.message_update(mail)
        self.assertTrue(case.correspondence_ids.is_from_elsewhere)
        self.assertIn("another address", mail["body"])

    def test_colleagues_answer_stays_talk(self):
        case = self._send("complaints")
        mail = {"body": "Internal", "author_id": self.leader.partner_id.id}
        case.message_update(mail)
        self.assertEqual(mail["body"], "Internal")
        self.assertFalse(case.correspondence_ids)
