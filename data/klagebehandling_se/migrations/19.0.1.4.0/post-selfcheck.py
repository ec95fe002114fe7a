"""The procedures say what the organisation owes itself (B-26, D-45, D-49, E-10)."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["complaint.policy"]._renew_presets(
        "klagebehandling_se", "ljusnarsberg", "robertsfors", "gislaved"
    )
