# What people say in a test is not translated.
# pylint: disable=translation-required
import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, tagged

from ..common import ComplaintCase

WORDS = {"title", "description", "desired_outcome", "event_words"}
WORDS |= {"interpreter_language"}
# Moved by acts only, and set by the door.
MOVED = {
    "state": "closed",
    "answered_at": "2026-01-01 00:00:00",
    "closed_at": "2026-01-01 00:00:00",
    "days_to_answer": 1,
    "last_act_on": "2026-01-01",
    "received_at": "2026-01-01 00:00:00",
    "registered_at": "2026-01-01 00:00:00",
    "event_date": "2026-01-01",
    "event_until": "2026-01-02",
    "wants_reply": False,
    "channel": "phone",
    "is_restricted": True,
    "assisted_by_id": 2,
    "is_read_back": True,
    "parent_id": False,
    "lang": "sv_SE",
    "company_id": 1,
}


class Guarded(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register(
            parties=[
                {"role": "complainant", "name": "Kari Nordmann"},
                {"role": "witness", "name": "Ola Vitne"},
                {"role": "subject", "user_id": cls.worker.id},
            ]
        )
        cls.complainant, cls.witness = (
            cls.case.party_ids.filtered(lambda party, role=role: party.role == role)
            for role in ("complainant", "witness")
        )
        cls.letter = cls._letter()
        cls.received = cls._letter(direction="in", state="sent", body="I stay.")

    @classmethod
    def _letter(cls, **values):
        return cls.env["complaint.correspondence"].create(
            {"case_id": cls.case.id, "body": "We answer.", "medium": "letter", **values}
        )

    def _as(self, record, user=None):
        return record.with_user(user or self.leader)

    def _refuse(self, act, *args, **kwargs):
        with self.assertRaises(UserError):
            act(*args, **kwargs)


@tagged("post_install", "-at_install")
class TestGuarded(Guarded):
    """A case's own people cannot make its evidence what it never was (D-40)."""

    def _ways(self, record, values):
        """Every way in which a client writes a row."""
        record = self._as(record)
        name, value = next(iter(values.items()))
        return {
            "write": lambda: record.write(values),
            "set": lambda: record.__setitem__(name, value),
            "web_save": lambda: record.web_save(values, {}),
            "load": lambda: self._load(record, name, value),
        }

    def _load(self, record, name, value):
        answer = record.load([".id", name], [[str(record.id), str(value)]])
        if not answer["ids"]:
            raise UserError(str(answer["messages"]))

    def _assert_closed(self, record, values):
        before = record.read(list(values))
        for way, write in self._ways(record, values).items():
            with self.subTest(values=values, way=way):
                self._refuse(write)
        record.invalidate_recordset()
        self.assertEqual(record.read(list(values)), before)

    def test_what_the_complainant_wrote_is_never_edited(self):
        for name in WORDS:
            self._assert_closed(self.case, {name: "All is well."})

    def test_what_acts_move_is_not_edited(self):
        for name, value in MOVED.items():
            self._assert_closed(self.case, {name: value})

    def test_an_expected_date_is_entered_and_not_moved(self):
        case = self._as(self.case)
        case.expected_on = "2030-01-10"
        case.expected_on = "2030-01-11"  # nobody has been told
        case.action_acknowledge()
        self._assert_closed(self.case, {"expected_on": "2031-01-01"})

    def test_words_of_our_own_are_written(self):
        form = Form(self._as(self.case))
        form.summary = "The food was cold on Monday."
        form.save()
        self.assertEqual(self.case.summary, "The food was cold on Monday.")

    def test_what_is_decided_is_not_decided_again_after_the_end(self):
        self._as(self.case).outcome = "upheld"
        self._as(self.case).action_close()
        for values in ({"outcome": "not_upheld"}, {"kind": "view"}, {"remedy": "x"}):
            self._assert_closed(self.case, values)

    def test_no_letter_is_made_as_sent(self):
        letters = self._as(self.env["complaint.correspondence"])
        draft = {"case_id": self.case.id, "body": "<p>We answered in time.</p>"}
        for values in (
            {"state": "sent", "sent_at": "2026-01-01"},
            {"direction": "in", "body": "I withdraw."},
            {"proof": "Posted"},
            {"deadline_id": self.case.deadline_ids[0].id},
            {"message_id": "<x@y>"},
        ):
            self._refuse(letters.create, {**draft, **values})
            context = {f"default_{name}": value for name, value in values.items()}
            made = letters.with_context(**context).create(draft)
            self.assertEqual((made.state, made.direction), ("draft", "out"), values)
            self.assertFalse(made.sent_at or made.proof or made.message_id, values)

    def test_a_saved_default_forges_nothing(self):
        # Refused today; one that was set before must forge nothing either.
        names = self.env["ir.model.fields"]
        field = names._get("complaint.correspondence", "direction")
        self.env.cr.execute(
            "INSERT INTO ir_default (field_id, user_id, json_value) "
            "VALUES (%s, %s, %s)",
            [field.id, self.leader.id, '"in"'],
        )
        self.env.registry.clear_cache()
        letters = self._as(self.env["complaint.correspondence"])
        self.assertEqual(letters.create({"case_id": self.case.id}).direction, "out")

    def test_an_act_takes_nothing_from_the_context(self):
        case = self._as(self.case).with_context(
            default_direction="in", default_proof="Posted on time"
        )
        case.action_update("<p>We look into it.</p>")
        letter = self.case.correspondence_ids[0]
        self.assertEqual((letter.purpose, letter.direction), ("update", "out"))
        self.assertNotEqual(letter.proof, "Posted on time")

    def test_a_draft_is_not_turned_into_a_letter(self):
        self._as(self.letter).body = "<p>We answer today.</p>"
        for values in (
            {"state": "sent"},
            {"state": "queued"},
            {"direction": "in"},
            {"sent_at": "2026-01-01 00:00:00"},
        ):
            self._assert_closed(self.letter, values)
        self._refuse(self._as(self.letter).write, {"state": "sent", "sent_at": "2026"})

    def test_copy_of_a_letter_is_a_draft_of_our_own(self):
        copy = self._as(self.received).copy()
        self.assertEqual((copy.state, copy.direction), ("draft", "out"))
        self.assertFalse(copy.sent_at or copy.proof or copy.message_id)
        self._refuse(self._as(self.case).copy)

    def test_what_came_in_or_is_on_its_way_stands(self):
        queued = self._letter(state="queued")
        for letter in (self.received, queued):
            for values in ({"body": "I withdraw."}, {"medium": "phone"}):
                self._assert_closed(letter, values)
            self._refuse(self._as(letter).unlink)

    def test_commands_from_the_case_open_nothing(self):
        case = self._as(self.case)
        other = self._register()
        for values in (
            {"correspondence_ids": [Command.create({"body": "x", "state": "sent"})]},
            {"correspondence_ids": [Command.update(self.received.id, {"body": "x"})]},
            {"correspondence_ids": [Command.delete(self.letter.id)]},
            {"deadline_ids": [Command.update(self.case.deadline_ids[0].id, {})]},
            {"journal_ids": [Command.clear()]},
            {"party_ids": [Command.update(self.complainant.id, {"name": "Nobody"})]},
            {"party_ids": [Command.update(self.complainant.id, {"role": "witness"})]},
            {"party_ids": [Command.link(other.party_ids.id)]},
            {"party_ids": [Command.unlink(self.complainant.id)]},
            {"party_ids": [Command.delete(self.complainant.id)]},
            {"party_ids": [Command.set([])]},
            {"hearing_ids": [Command.create({"party_id": 1, "state": "answered"})]},
        ):
            with self.subTest(values):
                self._refuse(case.write, values)
                self._refuse(case.web_save, values, {})

    def test_who_complains_is_never_changed(self):
        for values in (
            {"name": "Nobody"},
            {"role": "witness"},
            {"name": False},
            {"is_protected": True},
            {"case_id": self._register().id},
        ):
            self._assert_closed(self.complainant, values)
        self._refuse(self._as(self.witness).write, {"role": "complainant"})
        self._refuse(
            self._as(self.env["complaint.party"]).create,
            {"case_id": self.case.id, "role": "complainant", "name": "Another"},
        )
        self._refuse(
            self._as(self.env["complaint.party"]).create,
            {"case_id": self.case.id, "name": "Another"},
        )

    def test_what_is_missing_of_a_person_is_added(self):
        person = self._as(self.complainant)
        person.email = "kari@example.com"
        self.assertEqual(self.complainant.email, "kari@example.com")
        self._refuse(person.write, {"email": "other@example.com"})

    def test_a_correction_keeps_what_was_told(self):
        person = self._as(self.complainant)
        for args in (("name", "Kari", ""), ("name", " ", "x"), ("role", "x", "y")):
            self._refuse(person.action_correct, *args)
        person.action_correct("name", "Kari Normann", "She spelt it on the phone.")
        self.assertEqual(self.complainant.name, "Kari Normann")
        self.assertEqual(self.complainant.former, "Kari Nordmann")
        entry = self.case.journal_ids.filtered(
            lambda entry: entry.event == "identity_corrected"
        )
        self.assertEqual(entry.texts, {"reason": "She spelt it on the phone."})
        self._refuse(self.complainant.with_user(self.other_leader).action_correct, "a")

    def test_the_dialogs_correct_and_record(self):
        dialog = self._as(self.env["complaint.case.correct"])
        form = Form(dialog.with_context(default_case_id=self.case.id))
        form.name = "name"
        form.text = "Kari Normann"
        form.reason = "She spelt it on the phone."
        form.save().action_confirm()
        self.assertEqual(self.complainant.former, "Kari Nordmann")
        dialog = self._as(self.env["complaint.case.wish"])
        form = Form(dialog.with_context(default_case_id=self.case.id))
        self.assertFalse(form.wants_reply)
        form.reason = "She said so."
        form.save().action_confirm()
        self.assertFalse(self.case.wants_reply)

    def test_a_statement_is_written_down_once(self):
        for party in (self.witness, self.complainant):
            self._as(party).statement = "I was there."
            self._assert_closed(party, {"statement": "I saw nothing."})

    def test_what_was_said_in_a_hearing_stands(self):
        subject = self.case.party_ids.filtered(lambda party: party.role == "subject")
        hearing = self._as(self.env["complaint.hearing"]).create(
            {
                "case_id": self.case.id,
                "party_id": subject.id,
                "points": "Lunch?",
                "medium": "meeting",
            }
        )
        self._assert_closed(hearing.sudo(), {"answer": "I confess."})
        hearing.action_ask()
        hearing.answer = "I was not there."
        hearing.action_record_answer()
        for values in ({"answer": "I confess."}, {"points": "x"}, {"state": "draft"}):
            self._assert_closed(hearing.sudo(), values)
        made = dict(case_id=self.case.id, party_id=subject.id, points="x")
        self._refuse(
            self._as(self.env["complaint.hearing"]).create, {**made, "answer": "x"}
        )

    def test_whether_a_reply_is_wanted_is_recorded_as_it_was_said(self):
        # B-22
        case = self._as(self.case)
        for args in ((False, ""), ("no", "x"), (None, "x")):
            self._refuse(case.action_record_wish, *args)
        case.action_record_wish(False, "She said so on the phone.")
        self.assertFalse(self.case.wants_reply)
        entry = self.case.journal_ids[0]
        self.assertEqual(entry.event, "wish_recorded")
        self._refuse(
            self._as(self.case, self.other_leader).action_record_wish, True, "x"
        )

    def test_each_part_of_a_case_says_what_is_written(self):
        """A new model is closed until it says what of it a person may write."""
        registry = self.env.registry
        for name in registry.descendants(["complaint.case.part"], "_inherit"):
            if registry[name]._abstract:
                continue
            model = self.env[name].with_user(self.leader)
            self.assertLessEqual(model._creatable(), model._fields.keys(), name)
            secret = {"create_uid", "write_date", "company_id", "id"}
            self.assertFalse(model._creatable() & secret, name)


@tagged("post_install", "-at_install")
class TestGuardedOverHttp(Guarded, HttpCase):
    """The same, as another program or a browser's console would try it."""

    def _call(self, model, method, **body):
        key = self.env["res.users.apikeys"].with_user(self.leader)
        expires = fields.Datetime.now() + timedelta(days=1)
        key = key._generate("rpc", "complaints", expires)
        return self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps(body),
            headers={
                "Authorization": f"bearer {key}",
                "Content-Type": "application/json",
            },
        )

    def test_a_program_forges_no_letter_and_no_word(self):
        case, letters = [self.case.id], "complaint.correspondence"
        for args in (
            ("complaint.case", "write", {"ids": case, "vals": {"description": "x"}}),
            ("complaint.case", "write", {"ids": case, "vals": {"wants_reply": False}}),
            (
                "complaint.case",
                "web_save",
                {"ids": case, "vals": {"title": "x"}, "specification": {}},
            ),
            (
                letters,
                "create",
                {
                    "vals_list": [
                        {
                            "case_id": self.case.id,
                            "state": "sent",
                            "sent_at": "2026-01-01 00:00:00",
                        }
                    ]
                },
            ),
            (
                letters,
                "create",
                {"vals_list": [{"case_id": self.case.id, "direction": "in"}]},
            ),
            (
                letters,
                "write",
                {"ids": [self.letter.id], "vals": {"state": "sent"}},
            ),
            (
                "complaint.party",
                "write",
                {"ids": [self.complainant.id], "vals": {"role": "witness"}},
            ),
        ):
            with self.subTest(args):
                answer = self._call(args[0], args[1], **args[2])
                self.assertEqual(answer.status_code, 422, answer.text[:200])
        self.assertEqual(self.case.description, "The food is cold.")
