import base64
from datetime import datetime

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import ComplaintCase

NOW = "2026-11-02 09:00:00"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRegister(ComplaintCase):
    def _form(self, user=None, **values):
        register = self.env["complaint.case.register"].with_user(user or self.employee)
        form = Form(register)
        given = {"unit_id": self.workshop, "description": "The food is cold.", **values}
        for name, value in given.items():
            setattr(form, name, value)
        return form

    def _case(self, receipt):
        return self.env["complaint.case"].search(
            [("reference", "=", receipt.reference)]
        )

    def _registered(self, user=None, **values):
        receipt = self._form(user, **values).save()
        receipt.action_register()
        return receipt, self._case(receipt)

    def test_any_employee_registers_and_gets_a_receipt(self):
        # E-12, E-46
        receipt, case = self._registered(title="Cold food", name="Kari Nordmann")
        self.assertEqual(receipt.state, "receipt")
        self.assertTrue(receipt.access_code)
        self.assertEqual(receipt.acknowledge_on, case.deadline_ids[0].due_on)
        self.assertEqual((case.title, case.channel), ("Cold food", "phone"))
        self.assertEqual(case.party_ids.name, "Kari Nordmann")

    def test_employee_sees_nothing_else_of_the_case(self):
        receipt, case = self._registered()
        self.assertFalse(receipt.is_case_readable)
        with self.assertRaises(UserError):
            receipt.action_open_case()
        with self.assertRaises(AccessError):
            case.with_user(self.employee).read(["reference"])

    def test_handler_may_open_the_registered_case(self):
        receipt, case = self._registered(self.worker)
        self.assertTrue(receipt.is_case_readable)
        self.assertEqual(receipt.action_open_case()["res_id"], case.id)

    def test_late_registration_keeps_the_true_receipt(self):
        # E-48
        _receipt, case = self._registered(
            channel="letter", received_at=datetime(2026, 10, 28, 7, 30)
        )
        self.assertEqual(case.received_at, datetime(2026, 10, 28, 7, 30))
        self.assertEqual(str(self._deadline(case, "acknowledge").due_on), "2026-11-07")

    def test_help_is_recorded_with_who_gave_it(self):
        # D-31, D-32, D-33
        _receipt, case = self._registered(
            channel="meeting",
            is_informed=True,
            asked_to_write="no",
            is_read_back=True,
            is_copy_given=True,
        )
        self.assertEqual(case.assisted_by_id, self.employee)
        self.assertTrue(case.is_informed and case.is_read_back and case.is_copy_given)
        self.assertEqual(case.asked_to_write, "no")

    def test_letter_is_not_assumed_to_be_assisted(self):
        _receipt, case = self._registered(channel="letter")
        self.assertFalse(case.assisted_by_id)

    def test_preferred_channel_is_asked(self):
        # E-55
        _receipt, case = self._registered(reply_channel="phone", phone="99 88 77 66")
        self.assertEqual(case.reply_channel, "phone")

    def test_bad_input_is_refused_and_nothing_typed_is_lost(self):
        register = self._form(
            title="Cold food", name="Kari Nordmann", email="no address"
        ).save()
        before = self.env["complaint.case"].search_count([])
        with self.assertRaisesRegex(ValidationError, "no address"):
            register.action_register()
        self.assertEqual(self.env["complaint.case"].search_count([]), before)
        register.invalidate_recordset()
        self.assertEqual(
            (register.state, register.title, register.name, register.email),
            ("form", "Cold food", "Kari Nordmann", "no address"),
        )

    def test_future_receipt_is_refused(self):
        register = self._form(received_at=datetime(2026, 11, 3, 9, 0)).save()
        with self.assertRaisesRegex(ValidationError, "future"):
            register.action_register()

    def test_identity_is_sealed_here_too_and_removed_after(self):
        register = self._form(
            title="Canary title", name="Canary Name", subject_name="Canary Subject"
        ).save()
        self.env.flush_all()
        self.assertNotIn("Canary Name", self._stored(register))
        register.action_register()
        self.env.flush_all()
        stored = self._stored(register)
        self.assertNotIn("Canary", stored)
        self.assertNotIn(register.access_code, stored)
        register.invalidate_recordset()
        self.assertFalse(register.name or register.subject_name or register.title)

    def _stored(self, register):
        self.env.cr.execute(
            "SELECT to_jsonb(r)::text FROM complaint_case_register r WHERE id = %s",
            [register.id],
        )
        return self.env.cr.fetchone()[0]

    def test_anonymous_complainant_leaves_no_identity(self):
        # A-12, E-32
        form = self._form(name="Canary Name", email="canary@example.com")
        form.anonymity = "anonymous"
        register = form.save()
        self.assertFalse(register._open_typed())
        register.action_register()
        case = self._case(register)
        self.assertEqual(case.anonymity, "anonymous")
        self.assertFalse(case.party_ids.sudo().identity_sealed)
        self.assertEqual(case.reply_channel, "portal")

    def test_choosing_anonymity_later_forgets_the_identity(self):
        register = self._form(name="Canary Name").save()
        with Form(register) as form:
            form.anonymity = "anonymous"
        self.assertFalse(register.name)

    def test_refused_anonymity_is_told_before_and_by_the_door(self):
        # B-16
        self.policy.channel_ids = [
            Command.create({"channel": "phone", "anonymity_allowed": False}),
            Command.create({"channel": "letter"}),
        ]
        form = self._form()
        self.assertTrue(form.is_anonymity_refused)
        self.assertNotIn("anonymous", form.anonymity_codes)
        form.anonymity = "anonymous"
        register = form.save()
        with self.assertRaisesRegex(ValidationError, "cannot be anonymous"):
            register.action_register()
        self.assertEqual(register.description, "The food is cold.")
        with Form(register) as form:
            form.channel = "letter"
        register.action_register()
        self.assertEqual(register.state, "receipt")

    def test_whom_it_concerns_never_receives_it(self):
        #
        _receipt, case = self._registered(subject_user_id=self.leader)
        self.assertEqual(case.handler_id, self.director)
        self.assertIn(self.leader, case.walled_user_ids)
        _receipt, case = self._registered(about_manager=True)
        self.assertEqual(case.handler_id, self.director)

    def test_registering_does_not_tell_the_handler_of_a_walled_case(self):
        receipt, _case = self._registered(self.worker, subject_user_id=self.leader)
        self.assertFalse(receipt.is_case_readable)

    def test_nav_is_asked_where_it_is_a_partner_only(self):
        #
        self.policy.is_nav_partner = True
        _receipt, case = self._registered(place_type="nav", is_nav_invited=True)
        self.assertTrue(case.has_external_parties)
        self.assertEqual(case.invite, "external_caseworker")
        form = self._form(place_type="municipal")
        register = form.save()
        register.is_nav_invited = True
        register.action_register()
        self.assertFalse(self._case(register).has_external_parties)

    def test_files_are_handed_over_and_removed(self):
        file = (
            self.env["ir.attachment"]
            .with_user(self.employee)
            .create(
                {
                    "name": "letter.txt",
                    "datas": base64.b64encode(b"cold food"),
                    "res_model": "complaint.case.register",
                }
            )
        )
        register = self._form().save()
        register.attachment_ids = file
        register.action_register()
        self.assertFalse(file.exists())
        kept = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "complaint.case"),
                ("res_id", "=", self._case(register).id),
            ]
        )
        self.assertEqual((kept.name, kept.raw), ("letter.txt", b"cold food"))

    def test_forgotten_uploads_are_removed(self):
        file = self.env["ir.attachment"].create(
            {"name": "x.txt", "raw": b"x", "res_model": "complaint.case.register"}
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_attachment SET create_date = %s WHERE id = %s",
            ["2026-10-30 00:00:00", file.id],
        )
        self.env["complaint.case.register"]._gc_attachments()
        self.assertFalse(file.exists())

    def test_put_right_at_once_closes_for_who_may(self):
        # E-13, D-15
        receipt, case = self._registered(
            self.leader, is_remedied=True, remedy="New dinner served"
        )
        self.assertTrue(receipt.is_closed)
        self.assertFalse(receipt.acknowledge_on)
        self.assertEqual((case.state, case.outcome), ("closed", "resolved_at_once"))
        self.assertEqual(case.remedy, "New dinner served")

    def test_put_right_at_once_is_told_in_a_letter_or_in_person(self):
        # E-13, C-12
        for is_told in (False, True):
            _receipt, case = self._registered(
                self.leader,
                channel="phone",
                reply_channel="letter",
                is_remedied=True,
                remedy="New dinner served",
                is_told=is_told,
            )
            letter = case.correspondence_ids
            self.assertEqual(letter.purpose, "closing")
            self.assertIn("New dinner served", letter.body)
            acknowledge = self._deadline(case, "acknowledge")
            if is_told:
                self.assertEqual((letter.medium, letter.state), ("phone", "sent"))
                self.assertEqual(letter.told_by_id, self.leader)
                self.assertEqual(acknowledge.state, "met")
            else:
                self.assertEqual((letter.medium, letter.state), ("letter", "queued"))
                self.assertEqual(acknowledge.state, "running")

    def test_put_right_at_once_by_an_employee_waits_for_the_handler(self):
        receipt, case = self._registered(is_remedied=True, remedy="New dinner served")
        self.assertFalse(receipt.is_closed)
        self.assertEqual((case.state, case.remedy), ("received", "New dinner served"))

    def test_registering_twice_makes_one_case(self):
        receipt, case = self._registered()
        receipt.action_register()
        self.assertEqual(self._case(receipt), case)

    def test_nobody_reads_the_form_of_another(self):
        receipt, _case = self._registered()
        with self.assertRaises(AccessError):
            receipt.with_user(self.leader).read(["access_code"])

    def test_own_unit_is_proposed(self):
        form = Form(self.env["complaint.case.register"].with_user(self.worker))
        self.assertEqual(form.unit_id, self.workshop)
        form = Form(self.env["complaint.case.register"].with_user(self.employee))
        self.assertEqual(form.unit_id, self.management)

    def test_kinds_and_grounds_are_those_of_the_procedure(self):
        food = self.env.ref("klagebehandling.category_food")
        self.policy.category_ids = food
        form = self._form()
        self.assertIn("view", form.kind_codes)
        self.assertNotIn("praise", form.kind_codes)
        allowed = form.allowed_category_ids[:]
        self.assertIn(food, allowed)
        self.assertTrue(all(one == food or one.is_out_of_scope for one in allowed))
