from odoo import api, fields, models


class ComplaintCase(models.Model):
    """Keeps how many working days passed until the person heard, as they were counted
    then (E-36): a calendar that is changed later changes no figure of the past.

    Where nothing has happened yet they are 0. ``complaint.case.report`` leaves these
    out, so that it is the one place to read averages from.
    """

    _inherit = "complaint.case"

    workdays_to_acknowledge = fields.Integer(
        string="Working days to acknowledge",
        compute="_compute_workdays_to_acknowledge",
        store=True,
        aggregator=None,
    )
    workdays_to_answer = fields.Integer(
        string="Working days to answer",
        compute="_compute_workdays_to_answer",
        store=True,
        aggregator=None,
    )

    @api.depends("deadline_ids.met_on", "received_at", "policy_id")
    def _compute_workdays_to_acknowledge(self):
        for case in self:
            met = case.deadline_ids.filtered(
                lambda duty: duty.milestone == "acknowledge" and duty.met_on
            )
            first = min(met.mapped("met_on"), default=False)
            case.workdays_to_acknowledge = case._count_workdays_until(first)

    @api.depends("answered_at", "received_at", "policy_id")
    def _compute_workdays_to_answer(self):
        for case in self:
            case.workdays_to_answer = case._count_workdays_until(case.answered_at)

    def _count_workdays_until(self, moment):
        """The working days after the day of receipt until a moment; 0 without one."""
        if not moment:
            return 0
        policy = self.policy_id.sudo()
        return policy._count_work_days(
            self._received_on(), policy._local(moment).date()
        )
