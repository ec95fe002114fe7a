"""Open the ledger of the other side in the cases that were open before there was one.

Its clocks start now. Done twice it changes nothing.
"""

from odoo import SUPERUSER_ID, api

from odoo.addons.klagebehandling.models.case.complaint_case import OPEN_STATES


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    subjects = env["complaint.party"].search(
        [("role", "=", "subject"), ("case_id.state", "in", OPEN_STATES)]
    )
    subjects._open_rights("inform", "hear")
