# What people write in a test is not translated.
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from ...models.intake import answer_token
from .test_mailbox import KARI, MailboxCase

OLA = "Ola <ola@example.com>"


class Post:
    """The mail server: keeps what it is given."""

    def __init__(self):
        self.sent = []

    def send(self, message, *_args, **_kwargs):
        self.sent.append(message)
        return message["Message-Id"]


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestAnswers(MailboxCase):
    """Answers find their case; what names a case grants nothing (D-24)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._quieten_the_rest()

    def setUp(self):
        super().setUp()
        self.env["complaint.mail.reply"].search([]).unlink()

    def _letter(self, case):
        """A letter that is ready to be sent by e-mail, with what it says."""
        letter = case.sudo()._write_to_complainant("message", "<p>x</p>", "email")
        return letter, letter._build_notice("kari@example.com")

    def _replies(self):
        """Send the automatic answers; return the mails."""
        server = self.env.registry["ir.mail_server"]
        post = Post()
        go_on = patch.object(
            type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: 60
        )
        with go_on, patch.object(server, "send_email", post.send):
            self.env["complaint.mail.reply"]._cron_send()
        return post.sent

    def _text(self, message):
        return message.get_body(("plain",)).get_content()

    # Tokens

    def test_a_letter_carries_a_token_of_its_own(self):
        case = self._send()
        letter, notice = self._letter(case)
        other, _notice = self._letter(case)
        self.assertRegex(letter.answer_token, r"^[0-9A-HJKMNP-TV-Z]{12}$")
        self.assertNotEqual(letter.answer_token, other.answer_token)
        shown = f"[#{letter.answer_token}]"
        self.assertIn(shown, notice["Subject"])
        self.assertIn(shown, self._text(notice))
        self.assertEqual(notice["Reply-To"], "complaints@verkstedet.test")
        self.assertEqual(notice["Auto-Submitted"], "auto-generated")
        self.assertIn("OOF", notice["X-Auto-Response-Suppress"])
        for word in ("Kari", "Cold", case.reference, "Workshop"):
            self.assertNotIn(word, str(notice))

    def test_the_address_has_a_token_where_plus_addresses_arrive(self):
        self.env["ir.config_parameter"].set_param(
            "klagebehandling.is_plus_delivered", "True"
        )
        letter, notice = self._letter(self._send())
        token = letter.answer_token.lower()
        self.assertEqual(notice["Reply-To"], f"complaints+ref-{token}@verkstedet.test")

    def test_who_is_protected_gets_no_token_nor_address(self):
        case = self._send()
        case.sudo().party_ids.write({"is_protected": True})
        _letter, notice = self._letter(case)
        self.assertNotIn("#", notice["Subject"])
        self.assertNotIn("#", self._text(notice))
        self.assertNotIn("complaints", notice["Reply-To"])
        self.assertIn("Do not answer", self._text(notice))

    def test_without_an_address_of_ours_no_answer_is_asked_for(self):
        case = self._send()
        self.workshop.alias_name = False
        _letter, notice = self._letter(case)
        self.assertNotIn("#", notice["Subject"])
        self.assertIn("Do not answer", self._text(notice))

    def test_an_answer_finds_its_case_by_the_token_alone(self):
        case = self._send()
        letter, _notice = self._letter(case)
        token = letter.answer_token
        for number, (subject, text, to) in enumerate(
            (
                (f"Re: news [#{token}]", "A", "complaints"),
                (f"Svar [# {token.lower()} ]", "B", "complaints"),
                ("hello", f"C\n> x\n> [#{token}]", "complaints"),
                ("hello", "D", f"complaints+ref-{token.lower()}"),
            )
        ):
            with self.subTest(subject=subject, to=to):
                new = self._send(text, to, subject, id_=f"token{number}@example.com")
                self.assertFalse(new)
                answer = self._incoming(case).sorted("id")[-1:]
                self.assertIn(text[0], answer.body)
                self.assertFalse(answer.is_from_elsewhere)
        self.assertEqual(len(self._incoming(case)), 4)

    def test_an_answer_to_the_address_that_catches_all_arrives(self):
        letter = self._notice(self._send())
        head = f"In-Reply-To: {letter.message_id}\n"
        sent = self.env["mail.mail"].search_count([])
        self._send("More", to="catchall", head=head, id_="2@example.com")
        self.assertIn("More", self._incoming(letter.case_id).body)
        self.assertEqual(self.env["mail.mail"].search_count([]), sent)

    def test_an_answer_to_two_cases_comes_to_both(self):
        first, second = self._send("One"), self._send("Two", id_="2@example.com")
        letter, _notice = self._letter(first)
        subject = f"Re: {second.reference} [#{letter.answer_token}]"
        self.assertFalse(self._send("Both", subject=subject, id_="3@example.com"))
        for case in first | second:
            self.assertIn("Both", self._incoming(case).body)

    def test_an_answer_delivered_or_fetched_again_is_one_letter(self):
        case = self._send()
        letter, _notice = self._letter(case)
        subject = f"Re: [#{letter.answer_token}]"
        for way in ("", "Received: by mx2; Mon, 2 Nov 2026 09:00:00 +0000\n"):
            self._send("More", subject=subject, id_="2@example.com", head=way)
        tasks = len(self._tasks(case))
        with freeze_time("2026-12-24 09:00:00"):
            self._send("More", subject=subject, id_="2@example.com")
        self.assertEqual(len(self._incoming(case)), 1)
        self.assertEqual(len(self._tasks(case)), tasks)
        self.assertFalse(self.env["complaint.mail.pending"].search([]))
        self._send("Other words", subject=subject, id_="2@example.com")
        self.assertEqual(len(self._incoming(case)), 2)

    def test_a_complaint_that_travelled_twice_is_one_case(self):
        for hour in (9, 10):
            line = f"Received: by mx{hour}; Fri, 30 Oct 2026 {hour}:00:00 +0000\n"
            cases = self._send(head=line)
            self.assertEqual(len(cases), int(hour == 9))

    def test_an_answer_to_what_was_split_is_told_there_too(self):
        case = self._send()
        letter, _notice = self._letter(case)
        part = self._send("Part", id_="part@example.com")
        part.sudo().parent_id = case
        self._close(case)
        before = len(self._tasks(part))
        self._send("More", subject=f"[#{letter.answer_token}]", id_="2@example.com")
        self.assertIn("More", self._incoming(case).body)
        self.assertEqual(len(self._tasks(part)), before + 1)

    # Replies

    def test_wrong_sender_unknown_and_closed_get_the_same_reply(self):
        case, closed = self._send(), self._send("Other", id_="2@example.com")
        letter, _notice = self._letter(case)
        late, _notice = self._letter(closed)
        self._close(closed)
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        moved = self._send("Third", id_="3@example.com")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE complaint_case SET company_id = %s WHERE id = %s",
            [elsewhere.id, moved.id],
        )
        self.env.invalidate_all()
        subjects = [
            f"Re: [#{letter.answer_token}]",
            f"Re: [#{late.answer_token}]",
            f"Re: [#{answer_token.make()}]",
            f"Re: {case.reference}",
            f"Re: {closed.reference}",
            f"Re: {moved.reference}",
            "Re: 7F3KQ-2XRTM",
        ]
        for number, subject in enumerate(subjects):
            sender = f"ola{number}@example.com"
            self._send("hei", subject=subject, sender=sender, id_=f"x{number}@b")
        replies = self._replies()
        self.assertEqual(len(replies), len(subjects))
        texts = {(one["Subject"], self._text(one)) for one in replies}
        self.assertEqual(len(texts), 1)
        receivers = {one["To"] for one in replies}
        self.assertEqual(len(receivers), len(subjects))
        for reply in replies:
            self.assertEqual(reply["Auto-Submitted"], "auto-replied")
            self.assertEqual(reply["X-Auto-Response-Suppress"], "All")
            self.assertNotIn("your case", self._text(reply))

    def test_a_reply_comes_once_for_an_address_and_a_day(self):
        for number in range(3):
            self._send("hei", subject="Re: 7F3KQ-2XRTM", id_=f"{number}@b", sender=OLA)
        self.assertEqual(len(self._replies()), 1)
        self._send("hei", subject="Re: 7F3KQ-2XRTM", id_="4@b", sender=OLA)
        self.assertFalse(self._replies())
        with freeze_time("2026-11-03 09:00:00"):
            self._send("hei", subject="Re: 7F3KQ-2XRTM", id_="5@b", sender=OLA)
            self.assertEqual(len(self._replies()), 1)

    def test_only_who_is_known_is_told_how_to_go_on(self):
        case = self._send()
        letter, _notice = self._letter(case)
        subject = f"Re: [#{letter.answer_token}]"
        self._send("More", subject=subject, id_="2@b")
        (reply,) = self._replies()
        self.assertIn("is put into your case", self._text(reply))
        self.assertIn(f"[#{letter.answer_token}]", reply["Subject"])
        self._close(case)
        with freeze_time("2026-11-03 09:00:00"):
            self._send("Again", subject=subject, id_="3@b")
            (reply,) = self._replies()
        self.assertIn("Your case is closed", self._text(reply))
        self.assertNotIn("#", reply["Subject"])
        self.assertEqual(len(self._incoming(case)), 2)

    def test_what_is_unknown_is_a_case_and_gets_no_second_mail(self):
        self.policy.has_auto_receipt = True
        case = self._send("hei", subject="Re: 7F3KQ-2XRTM", sender=OLA)
        self.assertTrue(case)
        self.assertEqual(case.correspondence_ids.state, "failed")
        self.assertEqual(len(self._replies()), 1)

    def test_nobody_answers_programs_lists_or_ourselves(self):
        self.company.email = "post@verkstedet.test"
        letter, _notice = self._letter(self._send())
        subject = f"Re: [#{letter.answer_token}]"
        for number, (sender, head) in enumerate(
            (
                (OLA, "Auto-Submitted: auto-replied\n"),
                (OLA, "Return-Path: <>\n"),
                (OLA, "Precedence: list\n"),
                (OLA, "List-Id: <all.example.com>\n"),
                (OLA, "X-Auto-Response-Suppress: All\n"),
                ("no-reply@example.com", ""),
                ("MAILER-DAEMON@example.com", ""),
                ("bounce+1@example.com", ""),
                ("complaints@verkstedet.test", ""),
                ("complaints+ref-x@verkstedet.test", ""),
                ("Post <post@verkstedet.test>", ""),
                ("kari@", ""),
                ("", ""),
            )
        ):
            self._send(
                "hei", subject=subject, sender=sender, head=head, id_=f"{number}@b"
            )
        self.assertFalse(self._replies())

    def test_thirty_programs_are_no_case_and_get_no_reply(self):
        for number in range(30):
            new = self._send(
                head="Auto-Submitted: auto-replied\n",
                subject="Automatisk svar: [#7F3KQ2XRTM4W]",
                id_=f"auto{number}@example.com",
                sender=f"robot{number}@example.com",
            )
            self.assertFalse(new)
        self.assertFalse(self._replies())

    def test_nothing_of_a_reply_stays(self):
        self._send("hei", subject="Re: 7F3KQ-2XRTM", sender=OLA)
        row = self.env["complaint.mail.reply"].search([])
        self.assertNotIn("ola@", str(row.read()))
        self._replies()
        self.assertFalse(row.reply_sealed or row.taken_at or row.failure)
        self.assertEqual(row.state, "sent")
        with freeze_time("2026-11-04 09:00:00"):
            row._gc_replies()
        self.assertFalse(row.exists())

    def test_a_reply_survives_the_rotation_of_the_keys(self):
        self._send("hei", subject="Re: 7F3KQ-2XRTM", sender=OLA)
        counted = self.env["complaint.mail.reply"]._count_sealed()
        self.assertEqual(sum(counted.values()), 1)

    # Who is who

    def test_who_is_complained_about_is_nobody_in_the_case(self):
        case = self._send()
        self.env["complaint.party"].sudo().create(
            {
                "case_id": case.id,
                "role": "subject",
                "name": "Leader",
                "email": "leader@example.com",
                "user_id": self.leader.id,
            }
        )
        letter, _notice = self._letter(case)
        for number, subject in enumerate(
            (f"Re: [#{letter.answer_token}]", f"Re: {case.reference}")
        ):
            self._send(
                f"Not true {number}",
                subject=subject,
                sender="leader@example.com",
                id_=f"{number}@b",
            )
        self.assertEqual(self._incoming(case).mapped("is_from_elsewhere"), [True, True])
        (reply,) = self._replies()
        self.assertNotIn("your case", self._text(reply))

    def test_who_is_walled_gets_what_everybody_gets(self):
        case = self._send(sender="Leader <boss@example.com>")
        letter, _notice = self._letter(case)
        self.leader.partner_id.email = "boss@example.com"
        case.sudo().about_manager = True
        self.assertIn(self.leader, case.sudo().walled_user_ids)
        self._send(
            "x",
            subject=f"[#{letter.answer_token}]",
            sender="boss@example.com",
            id_="2@b",
        )
        self.assertTrue(self._incoming(case).is_from_elsewhere)
        (reply,) = self._replies()
        self.assertNotIn("your case", self._text(reply))

    def test_of_an_answer_in_an_anonymous_case_who_wrote_is_not_kept(self):
        case = self._send(to="anonymous")
        subject = f"Re: {case.reference}"
        self._send("It was me", subject=subject, id_="2@example.com", sender=KARI)
        originals = case.with_context(active_test=False).original_ids
        self.assertEqual(len(originals), 2)
        for original in originals:
            _name, raw = original._open()
            for word in (b"kari", b"Kari", b"2@example.com"):
                self.assertNotIn(word, raw)
        self.assertTrue(self._incoming(case).is_from_elsewhere)

    def test_what_comes_to_the_anonymous_address_is_never_answered(self):
        letter, _notice = self._letter(self._send())
        subject = f"Re: [#{letter.answer_token}]"
        self._send("x", to="anonymous", subject=subject, id_="2@b")
        self._send("y", to="anonymous", subject="Re: 7F3KQ-2XRTM", id_="3@b")
        self.assertFalse(self._replies())
