from collections import defaultdict

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..case.complaint_case import LINKS, OPEN_STATES
from ..unit.complaint_unit_receiver import LINE_ROUTES

# What decides who reads a case, apart from its wall.
READERS_HANG_ON = {"handler_id", "unit_id", "kind", "about_manager", *LINKS}
# Who can read which case, as the rules of access say it for the roles that work
# cases. In one statement for all of them: an act by an administrator concerns every
# case of an organisation.
UNREADABLE = """
    WITH reader AS (
        SELECT u.id, member.cid AS company_id,
               bool_or(own.gid = ANY(%(handlers)s)) AS is_handler,
               bool_or(own.gid = ANY(%(managers)s)) AS is_manager,
               bool_or(own.gid = ANY(%(independents)s)) AS is_independent
          FROM res_users u
          JOIN res_groups_users_rel own ON own.uid = u.id
          JOIN res_company_users_rel member ON member.user_id = u.id
         WHERE u.active AND own.gid = ANY(%(all)s)
         GROUP BY u.id, member.cid
    )
    SELECT c.id FROM complaint_case c
     WHERE %(scope)s
       AND NOT EXISTS (
           SELECT FROM reader r
            WHERE r.id = c.handler_id AND r.company_id = c.company_id
              AND NOT EXISTS (SELECT FROM complaint_case_wall w
                               WHERE w.case_id = c.id AND w.user_id = r.id))
       AND NOT EXISTS (
           SELECT FROM reader r
            WHERE r.company_id = c.company_id
              AND CASE WHEN c.is_restricted THEN r.is_independent
                  ELSE r.is_manager AND EXISTS (
                           SELECT FROM complaint_unit_line_manager_rel l
                            WHERE l.complaint_unit_id = c.unit_id
                              AND l.res_users_id = r.id)
                    OR r.is_handler AND EXISTS (
                           SELECT FROM complaint_unit_res_users_rel m
                            WHERE m.complaint_unit_id = c.unit_id
                              AND m.res_users_id = r.id) END
              AND NOT EXISTS (SELECT FROM complaint_party p
                               WHERE p.case_id = c.id AND p.user_id = r.id)
              AND NOT EXISTS (SELECT FROM complaint_case_wall w
                               WHERE w.case_id = c.id AND w.user_id = r.id))
"""


class ComplaintCase(models.Model):
    """Keeps each case readable by somebody.

    An act in a case is refused where nobody would be left (``_check_readable``). Acts
    outside call ``_hand_up``, which gives cases on and refuses nothing: who acts may
    not know of them. What nobody may receive waits, and the auditors are alarmed.
    """

    _inherit = "complaint.case"

    def write(self, vals):
        if not READERS_HANG_ON & vals.keys():
            return super().write(vals)
        before = self._unreadable()
        result = super().write(vals)
        self._check_readable(before)
        return result

    def _unreadable(self, companies=None):
        """Those that nobody can read who works cases.

        :param companies: all cases of these organisations, instead of ``self``
        """
        scope = SQL("c.id = ANY(%s)", self.ids)
        if companies is not None:
            scope = SQL("c.company_id = ANY(%s)", companies.ids)
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(UNREADABLE, scope=scope, **self._reading_groups())
        )
        return self.browse(row[0] for row in rows)

    @api.model
    def _reading_groups(self):
        """Ids of the groups that let their users read cases, by what they read."""
        # While the addon is installed or removed, a group may not be there.
        groups = {"handlers": [], "managers": [], "independents": []}
        for id_, name in self.env["res.groups"]._complaint_group_names().items():
            if f"{name}s" in groups:
                group = self.env["res.groups"].sudo().browse(id_)
                groups[f"{name}s"] = group.all_implied_by_ids.ids
        return dict(groups, all=groups["handlers"] + groups["independents"])

    def _check_readable(self, before):
        """Refuse an act in these cases that leaves one of them to nobody.

        :param before: those that nobody could read before it
        """
        if self._unreadable() - before:
            self._refuse_unread()

    def _refuse_unread(self):
        raise UserError(
            self.env._(
                "Nobody would be left who may read the case. Name another receiver in "
                "the procedure first, then try again."
            )
        )

    def _find_receiver(self):
        """Who receives the case now, as ``complaint.unit._receiver`` answers."""
        start, _reason = self.unit_id._line_start(self.category_ids)
        return start._receiver(
            self.policy_id, self._kept_out(), is_restricted=self.is_restricted
        )

    def _give_on(self):
        """Give the cases to who receives them now.

        :return: those that nobody may receive; they stay as they are
        """
        cases_by_receiver = defaultdict(self.browse)
        for case in self.sudo():
            user, route = case._find_receiver()
            is_restricted = case.is_restricted or route not in LINE_ROUTES
            cases_by_receiver[user, is_restricted] |= case
        left = self.sudo().browse()
        for (user, is_restricted), cases in cases_by_receiver.items():
            if user:
                values = {"handler_id": user.id, "is_restricted": is_restricted}
                cases.sudo().write(values)
            else:
                left |= cases
        return left

    @api.model
    def _hand_up(self, companies, users=None, cases=None):
        """Give on what an act outside the cases leaves to nobody, with that act.

        Called where roles, a line of management or the receivers of a procedure
        change. Whoever does that may not know of any case: nothing is refused and
        nothing told. An ended case is given on when nobody reads it any more.

        :param companies: whose cases are concerned
        :param users: whose roles have changed
        :param cases: that have lost their handler, or who led their unit
        """
        known = self.with_user(SUPERUSER_ID)
        users = users or self.env["res.users"]
        domain = Domain("handler_id", "in", users.ids)
        domain |= Domain("handler_id", "=", False) & Domain("is_restricted", "=", True)
        domain &= Domain("company_id", "in", companies.ids)
        stranded = known.search(domain & Domain("state", "in", OPEN_STATES))
        stranded = stranded.filtered(lambda case: not case._is_handled())
        stranded |= known._unreadable(companies)
        stranded |= known.browse(cases.ids if cases else ())
        left = stranded._give_on()
        (stranded - left)._tell_receivers(users)
        left._keep_waiting()

    @api.model
    def _without_leader(self, left):
        """The open cases that go up the line because a unit has nobody who leads it.

        All of a closed unit; else those of who led it, wherever below they work them.
        Who is in charge further up, and what is handled independently, stays.

        :param left: by unit, who has led it until now
        """
        found = self.sudo().browse()
        for unit, leaders in left.items():
            below = Domain("handler_id", "in", leaders.ids)
            below &= Domain("unit_id", "child_of", unit.ids)
            if not unit.active:
                below |= Domain("unit_id", "=", unit.id)
            below &= Domain("is_restricted", "=", False)
            found |= found.search(below & Domain("state", "in", OPEN_STATES))
        return found.filtered(
            lambda case: (
                case.handler_id not in case.unit_id._in_charge(case.walled_user_ids)
            )
        )

    @api.model
    def _handled_by(self, users):
        """The open cases of some users."""
        return self.search(
            [("handler_id", "in", users.ids), ("state", "in", OPEN_STATES)]
        )

    def _is_handled(self):
        """Whether the handler can read the case."""
        return self.unit_id._can_handle(self.handler_id, self.walled_user_ids)

    def _is_waiting(self):
        """Whether nobody may receive the case: it waits until somebody may."""
        return self.is_restricted and not self.handler_id and not self._has_ended()

    def _tell_receivers(self, users):
        """Put a task on the lists of the handlers, with those that others had.

        :param users: whose tasks in these cases go to the handlers
        """
        Activity = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        for handler, cases in self.grouped("handler_id").items():
            tasks = Activity.search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", cases.ids),
                    ("user_id", "in", (users - handler).ids),
                ]
            )
            tasks.user_id = handler
        today = fields.Date.context_today(self)
        self._plan_tasks(
            "notice",
            [
                (case, case.handler_id, case._say_received(case.handler_id), today)
                for case in self
            ],
        )

    def _say_received(self, user):
        env = self.with_context(lang=user.lang).env
        return env._("The case is yours now: who had it is no longer in charge of it")

    def _keep_waiting(self):
        """Leave cases that nobody may receive without a handler, and alarm.

        What somebody can still read stays with them.
        """
        fresh = self.filtered(lambda case: case.handler_id or not case.is_restricted)
        if fresh:
            unread = fresh._unreadable()
            unread.write({"handler_id": False, "is_restricted": True})
            (fresh - unread).write({"handler_id": False})
            fresh._alarm_auditors()

    def _alarm_auditors(self):
        """Tell the auditors that somebody has to be named, and nothing of the cases.

        The task hangs on no document and nobody is mailed: a task on the procedure
        would be read by everybody who reads procedures, a mail by who administers.
        """
        cases = self.with_user(SUPERUSER_ID)
        tasks = []
        for company, group in cases.grouped("company_id").items():
            # An auditor behind the wall reads that journal too. The case's own has it.
            if not group._auditors(are_walled=True):
                self.env["complaint.journal"].with_user(SUPERUSER_ID)._log_company(
                    company, "nobody_receives"
                )
            for user in group._auditors():
                tasks.append({"user_id": user.id, **self._prepare_alarm(user)})
        if tasks:
            activity = self.env["mail.activity"].with_user(SUPERUSER_ID)
            activity.with_context(mail_activity_quick_update=True).create(tasks)

    def _auditors(self, are_walled=False):
        """The auditors of the organisation of the cases: outside their walls.

        :param are_walled: those who stand behind one of them instead
        """
        group = self.env.ref("klagebehandling.group_auditor")
        return group.all_user_ids.filtered(
            lambda user: (
                user.active
                and self.company_id <= user.company_ids
                and (user in self.walled_user_ids) == are_walled
            )
        )

    @api.model
    def _prepare_alarm(self, user):
        env = self.with_context(lang=user.lang).env
        return {
            "activity_type_id": env.ref("klagebehandling.mail_activity_type_alarm").id,
            "date_deadline": fields.Date.context_today(self),
            "summary": env._(
                "A complaint has come in that nobody may receive: have a receiver "
                "named in the procedure"
            ),
        }

    @api.model
    def _cron_alarm(self):
        """Alarm of what still waits where no auditor has a task for it."""
        known = self.with_user(SUPERUSER_ID)
        waiting = known.search(
            [
                ("handler_id", "=", False),
                ("is_restricted", "=", True),
                ("state", "in", OPEN_STATES),
            ]
        )
        type_id = self.env.ref("klagebehandling.mail_activity_type_alarm").id
        tasks = self.env["mail.activity"].with_user(SUPERUSER_ID)
        told = tasks.search([("activity_type_id", "=", type_id)]).user_id
        for cases in waiting.grouped("company_id").values():
            auditors = cases._auditors()
            if auditors and not auditors & told:
                cases._alarm_auditors()
