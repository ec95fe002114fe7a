from odoo import fields, models


class ComplaintDeadline(models.Model):
    """A duty follows a corrected day of receipt, in a row of its own."""

    _inherit = "complaint.deadline"

    is_correction = fields.Boolean(
        readonly=True,
        copy=False,
        help="Its date follows a corrected day of receipt: nobody was late for it.",
    )

    def _hangs_on(self, received_at):
        """Whether the date counts from the receipt, and was not promised otherwise.

        One that was told in a notice of delay, or is expected, stays.
        """
        if not self.term_id:
            return False
        if self.is_correction or not self.extends_id:
            return self.counted_from == received_at
        earlier = self.extends_id
        is_again = earlier.state == "met" and earlier.due_at == self.due_at
        return is_again and earlier._hangs_on(received_at)

    def _follow_receipt(self, received_at, reason):
        """Open rows with the dates that another receipt gives; the old ones stay.

        What is late already only becomes later by an earlier receipt, and is left. What
        was found late for a wrong day is not: the notices that gave no reason go too.

        :return: list of pairs, the old row and the new one
        """
        now, moved = fields.Datetime.now(), []
        for row in self:
            values = self._prepare_row(row.term_id, received_at)
            chain = row._chain()
            is_told = len(chain) > 1 and not row.is_reason_missing
            is_late = row.state == "late" and values["due_at"] <= now
            if values["due_at"] != row.due_at and not (is_late or is_told):
                moved.append((row, chain._replace(values, reason)))
        return moved

    def _chain(self):
        """The row and those that moved its date on, the last one last."""
        chain = self
        while later := self.case_id.deadline_ids.filtered(
            lambda row, tip=chain[-1]: row.extends_id == tip
        ):
            chain += later[:1]
        return chain

    def _replace(self, values, reason):
        """Take another row in the place of a chain, with its letters and its plan."""
        first, last = self[0], self[-1]
        self.filtered("is_open").write(
            {
                "state": "extended",
                "reason": reason,
                "next_at": False,
                "is_reason_missing": False,
            }
        )
        first.case_id._log(
            "deadline_extended",
            milestone=first.milestone,
            due_on=str(first.due_on),
            until=str(values["due_on"]),
            reason=reason,
        )
        new = self.create(
            {
                **values,
                "case_id": first.case_id.id,
                "company_id": first.company_id.id,
                "term_id": first.term_id.id,
                "extends_id": last.id,
                "is_correction": True,
                "planned_reason": last.planned_reason,
                "planned_on": last.planned_on,
            }
        )
        self._hand_letters_on(new)
        return new

    def _delay_count(self):
        """A correction is no delay."""
        count, row = 0, self
        while row.extends_id:
            is_delay = row.extends_id.state != "met" and not row.is_correction
            count, row = count + is_delay, row.extends_id
        return count
