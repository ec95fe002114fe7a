"""Write on each letter whom it goes to, by the rule that has held so far."""


def migrate(cr, version):
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
