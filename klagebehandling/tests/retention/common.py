from unittest.mock import patch

from freezegun import freeze_time

from ..common import ComplaintCase

CLOSED = "2024-01-10 09:00:00"
# The first day after the two years of the rule.
DUE = "2026-01-11 09:00:00"
TODAY = "2026-11-02 09:00:00"
DECISION = {
    "decision_number": "KS 2023-117",
    "decision_on": "2023-05-02",
    "decision_body": "Kommunstyrelsen",
}


class RetentionCase(ComplaintCase):
    """Cases are kept for two years after their end; one of them has ended."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._quieten_the_rest()
        cls.disposals = cls.env["complaint.disposal"]
        cls.rule = cls._rule()
        cls.case = cls._ended()

    def setUp(self):
        super().setUp()
        cron = type(self.env["ir.cron"])
        self.commit = self.startPatcher(
            patch.object(cron, "_commit_progress", return_value=60)
        )

    @classmethod
    def _rule(cls, **values):
        rules = cls.env["complaint.retention.rule"].with_user(cls.owner)
        given = {"policy_id": cls.policy.id, "years": 2, "basis": "Plan, 3.2"}
        return rules.create({**given, **values})

    @classmethod
    def _ended(cls, outcome="upheld", fill=None, **values):
        """A case that has ended, with all its duties done and letters sent.

        :param fill: what is done with it before
        """
        with freeze_time(CLOSED):
            case = cls._register(**values)
            if fill:
                fill(case)
            case.action_inform_staff()
            case.action_close(outcome)
            cls._deliver(case)
            still = case.sudo().deadline_ids
            still.filtered(lambda one: one.state in ("running", "late"))._waive("Moot")
            cls.env.flush_all()
        return case.sudo()

    def _make_public(self):
        """The procedure binds cases already: past what freezes it."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE complaint_policy SET is_public_body = TRUE WHERE id = %s",
            [self.policy.id],
        )
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()

    def _night(self):
        """What the clock does, and the disposals of these cases."""
        self.disposals._cron_keep_terms()
        self.env.invalidate_all()
        return self.disposals.search([("company_id", "=", self.company.id)])

    def _proposed(self, case=None):
        rows = self._night().filtered(lambda row: row.state == "proposed")
        return rows & self._rows(case) if case else rows

    def _rows(self, case):
        return self.disposals.search([("case_id", "=", case.id)])

    def _disposed(self, case=None):
        """Have a case disposed of, as a person and the clock do."""
        case = case or self.case
        self._proposed(case).with_user(self.approver).action_approve()
        self._night()
        return case

    def _findings(self, case):
        journal = self.env["complaint.journal"].sudo()
        return {(one.kind, one.what) for one in journal._verify(case)}
