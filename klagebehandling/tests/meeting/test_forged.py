# What people say in a test is not translated.
# pylint: disable=translation-required
from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.sql_db import SQL
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .common import PIXEL, MeetingCase

MODELS = (
    "complaint.meeting",
    "complaint.meeting.participant",
    "complaint.minutes",
    "complaint.minutes.document",
    "complaint.signature",
)
TABLES = (*MODELS, "complaint.journal", "complaint.correspondence")
OURS = ("odoo.exceptions.", "odoo.addons.klagebehandling.", "werkzeug.exceptions.")
NOBODY = 999_999_999


@tagged("post_install", "-at_install")
class TestForged(MeetingCase, HttpCase):
    """A-13 over HTTP: nobody reads, signs or changes what is not theirs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register(
            parties=[
                {"role": "complainant", "name": "Kari Nordmann"},
                {"role": "subject", "user_id": cls.worker.id},
            ]
        )
        cls.elsewhere = cls._register(unit_id=cls.kitchen.id)
        cls.minutes = cls._frozen(cls.case)
        cls.minutes.action_sign()
        cls.meeting = cls.minutes.meeting_id
        theirs = cls._meet(cls.elsewhere.sudo(), user=cls.other_leader)
        cls.theirs = theirs.sudo()
        cls.env.flush_all()

    @classmethod
    def _meet(cls, case, when="2026-11-05 09:00:00", user=None, **values):
        meetings = cls.env["complaint.meeting"].with_user(user or cls.leader)
        return meetings.create(
            {"case_id": case.id, "start_at": when, "place": "Room 2", **values}
        )

    def _call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def _refusal(self, model, method, *args, **kwargs):
        """What is answered to a call that is refused: the kind and the words."""
        with self.assertRaises(JsonRpcException, msg=f"{model}.{method}{args}") as got:
            self._call(model, method, *args, **kwargs)
        error = str(got.exception)
        self.assertTrue(error.startswith(OURS), f"{method}{args}: {error}")
        return error

    def _world(self):
        """All rows of the meeting, as the database holds them."""
        self.env.flush_all()
        self.env.invalidate_all()
        return {
            table: self.env.execute_query(
                SQL(
                    "SELECT md5(string_agg(t::text, '|' ORDER BY id)) FROM %s AS t",
                    SQL.identifier(table.replace(".", "_")),
                )
            )
            for table in TABLES
        }

    def _rows(self):
        return {
            "complaint.meeting": self.meeting.id,
            "complaint.meeting.participant": self.meeting.participant_ids[:1].id,
            "complaint.minutes": self.minutes.id,
            "complaint.minutes.document": self.minutes.document_ids[:1].id,
            "complaint.signature": self.minutes.signature_ids[:1].id,
        }

    @mute_logger("odoo.http")
    def test_nobody_else_reads_counts_or_guesses(self):
        before = self._world()
        for user in (
            self.other_leader,
            self.independent,
            self.worker,
            self.auditor,
            self.custodian,
            self.owner,
            self.employee,
        ):
            self.authenticate(user.login, user.login)
            for model, id_ in self._rows().items():
                with self.subTest(user=user.login, model=model):
                    self._assert_blind(model, id_)
        self.assertEqual(self._world(), before)

    def _assert_blind(self, model, id_):
        for method, extra in (
            ("read", [["digest"]] if "minutes" in model else [["create_date"]]),
            ("web_read", [{"display_name": {}}]),
            ("export_data", [["id"]]),
            ("copy", []),
            ("write", [{"create_uid": 1}]),
            ("unlink", []),
        ):
            there = self._refusal(model, method, [id_], *extra)
            missing = self._refusal(model, method, [NOBODY], *extra)
            self.assertEqual(there.replace(str(id_), str(NOBODY)), missing)
        domain = [["id", "=", id_]]
        for method, args in (
            ("search", [domain]),
            ("search_count", [domain]),
            ("search_read", [domain]),
            ("name_search", ["", domain]),
            ("formatted_read_group", [domain, ["case_id"], ["__count"]]),
        ):
            try:
                self.assertFalse(self._call(model, method, *args), method)
            except JsonRpcException as error:
                self.assertTrue(str(error).startswith(OURS), error)

    @mute_logger("odoo.http")
    def test_handler_forges_nothing(self):
        before = self._world()
        self.authenticate(self.leader.login, self.leader.login)
        for model, method, *args in self._forgeries():
            with self.subTest(model=model, method=method, args=args):
                self._refusal(model, method, *args)
        self.assertEqual(self._world(), before)
        # The permission beside.
        self._call("complaint.meeting", "write", [self.meeting.id], {"reason": "x"})
        self.assertNotEqual(self._world(), before)

    def _forgeries(self):
        ids = self._rows()
        minutes, meeting = ids["complaint.minutes"], ids["complaint.meeting"]
        signature = ids["complaint.signature"]
        document = ids["complaint.minutes.document"]
        signed = {"side": "complainant", "way": "code", "digest": self.minutes.digest}
        yield from self._made_by_hand(minutes, signed)
        yield from self._written(minutes, meeting)
        for name, id_ in (("signature_ids", signature), ("document_ids", document)):
            for command in (
                [0, 0, signed],
                [1, id_, {"remark": "x"}],
                [2, id_, 0],
                [3, id_, 0],
                [5, 0, 0],
                [6, 0, []],
            ):
                yield "complaint.minutes", "write", [minutes], {name: [command]}
        absent = {"attendance": "absent"}
        for people in self.meeting.participant_ids.ids, self.theirs.participant_ids.ids:
            yield "complaint.meeting.participant", "write", people[:1], absent
        for method in ("_sign", "_sign_there", "_freeze", "_keep_document"):
            yield "complaint.minutes", method, [minutes]
        for method in ("_put_code", "_draw_code", "_take_back"):
            yield "complaint.case", method, [self.case.id]

    def _written(self, minutes, meeting):
        """What stands, written over, also by commands from the row above."""
        for values in (
            {"discussion": "x"},
            {"agreed": "x"},
            {"remarks": "x"},
            {"state": "signed"},
            {"digest": "x"},
            {"version": 9},
            {"writer_id": self.env.uid},
            {"meeting_id": self.theirs.id},
            {"content_sealed": "x"},
            {"frozen_on": False},
        ):
            yield "complaint.minutes", "write", [minutes], values
        for values in (
            {"state": "planned"},
            {"answer": "yes"},
            {"event_id": 1},
            {"start_at": "2026-01-01 09:00:00"},
            {"case_id": self.elsewhere.id},
            {"minutes_ids": [[1, minutes, {"state": "draft"}]]},
            {"minutes_ids": [[0, 0, {"version": 2, "state": "signed"}]]},
        ):
            yield "complaint.meeting", "write", [meeting], values
        for values in (
            {"minutes_ids": [[1, minutes, {"state": "signed"}]]},
            {"code_drawn_on": "2026-11-01"},
            {"access_code_hash": "x"},
            {"meeting_ids": [[1, self.theirs.id, {"place": "x"}]]},
            {"meeting_ids": [[4, self.theirs.id, 0]]},
            {"meeting_ids": [[2, meeting, 0]]},
            {"meeting_ids": [[0, 0, {"start_at": "2026-01-01", "state": "held"}]]},
        ):
            yield "complaint.case", "write", [self.case.id], values

    def _made_by_hand(self, minutes, signed):
        """New rows, in each way in which the web client and an import make them."""
        of_minutes = {"minutes_id": minutes, **signed}
        for model, values in (
            ("complaint.signature", of_minutes),
            ("complaint.minutes.document", {"minutes_id": minutes, "kind": "pdf"}),
            ("complaint.minutes", {"meeting_id": self.theirs.id, "agreed": "x"}),
            ("complaint.minutes", {"meeting_id": self.meeting.id, "state": "signed"}),
            ("complaint.meeting", {"case_id": self.elsewhere.id}),
            ("complaint.meeting", {"case_id": self.case.id, "state": "held"}),
            ("complaint.minutes.sign", {"minutes_id": NOBODY}),
        ):
            yield model, "create", [values]
            yield model, "web_save", [], values, {"display_name": {}}
        yield "complaint.signature", "name_create", "x"
        yield "complaint.signature", "copy", self.minutes.signature_ids[:1].ids
        yield "complaint.minutes", "copy", [minutes]
        person = {"meeting_id": self.theirs.id, "role": "staff", "is_agreed": True}
        yield "complaint.meeting.participant", "create", [person]

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model")
    def test_nothing_is_imported(self):
        before = self._world()
        self.authenticate(self.leader.login, self.leader.login)
        for model, names, row in (
            ("complaint.signature", ["minutes_id/.id", "side"], ["complainant"]),
            ("complaint.minutes", ["meeting_id/.id", "state"], ["signed"]),
            ("complaint.minutes", [".id", "state"], ["signed"]),
        ):
            id_ = self.meeting.id if "meeting" in names[0] else self.minutes.id
            answer = {}
            try:
                answer = self._call(model, "load", names, [[str(id_), *row]])
            except JsonRpcException as error:
                self.assertTrue(str(error).startswith(OURS), error)
            self.assertFalse(answer.get("ids"), answer)
        self.assertEqual(self._world(), before)

    @mute_logger("odoo.http")
    def test_odd_values_are_refused_in_words(self):
        self.authenticate(self.leader.login, self.leader.login)
        before = self._world()
        planned = self.theirs.id
        for model, method, *args in (
            ("complaint.minutes", "action_refuse", [self.minutes.id], 5),
            ("complaint.minutes", "action_refuse", [self.minutes.id], {"a": 1}),
            ("complaint.minutes", "action_sign", ["x"]),
            ("complaint.minutes", "action_sign", [NOBODY]),
            ("complaint.meeting", "action_miss", [self.meeting.id], ["x"]),
            ("complaint.meeting", "action_cancel", [planned], "No"),
            ("complaint.minutes", "action_discard", []),
            ("complaint.minutes", "action_new_version", []),
        ):
            with self.subTest(method=method, args=args):
                self._refusal(model, method, *args)
        self.assertEqual(self._world(), before)

    @mute_logger("odoo.http")
    def test_document_is_for_who_opened_it(self):
        document = self.minutes.document_ids[:1]
        url = document.with_user(self.leader).action_open()["url"]
        self.authenticate(self.leader.login, self.leader.login)
        self.assertEqual(self.url_open(url).status_code, 200)
        for odd in ("x", "1.2.3", f"{document.id:x}.ffffffff.", "é", "." * 300):
            answer = self.url_open(f"/klagebehandling/minutes/{odd}")
            self.assertEqual(answer.status_code, 404, odd)
        # A colleague who reads the case, and opened nothing.
        self.authenticate(self.director.login, self.director.login)
        self.assertEqual(self.url_open(url).status_code, 404)
        # The handler, later, and when the case is not theirs any more.
        self.authenticate(self.leader.login, self.leader.login)
        own = document.with_user(self.leader)
        with freeze_time("2026-11-02 09:00:00"):
            old = own.action_open()["url"]
        self.assertEqual(self.url_open(old).status_code, 404)
        self.case.sudo().write({"walled_user_ids": [(4, self.leader.id)]})
        self.env.flush_all()
        self.assertEqual(self.url_open(url).status_code, 404)

    def test_signing_is_no_matter_of_context(self):
        # What marks a person who is signed in is set by the page only.
        spoken = self._register(channel="phone", assisted={"by": self.worker.id})
        with self.assertRaises(UserError):
            spoken.with_context(complaint_by_account=False)._check_code_own()
        dialogs = self.env["complaint.minutes.sign"].with_user(self.leader)
        dialog = dialogs.create(
            {"minutes_id": self.minutes.id, "name": "Kari", "signature": PIXEL}
        )
        forged = dialog.with_context(default_witness_id=self.witness.id)
        with self.assertRaisesRegex(UserError, "no part in the case"):
            forged.action_sign()
