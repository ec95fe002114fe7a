# What people say in a test is not translated.
# pylint: disable=translation-required
import time

from odoo.tests import new_test_user, tagged

from odoo.addons.klagebehandling.sealing import keyring, receipt_code

from ..common import PortalCase


@tagged("post_install", "-at_install")
class TestSign(PortalCase):
    """A-13: on the own page minutes are read, remarked on, signed or refused."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy.is_minutes_signed = True

    def setUp(self):
        super().setUp()
        receipt = self._send(name="Kari Nordmann", unit_id=self.workshop.id)
        self.code, self.case = self._code(receipt), self._case(receipt)

    def _open(self, code=None, **values):
        data = {"code": code or self.code, **values}
        return self.url_open("/klage/status", data=data)

    def _write_minutes(self, case=None):
        case = case or self.case
        leader = self.env(user=self.leader.id)
        meeting = leader["complaint.meeting"].create(
            {"case_id": case.id, "start_at": "2026-01-01 09:00:00", "place": "Room 2"}
        )
        meeting.action_hold()
        minutes = leader["complaint.minutes"].create(
            {"meeting_id": meeting.id, "agreed": "Warm <food>\nEach day"}
        )
        minutes.action_freeze()
        return minutes

    def _assisted(self):
        """A case by phone, whose code a colleague has read out."""
        case = self._register(channel="phone", assisted={"by": self.worker.id})
        code = receipt_code.make()
        case.access_code_hash = keyring.keyed_hash("access code", code)
        return case, code

    def test_draft_is_not_shown(self):
        minutes = self._write_minutes()
        minutes.action_new_version()
        page = self._open()
        self.assertIn("Warm &lt;food&gt;", page.text)
        minutes.meeting_id.minutes_ids.filtered(
            lambda o: o.state == "draft"
        ).agreed = "Words of a draft"
        page = self._open()
        self.assertNotIn("Words of a draft", page.text)
        # Nothing is signed meanwhile, and it is said why.
        self.assertIn("We are writing a new version", page.text)
        self.assertNotIn("I have read the minutes and sign them", page.text)

    def test_signed_by_typed_name(self):
        minutes = self._write_minutes()
        minutes.action_sign()
        page = self._post_act(self._open(), "sign")
        self.assertEqual(page.status_code, 422)
        self.assertIn("Write your name.", page.text)
        page = self._post_act(page, "sign", name="Kari Nordmann")
        self.assertEqual(page.status_code, 200)
        self.assertIn("Both have signed now.", page.text)
        signature = minutes.sudo().signature_ids.filtered(
            lambda o: o.side == "complainant"
        )
        self.assertEqual((signature.way, signature.name), ("portal", "Kari Nordmann"))
        self.assertEqual(signature.create_uid, self.env.ref("base.public_user"))
        self.assertNotIn("I have read the minutes and sign them", page.text)

    def test_anonymous_signs_with_the_code_and_is_asked_no_name(self):
        #
        receipt = self._send(anonymity="anonymous", unit_id=self.workshop.id)
        case, code = self._case(receipt), self._code(receipt)
        minutes = self._write_minutes(case)
        page = self._open(code)
        self.assertFalse(self._form_to(page, "sign").xpath(".//input[@name='name']"))
        self._post_act(page, "sign", name="Kari")
        signature = minutes.sudo().signature_ids
        self.assertEqual(signature.way, "code")
        self.assertFalse(signature.name_sealed)

    def test_remark_is_kept_and_signed(self):
        minutes = self._write_minutes()
        self._post_act(self._open(), "sign", name="Kari", text="It was <Monday>.")
        new = minutes.meeting_id.minutes_ids.sorted("version")[-1]
        self.assertEqual(new.version, 2)
        self.assertTrue(new.is_signed_by_complainant)
        self.assertIn("It was &lt;Monday&gt;.", self._open().text)

    def test_remark_without_signing_and_refusal(self):
        minutes = self._write_minutes()
        page = self._post_act(self._open(), "remark", text="Add this.")
        self.assertIn("stands in the minutes now", page.text)
        page = self._post_act(page, "refuse")
        self.assertEqual(page.status_code, 422)
        page = self._post_act(page, "refuse", text="Not so.")
        new = minutes.meeting_id.minutes_ids.sorted("version")[-1]
        self.assertEqual((new.state, new.remarks), ("refused", "Add this."))
        self.assertIn("Not so.", page.text)

    def test_changed_meanwhile_nothing_is_signed_and_nothing_lost(self):
        minutes = self._write_minutes()
        page = self._open()
        action = minutes.action_new_version()
        new = minutes.browse(action["res_id"])
        new.agreed = "Less"
        new.action_freeze()
        page = self._post_act(page, "sign", name="Kari N", text="My remark")
        self.assertEqual(page.status_code, 422)
        self.assertIn("The minutes have changed since", page.text)
        form = self._form_to(page, "sign")
        self.assertEqual(form.inputs["name"].value, "Kari N")
        self.assertIn("My remark", form.inputs["text"].value)
        self.assertFalse(new.signature_ids | minutes.signature_ids)
        # Read once more, it is signed.
        self._post_act(page, "sign")
        self.assertTrue(minutes.meeting_id.minutes_ids.signature_ids)

    def test_signed_twice_counts_once(self):
        minutes = self._write_minutes()
        page = self._open()
        self._post_act(page, "sign", name="Kari")
        again = self._post_act(page, "sign", name="Kari")
        self.assertEqual(again.status_code, 422)
        self.assertEqual(len(minutes.signature_ids), 1)

    def test_code_that_staff_have_seen_signs_and_withdraws_nothing(self):
        #
        case, code = self._assisted()
        minutes = self._write_minutes(case)
        page = self._open(code)
        self.assertIn("A code that only you know", page.text)
        self.assertNotIn("I have read the minutes and sign them", page.text)
        # Forged: the form is not there, and what is sent is refused.
        self.assertNotIn("Add it to the minutes", page.text)
        data = {
            **dict(self._form_to(page, "draw").form_values()),
            "meeting": str(minutes.meeting_id.id),
            "digest": minutes.digest,
            "name": "Staff",
        }
        for act in ("sign", "refuse", "remark"):
            answer = self.url_open(f"/klage/status/{act}", data={**data, "text": "x"})
            self.assertEqual(answer.status_code, 422)
            self.assertIn("One of us has seen your code", answer.text)
        self.assertFalse(minutes.signature_ids)
        self.assertEqual(len(case.minutes_ids), 1)
        page = self._post_act(self._open(code), "withdraw")
        page = self._post_act(page, "withdraw")
        self.assertIn("One of us has seen your code", page.text)
        self.assertEqual(case.state, "received")

    def test_new_code_is_in_force_once_it_is_kept(self):
        case, code = self._assisted()
        self._write_minutes(case)
        shown = self._post_act(self._open(code), "draw")
        new = self._text(shown, "//p[@class='secret']")
        self.assertNotEqual(new, code)
        # One offer at a time: to keep this one, not to draw another.
        self.assertNotIn("A code that only you know", shown.text)
        # The page is lost: the old one still opens the case, the new one does not.
        self.assertEqual(self._open(new).status_code, 422)
        self.assertEqual(self._open(code).status_code, 200)
        kept = self._post_act(shown, "draw")
        self.assertIn("Your new code is in force", kept.text)
        self.assertEqual(self._open(code).status_code, 422)
        page = self._open(new)
        self._post_act(page, "sign", name="Kari")
        self.assertTrue(case.minutes_ids.signature_ids)
        self.env.flush_all()
        self.env.cr.execute("SELECT * FROM complaint_case WHERE id = %s", case.ids)
        self.assertNotIn(new, str(self.env.cr.fetchall()))
        # The token of the page is of no use a second time, nor in another case.
        again = self._post_act(shown, "draw")
        self.assertEqual(again.status_code, 422)
        token = self._form_to(shown, "draw").xpath(".//input[@name='drawn']")
        forged = self._post_act(
            self._open(), "write", text="x", drawn=token[0].get("value")
        )
        self.assertEqual(forged.status_code, 200)
        self.assertEqual(self._open().status_code, 200)

    def test_drawn_token_is_of_this_case_and_of_this_hour(self):
        case, code = self._assisted()
        other, other_code = self._assisted()
        self._write_minutes(case)
        self._write_minutes(other)
        shown = self._post_act(self._open(code), "draw")
        token = self._form_to(shown, "draw").xpath(".//input[@name='drawn']")[0]
        drawn = keyring.decrypt(token.get("value"))
        late = keyring.encrypt({**drawn, "until": int(time.time()) - 1})
        endless = keyring.encrypt({"drawn": drawn["drawn"], "for": drawn["for"]})
        for opened, forged in (
            (other_code, token.get("value")),
            (code, late),
            (code, endless),
            (code, "x"),
        ):
            page = self._open(opened)
            data = dict(self._form_to(page, "draw").form_values())
            answer = self.url_open("/klage/status/draw", data={**data, "drawn": forged})
            self.assertNotIn("Your new code is in force", answer.text)
            self.assertEqual(self._open(opened).status_code, 200)
        self.assertFalse((case | other).filtered("code_drawn_on"))

    def test_who_holds_the_replaced_code_hears_of_it(self):
        # whoever drew the new one
        case, code = self._assisted()
        self._write_minutes(case)
        self._post_act(self._post_act(self._open(code), "draw"), "draw")
        page = self._open(code)
        self.assertEqual(page.status_code, 422)
        self.assertIn("This code was replaced by a new one on", page.text)
        self.assertNotIn("Warm", page.text)
        self.assertNotIn(case.reference, page.text)
        # Once more drawn, it is told of all the same; no other code ever is.
        first = case.code_seen_hash
        second = case._draw_code()
        case._draw_code()
        self.assertEqual(case.code_seen_hash, first)
        self.assertIn("This code was replaced", self._open(code).text)
        for unknown in (second, receipt_code.make(), self.code[:-1]):
            self.assertNotIn("This code was replaced", self._open(unknown).text)

    def test_meeting_of_another_case_is_not_answered(self):
        #
        other = self._case(self._send(name="Ola", unit_id=self.workshop.id))
        values = {"start_at": "2099-01-05 09:00:00", "place": "Room 2"}
        leader = self.env["complaint.meeting"].with_user(self.leader)
        own = leader.create({"case_id": self.case.id, **values})
        theirs = leader.create({"case_id": other.id, **values})
        (own | theirs).action_call()
        page = self._open()
        for odd in (str(theirs.id), "", "x", "-1"):
            answer = self._post_act(page, "meeting", coming="yes", meeting=odd)
            self.assertEqual(answer.status_code, 422, odd)
        self.assertFalse(theirs.answer or own.answer)

    def test_minutes_of_another_case_are_signed_by_nobody(self):
        other = self._case(self._send(name="Ola", unit_id=self.workshop.id))
        minutes = self._write_minutes(other)
        self._write_minutes()
        page = self._open()
        for values in (
            {"meeting": str(minutes.meeting_id.id), "digest": minutes.digest},
            {"meeting": "x"},
            {"digest": minutes.digest},
        ):
            answer = self._post_act(page, "sign", name="Kari", **values)
            self.assertEqual(answer.status_code, 422)
        self.assertFalse(minutes.signature_ids)
        file = str(minutes.sudo().document_ids[:1].id)
        self.assertEqual(self._post_act(page, "minutes", file=file).status_code, 404)

    def test_document_is_the_kept_one(self):
        minutes = self._write_minutes()
        answer = self._post_act(self._open(), "minutes")
        self.assertEqual(answer.content, minutes.sudo().document_ids[:1]._open())
        # What a colleague scanned is ours to keep.
        kept = minutes.sudo().document_ids
        scan = kept._keep(minutes.sudo(), "scan", b"a sheet")
        forged = self._post_act(self._open(), "minutes", file=str(scan.id))
        self.assertEqual(forged.status_code, 404)

    def test_what_cannot_be_shown_is_said(self):
        # A missing key, and a removed text: the minutes do not vanish without a word.
        minutes = self._write_minutes()
        sealed = minutes.sudo().content_sealed
        minutes.sudo().content_sealed = "what no key opens"
        page = self._open()
        self.assertEqual(page.status_code, 200)
        self.assertIn("We cannot show these minutes at the moment", page.text)
        self.assertNotIn("I have read the minutes and sign them", page.text)
        minutes.sudo().content_sealed = sealed
        page = self._open()
        self.assertNotIn("We cannot show these minutes", page.text)
        minutes.sudo()._erase_text("By law")
        page = self._open()
        self.assertIn("Minutes of our meeting on", page.text)
        self.assertIn("Removed on", page.text)

    def test_signed_there_makes_the_letters_old(self):
        # M10
        minutes = self._write_minutes()
        marked = '<strong class="new">New</strong>'
        page = self._open()
        self.assertIn(marked, page.text)
        minutes.action_sign()
        page = self._post_act(page, "remark", text="Add this.")
        self.assertNotIn(marked, page.text)

    def test_invitation_is_answered(self):
        #
        meeting = (
            self.env["complaint.meeting"]
            .with_user(self.leader)
            .create(
                {
                    "case_id": self.case.id,
                    "start_at": "2099-01-05 09:00:00",
                    "place": "Room 2",
                }
            )
        )
        self.assertNotIn("Room 2", self._open().text)
        meeting.action_call()
        page = self._open()
        self.assertIn("Room 2", page.text)
        answer = self._post_act(page, "meeting", text="By phone?")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("By phone?", answer.text)
        answer = self._post_act(answer, "meeting", coming="no")
        self.assertEqual((meeting.answer, meeting.answer_text), ("no", "By phone?"))
        journal = self.case.sudo().journal_ids
        entry = journal.filtered(lambda one: one.event == "meeting_answered")
        self.assertEqual(entry.payload, {"row": meeting.id, "is_coming": False})
        self.assertIn("You have told us that you cannot come", answer.text)

    def test_signed_in_one_signs_without_a_code(self):
        user = new_test_user(self.env, "kari_portal", groups="base.group_portal")
        self.case.party_ids.write(
            {"account_hash": self.case.party_ids._hash_account(user)}
        )
        self.authenticate("kari_portal", "kari_portal")
        minutes = self._write_minutes()
        url = f"/my/complaints/{self.case.reference}"
        page = self._post_act(self.url_open(url), "sign", name="Kari")
        self.assertEqual(page.status_code, 200)
        self.assertEqual(minutes.sudo().signature_ids.way, "portal")
        file = self._post_act(self.url_open(url), "minutes")
        self.assertEqual(file.content, minutes.sudo().document_ids[:1]._open())
