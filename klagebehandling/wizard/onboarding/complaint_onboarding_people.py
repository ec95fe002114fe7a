from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import email_normalize, escape_psql

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

# Whom the page asks for, and the right that each task needs.
TASKS = {
    "manager": "klagebehandling.group_manager",
    "independent": "klagebehandling.group_independent",
    "fallback": "klagebehandling.group_handler",
}


class ComplaintOnboarding(models.TransientModel):
    """Who answers and who receives: chosen among colleagues, or made on the spot."""

    _inherit = "complaint.onboarding"

    manager_name = fields.Char(string="New manager")
    manager_email = fields.Char(string="E-mail of the new manager")
    manager_sees = fields.Char(compute="_compute_sees")
    independent_name = fields.Char(string="New independent receiver")
    independent_email = fields.Char(string="E-mail of the new independent receiver")
    independent_sees = fields.Char(compute="_compute_sees")
    fallback_name = fields.Char(string="New fallback receiver")
    fallback_email = fields.Char(string="E-mail of the new fallback receiver")
    fallback_sees = fields.Char(compute="_compute_sees")

    @api.depends_context("lang")
    def _compute_sees(self):
        for task, group in TASKS.items():
            self[f"{task}_sees"] = self.env.ref(group).sudo().comment

    def _find_people(self):
        """Have a user for each task: a colleague, or somebody made now.

        Whoever signs in with the address already is that person: nobody is made twice.

        :return: the users that were made, and have to be invited
        :raises AccessError: where somebody is to be made by who may not
        :raises ValidationError: where one person would have two of the tasks
        """
        addresses = self._read_addresses()
        for task, address in addresses.items():
            self[f"{task}_id"] = self._known_colleague(address)
        self._check_choice()
        newcomers = self.env["res.users"]
        for task, address in addresses.items():
            if not self[f"{task}_id"]:
                self[f"{task}_id"] = self._create_colleague(task, address)
                newcomers |= self[f"{task}_id"]
        return newcomers

    def _is_given(self, name):
        task = name.removesuffix("_id")
        is_new = task in TASKS and bool(self[f"{task}_name"] and self[f"{task}_email"])
        return is_new or super()._is_given(name)

    def _read_addresses(self):
        """The address of who is to be made, by task; a chosen colleague goes first."""
        new = {
            task: (self[f"{task}_name"], self[f"{task}_email"])
            for task in TASKS
            if not self[f"{task}_id"]
            and (self[f"{task}_name"] or self[f"{task}_email"])
        }
        if new and not self.may_create_users:
            raise AccessError(
                self.env._(
                    "Users are made by an administrator of access rights. Choose among "
                    "your colleagues."
                )
            )
        addresses = {task: email_normalize(email) for task, (_, email) in new.items()}
        if not all(name and name.strip() for name, _email in new.values()):
            raise ValidationError(self.env._("Enter the name of each new colleague."))
        if not all(addresses.values()):
            raise ValidationError(
                self.env._("Enter one e-mail address for each new colleague.")
            )
        if len({*addresses.values()}) < len(addresses):
            raise ValidationError(
                self.env._("Each of these tasks has a person of its own.")
            )
        return addresses

    def _known_colleague(self, address):
        """Who signs in with an address; nobody, where it is free.

        :raises ValidationError: for somebody who cannot have a task in this company
        """
        users_sudo = self.env["res.users"].sudo().with_context(active_test=False)
        # An underscore is a letter like any other here.
        login = escape_psql(address)
        user_sudo = users_sudo.search([("login", "=ilike", login)], limit=1)
        if user_sudo and not (
            user_sudo.active
            and user_sudo._is_internal()
            and self.company_id in user_sudo.company_ids
        ):
            raise ValidationError(
                self.env._(
                    "Somebody who is no colleague here signs in with %(address)s. "
                    "Choose another address.",
                    address=address,
                )
            )
        return user_sudo.with_env(self.env)

    def _create_colleague(self, task, address):
        """Make a user with the right that the task needs, not yet invited."""
        self.preset_id.sudo()._install_language()
        return (
            self.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": self[f"{task}_name"].strip(),
                    "login": address,
                    "email": address,
                    "lang": self.preset_id.lang,
                    "tz": self.preset_id.tz,
                    "company_id": self.company_id.id,
                    "company_ids": [Command.set(self.company_id.ids)],
                    "group_ids": [Command.set(self.env.ref(TASKS[task]).ids)],
                }
            )
            .with_env(self.env)
        )

    def _invite(self, newcomers):
        """Send Odoo's invitation, which is sent again from Users where it fails."""
        if not newcomers:
            return
        invited = newcomers.with_context(create_user=True)
        try:
            invited._action_reset_password(signup_type="signup")
        except MailDeliveryException:
            invited.partner_id.signup_cancel()
