"""Procedures have an owner now: an update appoints nobody, and says so."""

import logging

from odoo import SUPERUSER_ID, api

_logger = logging.getLogger(__name__)


def migrate(cr, version):
    _give_grounds_away(cr)
    env = api.Environment(cr, SUPERUSER_ID, {})
    for company in env["complaint.company.journal"]._companies():
        if not company._complaint_owners():
            _logger.warning(
                "Nobody owns the complaint procedure of company %s: appoint somebody "
                "in the settings, or nobody can change procedures, units and grounds",
                company.id,
            )


def _give_grounds_away(cr):
    """Grounds that somebody wrote belong to the one company that handles complaints."""
    cr.execute("SELECT DISTINCT company_id FROM complaint_unit")
    companies = cr.fetchall()
    if len(companies) == 1:
        cr.execute(
            """
            UPDATE complaint_category SET company_id = %s
             WHERE company_id IS NULL AND NOT EXISTS (
                   SELECT FROM ir_model_data d
                    WHERE d.model = 'complaint.category'
                      AND d.res_id = complaint_category.id
                      AND d.module LIKE 'klagebehandling%%')
            """,
            companies[0],
        )
