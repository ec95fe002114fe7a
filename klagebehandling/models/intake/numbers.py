"""The numbers a case is known by: drawn at random, so that they tell nothing."""

import secrets

from odoo.tools import SQL

from ...sealing import receipt_code

# Tables that get a row for each complaint: their ids would count the complaints.
BURNT = ["complaint_case", "complaint_party", "complaint_deadline"]
BURNT += ["complaint_journal", "complaint_correspondence", "complaint_original"]
BURNT += ["complaint_commitment"]


def burn(table):
    """Have the ids of another table burnt too; for rooms above with rows of the door.

    :param table: name of a table of this addon
    """
    BURNT.append(table)


def draw(cr, forms):
    """Draw references and registry numbers, free ones and without order.

    A random few database ids of each table are burnt, so that no gap between
    them tells of a case that one may not see.
    """
    burnt = SQL(", ").join(_burnt(table) for table in BURNT)
    taken = set()
    while drawn := [form for form in forms if not form.reference]:
        for form in drawn:
            form.drawn_number = f"{form.day.year}-{secrets.randbelow(10**7):07d}"
            form.reference = receipt_code.random_reference()
        taken |= _taken(cr, drawn, burnt)
        burnt = SQL("0")
        for form in drawn:
            if {form.reference, form.drawn_number} & taken:
                form.reference = False
            taken |= {form.reference, form.drawn_number}


def skip(cr, table):
    """Leave out a random few ids of a table: counted up they tell how many there are.

    :param table: name of a table of this addon
    """
    cr.execute(SQL("SELECT %s", _burnt(table)))


def _burnt(table):
    count = 1 + secrets.randbelow(4) + secrets.randbelow(2) * secrets.randbelow(30)
    return SQL(
        "(SELECT max(nextval(%s)) FROM generate_series(1, %s))",
        f"{table}_id_seq",
        count,
    )


def _taken(cr, forms, burnt):
    """The numbers that are taken, in one statement with the ids that are burnt."""
    cr.execute(
        SQL(
            """WITH burnt AS MATERIALIZED (SELECT %s)
            SELECT reference, drawn_number FROM burnt
            LEFT JOIN complaint_case ON reference = ANY(%s)
            OR company_id = ANY(%s) AND drawn_number = ANY(%s)
            """,
            burnt,
            [form.reference for form in forms],
            list({form.unit.company_id.id for form in forms}),
            [form.drawn_number for form in forms],
        )
    )
    return {number for row in cr.fetchall() for number in row if number}
