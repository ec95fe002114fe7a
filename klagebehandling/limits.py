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
TEXTS = {"title": 250, "description": 1_000_000, "desired_outcome": 100_000}
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
