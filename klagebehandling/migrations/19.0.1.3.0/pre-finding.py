"""Persons are found by other hashes, through another index."""


def migrate(cr, version):
    cr.execute("DROP INDEX IF EXISTS complaint_party__identity_hashes_index")
