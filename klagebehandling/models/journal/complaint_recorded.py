from odoo import api, models


class ComplaintRecorded(models.AbstractModel):
    """Rules of an organisation: each change is entered in its journal, old and new.

    Inherited by what decides who receives a complaint and what is promised. What a
    module brings is its code; a draft binds nobody and is entered when it is put in
    force.
    """

    _name = "complaint.recorded"
    _description = "Rule of the organisation whose changes are journaled"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if self.pool.ready:
            records._record({})
        return records

    def write(self, vals):
        names = self._recorded_names() & vals.keys()
        if not names:
            return super().write(vals)
        before = self._recorded_rows(names)
        result = super().write(vals)
        self._record(before, names)
        return result

    def unlink(self):
        if self.env.context.get("_force_unlink"):
            return super().unlink()
        before = self._recorded_rows()
        result = super().unlink()
        self.browse()._record(before)
        return result

    def _record(self, before, names=None):
        """Enter what is different now in these rows.

        :param before: what :meth:`_recorded_rows` answered then
        :param names: the fields that may have changed; all without it
        """
        after = self._recorded_rows(names)
        nothing = (self.env["res.company"].sudo(), None, {})
        changes = []
        for id_ in sorted(before.keys() | after.keys()):
            companies, had, known = before.get(id_, nothing)
            companies_now, has, known_now = after.get(id_, nothing)
            change = self._recorded_change(had, has)
            if change:
                changes.append((companies | companies_now, known | known_now, change))
        if changes:
            self._enter_changes(changes)
        for companies, known, change in changes:
            self._tell_change(companies, known, change)

    @api.model
    def _recorded_change(self, had, has):
        """Only what differs, as the journal keeps it; empty where nothing does.

        :param had: the facts before; None where the row was not there
        :param has: the facts now; None where it is gone
        """
        old, new = had or {}, has or {}
        names = sorted(
            name for name in old.keys() | new.keys() if old.get(name) != new.get(name)
        )
        if not names:
            return {}
        change = {"fields": names}
        for key, facts in (("before", had), ("after", has)):
            if facts is not None:
                change[key] = {name: facts.get(name) for name in names}
        return change

    def _recorded_rows(self, names=None):
        """By id the companies, the facts and what tells which rule each row is."""
        names = names or self._recorded_names()
        return {
            row.id: (row._recorded_companies(), row._plain(names), row._recorded_key())
            for row in self.sudo().exists()
            if row._is_recorded()
        }

    def _plain(self, names):
        """Facts of a row as plain values; people and other rows by their ids."""
        facts = {}
        for name in names:
            field, value = self._fields[name], self[name]
            if field.relational:
                value = sorted(value.ids) if field.type == "many2many" else value.id
            elif field.type in ("date", "datetime", "html"):
                value = str(value or "")
            if value not in ("", False, None, []):
                facts[name] = value
        return facts

    @api.model
    def _recorded_names(self):
        """Hook: the names of the fields whose changes are entered."""
        return {
            name
            for name, field in self._fields.items()
            if field.store
            and name not in models.MAGIC_COLUMNS
            and (not field.compute or not field.readonly)
            and field.type != "one2many"
            and name not in ("parent_path", "sequence")
        }

    def _is_recorded(self):
        """Hook: whether the row binds anybody."""
        return True

    def _recorded_companies(self):
        """Hook: whose rule it is."""
        return self.env["complaint.company.journal"]._companies(self.company_id or None)

    def _recorded_key(self):
        """Hook: what tells which rule it is, as plain values."""
        return {"id": self.id}

    @api.model
    def _enter_changes(self, changes):
        """Hook: enter the changes under the event that this kind of rule has.

        :param changes: triples of companies, :meth:`_recorded_key` and
            :meth:`_recorded_change`
        """
        self._enter_as("policy_changed", changes)

    @api.model
    def _enter_as(self, event, changes):
        self.env["complaint.company.journal"].sudo()._append(
            [
                (company, event, {"rule": self._name, **known, **change})
                for companies, known, change in changes
                for company in companies
            ]
        )

    @api.model
    def _tell_change(self, companies, known, change):
        """Hook: tell at once of a change that decides who receives or what is promised.

        :param known: of :meth:`_recorded_key`
        :param change: of :meth:`_recorded_change`
        """
