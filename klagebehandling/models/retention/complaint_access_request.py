from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .complaint_disposal import APPROVERS


class ComplaintAccessRequest(models.Model):
    """Adds how a request goes: by the rule for requests, once its term has passed.

    Nothing of it is proposed: who approves disposals lists what is due, and it goes at
    once. What was answered out of a case stays in the case, and goes with it.
    """

    _inherit = "complaint.access.request"
    _outlives = ("reference",)

    is_disposable = fields.Boolean(
        string="To be disposed of",
        compute="_compute_is_disposable",
        search="_search_is_disposable",
        groups=APPROVERS,
    )
    rule_id = fields.Many2one(
        "complaint.retention.rule",
        string="Disposed of by the rule",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    disposed_on = fields.Date(string="Disposed of", readonly=True, copy=False)

    @api.depends("answered_on", "disposed_on")
    def _compute_is_disposable(self):
        due = self.sudo()._due_by_rule()
        for one in self:
            one.is_disposable = any(one in rows.sudo(False) for rows in due.values())

    def _search_is_disposable(self, operator, value):
        if operator != "in":
            return NotImplemented
        requests_sudo = self.env[self._name].sudo()
        past = Domain.OR(map(requests_sudo._past, requests_sudo._rules_of_requests()))
        due = Domain("id", "in", requests_sudo._search(past))
        return due if True in value else ~due

    @api.model
    def _rules_of_requests(self):
        return self.env["complaint.retention.rule"].search([("covers", "=", "request")])

    @api.model
    def _past(self, rule):
        """Hook: what may go by a rule: requests in which nothing is open, a domain."""
        today = rule.policy_id._today()
        if rule.is_preserved or not rule._is_decided_on(today):
            return Domain.FALSE
        ended = self._ended_before(today - relativedelta(years=rule.years))
        # Where the answer goes is forgotten once all is sent, and can be appealed no
        # more.
        return Domain.AND(
            [
                Domain("company_id", "=", rule.company_id.id),
                Domain("policy_id.code", "=", rule.policy_code),
                Domain("disposed_on", "=", False),
                Domain("contact_sealed", "=", False),
                ended,
                ~Domain("review_ids", "any", ~ended),
            ]
        )

    @api.model
    def _ended_before(self, day):
        """What was answered, and decided where that is asked for, before a day."""
        undecided = Domain("decision_asked_on", "=", False)
        final = Domain("appeal_until", "=", False) | Domain("appeal_until", "<", day)
        decided = undecided | Domain("decided_on", "<", day)
        return Domain("answered_on", "<", day) & decided & final

    def _due_by_rule(self):
        """By rule, those of these requests that may go by it; as the superuser."""
        own = Domain("id", "in", self.ids)
        return {
            rule: self.search(own & self._past(rule))
            for rule in self._rules_of_requests()
        }

    def action_dispose(self):
        """Dispose of these requests, at once.

        :raises AccessError: for who may not approve disposals
        :raises UserError: where one is not to be disposed of
        """
        self.check_access("read")
        if not self.env.user.has_group(APPROVERS):
            raise AccessError(self.env._("Who may approve disposals does this."))
        due = self.sudo().try_lock_for_update()._due_by_rule()
        if not self or sum(map(len, due.values())) < len(self):
            raise UserError(
                self.env._(
                    "Not all of these are to be disposed of. Load the list again, and "
                    "choose anew."
                )
            )
        for rule, requests_sudo in due.items():
            requests_sudo._dispose_by(rule)
        return True

    def _dispose_by(self, rule):
        decision = rule._say_decision()
        self._enter("access_disposed", basis=rule.basis, decision=decision)
        self._empty()
        for one in self:
            one.write({"rule_id": rule.id, "disposed_on": one.policy_id._today()})

    def _empty(self):
        """Take every word out of these rows; as the superuser."""
        self.task_ids.unlink()
        self.env.flush_all()
        self._dispose_of_words(self.ids)
        self.env.invalidate_all()

    def _is_told(self):
        return super()._is_told() and not self.disposed_on
