import csv
from contextlib import suppress

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import file_open, mute_logger

from .access_world import ROLES, AccessWorld

TABLE = "test_klagebehandling/access_matrix.csv"
RIGHTS = {"read": "r", "write": "w", "create": "c", "unlink": "d"}
NOBODYS = ("independent", "custodian", "auditor", "procedure", "registrar", "delegate")
NOBODYS += ("disposal_approver", "inspector")


@tagged("post_install", "-at_install")
@freeze_time("2026-11-02 09:00:00")
class TestAccessMatrix(AccessWorld):
    """The rights of each role on each model of ours, against the reviewed table.

    A cell holds the rights (read, write, create, delete) and which rows are read: own,
    of the unit where member, of units below, other, protected, restricted, walled and
    foreign cases; of what hangs on no case those of the company, shared and foreign.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with file_open(TABLE) as file:
            cls.table = {row.pop("model"): row for row in csv.DictReader(file)}
        cls.models = sorted(
            name
            for name in cls.env.registry.models
            if name.startswith("complaint.") and not cls.env.registry[name]._abstract
        )
        cls.rows = {name: cls._fixture_rows(name) for name in cls.models}

    @classmethod
    def _fixture_rows(cls, name):
        """The rows that this test made, as the superuser."""
        model = cls.env[name].with_context(active_test=False)
        rows = model.search([])
        if name == "complaint.case":
            return rows & cls._all_cases()
        path = getattr(model, "_case_path", None) or "case_id"
        companies = cls.company | cls.elsewhere.company_id
        if path.split(".")[0] in model._fields:
            # What hangs on a case or on none is told by its company where on none.
            return rows.filtered(
                lambda row: (
                    row.mapped(path) in cls._all_cases()
                    or (not row.mapped(path) and row.company_id in companies)
                )
            )
        for field in ("company_id", "policy_id.company_id"):
            if field.split(".")[0] in model._fields:
                return rows.filtered(lambda row, f=field: row.mapped(f) in companies)
        return rows.browse()

    @classmethod
    def _all_cases(cls):
        return sum(cls.cases.values(), cls.env["complaint.case"])

    def _cell(self, name, role):
        """What a role may do with a model, as a cell of the table has it."""
        model = self.env[name].with_user(self.people[role])
        model = model.with_context(active_test=False)
        rights = "".join(
            letter if model.has_access(mode) else "-" for mode, letter in RIGHTS.items()
        )
        if "r" not in rights:
            return rights
        seen = model.search([("id", "in", self.rows[name].ids)]).sudo()
        kinds = {self._situation(row, role) for row in seen}
        return " ".join([rights, *sorted(kinds)])

    def test_rights_are_those_of_the_table(self):
        for name in self.models:
            for role in ROLES:
                with self.subTest(model=name, role=role):
                    self.assertEqual(
                        self._cell(name, role), self.table.get(name, {}).get(role)
                    )

    def test_every_model_is_in_the_table_and_nothing_else(self):
        self.assertEqual(sorted(self.table), self.models)

    def test_no_cell_is_about_rows_that_are_not_there(self):
        """Of every model with a case or a company, the fixture has rows to be seen."""
        for name in self.models:
            model = self.env[name]
            if not model._transient and model._auto and self.table.get(name):
                with self.subTest(model=name):
                    kinds = [cell for cell in self.table[name].values() if " " in cell]
                    self.assertTrue(kinds or not self.rows[name])

    def test_portal_and_public_have_no_right_on_any_model(self):
        for name in self.models:
            for role in ("portal", "public"):
                with self.subTest(model=name, role=role):
                    self.assertEqual(self._cell(name, role), "----")

    def test_groups_beside_are_implied_by_nobody(self):
        for name in NOBODYS:
            group = self.env.ref(f"klagebehandling.group_{name}")
            self.assertFalse(group.implied_by_ids, name)
            self.assertFalse(group.all_implied_by_ids - group, name)
            for login in ("base.user_root", "base.user_admin"):
                self.assertNotIn(group, self.env.ref(login).all_group_ids)
                self.assertNotIn(
                    group, self.env.ref("base.group_system").all_implied_ids
                )

    def test_nobody_sees_a_row_of_another_company(self):
        # Whatever the role, with only the own company allowed.
        for name in self.models:
            for role in ROLES:
                with self.subTest(model=name, role=role):
                    self.assertNotIn("foreign", self._cell(name, role))

    @mute_logger("odoo.sql_db")
    def test_nothing_is_given_to_another_company_or_to_all(self):
        """Whoever writes a row keeps it: by no pointer does it become another's."""
        tried = 0
        for name in self.models:
            pointers = self._pointers(name)
            if not pointers:
                continue
            for role in ("handler", "manager", "independent", "procedure"):
                own = self.rows[name].filtered(
                    lambda row: row.company_id == self.company
                )
                row = own.with_user(self.people[role])._filtered_access("write")[:1]
                for pointer in pointers if row else ():
                    none = () if row._fields[pointer].required else (False,)
                    for value in (*none, self._elsewhere_row(name, pointer)):
                        with self.subTest(model=name, role=role, pointer=pointer):
                            tried += self._give(row, pointer, value)
        self.assertGreater(tried, 20)

    def _pointers(self, name):
        """The fields by which a row may come to belong to another company."""
        fields = self.env[name]._fields
        if self.env[name]._transient or "company_id" not in fields:
            return []
        return [
            field.name
            for field in fields.values()
            if field.type == "many2one"
            and field.store
            and not field.related
            and (
                field.comodel_name == "res.company"
                or field.comodel_name in ("complaint.policy", "complaint.law")
                or (
                    field.comodel_name.startswith("complaint.")
                    and field.name == "parent_id"
                )
            )
        ]

    def _elsewhere_row(self, name, pointer):
        model = self.env[self.env[name]._fields[pointer].comodel_name]
        company = self.elsewhere.company_id
        if model._name == "res.company":
            return company.id
        return model.search([("company_id", "=", company.id)], limit=1).id

    def _give(self, row, pointer, value):
        """Whether it was tried; that the row is its company's afterwards."""
        with suppress(AccessError, UserError), self.cr.savepoint():
            row.write({pointer: value})
            row.flush_recordset()
        row.invalidate_recordset()
        self.assertEqual(row.sudo().company_id, self.company)
        return True

    def test_other_company_is_seen_where_it_is_allowed(self):
        """The test can fail: with that company allowed, its manager sees the case."""
        self.director.company_ids |= self.elsewhere.company_id
        env = self.env(
            user=self.director,
            context={"allowed_company_ids": self.elsewhere.company_id.ids},
        )
        self.assertEqual(env["complaint.case"].search([]), self.cases["foreign"])

    def test_part_of_a_case_is_seen_with_its_company_only(self):
        """Who works in two companies sees what hangs on a case in the chosen one, and
        there only what is of the own cases.
        """
        case = self.cases["foreign"]
        self._complete(case)
        stranger = self.people["handler"]
        (self.director | stranger).company_ids |= case.company_id
        registry = self.env.registry
        inspectors = self.env.ref("klagebehandling.group_inspector")
        for name in sorted(registry.descendants(["complaint.case.part"], "_inherit")):
            rights = self.env["ir.model.access"].search(
                [("model_id.model", "=", name), ("group_id", "!=", inspectors.id)]
            )
            if registry[name]._abstract or not rights:
                # What nobody has a right to is shown by an act only; an inspector is
                # of one company and works no case.
                continue
            for user, company, is_seen in (
                (self.director, case.company_id, True),
                (self.director, self.company, False),
                (stranger, case.company_id, False),
            ):
                context = {"allowed_company_ids": company.ids}
                rows = self.env(user=user.id, context=context)[name]
                with self.subTest(model=name, user=user.login, company=company.name):
                    found = rows.search_count([("case_id", "=", case.id)])
                    self.assertEqual(bool(found), is_seen)

    def _complete(self, case):
        """What the other tests do not need of a case of another company."""
        person = self.env["complaint.party"].create(
            {"case_id": case.id, "role": "witness", "is_protected": True}
        )
        self.env["complaint.identity.request"].create(
            {
                "case_id": case.id,
                "party_id": person.id,
                "asker_id": self.director.id,
                "ground": "To answer",
            }
        )
        self.env["complaint.original.act"].create(
            {
                "original_id": case.original_ids[:1].id,
                "kind": "opened",
                "reason": "To read it",
                "user_id": self.director.id,
            }
        )
        self.env["test.case.note"].create({"name": "Note", "case_id": case.id})
        self.env.flush_all()
