from odoo import api, models

# What decides who receives a complaint; of members it decides only who sees it too.
TOLD = {"manager_id", "deputy_id", "parent_id", "active", "policy_id"}
ADDRESSES = {"alias_id", "anonymous_alias_id"}
PEOPLE = ("manager_id", "deputy_id")


class ComplaintUnit(models.Model):
    """Enters changes of a unit: who answers in it decides who sees.

    A changed line, and a changed address, is told at once to who receives outside the
    line and to the auditors; not to who is put into the line or taken out of it.
    """

    _name = "complaint.unit"
    _inherit = ["complaint.unit", "complaint.recorded"]

    @api.model
    def _enter_changes(self, changes):
        self._enter_as("unit_changed", changes)

    def _recorded_key(self):
        return {"id": self.id, "unit": self.id}

    @api.model
    def _tell_change(self, companies, known, change):
        names = {*change["fields"]}
        told = TOLD & names if change.get("before") else set()
        if not told and not ADDRESSES & names:
            return
        concerned = {
            facts.get(name)
            for facts in (change.get("before", {}), change.get("after", {}))
            for name in PEOPLE
        }
        concerned = self.env["res.users"].browse(id_ for id_ in concerned if id_)
        unit = self.sudo().browse(known["unit"]).exists()
        unit._tell_ways_changed(concerned)
        if not unit:
            # Deleted: from whom it had its procedure is not known any more.
            policy = unit.policy_id.browse(change["before"].get("policy_id")).exists()
            for company in companies:
                company._tell_rules_changed(policy.independent_id, concerned)

    def _tell_ways_changed(self, concerned=None):
        """Tell that it has changed how a complaint reaches whom in these units."""
        for unit in self.sudo():
            policy = unit.effective_policy_id
            versions = policy._versions(policy.code, unit.company_id) | policy
            unit.company_id._tell_rules_changed(versions.independent_id, concerned)
