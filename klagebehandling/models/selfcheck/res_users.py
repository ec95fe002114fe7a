from odoo import SUPERUSER_ID, fields, models


class ResUsers(models.Model):
    """Asks people for what the organisation owes: one quiet task of each kind."""

    _inherit = "res.users"

    def _complaint_ask(self, kind, say):
        """Put one task on each list that has none of the kind; nobody is mailed.

        :param kind: xmlid of a type of task that hangs on no document
        :param say: the words, of an environment in the language of the reader
        """
        activities = self.env["mail.activity"].with_user(SUPERUSER_ID)
        type_id = self.env["ir.model.data"]._xmlid_to_res_id(kind)
        told = activities.search(
            [("activity_type_id", "=", type_id), ("user_id", "in", self.ids)]
        ).user_id
        today = fields.Date.context_today(self)
        activities.with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": type_id,
                    "user_id": user.id,
                    "date_deadline": today,
                    "summary": say(self.with_context(lang=user.lang).env),
                }
                for user in self.sudo() - told
                if user.active
            ]
        )

    def _complaint_relieve(self, kind):
        """Take the tasks of a kind away from these users."""
        activities = self.env["mail.activity"].with_user(SUPERUSER_ID)
        type_id = self.env["ir.model.data"]._xmlid_to_res_id(kind)
        activities.search(
            [("activity_type_id", "=", type_id), ("user_id", "in", self.ids)]
        ).unlink()
