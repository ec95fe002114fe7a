"""The procedures say what their documents say, word by word."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["complaint.policy"]._renew_presets(
        "klagebehandling_no", "lepro", "sosial_omsorg_no"
    )
