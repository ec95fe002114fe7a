from odoo.api import SUPERUSER_ID, Environment


def migrate(cr, version):
    """Appeals that are still to be passed on get their clock, as of their own day."""
    env = Environment(cr, SUPERUSER_ID, {})
    referrals = env["complaint.referral"].search(
        [("kind", "=", "appeal"), ("state", "=", "draft"), ("deadline_id", "=", False)]
    )
    for referral in referrals:
        case = referral.case_id
        day = referral.opened_on or case._today()
        referral.deadline_id = case._promise_day("refer", day)
