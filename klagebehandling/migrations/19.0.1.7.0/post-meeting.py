"""The hour of a meeting with an anonymous person is kept until they have met (A-12).

Done twice it changes nothing.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    over = env["complaint.meeting"].search(
        [
            ("state", "in", ("held", "missed", "cancelled")),
            ("case_id.anonymity", "=", "anonymous"),
        ]
    )
    for meeting in over:
        meeting._forget_hour()
