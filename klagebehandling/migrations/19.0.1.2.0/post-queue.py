"""Letters that left before are settled: nothing follows from them any more."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE complaint_correspondence
           SET settled_at = COALESCE(sent_at, write_date)
         WHERE state IN ('sent', 'failed') AND settled_at IS NULL
        """
    )
