from datetime import timedelta

from odoo import api, fields, models

MINE = {
    "access_days",
    "silence_days",
    "access_appeal_days",
    "has_access_decision",
    "has_second_reader",
    "is_openness_weighed",
    "access_appeal_text",
}


class ComplaintPolicy(models.Model):
    """Adds how a public body answers who asks for its documents.

    It promises the complainant nothing: it may change while the procedure is used. What
    is law in it comes from the country's data, with its source.
    """

    _inherit = "complaint.policy"

    access_days = fields.Integer(
        string="Documents on request within, working days",
        default=1,
        help="0 is the same day; the day of receipt does not count.",
    )
    silence_days = fields.Integer(
        string="No answer is a refusal after, working days",
        help="Where it is: who asked may appeal then. 0 where silence is no refusal.",
    )
    access_appeal_days = fields.Integer(
        string="A refusal is appealed within, days", default=21
    )
    has_access_decision = fields.Boolean(
        string="The authority decides on request",
        help="The clerk's no is an answer. Who asks for it gets the decision of the "
        "authority, which can be appealed. Without it the answer itself can be.",
    )
    has_second_reader = fields.Boolean(
        string="Two read before documents leave",
        help="Somebody else has read the masked copy before it is handed out.",
    )
    is_openness_weighed = fields.Boolean(
        string="Added openness is weighed",
        help="What may be kept back is handed out all the same, unless somebody has "
        "written why not.",
    )
    access_appeal_text = fields.Text(
        string="How a refusal is appealed",
        translate=True,
        help="Told below each refusal: to whom, how, and from when the time counts.",
    )

    _access_days_prompt = models.Constraint(
        "CHECK (access_days BETWEEN 0 AND 3 AND silence_days BETWEEN 0 AND 30 "
        "AND access_appeal_days BETWEEN 1 AND 365)",
        "Documents are handed out promptly: the same day, or within three working "
        "days.",
    )

    @api.model
    def _editable_in_use(self):
        return super()._editable_in_use() | MINE

    def _access_due(self, day):
        """The local day by which a request that came on a day is answered (B-29)."""
        self._ensure_calendar(day, day)
        if not self.access_days:
            return self._add_work_days(day - timedelta(days=1), 1)
        return self._add_work_days(day, self.access_days)

    def _silent_until(self, day):
        """The last day before silence is a refusal; false where it is none."""
        return bool(self.silence_days) and self._add_work_days(day, self.silence_days)
