"""A letter whose copy is kept went to whom its copy names.

Until now paper went to who had a street. Who may print the copy again is asked of the
recipient: were that not the one on the paper, a protected address could be shown.
"""


def migrate(cr, version):
    # The journal knows whom a purpose was printed for; of several the protected one.
    cr.execute(
        """
        UPDATE complaint_correspondence letter
           SET recipient_id = printed.party_id
          FROM (
                SELECT DISTINCT ON (kept.id) kept.id, party.id AS party_id
                  FROM complaint_correspondence kept
                  JOIN ir_attachment copy
                    ON copy.res_model = 'complaint.correspondence'
                   AND copy.res_id = kept.id
                   AND copy.name LIKE 'letter-%-' || kept.id || '.pdf.sealed'
                  JOIN complaint_journal entry
                    ON entry.case_id = kept.case_id
                   AND entry.event = 'printed'
                   AND entry.payload ->> 'purpose' = kept.purpose
                   AND entry.payload ->> 'is_draft' IS DISTINCT FROM 'true'
                  JOIN complaint_party party
                    ON party.case_id = kept.case_id
                   AND party.id::text = entry.payload ->> 'party'
              ORDER BY kept.id, party.is_protected DESC NULLS LAST, entry.id DESC
               ) printed
         WHERE letter.id = printed.id
        """
    )
