"""Lessons that have gone out already are given back to each unit (B-08)."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["complaint.feedback"]._give_back(env["complaint.lesson"].search([]))
