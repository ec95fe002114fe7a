from datetime import date

from odoo import SUPERUSER_ID, api, models

from .complaint_review import DECIDED


class ComplaintReview(models.Model):
    """When a review is opened, and who is asked: behind its acts, as superuser."""

    _inherit = "complaint.review"

    def _period(self):
        """The first and the last local day of the year that is looked at."""
        return date(self.year, 1, 1), date(self.year, 12, 31)

    @api.model
    def _cron_open(self):
        """Open the review of each procedure whose day of the year has come (C-32).

        A day that was missed is caught up. Twice opens nothing more; killed between two
        procedures, it goes on the next time. One whose owner is gone gets the first
        there is.
        """
        cron = self.env["ir.cron"]
        reviews = self.with_user(SUPERUSER_ID)
        for policy, year in reviews._reviews_due():
            policy._open_review(year)
            if not cron._commit_progress(1):
                return
        reviews._find_owners()

    @api.model
    def _reviews_due(self):
        """The procedures to review, each with the year to look at."""
        policies = self.env["complaint.policy"]
        known = policies.search(
            [("company_id", "!=", False), ("state", "=", "in_force")]
        )
        due = []
        for code, company in {(one.code, one.company_id) for one in known}:
            versions = policies._versions(code, company)
            policy = versions._in_force_on(versions[:1]._today())
            year = policy._review_year()
            if versions._were_there(year) and not policy._review_of(year):
                due.append((policy, year))
        return sorted(due, key=lambda pair: pair[0].id)

    @api.model
    def _find_owners(self):
        """Name an owner for what is open and has none, or one who owns no more."""
        open_ones = self.search([("state", "!=", DECIDED)])
        for company, reviews in open_ones.grouped("company_id").items():
            owners = company._complaint_owners().sorted("id")
            left = reviews.filtered(
                lambda review, owners=owners: review.owner_id not in owners
            )
            if left and owners:
                left.owner_id = owners[0]

    def _ask(self):
        """Put each on the list of things to do of its owner; nobody is mailed."""
        kind = self.env.ref("klagebehandling.mail_activity_type_review")
        tasks = self.env["mail.activity"].with_user(SUPERUSER_ID)
        tasks = tasks.with_context(mail_activity_quick_update=True)
        self._end_tasks()
        for review in self:
            user = review.owner_id
            if user and review.state != DECIDED:
                words = self.with_context(lang=user.lang).env._
                summary = words("Review the procedure for %(year)s", year=review.year)
                review.task_id = tasks.create(
                    {
                        "activity_type_id": kind.id,
                        "user_id": user.id,
                        "date_deadline": review.due_on,
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
