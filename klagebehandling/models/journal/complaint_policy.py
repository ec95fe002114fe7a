from odoo import api, models

RECEIVERS = {"independent_id", "fallback_id"}
PARTS = ("term_ids", "channel_ids", "choice_ids", "field_ids")


class ComplaintPolicy(models.Model):
    """Enters which version binds from when, and each change in one that binds.

    What a version changes is entered when it is put in force, against the one before.
    Who receives, and a longer time limit, is told at once.
    """

    _name = "complaint.policy"
    _inherit = ["complaint.policy", "complaint.recorded"]

    def action_put_in_force(self):
        versions = {policy: policy._version_before() for policy in self.sudo()}
        result = super().action_put_in_force()
        Company = self.env["complaint.company.journal"].sudo()
        Company._append(
            [
                (
                    company,
                    "policy_in_force",
                    {**policy._journal_payload(), **policy._changes_since(before)},
                )
                for policy, before in versions.items()
                for company in policy._recorded_companies()
            ]
        )
        for policy, before in versions.items():
            policy._tell_new_version(before)
        return result

    def _journal_payload(self):
        payload = {"rule": self._name, "policy": self.code}
        if self.valid_from:
            payload["valid_from"] = str(self.valid_from)
        return payload

    def _version_before(self):
        """The version that a draft follows; empty for the first one."""
        versions = self._versions(self.code, self.company_id) - self
        versions = versions.filtered(lambda one: one.company_id == self.company_id)
        return versions._in_force_on(self.valid_from or self._today())

    def _changes_since(self, before):
        """What is different from an earlier version, its parts included."""
        return self._recorded_change(before._whole(), self._whole())

    def _whole(self):
        """The facts of a version with those of its parts, as plain values."""
        if not self:
            return None
        names = self._recorded_names() - {"state", "valid_from", "active"}
        facts = self._plain(names)
        for name in self._recorded_parts():
            parts = self[name]
            facts[name] = [
                part._plain(parts._recorded_names() - {"policy_id"}) for part in parts
            ]
        return facts

    @api.model
    def _recorded_parts(self):
        """Hook: the parts of a version that are entered with it."""
        return PARTS

    def _tell_new_version(self, before):
        receivers = self.independent_id | before.independent_id
        if before and (
            self.independent_id != before.independent_id
            or self.term_ids._take_longer_than(before.term_ids)
        ):
            for company in self._recorded_companies():
                company._tell_rules_changed(receivers)

    def _is_recorded(self):
        return self.state == "in_force"

    def _recorded_key(self):
        return {"id": self.id, "policy": self.code}

    @api.model
    def _recorded_names(self):
        return super()._recorded_names() - {"state"}

    @api.model
    def _tell_change(self, companies, known, change):
        """Tell the receivers who were and are named, and the auditors."""
        if not RECEIVERS & {*change["fields"]} or not change.get("before"):
            return
        named = {
            facts.get(name)
            for facts in (change.get("before", {}), change.get("after", {}))
            for name in RECEIVERS
        }
        users = self.env["res.users"].browse(id_ for id_ in named if id_)
        for company in companies:
            # One that was just deleted is still remembered here.
            versions = self._versions(known["policy"], company).exists()
            receivers = versions.independent_id
            company._tell_rules_changed(users | receivers)
