from datetime import date, timedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

# How far ahead a day is one that somebody means.
MOST_DAYS = 366


class ComplaintYearly(models.AbstractModel):
    """What is made once a year about a procedure, by one of its owners.

    One row for each procedure and year; a correction is a new one beside it, with the
    next ``revision``. Whose it is has it on the list of things to do, until it ends.
    """

    _name = "complaint.yearly"
    _inherit = ["complaint.guarded", "complaint.unseen"]
    _description = "Made once a year about a procedure"
    _order = "year desc, company_id, policy_code, revision desc"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    policy_id = fields.Many2one(
        "complaint.policy",
        string="Procedure",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        help="The version in force as this was opened.",
    )
    policy_code = fields.Char(required=True, readonly=True)
    year = fields.Integer(
        required=True, readonly=True, help="The year that is looked at."
    )
    revision = fields.Integer(string="Version", required=True, readonly=True, default=1)
    opened_on = fields.Date(required=True, readonly=True)
    due_on = fields.Date(string="Due", required=True)
    owner_id = fields.Many2one(
        "res.users",
        domain=lambda self: self._owner_domain(),
        ondelete="restrict",
        index=True,
        help="An owner of the procedure.",
    )
    is_overdue = fields.Boolean(compute="_compute_is_overdue")
    task_id = fields.Many2one(
        "mail.activity",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups=fields.NO_ACCESS,
    )

    @api.model
    def _owner_domain(self):
        group = self.env.ref("klagebehandling.group_procedure")
        return [("share", "=", False), ("all_group_ids", "in", group.ids)]

    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for row in self:
            is_open = not row._has_ended() and bool(row.due_on)
            row.is_overdue = is_open and row.due_on < today

    @api.depends("policy_id", "year", "revision")
    @api.depends_context("uid", "lang")
    def _compute_display_name(self):
        self._check_known()
        for row in self:
            row.display_name = f"{row.policy_id.sudo().name} {row.year}"

    # -- hooks

    def _has_ended(self):
        """Hook: whether nothing is left to do."""
        raise NotImplementedError

    @api.model
    def _open_ones(self):
        """Hook: the domain of those in which something is left to do."""
        raise NotImplementedError

    @api.model
    def _year_due(self, policy):
        """Hook: the year whose turn it is for a procedure, or None."""
        raise NotImplementedError

    @api.model
    def _open_for(self, policy, year):
        """Hook: open the one of a procedure and a year; as superuser."""
        raise NotImplementedError

    def _task(self):
        """Hook: the type of the task of an owner, and a translated summary."""
        raise NotImplementedError

    # -- guards

    def write(self, vals):
        result = super().write(vals)
        if {"owner_id", "due_on"} & vals.keys():
            self.sudo()._ask()
        return result

    def _check_values(self, operation, vals_list):
        super()._check_values(operation, vals_list)
        if self.env.su:
            return
        for vals in vals_list:
            if "owner_id" in vals:
                self._check_owner(vals["owner_id"])
            if "due_on" in vals:
                self._check_due(vals["due_on"])

    def _check_owner(self, user_id):
        for company in self.sudo().company_id:
            if user_id not in company._complaint_owners().ids:
                raise UserError(
                    self.env._("This is done by an owner of the procedure. Choose one.")
                )

    def _check_due(self, value):
        today = fields.Date.context_today(self)
        try:
            day = fields.Date.to_date(value)
        except (TypeError, ValueError):
            day = None
        if not day or not 0 <= (day - today).days <= MOST_DAYS:
            raise UserError(self.env._("Choose a day from today, within a year."))

    # -- when, and who is asked: as superuser

    @api.model
    def _cron_open(self):
        """Open the one of each procedure whose day of the year has come.

        A day that was missed is caught up. Twice opens nothing more; killed between two
        procedures, it goes on the next time. One whose owner is gone gets the first
        there is.
        """
        rows = self.with_user(SUPERUSER_ID)
        for policy, year in rows._find_due():
            rows._open_for(policy, year)
            if not self.env["ir.cron"]._commit_progress(1):
                return
        rows._find_owners()

    @api.model
    def _find_due(self):
        """The procedures whose turn it is, each with the year to look at."""
        policies = self.env["complaint.policy"]
        known = policies.search(
            [("company_id", "!=", False), ("state", "=", "in_force")]
        )
        due = []
        for code, company in {(one.code, one.company_id) for one in known}:
            versions = policies._versions(code, company)
            policy = versions._in_force_on(versions[:1]._today())
            year = self._year_due(policy)
            is_new = year and not self._newest(policy, year)
            if is_new and versions._were_there(year):
                due.append((policy, year))
        return sorted(due, key=lambda pair: pair[0].id)

    def _period(self):
        """The first and the last local day of the year that is looked at."""
        return date(self.year, 1, 1), date(self.year, 12, 31)

    def _same_year(self):
        """The domain of all revisions of this procedure and year."""
        return [
            ("company_id", "=", self.company_id.id),
            ("policy_code", "=", self.policy_code),
            ("year", "=", self.year),
        ]

    @api.model
    def _newest(self, policy, year):
        """The newest revision for a procedure and a year; empty without."""
        own = [
            ("company_id", "=", policy.company_id.id),
            ("policy_code", "=", policy.code),
            ("year", "=", year),
        ]
        return self.sudo().search(own, order="revision desc", limit=1)

    @api.model
    def _prepare_for(self, policy, year, due_on):
        """The values of a new row, whose owner is the first there is."""
        return {
            "company_id": policy.company_id.id,
            "policy_id": policy.id,
            "policy_code": policy.code,
            "year": year,
            "opened_on": policy._today(),
            "due_on": due_on,
            "owner_id": policy.company_id._complaint_owners().sorted("id")[:1].id,
        }

    def _prepare_revision(self, days):
        """What differs in the next revision, due in some days from today."""
        today = fields.Date.context_today(self)
        return {
            "revision": self.revision + 1,
            "opened_on": today,
            "due_on": today + timedelta(days=days),
            "owner_id": self.env.uid,
        }

    @api.model
    def _find_owners(self):
        """Name an owner for what is open and has none, or one who owns no more."""
        for company, rows in (
            self.search(self._open_ones()).grouped("company_id").items()
        ):
            owners = company._complaint_owners().sorted("id")
            left = rows.filtered(lambda row, owners=owners: row.owner_id not in owners)
            if left and owners:
                left.owner_id = owners[0]

    def _ask(self):
        """Put each on the list of things to do of its owner; nobody is mailed."""
        tasks = self.env["mail.activity"].with_user(SUPERUSER_ID)
        tasks = tasks.with_context(mail_activity_quick_update=True)
        self._end_tasks()
        for row in self:
            user = row.owner_id
            if user and not row._has_ended():
                kind, summary = row.with_context(lang=user.lang)._task()
                row.task_id = tasks.create(
                    {
                        "activity_type_id": kind.id,
                        "user_id": user.id,
                        "date_deadline": row.due_on,
                        "summary": summary,
                    }
                )

    def _end_tasks(self):
        self.task_id.with_user(SUPERUSER_ID).unlink()

    def _enter(self, event, **payload):
        """Enter an act in the journal of the organisation."""
        self.env["complaint.company.journal"].sudo()._append(
            [
                (
                    one.company_id,
                    event,
                    {"policy": one.policy_code, "year": one.year, **payload},
                )
                for one in self
            ]
        )

    def _open_form(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }
