from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

PUBLISHED = "published"
DAYS_TO_CORRECT = 30
# What its owner writes into it.
TEXTS = {"summary", "changes", "consequences"}


class ComplaintAnnualReport(models.Model):
    """What an organisation tells of a year's complaints (A-32…A-34, B-25, E-61).

    Drafted by the clock and told to an owner of the procedure, who writes its words. It
    is counted for good as it is approved, and stored byte for byte as it is published.
    All that it holds may be read by everybody: small numbers are not in it.
    """

    _name = "complaint.annual.report"
    _inherit = ["complaint.annual.counted"]
    _description = "Yearly report"

    state = fields.Selection(
        [("draft", "Draft"), ("approved", "Approved"), (PUBLISHED, "Published")],
        required=True,
        default="draft",
        readonly=True,
        group_expand=True,
    )
    data = fields.Json(
        string="Figures", readonly=True, help="Small numbers are not in it."
    )
    counted_on = fields.Date(
        readonly=True, help="From this day on the figures stay what they are."
    )
    summary = fields.Text(
        string="In short", help="What the year was like, in a few sentences."
    )
    changes = fields.Text(
        string="What we changed",
        help="What was learned from complaints, one on each line. Write of nobody.",
    )
    consequences = fields.Text(
        string="What follows for goals and budget",
        help="What whoever decides on goals and budget should know.",
    )
    has_budget = fields.Boolean(related="policy_id.has_report_budget")
    recipient = fields.Char(related="policy_id.report_recipient")
    is_public = fields.Boolean(string="Public", related="policy_id.is_report_public")
    content = fields.Html(
        string="Report", compute="_compute_content", sanitize=False, readonly=True
    )
    approved_on = fields.Date(readonly=True, copy=False)
    approved_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    publication_id = fields.Many2one(
        "complaint.publication",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    corrects_id = fields.Many2one(
        "complaint.annual.report",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    complete_count = fields.Integer(
        string="All complaints that came in",
        compute="_compute_complete_count",
        help="With those that are hidden from others. You alone see this number.",
    )

    _revision_unique = models.Constraint(
        "UNIQUE (company_id, policy_code, year, revision)",
        "There is a report of this procedure and year already.",
    )
    _open_unique = models.UniqueIndex(
        "(company_id, policy_code, year) WHERE state != 'published'",
        "A report of this procedure and year is open already.",
    )
    _published_row = models.Constraint(
        "CHECK ((state = 'published') = (publication_id IS NOT NULL))",
        "A report is published exactly when its files are kept.",
    )

    @api.depends("data", *sorted(TEXTS), "state")
    def _compute_content(self):
        for report in self:
            report.content = Markup(report._render_body())

    @api.depends_context("uid")
    def _compute_complete_count(self):
        for report in self:
            is_receiver = self.env.user == report.policy_id.sudo().independent_id
            report.complete_count = is_receiver and report._count_complete()

    # -- of complaint.yearly

    def _has_ended(self):
        return self.state == PUBLISHED

    @api.model
    def _open_ones(self):
        return [("state", "!=", PUBLISHED)]

    def _task(self):
        kind = self.env.ref("klagebehandling_reports.mail_activity_type_annual")
        return kind, self.env._("Write the yearly report for %(year)s", year=self.year)

    @api.model
    def _year_due(self, policy):
        return policy._report_year()

    @api.model
    def _open_for(self, policy, year):
        due_on = max(policy._report_due(year), policy._today())
        report = self.sudo().create(self._prepare_for(policy, year, due_on))
        report._draft()
        report._enter("annual_opened")
        report._ask()
        return report

    def _writable(self):
        names = super()._writable()
        if any(report.state != "draft" for report in self):
            return names
        return names | TEXTS | {"owner_id", "due_on"}

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A yearly report stays. Correct it by a new one."))

    # -- acts

    def action_count(self):
        """Count the figures of a draft anew.

        :raises UserError: where they were counted for good
        """
        self.check_access("write")
        for report in self:
            if report.state != "draft" or report.counted_on:
                raise UserError(
                    self.env._("The figures of this report stay what they are.")
                )
            report.sudo()._draft()
        return True

    def action_approve(self):
        """Count the report for good, and stand for what it says.

        :raises UserError: before the year is over, or while a text is missing
        """
        self.check_access("write")
        for report in self:
            report._check_approvable()
            report_sudo = report.sudo()
            today = fields.Date.context_today(report)
            if not report.counted_on:
                report_sudo.write(
                    {"data": report_sudo._count(is_final=True), "counted_on": today}
                )
            report_sudo.write(
                {
                    "state": "approved",
                    "approved_on": today,
                    "approved_by_id": self.env.uid,
                }
            )
            report_sudo._enter("annual_approved", revision=report.revision)
        return True

    def action_reopen(self):
        """Write at an approved report again; its figures stay what they are."""
        self.check_access("write")
        for report in self:
            if report.state != "approved":
                raise UserError(
                    self.env._("Only what is approved and not published is reopened.")
                )
        self.sudo().write(
            {"state": "draft", "approved_on": False, "approved_by_id": False}
        )
        return True

    def action_publish(self):
        """Store the report with its files, as it is from then on (A-34, E-61).

        :raises UserError: where it is not approved
        """
        self.check_access("write")
        for report in self:
            if report.state != "approved":
                raise UserError(self.env._("Approve the report first."))
            report_sudo = report.sudo()
            publication = report_sudo._publish()
            report_sudo.write({"state": PUBLISHED, "publication_id": publication.id})
            report_sudo._end_tasks()
            report_sudo._ask_independent()
        return True

    def action_correct(self):
        """Open a new version of a published report, with the figures that stand in it.

        :return: action that opens it
        """
        self.ensure_one()
        self.check_access("write")
        old = self.sudo()
        if old.state != PUBLISHED or self._newest(old.policy_id, old.year) != old:
            raise UserError(
                self.env._("Only the newest published report of a year is corrected.")
            )
        values = old._prepare_revision(DAYS_TO_CORRECT)
        new = old.copy({**values, "state": "draft", "corrects_id": old.id})
        new._enter("annual_opened", revision=new.revision)
        new._ask()
        return new._open_form()

    def action_open_publication(self):
        """Open the files as they were published.

        :return: action that opens them
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "complaint.publication",
            "res_id": self.publication_id.id,
            "views": [(False, "form")],
        }

    # -- what stands behind the acts

    def _check_approvable(self):
        if self.state != "draft":
            raise UserError(self.env._("This report is approved already."))
        if self.policy_id.sudo()._today().year <= self.year:
            raise UserError(self.env._("Wait until the year is over."))
        if not (self.summary or "").strip():
            raise UserError(self.env._("Write in short what the year was like."))
        if self.has_budget and not (self.consequences or "").strip():
            raise UserError(
                self.env._(
                    "Write what follows for goals and budget (%(who)s).",
                    who=self.recipient or "",
                )
            )

    def _draft(self):
        """Count a draft, and have the lessons of the year in it (E-65)."""
        self.data = self._count(is_final=False)
        figures, scope = self.env["complaint.figure"], self._scope()
        figure = figures._chosen(scope, ["lessons"])["lessons"]
        lessons = self.env[figure.model].sudo()
        lessons = lessons.search(figures._total(figure, scope), order="released_on, id")
        lines = (self.changes or "").splitlines()
        told = [text.strip() for text in lessons.mapped("text")]
        self.changes = "\n".join(lines + [one for one in told if one not in lines])

    def _ask_independent(self):
        """Ask the independent receiver to hand the complete figure on (B-25)."""
        tasks = self.env["mail.activity"].with_user(SUPERUSER_ID)
        tasks = tasks.with_context(mail_activity_quick_update=True)
        for report in self:
            user, who = report.policy_id.independent_id, report.recipient
            if not user or not who:
                continue
            env = report.with_context(lang=user.lang).env
            summary = env._(
                "Tell how many complaints came in during %(year)s: %(who)s",
                year=report.year,
                who=who,
            )
            kind = env.ref("klagebehandling_reports.mail_activity_type_annual")
            tasks.create(
                {
                    "activity_type_id": kind.id,
                    "user_id": user.id,
                    "date_deadline": report.due_on,
                    "summary": summary,
                }
            )
