from odoo.tests import tagged

from ..common import ComplaintCase

# Which groups read which model, by the rules that the models declare.
READERS = {
    "complaint.case": {"handler", "manager", "independent", "auditor", "custodian"},
    "complaint.party": {"handler", "manager", "independent", "custodian"},
    "complaint.pseudonym": {"handler", "manager", "independent"},
    "complaint.identity.request": {"handler", "manager", "independent", "custodian"},
    "complaint.deadline": {"handler", "manager", "independent", "auditor"},
    "complaint.correspondence": {"handler", "manager", "independent"},
    "complaint.journal": {"handler", "manager", "independent", "auditor"},
    "complaint.hearing": {"handler", "manager", "independent"},
    "complaint.point": {"handler", "manager", "independent"},
    "complaint.plan.step": {"handler", "manager", "independent"},
    "complaint.duty": {"handler", "manager", "independent"},
    "complaint.right": {"handler", "manager", "independent"},
    "complaint.meeting": {"handler", "manager", "independent"},
    "complaint.meeting.participant": {"handler", "manager", "independent"},
    "complaint.minutes": {"handler", "manager", "independent"},
    "complaint.minutes.document": {"handler", "manager", "independent"},
    "complaint.signature": {"handler", "manager", "independent"},
    "complaint.original": {"handler", "manager", "independent", "custodian"},
    "complaint.original.act": {"handler", "manager", "independent", "custodian"},
}


@tagged("post_install", "-at_install")
class TestPart(ComplaintCase):
    """The rules that the models of a case declare are made, kept and put right."""

    def _changes(self):
        journal = self.env["complaint.company.journal"]
        return journal.search_count([("event", "=", "rule_changed")])

    def _make_rules(self):
        self.env["complaint.walled"]._make_all_rules()
        self.env.flush_all()

    def test_each_group_has_its_rule(self):
        for name, readers in READERS.items():
            rules = self.env["ir.rule"].search([("model_id.model", "=", name)])
            stem = f"klagebehandling.{self.env[name]._table}_rule_"
            ids = rules._get_external_ids()
            by_end = {ids[rule.id][0].removeprefix(stem): rule for rule in rules}
            with self.subTest(model=name):
                self.assertEqual(by_end.keys(), readers | {"wall", "company", "others"})
                for end in readers:
                    group = self.env.ref(f"klagebehandling.group_{end}")
                    self.assertEqual(by_end[end].groups, group)
                self.assertFalse(by_end["wall"].groups | by_end["company"].groups)

    def test_an_update_that_changes_nothing_is_no_event(self):
        before = self._changes()
        rules = self.env["ir.rule"].search([("model_id.model", "=like", "complaint.%")])
        self._make_rules()
        again = self.env["ir.rule"].search([("model_id.model", "=like", "complaint.%")])
        self.assertEqual(again, rules)
        self.assertEqual(self._changes(), before)

    def test_an_update_puts_right_what_was_loosened_and_says_so(self):
        rule = self.env.ref("klagebehandling.complaint_deadline_rule_handler")
        domain = rule.domain_force
        rule.write({"domain_force": "[(1, '=', 1)]", "groups": False})
        before = self._changes()
        self._make_rules()
        self.assertEqual(rule.domain_force, domain)
        self.assertEqual(rule.groups, self.env.ref("klagebehandling.group_handler"))
        self.assertGreater(self._changes(), before)

    def test_rules_of_a_part_are_those_of_the_case(self):
        for group in ("handler", "manager", "independent"):
            of_case = self.env.ref(f"klagebehandling.complaint_case_rule_{group}")
            of_part = self.env.ref(
                f"klagebehandling.complaint_correspondence_rule_{group}"
            )
            self.assertEqual(
                of_part.domain_force.replace("case_id.", ""), of_case.domain_force
            )
