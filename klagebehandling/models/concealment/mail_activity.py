from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import UserError


class MailActivity(models.Model):
    """A task in a case is seen by who works the case, and given to nobody else.

    Leak: who is assigned keeps a task with the name of its case, and is mailed it.
    Proved by ``test_walled_users_cannot_be_given_a_task``,
    ``test_task_is_mailed_to_nobody`` and
    ``test_world_is_the_same_without_the_hidden_cases``.
    """

    _name = "mail.activity"
    _inherit = ["complaint.case.attached", "mail.activity"]
    _is_found_first = True

    def _compute_res_name(self):
        """Store the name of what is hidden whoever's act makes Odoo compute it.

        A form that nobody has saved shows it to who can read that only.
        """
        unseen = self.env.registry.descendants(["complaint.unseen"], "_inherit")
        tasks = self.filtered(lambda task: task.id and task.res_model in unseen)
        super(MailActivity, self - tasks)._compute_res_name()
        for task in tasks:
            document = self.env[task.res_model].with_user(SUPERUSER_ID)
            task.res_name = document.browse(task.res_id).display_name

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._check_assigned()
        return activities

    def write(self, vals):
        result = super().write(vals)
        if {"user_id", "res_id", "res_model_id"} & vals.keys():
            self._check_assigned()
        return result

    def action_notify(self):
        """Nobody is mailed of a task in a case: it waits in the person's list."""
        walled = self._walled_models()
        return super(
            MailActivity, self.filtered(lambda task: task.res_model not in walled)
        ).action_notify()

    def _check_assigned(self):
        """Refuse to give a task in a case to somebody who does not work it.

        The words are the same whether the person is behind the wall or not.
        """
        walled = self._walled_models()
        tasks = self.sudo().filtered(
            lambda task: task.user_id and task.res_model in walled
        )
        for (model, user), group in tasks.grouped(
            lambda task: (task.res_model, task.user_id)
        ).items():
            rows = self.env[model].browse(group.mapped("res_id")).with_user(user)
            refused = rows._concealed() if self.env.su else rows - rows._worked()
            if refused:
                raise UserError(
                    self.env._("This person cannot handle the case. Choose another.")
                )
