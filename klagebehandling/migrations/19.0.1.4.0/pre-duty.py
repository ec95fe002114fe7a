"""Lists are grouped by the duty that comes first: it is kept beside its moment."""


def migrate(cr, version):
    cr.execute(
        "ALTER TABLE complaint_case ADD COLUMN IF NOT EXISTS next_milestone varchar"
    )
    cr.execute(
        """
        UPDATE complaint_case AS c
           SET next_milestone = first.milestone
          FROM (SELECT DISTINCT ON (case_id) case_id, milestone
                  FROM complaint_deadline
                 WHERE state IN ('running', 'late')
              ORDER BY case_id, due_at, id) AS first
         WHERE first.case_id = c.id
        """
    )
