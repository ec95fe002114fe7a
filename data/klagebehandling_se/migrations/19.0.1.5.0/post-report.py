"""Gislaved's yearly report is used for goals and budget (E-63)."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["complaint.policy"]._renew_presets("klagebehandling_se", "gislaved")
