"""Open the ledger of the other side in the cases that are being looked into.

Its clocks start now. Done twice it changes nothing.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    subjects = env["complaint.party"].search(
        [("role", "=", "subject"), ("case_id.state", "=", "investigating")]
    )
    subjects._open_rights("inform", "hear")
