from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Install the languages of the procedures that organisations have in force."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["complaint.policy"].search([])._install_languages()
