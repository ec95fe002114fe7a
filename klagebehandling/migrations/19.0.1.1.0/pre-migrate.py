"""Letters say whom they go to, and who is heard makes a statement."""

OLD, NEW = "complaint.hearing.account", "complaint.hearing.statement"
# Where Odoo names a model by its name: (table, column).
NAMED = (
    ("ir_model", "model"),
    ("ir_model_fields", "model"),
    ("ir_model_fields", "relation"),
    ("ir_model_data", "model"),
    ("ir_attachment", "res_model"),
    ("mail_activity", "res_model"),
    ("mail_message", "model"),
)


def migrate(cr, version):
    _write_recipients(cr)
    _rename_statements(cr)


def _rename_statements(cr):
    old, new = OLD.replace(".", "_"), NEW.replace(".", "_")
    cr.execute("SELECT to_regclass(%s)", [old])
    if not cr.fetchone()[0]:
        return
    cr.execute(f"ALTER TABLE {old} RENAME TO {new}")
    cr.execute(f"ALTER SEQUENCE {old}_id_seq RENAME TO {new}_id_seq")
    cr.execute("ALTER TABLE complaint_hearing RENAME account_id TO statement_id")
    for table, column in NAMED:
        cr.execute(f"UPDATE {table} SET {column} = %s WHERE {column} = %s", [NEW, OLD])
    cr.execute(
        "UPDATE ir_model_fields SET name = 'statement_id' "
        "WHERE model = 'complaint.hearing' AND name = 'account_id'"
    )
    cr.execute(
        """
        UPDATE ir_model_data
           SET name = replace(replace(name, %(old)s, %(new)s),
                              'complaint_hearing__account_id',
                              'complaint_hearing__statement_id')
         WHERE name LIKE %(old_names)s
            OR name LIKE '%%complaint_hearing__account_id'
        """,
        {"old": old, "new": new, "old_names": f"%{old}%"},
    )


def _write_recipients(cr):
    # In SQL: a letter of an anonymous case keeps its day, and no row is written twice.
    cr.execute(
        "ALTER TABLE complaint_correspondence "
        "ADD COLUMN IF NOT EXISTS recipient_id integer"
    )
    cr.execute(
        """
        UPDATE complaint_correspondence letter
           SET recipient_id = first.id
          FROM (
                SELECT DISTINCT ON (party.case_id) party.case_id, party.id
                  FROM complaint_party party
                  JOIN complaint_case complaint ON complaint.id = party.case_id
                 WHERE party.role IN ('representative', 'complainant')
                   AND complaint.anonymity <> 'anonymous'
              ORDER BY party.case_id,
                       party.identity_sealed IS NULL,
                       party.role = 'complainant',
                       party.id
               ) first
         WHERE letter.case_id = first.case_id
           AND letter.direction = 'out'
           AND letter.recipient_id IS NULL
        """
    )
