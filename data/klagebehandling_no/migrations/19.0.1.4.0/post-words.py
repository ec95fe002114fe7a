"""What LePro says of its paper form, in shorter words of ours."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["complaint.policy"]._renew_presets("klagebehandling_no", "lepro")
