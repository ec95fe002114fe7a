from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import SUPERUSER_ID, api, fields, models
from odoo.fields import Command, Domain

# What tells of no fault.
NOT_COUNTED = ("praise", "suggestion")


class ComplaintPattern(models.Model):
    """Finds patterns: each receiver's over what that person may read, and no more.

    The nearest in charge of the unit comes first, then who stands above, then the
    independent receiver. Somebody further up is told only where there is a case behind
    it that nobody below may read (C-18).
    """

    _inherit = "complaint.pattern"

    @api.model
    def _cron_find(self):
        """Look for patterns in each organisation, once a night.

        Twice finds nothing new; killed between two organisations, it goes on the next
        night. What was decided comes back only with as many new cases.
        """
        cron = self.env["ir.cron"]
        finder = self.with_user(SUPERUSER_ID)
        for company in self.env["complaint.company.journal"]._companies():
            finder._find_in(company)
            if not cron._commit_progress(1):
                break

    @api.model
    def _find_in(self, company):
        """Bring the undecided patterns of an organisation up to date."""
        units = self.env["complaint.unit"].with_context(active_test=False)
        units = units.search([("company_id", "=", company.id)])
        hits = self._hits_by_place(company, units)
        known = self.search([("company_id", "=", company.id)])
        decided = defaultdict(set)
        for pattern in known.filtered(lambda one: one.state != "new"):
            decided[pattern._key()] |= {*pattern.case_ids.ids}
        found = {}
        for (unit, ground), cases in hits.items():
            self._find_repeats(unit, ground, cases, decided, found)
        for action in self._done_measures(company, units):
            self._find_recurrence(action, hits, decided, found)
        self._keep(company, known.filtered(lambda one: one.state == "new"), found)

    @api.model
    def _hits_by_place(self, company, units):
        """The complaints of the widest window, by unit and ground, oldest first."""
        months = max(units.effective_policy_id.mapped("pattern_months"), default=0)
        since = fields.Datetime.now() - relativedelta(months=months)
        cases = self.env["complaint.case"].search(
            Domain("company_id", "=", company.id)
            & Domain("received_at", ">=", since)
            & Domain("kind", "not in", NOT_COUNTED)
            & Domain("is_repeat", "=", False)
            & Domain("state", "not in", ("redirected", "withdrawn")),
            order="received_at, id",
        )
        places = defaultdict(cases.browse)
        for case in cases:
            for ground in case.category_ids.filtered(lambda g: not g.is_out_of_scope):
                places[case.unit_id, ground] |= case
        return places

    @api.model
    def _receivers(self, unit):
        """Who may be told, nearest first: ``(user, is_independent)``."""
        nobody = self.env["res.users"]
        line = [(user, False) for user in unit._in_charge(nobody)]
        policy = unit.effective_policy_id
        outside = [
            (user, True)
            for user in (policy.independent_id, policy.fallback_id)
            if user and unit._can_handle(user, nobody)
        ]
        return line + outside

    @api.model
    def _readable(self, cases, user, is_independent):
        """Those of some cases that a receiver reads, for the place that they have."""
        return cases.filtered(
            lambda case: (
                case.is_restricted == is_independent
                and user not in case.walled_user_ids
                and user not in case.barred_user_ids
            )
        )

    @api.model
    def _find_repeats(self, unit, ground, cases, decided, found):
        """The first rule: so many times in the same unit, within so many months."""
        policy = unit.effective_policy_id
        if not policy.pattern_count:
            return
        since = fields.Datetime.now() - relativedelta(months=policy.pattern_months)
        cases = cases.filtered(lambda case: case.received_at >= since)
        seen, known = cases.browse(), set()
        for user, is_independent in self._receivers(unit):
            key = ("repeat", user.id, unit.id, ground.id, 0)
            own = self._readable(cases, user, is_independent)
            known |= decided[key]
            fresh = own.filtered(lambda case, known=known: case.id not in known)
            if len(fresh) >= policy.pattern_count and fresh - seen:
                found[key] = (fresh, is_independent)
                seen |= fresh

    @api.model
    def _done_measures(self, company, units):
        """The measures that shall have removed a cause, and are done."""
        months = max(units.effective_policy_id.mapped("pattern_months"), default=0)
        since = fields.Date.today() - relativedelta(months=months)
        return self.env["complaint.action"].search(
            [
                ("company_id", "=", company.id),
                ("state", "in", ("done", "checked")),
                ("is_remedy", "=", False),
                ("done_on", ">=", since),
                ("unit_id", "!=", False),
            ]
        )

    @api.model
    def _find_recurrence(self, action, hits, decided, found):
        """The second rule: it happened again after a measure against it was done."""
        unit, origin = action.unit_id, action._all_cases()
        if not unit.effective_policy_id.pattern_count:
            return
        for ground in action.case_id.category_ids | action.issue_id.category_id:
            later = hits.get((unit, ground), origin.browse()).filtered(
                lambda case: case._received_on() > action.done_on
            )
            later -= origin
            seen, known = later.browse(), set()
            for user, is_independent in self._receivers(unit):
                key = ("recurrence", user.id, unit.id, ground.id, action.id)
                if origin - self._readable(origin, user, is_independent):
                    continue
                known |= decided[key]
                own = self._readable(later, user, is_independent)
                fresh = own.filtered(lambda case, known=known: case.id not in known)
                if fresh - seen:
                    found[key] = (fresh, is_independent)
                    seen |= fresh

    @api.model
    def _keep(self, company, waiting, found):
        """Write what was found: new rows, and new cases behind those that wait."""
        by_key = {pattern._key(): pattern for pattern in waiting}
        rows = []
        for key, (cases, is_independent) in found.items():
            values = self._prepare(company, key, cases, is_independent)
            pattern = by_key.get(key)
            if not pattern:
                rows.append(values)
            elif pattern.case_ids != cases:
                pattern.write(values)
        new = self.create(rows)
        self._tell(new.receiver_id)
        for pattern in waiting:
            is_left = (pattern.receiver_id, pattern.is_independent) not in (
                self._receivers(pattern.unit_id)
            )
            if pattern._key() not in found and is_left:
                pattern.unlink()

    @api.model
    def _prepare(self, company, key, cases, is_independent):
        rule, user_id, unit_id, ground_id, action_id = key
        days = [case._received_on() for case in cases]
        policy = self.env["complaint.unit"].browse(unit_id).effective_policy_id
        return {
            "rule": rule,
            "receiver_id": user_id,
            "company_id": company.id,
            "unit_id": unit_id,
            "category_id": ground_id,
            "action_id": action_id,
            "case_ids": [Command.set(cases.ids)],
            "case_count": len(cases),
            "is_independent": is_independent,
            "first_on": min(days),
            "last_on": max(days),
            "months": policy.pattern_months,
        }

    def _key(self):
        return (
            self.rule,
            self.receiver_id.id,
            self.unit_id.id,
            self.category_id.id,
            self.action_id.id or 0,
        )

    @api.model
    def _tell(self, users):
        """Put it on the lists of who receives patterns; the task names nothing."""
        kind = self.env.ref("klagebehandling.mail_activity_type_pattern")
        activities = self.env["mail.activity"].with_user(SUPERUSER_ID)
        told = activities.search(
            [("activity_type_id", "=", kind.id), ("user_id", "in", users.ids)]
        ).user_id
        today = fields.Date.context_today(self)
        activities.with_context(mail_activity_quick_update=True).create(
            [
                {
                    "activity_type_id": kind.id,
                    "user_id": user.id,
                    "date_deadline": today,
                    "summary": self.with_context(lang=user.lang).env._(
                        "There is a pattern in complaints for you to decide on"
                    ),
                }
                for user in users - told
            ]
        )
