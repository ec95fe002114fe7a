"""Registry numbers run without gaps in public bodies (B-20, D-41, E-59)."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    codes = ("ljusnarsberg", "robertsfors", "gislaved")
    env["complaint.policy"]._renew_presets("klagebehandling_se", *codes)
