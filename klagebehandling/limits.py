"""How much the door lets in; the form, the mail, the portal and its page say the same.

Beside the rooms, as the files room counts a mail with it before the door is reached.
"""

MEGABYTE = 1024 * 1024
MAX_FILE = 25 * MEGABYTE
# All files of a complaint or a mail together.
MAX_FILES = 40 * MEGABYTE
# A request of the public form. Files a bit too large together are refused beside the
# field, so that the text is kept; only what is much larger ends on a page of its own.
MAX_REQUEST = MAX_FILES + 60 * MEGABYTE
# Persons, files or codes in one list.
MAX_LIST = 50
# Signs in a text of the matter, in a short code, and in what tells who a person is.
TEXTS = {
    "title": 250,
    "description": 1_000_000,
    "desired_outcome": 100_000,
    "event_words": 250,
    "interpreter_language": 100,
}
LABELS = {"policy": 64, "lang": 16, "submission_id": 128}
AUTHORISATION = 1000
FILE_NAME = 250
PARTY_TEXTS = {
    "name": 250,
    "email": 254,
    "phone": 64,
    "street": 500,
    "zip": 32,
    "city": 250,
}


def pick_files(given):
    """Pick the files that are let in; what is too large or too many is only counted.

    :param given: pairs of name and bytes
    :return: list of dicts with ``name`` and ``raw``, and how many are left out
    """
    picked, left_out, total = [], 0, 0
    for name, raw in given:
        if not raw:
            continue
        is_much = len(raw) > MAX_FILE or total + len(raw) > MAX_FILES
        if is_much or len(picked) >= MAX_LIST:
            left_out += 1
            continue
        total += len(raw)
        picked.append({"name": (name or "file")[:FILE_NAME], "raw": raw})
    return picked, left_out
