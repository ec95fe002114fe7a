from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import MissingError

# How a row says what it belongs to.
DOCUMENT_MODELS = ("res_model", "model")
LINKS = {"case_id", "mail_message_id", "res_id", "res_model", "model"}


class ComplaintDay(models.AbstractModel):
    """Cuts the times of every row of an anonymous case to the day (M11).

    The second of a row could tell who sat at a computer then. The day is the local
    one of the procedure, as for the receipt itself. With two zones, the difference
    would give away what came in around midnight.

    Adds that to inserting and updating. Inherited by ``complaint.walled`` and
    ``complaint.walled.document``, in this room, and by the page that registers. May
    write nothing by itself: it is asked while a row is written.
    """

    _name = "complaint.day"
    _description = "Carries a day and no hour, where its case is anonymous"
    # Instants that a promise hangs on: no trace of an act, and never moved.
    _uncut = ()

    def _create(self, data_list):
        rows = [data["stored"] for data in data_list]
        policies = self.browse()._anonymous_policies(rows)
        for row, policy in zip(rows, policies, strict=True):
            if policy:
                row.update(self._cut_times(row, policy))
        return super()._create(data_list)

    def _write_multi(self, vals_list):
        policies = self._anonymous_policies(vals_list)
        if not any(policies):
            return super()._write_multi(vals_list)
        rows = [
            record._cut_update(vals, policy) if policy else vals
            for record, vals, policy in zip(self, vals_list, policies, strict=True)
        ]
        result = super()._write_multi(rows)
        for record, row, policy in zip(self, rows, policies, strict=True):
            if policy:
                record._remember_times(row)
        return result

    def _cut_update(self, vals, policy):
        """The columns to update, their times cut; of a row that joins a case all."""
        row = dict(vals)
        if self._log_access:
            row.setdefault("write_date", self.env.cr.now())
            if not LINKS.isdisjoint(vals):
                row["create_date"] = self.create_date
        return row | self._cut_times(row, policy)

    def _cut_times(self, row, policy):
        """The past times of a row, each at the start of its local day."""
        latest = max(fields.Datetime.now(), self.env.cr.now()) + timedelta(seconds=1)
        cut, days = {}, {}
        for name, value in row.items():
            is_time = value and self._fields[name].type == "datetime"
            if is_time and name not in self._uncut:
                moment = fields.Datetime.to_datetime(value)
                if moment <= latest:
                    if moment not in days:
                        days[moment] = policy._moment(moment, "anonymous")
                    cut[name] = days[moment]
        return cut

    def _remember_times(self, row):
        """Have in the cache what stands in the database."""
        for name, value in row.items():
            field = self._fields[name]
            if field.type == "datetime":
                field._update_cache(self, field.convert_to_cache(value, self))

    def _anonymous_policies(self, rows):
        """For each row the procedure of its anonymous case, else nothing.

        :param rows: columns to insert, or to update in the records of ``self``
        """
        if not self._can_join_cases():
            return [None] * len(rows)
        records = self or [self] * len(rows)
        links = [
            record._case_link(row) for record, row in zip(records, rows, strict=True)
        ]
        return self.env["complaint.case"]._find_anonymous(links)

    def _can_join_cases(self):
        """Whether rows of this model can belong to a case and stay there.

        The rows of a page that staff work on are removed by their age in hours.
        """
        if self._transient:
            return False
        own = self._fields
        is_document = "res_id" in own and not own.keys().isdisjoint(DOCUMENT_MODELS)
        return self._hangs_on_case() or is_document or "mail_message_id" in own

    def _hangs_on_case(self):
        own = self._fields
        return "case_id" in own and own["case_id"].comodel_name == "complaint.case"

    def _case_link(self, row):
        """Model and id of what a row belongs to; ``None`` where it is nothing."""
        own = self._fields
        if self._hangs_on_case():
            return "complaint.case", self._stored_value(row, "case_id")
        if "mail_message_id" in own:
            return "mail.message", self._stored_value(row, "mail_message_id")
        name = next(name for name in DOCUMENT_MODELS if name in own)
        return self._stored_value(row, name), self._stored_value(row, "res_id")

    def _stored_value(self, row, name):
        """A column as it will be: the new value, else the one of the record."""
        if name in row or not self:
            return row.get(name)
        try:
            value = self.sudo()[name]
        except MissingError:
            return None
        return value.id if isinstance(value, models.BaseModel) else value
