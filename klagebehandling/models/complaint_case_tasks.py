from odoo import SUPERUSER_ID, api, fields, models

TASKS = "klagebehandling.mail_activity_type_%s"


class ComplaintCase(models.Model):
    """Tasks for the people of a case, planned in batches and around the wall."""

    _inherit = "complaint.case"

    @api.model
    def _plan_tasks(self, kind, tasks):
        """Give people something to do, many at once; nobody is mailed.

        :param kind: ``promise``, ``delivery``, ``news``, ``notice`` or ``identity``
        :param tasks: list of ``(case, user, summary, date)``; a task for somebody
            behind the wall is dropped
        """
        type_id = self.env["ir.model.data"]._xmlid_to_res_id(TASKS % kind)
        model = self.env["ir.model"]._get_id(self._name)
        rows = [
            {
                "activity_type_id": type_id,
                "res_model_id": model,
                "res_id": case.id,
                "user_id": user.id,
                "summary": summary,
                "date_deadline": day,
            }
            for case, user, summary, day in tasks
            if user.active and user not in case.sudo().walled_user_ids
        ]
        # A task carries the name of its case: who causes it may not see that.
        activity = self.env["mail.activity"].with_user(SUPERUSER_ID)
        return activity.with_context(mail_activity_quick_update=True).create(rows)

    def _superior(self, steps):
        """Who stands above the handler, outside the wall, so many steps further up.

        Where the line ends it is the last one up; where there is none, or the case is
        handled independently, the independent receiver.
        """
        case = self.sudo()
        line = self.env["res.users"].sudo()
        if not case.is_restricted:
            for unit in case.unit_id._line():
                line |= unit._in_charge()
            line -= case.walled_user_ids
            if case.handler_id in line:
                ids = line.ids
                line = line.browse(ids[ids.index(case.handler_id.id) + 1 :])
        if not line:
            return case.policy_id.independent_id - case.walled_user_ids
        return line[min(steps, len(line) - 1)]

    def _finish_tasks(self):
        """Drop the clock's tasks that were due once the duty is done."""
        self.env["mail.activity"].sudo().search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "=", self.env.ref(TASKS % "promise").id),
                ("date_deadline", "<=", fields.Date.context_today(self)),
            ]
        ).unlink()
