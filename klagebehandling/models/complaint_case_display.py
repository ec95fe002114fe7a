from odoo import api, fields, models
from odoo.tools import format_date

from ..roles import FACTS, READERS


class ComplaintCase(models.Model):
    """What the views of a case show besides its facts."""

    _inherit = "complaint.case"

    deadline_count = fields.Integer(compute="_compute_deadline_count")
    correspondence_count = fields.Integer(compute="_compute_correspondence_count")
    entry_count = fields.Integer(compute="_compute_entry_count")
    child_count = fields.Integer(compute="_compute_child_count")
    late_text = fields.Char(compute="_compute_late_text", compute_sudo=True)
    has_staff_duty = fields.Boolean(
        compute="_compute_has_staff_duty",
        compute_sudo=True,
        help="The staff meeting is still to be informed.",
    )
    is_mixed = fields.Boolean(
        compute="_compute_is_mixed",
        help="Some of its grounds belong to another process, others do not.",
        groups=FACTS,
    )
    is_email_missing = fields.Boolean(
        compute="_compute_is_email_missing",
        compute_sudo=True,
        help="A reply by e-mail is wanted, but no address is known.",
    )

    @api.depends("reference", "title")
    @api.depends_context("uid")
    def _compute_display_name(self):
        # The web client reads the names of many2ones as superuser: ask the person.
        readable = self.env.user.has_groups(READERS)
        self._check_known()
        for case in self:
            title = readable and case.title
            case.display_name = f"{case.reference} {title}" if title else case.reference

    @api.depends("deadline_ids")
    @api.depends_context("uid")
    def _compute_deadline_count(self):
        self._count_parts("complaint.deadline", "case_id", "deadline_count")

    @api.depends("correspondence_ids")
    @api.depends_context("uid")
    def _compute_correspondence_count(self):
        self._count_parts("complaint.correspondence", "case_id", "correspondence_count")

    @api.depends("journal_ids")
    @api.depends_context("uid")
    def _compute_entry_count(self):
        self._count_parts("complaint.journal", "case_id", "entry_count")

    @api.depends("child_ids")
    @api.depends_context("uid")
    def _compute_child_count(self):
        self._count_parts("complaint.case", "parent_id", "child_count")

    @api.depends("deadline_ids.state", "deadline_ids.due_at")
    @api.depends_context("lang")
    def _compute_late_text(self):
        for case in self:
            late = case.deadline_ids.filtered("is_overdue").sorted("due_at")
            duties = ", ".join(
                f"{row._milestone_label()} ({format_date(self.env, row.due_on)})"
                for row in late
            )
            case.late_text = duties and self.env._(
                "Overdue: %(duties)s.", duties=duties
            )

    @api.depends("deadline_ids.state")
    def _compute_has_staff_duty(self):
        for case in self:
            case.has_staff_duty = bool(case._deadlines("inform_staff"))

    @api.depends("category_ids")
    def _compute_is_mixed(self):
        for case in self:
            elsewhere = case.category_ids.filtered("is_out_of_scope")
            case.is_mixed = bool(elsewhere) and elsewhere != case.category_ids

    @api.depends("reply_channel", "wants_reply", "party_ids")
    def _compute_is_email_missing(self):
        # Searched for: what is known of the parties already is what the user sees.
        parties = self.env["complaint.party"].search(
            [
                ("case_id", "in", self.ids),
                ("role", "in", ["complainant", "representative"]),
            ]
        )
        reached = parties.filtered("email").case_id
        for case in self:
            by_email = case.wants_reply and case.reply_channel == "email"
            case.is_email_missing = by_email and case not in reached

    def _count_parts(self, model, link, field):
        groups = self.env[model]._read_group(
            [(link, "in", self.ids)], [link], ["__count"]
        )
        counts = {case.id: count for case, count in groups}
        for case in self:
            case[field] = counts.get(case.id, 0)

    @api.model
    def get_empty_list_help(self, help_message):
        """What an empty list of cases says: set up first, or nothing came in yet."""
        return super().get_empty_list_help(
            self.env["complaint.unit"]._setup_help() or help_message
        )

    def _send_message(self, body=None, medium=None):
        """Write to the complainant without moving the case."""
        self.ensure_one()
        self.check_access("write")
        return self._write_to_complainant("message", body, medium)
