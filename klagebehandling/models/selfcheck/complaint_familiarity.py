from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

ROUTINE = "klagebehandling.mail_activity_type_routine"


class ComplaintFamiliarity(models.Model):
    """One colleague and one version of the routine: known since when, trained when.

    There is a row for each user and version in force (D-18): the night makes it, and
    the person confirms it in one click. A new version is another row, and asks anew.
    Who leads the units of that person sees it, with the training (E-10).
    """

    _name = "complaint.familiarity"
    _inherit = ["complaint.guarded", "complaint.unseen"]
    _description = "Knows the routine"
    _order = "confirmed_on desc nulls first, user_id, id"
    _rec_name = "routine_name"

    user_id = fields.Many2one(
        "res.users",
        string="Colleague",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    policy_id = fields.Many2one(
        "complaint.policy",
        string="Procedure",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    unit_ids = fields.Many2many(
        "complaint.unit",
        "complaint_familiarity_unit",
        "familiarity_id",
        "unit_id",
        string="Units",
        readonly=True,
        help="Who leads one of them sees the row.",
    )
    is_current = fields.Boolean(
        string="In force now",
        default=True,
        readonly=True,
        help="This version binds a unit of the colleague today.",
    )
    confirmed_on = fields.Date(string="Routine known since", readonly=True)
    is_asked = fields.Boolean(related="policy_id.is_routine_confirmed")
    # The person confirms what can be read here: the routine itself is not for all.
    routine_name = fields.Char(string="Routine", related="policy_id.name")
    valid_from = fields.Date(string="In force from", related="policy_id.valid_from")
    change_reason = fields.Text(related="policy_id.change_reason")
    purpose = fields.Html(related="policy_id.purpose")
    scope = fields.Html(related="policy_id.scope")
    welcome_text = fields.Html(related="policy_id.welcome_text")
    protection_text = fields.Html(related="policy_id.protection_text")
    steps_text = fields.Html(related="policy_id.steps_text")
    is_trained = fields.Boolean(related="policy_id.is_training_recorded")
    trained_on = fields.Date(string="Last trained", compute="_compute_training")
    trained_by = fields.Char(string="Trained by", compute="_compute_training")
    next_training_on = fields.Date(
        string="Next training until", compute="_compute_training"
    )
    is_training_due = fields.Boolean(
        string="Training is due",
        compute="_compute_training",
        search="_search_is_training_due",
    )

    _version_unique = models.Constraint(
        "UNIQUE (company_id, user_id, policy_id)", "This colleague was asked already."
    )

    @api.depends("user_id", "policy_id.training_months")
    @api.depends_context("uid")
    def _compute_training(self):
        rows = self.sudo()
        trainings = self.env["complaint.training"].sudo()
        trainings = trainings.search(
            [
                ("user_id", "in", rows.user_id.ids),
                ("company_id", "in", rows.company_id.ids),
            ],
            order="trained_on, id",
        )
        latest = {(one.user_id, one.company_id): one for one in trainings}
        today = fields.Date.context_today(self)
        for row in self:
            row_sudo = row.sudo()
            last = latest.get((row_sudo.user_id, row_sudo.company_id), trainings[:0])
            months = row_sudo.policy_id.training_months
            until = last.trained_on and months
            row.trained_on, row.trained_by = last.trained_on, last.given_by
            row.next_training_on = until and last.trained_on + relativedelta(
                months=months
            )
            is_known = row.trained_on and (
                not row.next_training_on or row.next_training_on >= today
            )
            row.is_training_due = row_sudo.is_trained and not is_known

    def _search_is_training_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        trained = self.sudo().search([("policy_id.is_training_recorded", "=", True)])
        due = trained.filtered("is_training_due")
        return [("id", "in" if True in value else "not in", due.ids)]

    def action_confirm(self):
        """Confirm that one knows the routine in force: one click, for oneself (D-18).

        :raises AccessError: for somebody else's
        :raises UserError: for a version that is no longer in force
        """
        for row in self:
            row.check_access("read")
            if row.user_id != self.env.user:
                raise AccessError(
                    self.env._("Everybody confirms for themselves, and nobody else.")
                )
            if row.confirmed_on:
                continue
            if not row.is_current:
                raise UserError(
                    self.env._("Another version is in force by now. Confirm that one.")
                )
            row.sudo().confirmed_on = fields.Date.context_today(self)
        asked = [("user_id", "=", self.env.uid), *self._asked()]
        if not self.sudo().search_count(asked, limit=1):
            self.env.user._complaint_relieve(ROUTINE)
        return True

    def action_train(self, trained_on=None, text=None):
        """Record that colleagues were trained in the system (E-10).

        :param trained_on: local date, today without it
        :param text: by whom or at what
        :raises AccessError: for who does not lead them
        """
        self.check_access("read")
        day = fields.Date.to_date(trained_on) or fields.Date.context_today(self)
        self.env["complaint.training"].create(
            [
                {
                    "user_id": row.user_id.id,
                    "company_id": row.company_id.id,
                    "trained_on": day,
                    "given_by": text or self.env.user.name,
                }
                for row in self
            ]
        )
        return True

    @api.model
    def _asked(self):
        return [
            ("confirmed_on", "=", False),
            ("is_current", "=", True),
            ("policy_id.is_routine_confirmed", "=", True),
        ]

    @api.model
    def _cron_ask(self):
        """Bring up to date who is to know which version, in each organisation.

        Twice changes nothing; killed between two organisations it goes on next time.
        """
        cron, known = self.env["ir.cron"], self.with_user(SUPERUSER_ID)
        for company in self.env["complaint.company.journal"]._companies():
            known._renew(company)
            if not cron._commit_progress(1):
                break

    @api.model
    def _renew(self, company):
        """The rows of an organisation, as they are by today; what is confirmed stays.

        A few queries, however many colleagues there are.
        """
        needed = self._needed(company)
        rows = self.search([("company_id", "=", company.id)])
        known = {(row.user_id, row.policy_id): row for row in rows}
        people = rows.user_id
        for key, row in known.items():
            is_current, units = key in needed, needed.get(key, row.unit_ids)
            if not is_current and not row.confirmed_on:
                row.unlink()
            elif (row.is_current, row.unit_ids) != (is_current, units):
                row.write(
                    {"is_current": is_current, "unit_ids": [Command.set(units.ids)]}
                )
        self.create(
            [
                {
                    "user_id": user.id,
                    "policy_id": policy.id,
                    "company_id": company.id,
                    "unit_ids": [Command.set(units.ids)],
                }
                for (user, policy), units in needed.items()
                if (user, policy) not in known
            ]
        )
        asked = self.search([("company_id", "=", company.id), *self._asked()]).user_id
        asked._complaint_ask(
            ROUTINE,
            lambda env: env._("Confirm that you know the routine for complaints"),
        )
        every = self.search(self._asked()).user_id
        (people - every)._complaint_relieve(ROUTINE)

    @api.model
    def _needed(self, company):
        """Who is to know which version today: ``{(user, policy): units}``.

        Who is in no unit is counted where the organisation receives.
        """
        unit_model = self.env["complaint.unit"].sudo().with_company(company)
        units = unit_model.search([("company_id", "=", company.id)])
        staff = self.env["res.users"].sudo()
        staff = staff.search(
            [("share", "=", False), ("company_ids", "in", company.ids)]
        )
        places = defaultdict(unit_model.browse)
        for unit in units:
            for user in (unit.manager_id | unit.deputy_id | unit.member_ids) & staff:
                places[user] |= unit
        front = unit_model._front_unit()
        in_force, needed = {}, defaultdict(unit_model.browse)
        for user in staff:
            for unit in places[user] or front:
                if unit not in in_force:
                    in_force[unit] = unit._policy_today()
                policy = in_force[unit]
                if policy.is_routine_confirmed or policy.is_training_recorded:
                    needed[user, policy] |= unit
        return needed


def check_day(env, day):
    """Refuse a day on which nobody can have been trained yet."""
    if not day or day > fields.Date.context_today(env.user):
        raise ValidationError(env._("Enter the day of the training, today or before."))
