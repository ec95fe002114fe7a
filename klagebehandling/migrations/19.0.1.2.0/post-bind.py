"""Bind the facts of older cases once: they are not covered before that entry."""

from odoo import SUPERUSER_ID, api

BATCH = 500
SALT = "replace(gen_random_uuid()::text, '-', '')"


def migrate(cr, version):
    cr.execute(
        f"""
        UPDATE complaint_case
           SET facts_salt = {SALT}, words_salt = {SALT},
               journal_on = (SELECT max(logged_on) FROM complaint_journal
                              WHERE case_id = complaint_case.id)
         WHERE facts_salt IS NULL
        RETURNING id
        """
    )
    case_ids = sorted(row[0] for row in cr.fetchall())
    # Each letter has a salt of its own: Odoo has given all of them the same one.
    cr.execute(
        f"UPDATE complaint_correspondence SET words_salt = {SALT} "
        "WHERE case_id = ANY(%s)",
        [case_ids],
    )
    cr.execute(
        """
        UPDATE res_company
           SET complaint_journal_on = (SELECT max(logged_on)
                                         FROM complaint_company_journal
                                        WHERE company_id = res_company.id)
         WHERE complaint_journal_on IS NULL
        """
    )
    env = api.Environment(cr, SUPERUSER_ID, {})
    env.invalidate_all()
    for start in range(0, len(case_ids), BATCH):
        cases = env["complaint.case"].browse(case_ids[start : start + BATCH])
        env["complaint.commitment"]._commit(
            [(case.company_id.id, case.reference) for case in cases]
        )
        env["complaint.journal"]._append(
            [(case, "facts_bound", {}) for case in cases], is_act=False
        )
        env.flush_all()
        env.invalidate_all()
