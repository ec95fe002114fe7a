"""Dialogs left open are closed: their letters are written anew, by words that the
update brings later than the columns.
"""

DIALOGS = ("complaint_case_compose", "complaint_case_end")


def migrate(cr, version):
    for table in DIALOGS:
        cr.execute("SELECT to_regclass(%s)", [table])
        if cr.fetchone()[0]:
            cr.execute(f'DELETE FROM "{table}"')
