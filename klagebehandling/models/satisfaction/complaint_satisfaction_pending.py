import random
from collections import defaultdict

from odoo import SUPERUSER_ID, api, fields, models

from ...sealing import keyring
from .complaint_satisfaction import QUESTIONS

_random = random.SystemRandom()
# So many answers of the whole database are looked at in a night.
MOST = 20_000


class ComplaintSatisfactionPending(models.Model):
    """Answers that wait until there are enough of them: sealed, and nobody's.

    They are counted together, in an order that is drawn. Those of a unit with few go to
    the organisation as a whole once the year is over, as many as are enough there.
    Those that wait follow the rotation of the keys.
    """

    _name = "complaint.satisfaction.pending"
    _inherit = ["complaint.sealed"]
    _sealed_column = "sealed"
    _description = "Answer on its way"
    _log_access = False

    sealed = fields.Char(required=True, groups=fields.NO_ACCESS)

    @api.model
    def _cron_count(self):
        """Count what waits, unit by unit, where there are enough answers.

        Killed at any point nothing is lost or counted twice: the rows that are counted
        go in the transaction that counts them. Twice counts nothing more.
        """
        counted = self.with_user(SUPERUSER_ID)._count_waiting()
        self.env["ir.cron"]._commit_progress(counted)

    @api.model
    def _count_waiting(self):
        """Count what is enough; how many answers were looked at."""
        rows = self.search([], limit=MOST).try_lock_for_update()
        for company_id, answers in rows._by_company().items():
            company = self.env["res.company"].browse(company_id).exists()
            if company:
                self._count(company, answers)
        return len(rows)

    def _by_company(self):
        """What waits, opened: by company, pairs of the row and what it says."""
        found = defaultdict(list)
        for row in self:
            try:
                answer = keyring.decrypt(row.sealed)
            except keyring.IdentityUnreadable:
                continue
            found[answer["company"]].append((row, answer))
        return found

    @api.model
    def _count(self, company, answers):
        satisfaction = self.env["complaint.satisfaction"].with_user(SUPERUSER_ID)
        least = satisfaction._least(company)
        this_month = fields.Date.context_today(self).replace(day=1)
        by_unit = defaultdict(list)
        for pair in answers:
            by_unit[pair[1]["unit"]].append(pair)
        late, cells = [], []
        for unit_id, group in by_unit.items():
            if len(group) >= least:
                cells.append((unit_id, group))
            else:
                late += [one for one in group if one[1]["year"] < this_month.year]
        if len(late) >= least:
            cells.append((False, late))
        for unit_id, group in cells:
            _random.shuffle(group)
            units = self.env["complaint.unit"].browse(unit_id or []).exists()
            satisfaction.create(
                [
                    {
                        "company_id": company.id,
                        "unit_id": units.id,
                        "month": this_month,
                        **{name: answer[name] for name in QUESTIONS},
                    }
                    for _row, answer in group
                ]
            )
            self.browse(row.id for row, _answer in group).unlink()
