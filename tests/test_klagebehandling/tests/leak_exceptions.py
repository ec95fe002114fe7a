"""What may differ all the same: reviewed, each with the reason why it tells nothing.

(model, channel) -> reason; "*" stands for every channel. Whatever is not listed here
fails the leak tests. The threat model repeats the list, and a test binds the two.
"""

EXCEPTIONS = {
    ("ir.filters", "*"): (
        "A saved search is the words of who saved it. Administrators read those of "
        "everybody; a colleague who names one after a case tells of it, as in a mail."
    ),
    ("ir.cron.trigger", "*"): (
        "What wakes Odoo's own jobs, such as scheduled messages of all applications. "
        "It names no document. Those of our own jobs are hidden."
    ),
    ("snailmail.letter", "*"): (
        "Odoo's paid letters. No button of ours makes one; who sends one from a case "
        "uses another application's table, which every employee can read."
    ),
}

# The same for guessed ids: (model, channel or field) -> reason.
GUESSES = {
    ("ir.filters", "*"): EXCEPTIONS["ir.filters", "*"],
    ("ir.cron.trigger", "*"): EXCEPTIONS["ir.cron.trigger", "*"],
    ("snailmail.letter", "*"): EXCEPTIONS["snailmail.letter", "*"],
    ("privacy.lookup.wizard.line", "*"): (
        "Odoo's privacy search, for administrators: it tells whether a database id is "
        "taken, and names nothing. Ids have gaps of random width."
    ),
}
# Pages of ours that a colleague has open: each page counts the same sequence up,
# whatever it is for, and what stands in it is refused to everybody else.
OPEN_PAGES = "complaint."
# Rows of Odoo's own tables are shared by all applications: that an id is refused
# tells that there is a message, a task or a file somewhere, and not of what. For
# them a refusal counts as the answer for a missing id. For ids of ours it does not.
SHARED = (
    "A refused id of a message, task, meeting or file may belong to any document of "
    "any application. Ids of cases and their parts answer as if they were missing."
)
