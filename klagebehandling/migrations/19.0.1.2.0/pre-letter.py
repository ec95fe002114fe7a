"""Letters say when they were ready and when the case took note that they were sent."""


def migrate(cr, version):
    # In SQL: a letter of an anonymous case keeps its day, and no row is written twice.
    cr.execute(
        "ALTER TABLE complaint_correspondence "
        "ADD COLUMN IF NOT EXISTS queued_on date, "
        "ADD COLUMN IF NOT EXISTS settled_at timestamp"
    )
    # What is sent was followed up in the case when it was written: nothing is left.
    cr.execute(
        """
        UPDATE complaint_correspondence
           SET settled_at = sent_at
         WHERE state = 'sent' AND settled_at IS NULL
        """
    )
    cr.execute(
        """
        UPDATE complaint_correspondence letter
           SET queued_on = (
                   letter.create_date AT TIME ZONE 'UTC' AT TIME ZONE policy.tz
               )::date
          FROM complaint_case complaint
          JOIN complaint_policy policy ON policy.id = complaint.policy_id
         WHERE complaint.id = letter.case_id
           AND letter.direction = 'out'
           AND letter.queued_on IS NULL
        """
    )
