from odoo import api, models

OURS = "complaint."


class ComplaintWatched(models.AbstractModel):
    """Rules of access: what changes in those about complaints is journaled.

    What a module brings when it is installed is its code; a change is always told,
    also one that an update brings.
    """

    _name = "complaint.watched"
    _description = "Watched rules of access"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if self.pool.ready:
            records._log_change({})
        return records

    def write(self, vals):
        before = self._watched_facts()
        result = super().write(vals)
        self._log_change(before)
        return result

    def unlink(self):
        before = {} if self._is_uninstalling() else self._watched_facts()
        result = super().unlink()
        self.browse()._log_change(before)
        return result

    def _log_change(self, before):
        """Enter what is different in these rules, now and before, by their ids."""
        if self._is_uninstalling():
            return
        after = self._watched_facts()
        changes = [
            self._watched_change(before.get(id_), after.get(id_))
            for id_ in sorted(before | after)
            if before.get(id_) != after.get(id_)
        ]
        if changes:
            Company = self.env["complaint.company.journal"].sudo()
            Company._append(
                [
                    (company, "rule_changed", {"rule": self._name, **change})
                    for company in Company._companies()
                    for change in changes
                ]
            )

    def _watched_change(self, before, after):
        """Only what differs, with the name by which the rule is known."""
        known = after or before
        change = {key: known[key] for key in ("model", "id", "rule_name")}
        for key, facts, other in (("before", before, after), ("after", after, before)):
            if facts:
                change[key] = {
                    name: value
                    for name, value in facts.items()
                    if not other or other[name] != value
                }
        return change

    def _watched_facts(self):
        """By id, the facts of the rules that concern complaints."""
        return {
            record.id: record._watched_values()
            for record in self.sudo().with_context(lang=None)
            if (record.model_id.model or "").startswith(OURS)
        }

    def _watched_values(self):
        """Hook: the facts of one rule, as plain values, among them its model."""
        values = {
            name: self[name]
            for name in (
                "active",
                "perm_read",
                "perm_write",
                "perm_create",
                "perm_unlink",
            )
        }
        return dict(
            values, id=self.id, model=self.model_id.model, rule_name=self.name or ""
        )

    def _is_uninstalling(self):
        return bool(self.env.context.get("_force_unlink"))
