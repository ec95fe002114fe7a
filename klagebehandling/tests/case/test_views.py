from unittest.mock import patch

from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ...models import res_config_settings
from ..common import ComplaintCase

# What each role opens, beside the registering of a complaint.
HANDLING = (
    "complaint.case",
    "complaint.party",
    "complaint.deadline",
    "complaint.correspondence",
    "complaint.journal",
)
SETTING_UP = ("complaint.unit", "complaint.category", "complaint.policy")
VIEWS = {
    "complaint.case": (
        "kanban",
        "list",
        "form",
        "pivot",
        "graph",
        "activity",
        "search",
    ),
    "complaint.deadline": ("calendar", "list", "form", "pivot", "search"),
}
# What every employee sees: all may register, be given a measure, and learn.
FOR_ALL = {
    "complaint_case_register_menu",
    "complaint_action_assignment_menu",
    "complaint_improvement_menu",
    "complaint_lesson_menu",
    "complaint_familiarity_menu_own",
}
X2MANY = ("one2many", "many2many")


@tagged("post_install", "-at_install")
class TestViews(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls._register(categories=["food"])
        cls.protected = cls._register(title="Cold bath", anonymity="protected")
        cls.restricted = cls._register(title="Receipts", kind="whistleblowing")
        cls.case.with_user(cls.leader).action_acknowledge()

    def _open(self, user, model):
        """Load the views of a model and read what they show, as the client does."""
        records = self.env[model].with_user(user)
        kinds = VIEWS.get(model, ("list", "form", "search"))
        views = records.get_views([(False, kind) for kind in kinds])["views"]
        for kind in ("kanban", "list", "form"):
            if kind in views:
                arch = etree.fromstring(views[kind]["arch"])
                records.search([]).web_read(self._specification(records, arch))
        return views

    def _specification(self, records, arch):
        """What the client asks for: the fields of a view, with those of its lists."""
        specification = {}
        for node in arch.xpath(".//field[not(ancestor::field)]"):
            field = records._fields[node.get("name")]
            inner = {}
            if field.type in X2MANY:
                for view in node.xpath("./list | ./kanban | ./form"):
                    comodel = records.env[field.comodel_name]
                    inner.update(self._specification(comodel, view))
                inner = {"fields": inner or {"display_name": {}}}
            elif field.type == "many2one":
                inner = {"fields": {"display_name": {}}}
            specification[field.name] = inner
        return specification

    def _menus(self, user):
        """The names of this addon's menus that a user sees in the app."""
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        root = self.env.ref("klagebehandling.complaint_menu").id
        if root not in menus:
            return set()
        children = list(menus[root]["children"])
        for menu_id in children:
            children += menus[menu_id]["children"]
        names = (menus[menu_id]["xmlid"].partition(".") for menu_id in children)
        return {name for addon, _dot, name in names if addon == "klagebehandling"}

    def test_handler_opens_every_view(self):
        for model in (*HANDLING, *SETTING_UP):
            with self.subTest(model=model):
                self._open(self.worker, model)

    def test_manager_opens_every_view(self):
        for model in (*HANDLING, *SETTING_UP):
            with self.subTest(model=model):
                self._open(self.director, model)

    def test_independent_receiver_opens_every_view_of_handling(self):
        for model in HANDLING:
            with self.subTest(model=model):
                self._open(self.independent, model)

    def test_auditor_opens_the_facts(self):
        for model in (
            "complaint.case",
            "complaint.deadline",
            "complaint.journal",
            *SETTING_UP,
        ):
            with self.subTest(model=model):
                self._open(self.auditor, model)

    def test_custodian_opens_cases_and_people(self):
        for model in ("complaint.case", "complaint.party"):
            with self.subTest(model=model):
                self._open(self.custodian, model)

    def test_owner_of_the_procedure_opens_every_view_of_setting_up(self):
        for model in (*SETTING_UP, "complaint.policy.choose"):
            with self.subTest(model=model):
                self._open(self.owner, model)

    def test_employee_opens_the_register_form(self):
        self._open(self.employee, "complaint.case.register")

    def test_wizards_open_for_handlers(self):
        for model in ("complaint.case.compose", "complaint.case.end"):
            with self.subTest(model=model):
                self._open(self.worker, model)

    def test_free_text_is_left_out_for_custodian_and_auditor(self):
        for user in (self.custodian, self.auditor):
            for kind, view in self._open(user, "complaint.case").items():
                arch = etree.fromstring(view["arch"])
                shown = set(arch.xpath(".//field/@name"))
                with self.subTest(user=user.login, kind=kind):
                    self.assertFalse(
                        shown & {"title", "description", "remedy", "lesson"}
                    )
                    self.assertFalse(arch.xpath(".//chatter"))

    def test_grounds_are_left_out_for_custodian(self):
        for view in self._open(self.custodian, "complaint.case").values():
            shown = set(etree.fromstring(view["arch"]).xpath(".//field/@name"))
            self.assertNotIn("category_ids", shown)

    def test_title_does_not_leak_through_the_name_of_a_case(self):
        specification = {"case_id": {"fields": {"display_name": {}}}}
        journal = self.env["complaint.journal"].with_user(self.auditor).search([])
        parties = self.env["complaint.party"].with_user(self.custodian).search([])
        for records in (journal, parties):
            self.assertTrue(records)
            names = [
                row["case_id"]["display_name"]
                for row in records.web_read(specification)
            ]
            self.assertFalse([name for name in names if "Cold" in name])

    def test_handler_reads_the_title_in_the_name_of_a_case(self):
        deadlines = self.case.deadline_ids.with_user(self.worker)
        rows = deadlines.web_read({"case_id": {"fields": {"display_name": {}}}})
        self.assertIn("Cold food", rows[0]["case_id"]["display_name"])

    def test_cases_cannot_be_created_in_views(self):
        views = self._open(self.director, "complaint.case")
        for kind in ("kanban", "list", "form"):
            arch = etree.fromstring(views[kind]["arch"])
            self.assertIn(arch.get("create"), ("0", "false", "False"), kind)

    def test_employee_sees_no_menu_of_cases(self):
        # E-12; M39, M41: what everybody may be asked to do, and what was learned
        self.assertEqual(self._menus(self.employee), FOR_ALL)

    def test_no_menu_is_empty(self):
        for user in (self.auditor, self.custodian, self.employee, self.worker):
            menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
            names = self._menus(user)
            for menu in menus.values():
                # Another addon may have added one: their names are told without it.
                name = (menu.get("xmlid") or "").partition(".")[2]
                if name in names:
                    with self.subTest(user=user.login, menu=name):
                        self.assertTrue(menu["children"] or menu["action_id"])

    def test_each_role_sees_its_menus(self):
        handler = self._menus(self.worker)
        self.assertIn("complaint_correspondence_menu", handler)
        self.assertNotIn("complaint_config_menu", handler)
        auditor = self._menus(self.auditor)
        self.assertIn("complaint_journal_menu", auditor)
        self.assertNotIn("complaint_correspondence_menu", auditor)
        custodian = self._menus(self.custodian)
        self.assertIn("complaint_party_menu", custodian)
        self.assertNotIn("complaint_deadline_menu", custodian)
        manager = self._menus(self.director)
        self.assertIn("complaint_unit_menu", manager)
        self.assertNotIn("complaint_policy_choose_menu", manager)
        self.assertEqual(
            self._menus(self.owner),
            {
                *FOR_ALL,
                "complaint_archive_menu",
                "complaint_retention_rule_menu",
                "complaint_config_menu",
                "complaint_unit_menu",
                "complaint_role_menu",
                "complaint_policy_menu",
                "complaint_review_menu",
                "complaint_category_menu",
                "complaint_policy_choose_menu",
                "complaint_onboarding_menu",
                "complaint_import_menu",
                "complaint_inspection_menu",
                "complaint_wording_menu",
                "complaint_law_menu",
                "complaint_body_menu",
                "complaint_notice_menu",
                "complaint_protection_menu",
            },
        )

    def test_every_filter_can_be_used(self):
        for model in HANDLING:
            records = self.env[model].with_user(self.director)
            view = records.get_views([(False, "search")])["views"]["search"]
            for node in etree.fromstring(view["arch"]).xpath(".//filter[@domain]"):
                with self.subTest(model=model, name=node.get("name")):
                    records.search(
                        safe_eval(node.get("domain"), {"uid": self.director.id})
                    )

    def test_every_grouping_can_be_used(self):
        for model in (
            "complaint.case",
            "complaint.deadline",
            "complaint.correspondence",
        ):
            records = self.env[model].with_user(self.director)
            view = records.get_views([(False, "search")])["views"]["search"]
            for node in etree.fromstring(view["arch"]).xpath(".//filter[@context]"):
                with self.subTest(model=model, name=node.get("name")):
                    group = node.get("context").split("'")[3]
                    records.formatted_read_group([], [group], ["__count"])

    def test_late_case_says_what_is_overdue(self):
        late = self._register(received_at="2025-01-07T10:00")
        self.assertIn("Overdue: Acknowledgement of receipt", late.next_step)
        self.assertNotIn("Overdue", self.protected.next_step)

    def test_missing_email_is_noticed(self):
        case = self._register(
            reply_channel="email", parties=[{"role": "complainant", "name": "Ola"}]
        )
        self.assertTrue(case.is_email_missing)
        self.assertFalse(self.case.is_email_missing)

    def test_journal_reads_as_words(self):
        entry = self.case.journal_ids.filtered(lambda entry: entry.event == "routed")
        self.assertEqual(entry.event_label, "Given to a receiver")
        self.assertIn(self.leader.name, entry.details)

    def test_letters_and_entries_are_named_in_words(self):
        letter = self.case.correspondence_ids
        self.assertEqual(letter.display_name, "Acknowledgement of receipt")
        entry = self.case.journal_ids.filtered(lambda entry: entry.event == "routed")
        self.assertEqual(entry.display_name, "Given to a receiver")

    def test_deadline_is_named_with_its_case_in_the_calendar(self):
        deadline = self.case.deadline_ids[:1]
        named = deadline.with_context(complaint_show_case=True).display_name
        self.assertTrue(named.startswith(self.case.reference))
        self.assertNotIn(self.case.reference, deadline.display_name)

    def test_deadline_opens_its_case(self):
        deadline = self.case.deadline_ids[0].with_user(self.worker)
        self.assertEqual(deadline.action_open_case()["res_id"], self.case.id)

    def test_new_version_is_a_draft_of_its_own(self):
        action = self.policy.with_user(self.owner).action_new_version()
        draft = self.policy.browse(action["res_id"])
        self.assertEqual((draft.state, draft.code), ("draft", "test_no"))

    def test_settings_warn_of_a_database_that_logs_what_people_wrote(self):
        settings = self.env["res.config.settings"]
        self.assertFalse(settings.create({}).complaint_database_log)
        with patch.dict(res_config_settings.SILENT, {"log_statement": "ddl"}):
            self.assertEqual(
                settings.create({}).complaint_database_log, "log_statement = ddl"
            )

    def test_settings_show_the_key_without_telling_it(self):
        settings = self.env["res.config.settings"].create({})
        self.assertEqual(len(settings.complaint_key_mark), 4)
        self.assertTrue(settings.complaint_key_source)
