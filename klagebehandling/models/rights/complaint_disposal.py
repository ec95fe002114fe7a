from odoo import api, models
from odoo.tools import SQL


class ComplaintDisposal(models.Model):
    """The term of a case ends with the day on which its person was granted erasure.

    The rule, its decision, holds and the approval are what they are for every case:
    there is no other way to delete.
    """

    _inherit = "complaint.disposal"

    @api.model
    def _join_term(self):
        return SQL(
            """CROSS JOIN LATERAL (
                SELECT COALESCE(granted.answered_on, term.kept_until) AS kept_until
                FROM (
                    SELECT max(review.answered_on) AS answered_on
                    FROM complaint_access_review AS review
                    JOIN complaint_access_request AS asked
                        ON asked.id = review.request_id
                    WHERE review.case_id = one.id AND review.result = 'granted'
                        AND review.state = 'answered' AND asked."right" = 'erasure'
                ) AS granted %s
            ) AS term""",
            super()._join_term(),
        )
