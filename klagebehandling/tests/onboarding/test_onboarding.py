from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import config, html2plaintext, mute_logger

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from ..common import ComplaintCase

ROLES = ("manager", "handler", "independent", "custodian", "auditor")


class OnboardingCase(ComplaintCase):
    """A second company, empty, that an administrator of access rights sets up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.preset = cls._create_policy(
            "preset", company_id=False, independent_id=False, lang="nb_NO"
        )
        cls.newcomer = cls.env["res.company"].create({"name": "Ærlig Arbeid AS"})
        cls.boss = cls._newcomer(
            "boss", "base.group_erp_manager,base.group_partner_manager"
        )
        cls.colleague = cls._newcomer("colleague", "base.group_user")
        cls.pages = cls.env["complaint.onboarding"].with_company(cls.newcomer)

    @classmethod
    def _newcomer(cls, login, groups):
        return new_test_user(
            cls.env,
            f"onboarding_{login}",
            groups=groups,
            company_id=cls.newcomer.id,
            company_ids=[Command.set(cls.newcomer.ids)],
        )

    def _page(self, user=None, **values):
        user = user or self.boss
        return self.pages.with_user(user).create({**values})

    def _appoint(self):
        page = self._page()
        page.action_appoint()
        return page

    def _filled(self, **values):
        """A page of the owner that asks for two new people."""
        self._appoint()
        return self._page(
            **{
                "preset_id": self.preset.id,
                "manager_id": False,
                "manager_name": "Kari Leder",
                "manager_email": "kari@example.com",
                "independent_name": "Ola Uavhengig",
                "independent_email": "ola@example.com",
                **values,
            }
        )

    def _started(self, **values):
        page = self._filled(**values)
        page.action_confirm()
        return page

    def _user(self, login):
        users = self.env["res.users"].with_context(active_test=False)
        return users.search([("login", "=", login)])


@tagged("post_install", "-at_install")
class TestOnboarding(OnboardingCase):
    def test_it_is_offered_where_nothing_is_set_up(self):
        cases = self.env["complaint.case"].with_company(self.newcomer)
        offered = cases.with_user(self.boss).get_empty_list_help("")
        self.assertIn("complaint_onboarding_action", offered)
        plain = cases.with_user(self.colleague).get_empty_list_help("Nothing")
        self.assertNotIn("complaint_onboarding_action", plain)
        self._started()
        done = cases.with_user(self.boss).get_empty_list_help("Nothing")
        self.assertNotIn("complaint_onboarding_action", done)

    def test_administrator_appoints_then_the_owner_chooses(self):
        page = self._page()
        self.assertTrue(page.may_appoint)
        self.assertFalse(page.may_choose)
        with self.assertRaises(AccessError):
            page.action_confirm()
        page.action_appoint()
        page.invalidate_recordset()
        self.assertFalse(page.may_appoint)
        self.assertTrue(page.may_choose)
        with self.assertRaises(AccessError):
            page.action_appoint()

    def test_page_makes_the_people_and_puts_the_procedure_in_force(self):
        form = Form(self._filled())
        self.assertEqual(form.unit_name, "Ærlig Arbeid AS")
        self.assertEqual(form.lang, "nb_NO")
        form.units_below = "Hjemmetjeneste\n\n Skole \nSkole"
        form.alias_name = "klage-ny"
        page = form.save()
        page.action_confirm()
        manager, receiver = (
            self._user("kari@example.com"),
            self._user("ola@example.com"),
        )
        unit = self.newcomer._complaint_top()
        self.assertEqual(unit.manager_id, manager)
        self.assertEqual(unit.child_ids.mapped("name"), ["Hjemmetjeneste", "Skole"])
        self.assertEqual(unit.alias_name, "klage-ny")
        policy = unit.policy_id
        self.assertEqual((policy.code, policy.state), ("preset", "in_force"))
        self.assertEqual(policy.company_id, self.newcomer)
        self.assertFalse(self.preset.company_id)
        self.assertEqual(policy.independent_id, receiver)
        for user, group in (
            (manager, "group_manager"),
            (receiver, "group_independent"),
        ):
            self.assertEqual(user.company_ids, self.newcomer)
            self.assertEqual(user.lang, "nb_NO")
            own = user.group_ids
            self.assertEqual(own, self.env.ref(f"klagebehandling.{group}"))
            self.assertEqual(user.partner_id.signup_type, "signup", "invited")
        self.assertFalse(receiver.has_group("klagebehandling.group_manager"))
        self.assertFalse(manager.has_group("klagebehandling.group_independent"))

    def test_first_complaint_can_be_registered_right_after(self):
        self._started()
        result = self.intake.with_company(self.newcomer).register(
            {"description": "The food is cold.", "channel": "phone"}
        )
        case = self.env["complaint.case"].browse(result["case_id"])
        self.assertEqual(case.handler_id, self._user("kari@example.com"))

    def test_it_says_what_each_may_see(self):
        page = self._page()
        self.assertIn("managed units", page.manager_sees)
        self.assertIn("nothing else", page.independent_sees)
        self.assertIn("own cases", page.fallback_sees)

    def test_one_person_has_one_task(self):
        for values in (
            {"independent_email": "KARI@example.com"},
            {"manager_id": self.boss.id, "independent_id": self.boss.id},
            {"fallback_name": "Kari", "fallback_email": "kari@example.com"},
            # Who is chosen as manager signs in with this address.
            {
                "manager_id": self.colleague.id,
                "independent_email": "colleague@onboarding.example",
            },
        ):
            self.colleague.login = "colleague@onboarding.example"
            page = self._filled(**values) if self._is_first() else self._again(values)
            with self.subTest(values), self.assertRaises(ValidationError):
                page.action_confirm()
        self.assertFalse(self._user("kari@example.com"))
        self.assertFalse(self.newcomer._complaint_top())

    def _is_first(self):
        return not self.newcomer._complaint_owners()

    def _again(self, values):
        with patch.object(type(self), "_appoint", lambda _self: None):
            return self._filled(**values)

    def test_who_signs_in_already_is_made_no_second_time(self):
        self.colleague.login = "ola@example.com"
        self._started()
        self.assertEqual(
            self.newcomer._complaint_top().policy_id.independent_id, self.colleague
        )
        self.assertTrue(self.colleague.has_group("klagebehandling.group_independent"))
        count = self.env["res.users"].search_count([("login", "=", "ola@example.com")])
        self.assertEqual(count, 1)

    def test_an_address_is_no_pattern(self):
        # To a database "_" stands for any sign.
        self.colleague.login = "olaX@example.com"
        self._started(independent_email="ola_@example.com")
        receiver = self.newcomer._complaint_top().policy_id.independent_id
        self.assertEqual(receiver.login, "ola_@example.com")

    def test_a_second_procedure_leaves_the_first_unit_alone(self):
        self._started(alias_name="first")
        first = self.newcomer._complaint_top()
        other = self.preset.copy({"code": "other", "company_id": False})
        other.sudo().write({"state": "in_force", "independent_id": False})
        page = self._page(
            preset_id=other.id,
            slug="second",
            manager_id=first.manager_id.id,
            independent_id=first.policy_id.independent_id.id,
            alias_name="second",
            units_below="Below",
        )
        page.action_confirm()
        self.assertEqual(first.alias_name, "first")
        self.assertFalse(first.child_ids)

    def test_somebody_from_elsewhere_is_not_taken(self):
        portal = new_test_user(self.env, "ola@example.com", groups="base.group_portal")
        elsewhere = self.employee
        elsewhere.login = "kari@example.com"
        page = self._filled()
        for user in (portal, elsewhere):
            with self.assertRaises(ValidationError):
                page.action_confirm()
            user.login = f"gone{user.id}@example.com"
        page.action_confirm()
        self.assertTrue(self._user("kari@example.com"))

    def test_twice_changes_nothing(self):
        page = self._started()
        users = self.env["res.users"].search_count([])
        units = self.env["complaint.unit"].search_count([])
        for again in (page, self._page(preset_id=self.preset.id)):
            again.write(
                {
                    "manager_id": False,
                    "manager_name": "Per",
                    "manager_email": "per@example.com",
                    "independent_id": self.colleague.id,
                    "slug": "another",
                }
            )
            with self.assertRaises(UserError):
                again.action_confirm()
        self.assertEqual(self.env["res.users"].search_count([]), users)
        self.assertEqual(self.env["complaint.unit"].search_count([]), units)
        self.assertTrue(self._page().has_procedure)

    def test_who_may_not_make_users_chooses_among_colleagues(self):
        owner = self._newcomer("owner", "klagebehandling.group_procedure")
        page = self._page(owner, preset_id=self.preset.id, manager_id=self.boss.id)
        self.assertFalse(page.may_create_users)
        page.write({"independent_name": "Ola", "independent_email": "ola@example.com"})
        with self.assertRaisesRegex(AccessError, "administrator"):
            page.action_confirm()
        self.assertFalse(self._user("ola@example.com"))
        page.independent_id = self.colleague
        # Nor are rights given by who may not give any.
        with self.assertRaisesRegex(UserError, "administrator"):
            page.action_confirm()
        self.boss.group_ids += self.env.ref("klagebehandling.group_manager")
        self.colleague.group_ids += self.env.ref("klagebehandling.group_independent")
        page.action_confirm()
        self.assertEqual(self.newcomer._complaint_top().manager_id, self.boss)

    def test_sender_is_named_by_who_may_change_the_organisation(self):
        self._started(sender="post@arbeid.example")
        self.assertEqual(self.newcomer.email, "post@arbeid.example")
        owner = self._newcomer("owner", "klagebehandling.group_procedure")
        page = self._page(owner)
        self.assertEqual(page.sender, "post@arbeid.example")
        self.assertFalse(page.may_write_company)
        page.sender = "thief@example.com"
        with self.assertRaises(AccessError):
            page.action_confirm()
        self.env.invalidate_all()
        self.assertEqual(self.newcomer.email, "post@arbeid.example")

    def test_names_and_addresses_are_checked(self):
        for values in (
            {"sender": "no address"},
            {"manager_email": "no address"},
            {"manager_email": "a@example.com, b@example.com"},
            {"manager_name": "  "},
            {"manager_name": False},
            {"manager_email": False},
            {"independent_name": False, "independent_email": False},
            {"preset_id": False},
            {"slug": "Status!"},
            {"slug": "status"},
        ):
            page = self._filled(**values) if self._is_first() else self._again(values)
            with self.subTest(values), self.assertRaises(ValidationError):
                page.action_confirm()
        self.assertFalse(self._user("kari@example.com"))

    def test_invitation_that_fails_stops_nothing(self):
        template = type(self.env["mail.template"])

        def fail(*args, **kwargs):
            raise MailDeliveryException("Connection refused")

        with patch.object(template, "send_mail", fail):
            self._started()
        self.assertTrue(self._user("kari@example.com"))
        self.assertFalse(self._page().has_everybody_signed_in)

    def test_nobody_is_invited_where_it_fails(self):
        page = self._filled(slug="taken")
        self.workshop.slug = "taken"
        users = type(self.env["res.users"])
        with (
            patch.object(users, "_action_reset_password") as invite,
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.cr.savepoint(),
        ):
            page.action_confirm()
        invite.assert_not_called()

    # -- who may open it -----------------------------------------------------------

    def test_others_neither_open_nor_run_it(self):
        portal = new_test_user(self.env, "onb_portal", groups="base.group_portal")
        others = [
            self._newcomer(role, f"klagebehandling.group_{role}") for role in ROLES
        ]
        page = self._appoint()
        menu = self.env.ref("klagebehandling.complaint_onboarding_menu")
        for user in (*others, self.colleague, portal):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    self._page(user)
                for act in ("appoint", "confirm", "note_key_backup", "rehearse"):
                    with self.assertRaises(AccessError):
                        getattr(page.with_user(user), f"action_{act}")()
                if user != portal:
                    menus = self.env["ir.ui.menu"].with_user(user)
                    self.assertNotIn(menu.id, menus._visible_menu_ids())

    def test_a_page_is_its_openers(self):
        page = self._appoint()
        other = self._newcomer("other", "base.group_erp_manager")
        for act in ("appoint", "confirm", "note_key_backup", "rehearse"):
            with self.subTest(act), self.assertRaises(AccessError):
                getattr(page.with_user(other), f"action_{act}")()

    def test_another_company_is_neither_told_of_nor_set_up(self):
        third = self.env["res.company"].create({"name": "Tredje AS"})
        self._started()
        page = self._page(company_id=third.id, preset_id=self.preset.id)
        self.assertEqual(page._company(), self.newcomer)
        self.assertTrue(page.has_procedure, "it tells of the own company")
        for act in ("appoint", "confirm", "note_key_backup", "rehearse"):
            with self.subTest(act), self.assertRaises(AccessError):
                getattr(page, f"action_{act}")()
        self.assertFalse(third._complaint_top())
        self.assertFalse(third._complaint_owners())

    def test_two_companies_are_set_up_each_for_itself(self):
        third = self.env["res.company"].create({"name": "Tredje AS"})
        self._started()
        self.boss.company_ids += third
        pages = self.env["complaint.onboarding"].with_user(self.boss)
        page = pages.with_company(third).create({"preset_id": self.preset.id})
        self.assertFalse(page.may_appoint, "who owns one and works here owns it")
        self.assertFalse(page.has_procedure)
        self.colleague.company_ids += third
        page.write(
            {
                "manager_id": self.boss.id,
                "independent_id": self.colleague.id,
            }
        )
        page.action_confirm()
        policies = self.env["complaint.policy"].search([("code", "=", "preset")])
        self.assertEqual(
            policies.company_id, self.newcomer | third, "a copy for each of them"
        )


@tagged("post_install", "-at_install")
class TestChecklist(OnboardingCase):
    """Steps are ticked by looking, and the backup of the key by who says so."""

    def _done(self):
        self.env.invalidate_all()
        return self.newcomer._complaint_setup()

    def test_an_empty_company_lacks_all_that_is_its_own(self):
        done = self._done()
        for name in ("owner", "procedure", "second_person", "alias", "key_backup"):
            self.assertFalse(done[f"has_{name}"], name)

    def test_steps_follow_the_facts(self):
        self._started(alias_name="klage-ny")
        done = self._done()
        for name in ("owner", "procedure", "second_person", "holidays"):
            self.assertTrue(done[f"has_{name}"], name)
        self.assertFalse(done["has_alias"], "no domain yet")
        domain = self.env["mail.alias.domain"].create({"name": "arbeid.example"})
        self.newcomer.alias_domain_id = domain
        self.newcomer._complaint_top().alias_id.alias_domain_id = domain
        self.assertTrue(self._done()["has_alias"])
        unit = self.newcomer._complaint_top()
        unit.policy_id.independent_id.active = False
        self.assertFalse(self._done()["has_second_person"])

    def test_everybody_has_signed_in(self):
        self._started()
        self.assertFalse(self._done()["has_everybody_signed_in"])
        for login in ("kari@example.com", "ola@example.com"):
            user = self._user(login)
            self.env["res.users.log"].with_user(user).sudo().create({})
        self.assertTrue(self._done()["has_everybody_signed_in"])

    def test_a_server_in_the_configuration_counts(self):
        self.newcomer.email = "post@arbeid.example"
        self.env["ir.mail_server"].search([]).active = False
        for server, counts in (("smtp.example", True), ("localhost", False)):
            with patch.dict(config._runtime_options, {"smtp_server": server}):
                self.assertEqual(self._done()["has_mail_server"], counts)

    def test_server_and_address(self):
        self.newcomer.email = False
        self.env["ir.mail_server"].search([]).active = False
        self.assertFalse(self._done()["has_mail_server"])
        self.env["ir.mail_server"].create({"name": "Out", "smtp_host": "mail.example"})
        self.assertFalse(self._done()["has_mail_server"], "no address to write from")
        self.newcomer.email = "post@arbeid.example"
        self.assertTrue(self._done()["has_mail_server"])
        parameters = self.env["ir.config_parameter"]
        for url, is_public in (
            ("http://localhost:8069", False),
            ("https://127.0.0.1", False),
            ("http://klage.example", False),
            ("https://klage.example", True),
        ):
            parameters.set_param("web.base.url", url)
            self.assertEqual(self._done()["has_address"], is_public, url)

    def test_log_of_the_database_is_asked_where_the_settings_ask(self):
        settings = type(self.env["res.config.settings"])
        with patch.object(settings, "_loud_complaint_settings", lambda _self: "x = y"):
            self.assertFalse(self._done()["has_quiet_log"])
            self.assertEqual(self._page().loud_settings, "x = y")
        self.assertTrue(self._done()["has_quiet_log"])

    def test_backup_is_entered_with_who_and_when_and_lapses_with_the_keys(self):
        page = self._page()
        self.assertFalse(page.backup)
        page.action_note_key_backup()
        self.env.invalidate_all()
        self.assertTrue(page.has_key_backup)
        self.assertIn(self.boss.name, page.backup)
        entry = self.env["complaint.company.journal"].search(
            [("event", "=", "key_backed_up"), ("company_id", "=", self.newcomer.id)]
        )
        self.assertEqual(entry.user_id, self.boss)
        self.assertTrue(entry.payload["ring"])
        with patch(
            "odoo.addons.klagebehandling.sealing.keyring.ring_mark", lambda: "ffff"
        ):
            self.env.invalidate_all()
            self.assertFalse(page.has_key_backup)
            self.assertIn("have changed since", page.backup)
        self.assertFalse(self.company._key_backup(), "each company says so itself")

    def test_page_counts_what_is_missing(self):
        page = self._page()
        before = page.missing_count
        self.assertEqual(before, list(self._done().values()).count(False))
        page.action_note_key_backup()
        self.env.invalidate_all()
        self.assertEqual(page.missing_count, before - 1)


@tagged("post_install", "-at_install")
class TestRehearsal(OnboardingCase):
    """A complaint is tried, and leaves nothing."""

    def _rows(self):
        """How many rows each table of the database holds."""
        self.env.flush_all()
        self.cr.execute(
            """SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
            WHERE relkind IN ('r', 'p') AND nspname = 'public' ORDER BY relname"""
        )
        counts = {}
        for (table,) in self.cr.fetchall():
            self.cr.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608
            counts[table] = self.cr.fetchone()[0]
        return counts

    def test_it_shows_who_receives_and_what_is_promised_and_the_letter(self):
        page = self._started()
        page.action_rehearse()
        text = html2plaintext(page.rehearsal)
        self.assertIn("Kari Leder", text)
        self.assertRegex(text, r"Acknowledgement of receipt ?: \w+day, \w+ \d")
        self.assertIn("Takk for at du sa fra", text, "in the procedure's language")
        self.assertRegex(text, r"Kari Leder\*? behandler saken")

    def test_it_leaves_no_row_no_mail_and_no_log(self):
        page = self._started()
        before = self._rows()
        sent = []
        servers = type(self.env["ir.mail_server"])
        with (
            patch.object(servers, "send_email", lambda *args, **kw: sent.append(args)),
            self.assertNoLogs("odoo.addons.klagebehandling"),
        ):
            page.action_rehearse()
            self.env.flush_all()
            self.cr.precommit.run()
        self.assertEqual(self._rows(), before)
        self.assertFalse(sent)
        self.assertGreater(len(before), 200)
        self.assertIn("Kari Leder", page.rehearsal)

    def test_a_second_complaint_is_not_in_its_way(self):
        page = self._started()
        for _time in range(2):
            page.action_rehearse()
        result = self.intake.with_company(self.newcomer).register(
            {"description": "The food is cold.", "channel": "phone"}
        )
        case = self.env["complaint.case"].browse(result["case_id"])
        self.assertEqual(case.journal_ids.mapped("sequence"), [1, 2, 3])
        page.action_rehearse()
        self.assertEqual(
            self.env["complaint.case"].search_count(
                [("company_id", "=", self.newcomer.id)]
            ),
            1,
        )

    def test_it_says_that_nobody_receives(self):
        page = self._started()
        people = self._user("kari@example.com") | self._user("ola@example.com")
        people.active = False
        page.action_rehearse()
        self.assertIn("Nobody could receive it", page.rehearsal)

    def test_it_needs_a_procedure(self):
        page = self._appoint()
        with self.assertRaises(UserError):
            page.action_rehearse()
        self.assertFalse(page.rehearsal)
