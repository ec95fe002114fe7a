"""The numbers of a case as people type them into a search box.

A reference, ``7F3KQ-2XRTM``, is typed in small letters, without its hyphen or with a
space, with I for 1, or in part. So is a registry number, ``2026-0123456``; its year
also with two digits, and the number without leading zeros.
"""

import re

from odoo.fields import Domain
from odoo.tools import SQL

from .sealing import receipt_code

APART = re.compile(r"[\s./·‐‑–-]+")
CENTURY = "20"
YEAR, NUMBER = 4, 7


def search_reference(_cases, operator, value):
    """The search method of a field that holds a reference."""
    return _search("reference", operator, value, reference_parts)


def search_drawn_number(_cases, operator, value):
    """The search method of a field that holds a drawn registry number."""
    return _search("drawn_number", operator, value, registry_parts)


def reference_parts(text):
    """The parts of references that a text may mean, as they are written."""
    if whole := receipt_code.find_references(text):
        return whole
    groups = list(filter(None, APART.split(receipt_code.plain(text))))
    signs = "".join(groups)
    if not signs or set(signs) - set(receipt_code.ALPHABET) or len(groups) > 2:
        return []
    if len(groups) == 2:
        is_part = max(map(len, groups)) <= receipt_code.GROUP
        return ["-".join(groups)] if is_part else []
    if len(signs) > 2 * receipt_code.GROUP:
        return []
    # Where the hyphen may stand that was left out.
    first = max(1, len(signs) - receipt_code.GROUP)
    last = min(receipt_code.GROUP, len(signs) - 1)
    within = [signs] if len(signs) <= receipt_code.GROUP else []
    return within + [f"{signs[:at]}-{signs[at:]}" for at in range(first, last + 1)]


def registry_parts(text):
    """The parts of registry numbers that a text may mean, as they are written."""
    groups = list(filter(None, APART.split(text.strip())))
    digits = "".join(groups)
    if not digits.isdecimal() or len(groups) > 2:
        return []
    if len(groups) == 1:
        return [digits, *_split(digits)]
    return [
        part
        for year, number in (groups, groups[::-1])
        if len(year) in (2, YEAR) and len(number) <= NUMBER
        for part in _written(year, number)
    ]


def _split(digits):
    """A number without its hyphen, with the year in four digits or in two."""
    if len(digits) > YEAR and digits.startswith(CENTURY):
        yield f"{digits[:YEAR]}-{digits[YEAR:]}"
    if len(digits) == 2 + NUMBER:
        yield f"{CENTURY}{digits[:2]}-{digits[2:]}"


def _written(year, number):
    """A year and a number, which may be the beginning of one or lack its zeros."""
    year = year if len(year) == YEAR else f"{CENTURY}{year}"
    return [f"{year}-{number}", f"{year}-{number.zfill(NUMBER)}"]


def _search(name, operator, value, read):
    """What is typed is understood; any other condition is asked as it stands."""
    if operator == "not ilike":
        return NotImplemented
    if operator != "ilike" or not isinstance(value, str):
        return Domain(name, operator, value)
    value = value.replace("\0", "")
    parts = read(value) or [value]

    def to_sql(model, alias, query):
        field = model._fields[name]
        likes = (
            field.condition_to_sql(name, "ilike", part, model, alias, query)
            for part in parts
        )
        # Without a number a case is found by what is not so, as everywhere in Odoo.
        number = SQL.identifier(alias, name, to_flush=field)
        return SQL("(%s IS NOT NULL AND (%s))", number, SQL(" OR ").join(likes))

    return Domain.custom(to_sql=to_sql)
