import base64
from datetime import datetime, timedelta

from freezegun import freeze_time
from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ..common import ComplaintCase

NOW = "2026-11-02 09:00:00"
LATER = "2026-12-18"


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
        self.assertFalse(register._open_identity())
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


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestCompose(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        terms = cls.policy.term_ids.filtered(
            lambda term: term.milestone == "acknowledge"
        )
        terms.write({"needs_expected_date": True, "needs_handler": True})
        cls.policy.term_ids = [cls._term("reply", 20, "workday", needs_remedy=True)]
        cls.case = cls._register()

    def _form(self, purpose, user=None, case=None):
        compose = self.env["complaint.case.compose"].with_user(user or self.leader)
        return Form(
            compose.with_context(
                default_case_id=(case or self.case).id, default_purpose=purpose
            )
        )

    def test_acknowledgement_tells_what_the_procedure_demands(self):
        # A-25, D-38, E-53
        form = self._form("acknowledgement")
        self.assertTrue(form.needs_expected_date and form.needs_handler)
        self.assertIn(self.case.reference, form.body)
        form.expected_on = LATER
        self.assertIn("12/18/2026", form.body)
        self.assertIn("12/18/2026", form.preview)
        form.save().action_send()
        self.assertEqual(self.case.state, "acknowledged")
        self.assertEqual(str(self.case.expected_on), LATER)
        self.assertEqual(self._deadline(self.case, "acknowledge").state, "met")
        letter = self.case.correspondence_ids
        self.assertEqual((letter.purpose, letter.medium), ("acknowledgement", "email"))

    def test_missing_element_is_refused_and_the_text_stays(self):
        form = self._form("acknowledgement")
        form.body = "<p>My own words</p>"
        form.expected_on = LATER
        letter = form.save()
        letter.expected_on = False
        with self.assertRaisesRegex(UserError, "expected to be done"):
            letter.action_send()
        self.assertIn("My own words", letter.body)
        self.assertEqual(self.case.state, "received")

    def test_own_words_are_not_overwritten_by_a_new_date(self):
        form = self._form("acknowledgement")
        form.body = "<p>My own words</p>"
        form.expected_on = LATER
        self.assertIn("My own words", form.body)

    def test_answer_puts_right_and_does_not_close(self):
        # B-23, E-57
        form = self._form("reply")
        form.expected_on = LATER
        form.remedy = "Two new warming boxes"
        self.assertIn("Two new warming boxes", form.body)
        form.medium = "letter"
        form.is_every_point_answered = True
        form.is_reasoned = True
        form.save().action_send()
        self.assertEqual(self.case.state, "answered")
        self.assertEqual(self.case.remedy, "Two new warming boxes")
        letter = self.case.correspondence_ids
        self.assertEqual((letter.medium, letter.state), ("letter", "queued"))
        letter.with_user(self.leader).action_mark_sent()
        self.assertEqual(letter.state, "sent")

    def test_reply_that_leaves_something_out_is_refused(self):
        # C-27, D-16, D-17
        self.kitchen.policy_id = self._create_policy("plain")
        case = self._register(unit_id=self.kitchen.id)
        letter = self._form("reply", case=case, user=self.other_leader).save()
        with self.assertRaisesRegex(UserError, "every point.*reasons.*put right"):
            letter.action_send()
        self.assertEqual(case.state, "received")
        letter.write({"is_every_point_answered": True, "is_reasoned": True})
        with self.assertRaisesRegex(UserError, "put right"):
            letter.action_send()
        letter.no_remedy_reason = "The food was warm by then."
        letter.action_send()
        self.assertEqual(case.state, "answered")
        entry = case.journal_ids.filtered(lambda one: one.event == "no_remedy")
        self.assertEqual(entry.texts, {"reason": "The food was warm by then."})

    def test_composer_guides_the_attitude(self):
        # E-37…E-42, C-16, E-08
        arch = self.env["complaint.case.compose"].get_view(view_type="form")["arch"]
        points = etree.fromstring(arch).xpath("//ul[@name='attitude']/li")
        texts = [point.text for point in points]
        for word in ("Thank", "why", "Regret", "take care", "come back"):
            self.assertTrue(any(word in text for text in texts), word)
        regret = next(point for point in points if "Regret" in point.text)
        # Regret is for complaints, never for praise or suggestions.
        self.assertIn("complaint", regret.get("invisible"))
        self.assertIn("Explain rather than defend", arch)

    def test_progress_is_told(self):
        # C-11, C-14, D-39
        form = self._form("update")
        form.body = "<p>We have talked with the kitchen.</p>"
        form.save().action_send()
        self.assertEqual(self.case.correspondence_ids.purpose, "update")
        self.assertEqual(self.case.state, "received")

    def test_redirect_explains_with_the_words_of_the_ground(self):
        # E-21, D-51
        ground = self.env.ref("klagebehandling.category_out_of_scope_appeal")
        ground.redirect_text = "An appeal goes to the county."
        case = self._register(categories=[ground.code])
        form = self._form("redirect", case=case, user=case.handler_id)
        self.assertIn("An appeal goes to the county.", form.body)
        form.save().action_send()
        self.assertEqual(case.state, "redirected")

    def test_message_leaves_the_state(self):
        form = self._form("message")
        with self.assertRaisesRegex(UserError, "Write the text first"):
            form.save().action_send()
        form = self._form("message")
        form.body = "<p>What day suits you?</p>"
        form.save().action_send()
        self.assertEqual(self.case.state, "received")
        self.assertEqual(self.case.correspondence_ids.purpose, "message")

    def test_others_cannot_write(self):
        for user in (self.employee, self.auditor, self.custodian):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["complaint.case.compose"].with_user(user).create(
                    {"case_id": self.case.id, "purpose": "message"}
                )

    def test_manager_of_another_unit_learns_nothing(self):
        with self.assertRaises(AccessError):
            self._form("reply", user=self.other_leader)
        told = {"medium": "portal", "expected_on": LATER, "remedy": "x"}
        for given in ({}, {**told, "handler_id": self.other_leader.id}):
            values = {"case_id": self.case.id, "purpose": "reply", **given}
            with self.subTest(given=given), self.assertRaises(AccessError):
                self.env["complaint.case.compose"].with_user(self.other_leader).create(
                    values
                )


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestDelayAndSplit(ComplaintCase):
    def setUp(self):
        super().setUp()
        self.case = self._register(
            categories=["out_of_scope_appeal", "food"], reply_channel="portal"
        )

    def _form(self, model, user=None):
        wizard = self.env[model].with_user(user or self.leader)
        return Form(wizard.with_context(default_case_id=self.case.id))

    def test_delay_is_told_with_reason_and_date(self):
        #
        form = self._form("complaint.case.delay")
        self.assertEqual(form.milestone, "acknowledge")
        form.milestone = "close"
        row = self._deadline(self.case, "close")
        self.assertEqual(form.old_due_on, row.due_on)
        form.reason = "We wait for a doctor."
        form.until = row.due_on
        delay = form.save()
        with self.assertRaises(UserError):
            delay.action_confirm()
        self.assertEqual(delay.reason, "We wait for a doctor.")
        delay.until = row.due_on + timedelta(days=10)
        delay.action_confirm()
        self.assertEqual(row.state, "extended")
        self.assertIn("We wait for a doctor.", self.case.correspondence_ids.body)

    def test_part_that_belongs_elsewhere_is_proposed_and_split_off(self):
        # E-21, D-51
        form = self._form("complaint.case.split")
        split = form.save()
        self.assertEqual(split.category_ids.mapped("code"), ["out_of_scope_appeal"])
        action = split.action_confirm()
        child = self.env["complaint.case"].browse(action["res_id"])
        self.assertEqual(child.parent_id, self.case)

    def test_who_does_not_see_the_case_gets_nowhere(self):
        for model in ("complaint.case.delay", "complaint.case.split"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.other_leader).create(
                    {"case_id": self.case.id, "reason": "x", "until": "2030-01-01"}
                    if model.endswith("delay")
                    else {"case_id": self.case.id}
                )
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.employee).create(
                    {"case_id": self.case.id}
                )

    def test_another_user_does_not_read_what_is_being_written(self):
        form = self._form("complaint.case.delay")
        form.reason, form.until = "Secret", "2030-01-01"
        delay = form.save()
        with self.assertRaises(AccessError):
            delay.with_user(self.director).read(["reason"])


@tagged("post_install", "-at_install")
class TestEnd(ComplaintCase):
    def _form(self, case, step, user=None):
        end = self.env["complaint.case.end"].with_user(user or self.leader)
        return Form(end.with_context(default_case_id=case.id, default_step=step))

    def test_confirmation_is_left_out_for_a_reason(self):
        case = self._register()
        form = self._form(case, "silence")
        with self.assertRaises(AssertionError):
            form.save()
        form.reason = "The letter box is shared."
        form.save().action_confirm()
        self.assertEqual(case.state, "acknowledged")
        self.assertFalse(case.correspondence_ids)

    def test_closing_keeps_outcome_remedy_and_lesson(self):
        # C-17
        self.policy.is_lesson_required = True
        case = self._register()
        form = self._form(case, "close")
        self.assertTrue(form.is_lesson_required)
        form.outcome = "upheld"
        form.remedy = "Warm food"
        with self.assertRaises(AssertionError):
            form.save()
        form.lesson = "Check the boxes"
        form.save().action_confirm()
        self.assertEqual((case.state, case.outcome), ("closed", "upheld"))
        self.assertEqual((case.remedy, case.lesson), ("Warm food", "Check the boxes"))

    def test_closing_says_which_duties_fall_away(self):
        form = self._form(self._register(), "close")
        self.assertIn("Acknowledgement of receipt", form.open_milestones)
        self.assertNotIn("Closing", form.open_milestones)

    def test_withdrawal_keeps_its_reason(self):
        case = self._register()
        form = self._form(case, "withdraw")
        form.reason = "Said so by phone"
        form.save().action_confirm()
        self.assertEqual(case.state, "withdrawn")
        self.assertIn("Said so by phone", str(case.journal_ids.mapped("texts")))

    def test_reopening_needs_a_reason(self):
        case = self._register()
        case.action_close("upheld")
        form = self._form(case, "reopen")
        with self.assertRaises(AssertionError):
            form.save()
        form.reason = "New facts"
        form.save().action_confirm()
        self.assertEqual(case.state, "investigating")

    def test_impossible_step_is_refused_and_the_text_stays(self):
        case = self._register()
        form = self._form(case, "reopen")
        form.reason = "New facts"
        end = form.save()
        with self.assertRaises(UserError):
            end.action_confirm()
        self.assertEqual(end.reason, "New facts")

    def test_others_cannot_end(self):
        case = self._register()
        for user in (self.employee, self.auditor, self.custodian):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["complaint.case.end"].with_user(user).create(
                    {"case_id": case.id}
                )


@tagged("post_install", "-at_install")
class TestChoose(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.preset = cls._create_policy(
            "preset", company_id=False, independent_id=False
        )
        cls.newcomer = cls.env["res.company"].create({"name": "Ærlig Arbeid AS"})
        cls.admin = cls._create_user("admin", "group_manager")
        cls.admin.write(
            {
                "group_ids": [Command.link(cls.env.ref("base.group_erp_manager").id)],
                "company_ids": [Command.link(cls.newcomer.id)],
                "company_id": cls.newcomer.id,
            }
        )

    def _form(self, user=None):
        choose = self.env["complaint.policy.choose"].with_user(user or self.admin)
        form = Form(choose.with_company(self.newcomer))
        form.preset_id = self.preset
        form.manager_id = self.admin
        form.independent_id = self.employee
        return form

    def test_choosing_makes_an_own_copy_and_the_topmost_unit(self):
        form = self._form()
        self.assertEqual(form.unit_name, "Ærlig Arbeid AS")
        self.assertEqual(form.slug, "aerlig-arbeid-as")
        form.save().action_confirm()
        unit = self.env["complaint.unit"].search(
            [("company_id", "=", self.newcomer.id)]
        )
        self.assertEqual((unit.slug, unit.manager_id), ("aerlig-arbeid-as", self.admin))
        policy = unit.policy_id
        self.assertEqual((policy.code, policy.state), ("preset", "in_force"))
        self.assertEqual(policy.company_id, self.newcomer)
        self.assertEqual(len(policy.term_ids), 3)
        self.assertFalse(policy.valid_from)
        self.assertTrue(self.employee.has_group("klagebehandling.group_independent"))

    def test_first_case_can_be_registered_right_after(self):
        self._form().save().action_confirm()
        result = self.intake.with_company(self.newcomer).register(
            {"description": "The food is cold.", "channel": "phone"}
        )
        case = self.env["complaint.case"].browse(result["case_id"])
        self.assertEqual(case.handler_id, self.admin)

    def test_independent_receiver_stands_outside_the_line(self):
        form = self._form()
        form.independent_id = self.admin
        with self.assertRaisesRegex(ValidationError, "outside the line"):
            form.save().action_confirm()

    def test_fallback_receiver_is_offered_and_may_read_own_cases_only(self):
        form = self._form()
        self.assertIn("fallback_hint", form._view["tree"].xpath("//p/@name"))
        self.assertFalse(form.fallback_id)
        form.fallback_id = self.worker
        self.worker.group_ids = self.env.ref("base.group_user")
        form.save().action_confirm()
        policy = self.env["complaint.policy"].search(
            [("company_id", "=", self.newcomer.id)]
        )
        self.assertEqual(policy.fallback_id, self.worker)
        self.assertTrue(self.worker.has_group("klagebehandling.group_handler"))
        self.assertFalse(self.worker.has_group("klagebehandling.group_independent"))

    def test_fallback_receiver_is_a_third_person(self):
        for user in (self.admin, self.employee):
            form = self._form()
            form.fallback_id = user
            with self.assertRaisesRegex(ValidationError, "third person"):
                form.save().action_confirm()

    def test_the_same_procedure_is_not_chosen_twice(self):
        self._form().save().action_confirm()
        form = self._form()
        form.slug = "another"
        with self.assertRaisesRegex(UserError, "already"):
            form.save().action_confirm()

    def test_a_manager_cannot_give_rights_through_it(self):
        self.director.write({"company_ids": [Command.link(self.newcomer.id)]})
        form = self._form(self.director)
        form.manager_id = self.director
        with self.assertRaisesRegex(UserError, "administrator"):
            form.save().action_confirm()
        self.assertFalse(self.employee.has_group("klagebehandling.group_independent"))

    def test_only_managers_choose(self):
        for user in (self.worker, self.employee, self.independent):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["complaint.policy.choose"].with_user(user).create({})

    def test_invitation_is_for_managers_of_an_empty_company(self):
        cases = self.env["complaint.case"].with_context(
            allowed_company_ids=self.newcomer.ids
        )
        invited = cases.with_user(self.admin).get_empty_list_help("")
        self.assertIn("complaint_policy_choose_action", invited)
        self.assertNotIn(
            "complaint_policy_choose_action",
            cases.with_user(self.worker).get_empty_list_help("Nothing"),
        )
        self._form().save().action_confirm()
        self.assertNotIn(
            "complaint_policy_choose_action",
            cases.with_user(self.admin).get_empty_list_help("Nothing"),
        )
