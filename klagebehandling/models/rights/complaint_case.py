from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ...roles import READERS
from .complaint_deadline import OWN_MILESTONES


class ComplaintCase(models.Model):
    """Adds what its person asked about the own data, and what came of it."""

    _inherit = "complaint.case"

    next_milestone = fields.Selection(
        selection_add=OWN_MILESTONES,
        ondelete={code: "set null" for code, _label in OWN_MILESTONES},
    )
    mark_ids = fields.One2many(
        "complaint.person.mark",
        "case_id",
        string="What the person asked for about own data",
        groups=READERS,
    )
    restriction = fields.Char(
        string="Use of the data is restricted",
        compute="_compute_restriction",
        groups=READERS,
    )
    additions = fields.Text(
        string="The person adds",
        compute="_compute_restriction",
        groups=READERS,
        help="In the person's own words, beside what was written.",
    )

    @api.depends("mark_ids.ended_on", "mark_ids.words")
    @api.depends_context("lang", "uid")
    def _compute_restriction(self):
        for case in self:
            held = case._restrictions()
            since = held[-1:].since_on
            case.restriction = bool(held) and format_date(case.env, since)
            added = case.mark_ids.filtered(lambda one: one.kind == "addition")
            case.additions = "\n\n".join(
                f"{format_date(case.env, one.since_on)}: {one.words}"
                for one in added.sorted("id")
                if one.words
            )

    def _writable(self):
        return super()._writable() | {"mark_ids"}

    def _erase_text(self, ground):
        """Who asked that it is erased reads on the page that the words are removed."""
        super()._erase_text(ground)
        for case in self:
            asked = case._rights_asked("erasure")
            asked.deadline_id._meet()
            asked.write({"state": "answered", "answered_on": case._today()})
            for review in asked:
                review._end_request()

    def _restrictions(self):
        """The restrictions in force, the newest first."""
        return self.mark_ids.filtered(
            lambda one: one.kind == "restriction" and not one.ended_on
        )

    def _rights_asked(self, right=None):
        """The reviews of what was asked by code and is not answered; as superuser."""
        reviews = self.env["complaint.access.review"].sudo()
        own = self._submission().ids
        open_ones = [("case_id", "in", own), ("answered_on", "=", False)]
        found = reviews.search([*open_ones, ("request_id.is_by_code", "=", True)])
        return found.filtered(lambda one: not right or one.right == right)

    def _retention_rule(self):
        """The rule by which the case is kept; none where it is kept without one."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT rule.id FROM complaint_case AS one
                JOIN complaint_policy AS policy ON policy.id = one.policy_id
                %s WHERE one.id = %s""",
                self.env["complaint.disposal"]._join_rule(),
                self.id,
            )
        )
        rules = self.env["complaint.retention.rule"].sudo()
        return rules.browse(id_ for (id_,) in rows)

    def _check_erasable(self):
        """Only the retention room erases, by a rule, after the end of the case.

        :raises UserError: where no rule lets this case be disposed of
        """
        rule = self.sudo()._retention_rule()
        if not rule or rule.is_preserved or rule.lacks:
            raise UserError(
                self.env._(
                    "No retention rule lets this case be disposed of. Refuse it, and "
                    "the letter says why it must be kept."
                )
            )

    def _told_facts(self):
        """What is told with the data, as pairs of a question and an answer."""
        policy, rule = self.policy_id, self._retention_rule()
        channels = dict(self._fields["channel"]._description_selection(self.env))
        came = self.env._(
            "It came %(day)s: %(channel)s. What colleagues wrote since came from them.",
            day=format_date(self.env, self._received_on(), date_format="long"),
            channel=channels.get(self.channel, ""),
        )
        kept = rule and f"{rule.sudo().display_name}. {rule.sudo().basis}"
        return [
            (self.env._("Who keeps it"), self.company_id.name),
            (self.env._("Why it is kept"), policy.data_purposes or ""),
            (self.env._("Who gets it"), policy.data_recipients or ""),
            (
                self.env._("How long it is kept"),
                kept or self.env._("No day is set on which it is erased."),
            ),
            (self.env._("Where it comes from"), came),
            (
                self.env._("What you can ask for"),
                self.env._(
                    "That something is added or put right, that the use of it is "
                    "restricted, that it is erased."
                ),
            ),
        ]

    def _privacy_bodies(self):
        bodies = self.env["complaint.body"].sudo()._privacy_of(self)
        return [(one.display_name, one.takes, one.url) for one in bodies]

    # -- what the person does on the own page

    def _ask_right(self, right, words=""):
        """Ask about the own data with the code; no reason and no name is asked for.

        :param right: one of ``RIGHTS``
        :param words: what is to be added, or why; checked as at the door
        :raises IntakeRefused: with a message for ``text``
        """
        self.ensure_one()
        if right == "restriction":
            self._check_code_own()
        if right in ("correction", "restriction"):
            words = self._read_said(words, (), "message")
        return self.env["complaint.access.request"]._ask_by_code(
            self.sudo(), right, words
        )

    def _ask_erasure(self):
        """It has a clock, and an answer, as whatever is asked about the own data."""
        result = super()._ask_erasure()
        if not self.sudo().text_erased_on:
            self._ask_right("erasure")
        return result
