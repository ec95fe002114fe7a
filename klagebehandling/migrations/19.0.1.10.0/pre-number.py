"""The number that is drawn at the door has a name of its own beside the register's."""


def migrate(cr, version):
    cr.execute(
        "SELECT 1 FROM information_schema.columns "
        "WHERE table_name = 'complaint_case' AND column_name = 'drawn_number'"
    )
    if cr.fetchone():
        return
    cr.execute("ALTER TABLE complaint_case RENAME registry_number TO drawn_number")
    cr.execute(
        "ALTER TABLE complaint_case "
        "DROP CONSTRAINT IF EXISTS complaint_case_registry_number_unique"
    )
    cr.execute("DROP INDEX IF EXISTS complaint_case__registry_number_index")
