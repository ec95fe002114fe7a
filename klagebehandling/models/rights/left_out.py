"""What a person is not given of what is kept in a case, each with its reason.

All else is given: a test plants a word in every column and looks for it here or there.
"""

ABOUT_OTHERS = "Asked by somebody else, or about this very request."
ABOUT_OTHER_CASES = "Tells of another case, which this person may know nothing of."
FILES = "What is text in a file is given, and of each other file that it is left out."
SAID_ELSEWHERE = "The same words stand in another part of the copy."

MODELS = {
    "complaint.access.document": ABOUT_OTHERS,
    "complaint.access.mask": ABOUT_OTHERS,
    "complaint.access.review": ABOUT_OTHERS,
    "complaint.case.link": ABOUT_OTHER_CASES,
    "complaint.original": FILES,
}
FIELDS = {
    ("complaint.case", "title"): SAID_ELSEWHERE,
    ("complaint.case", "description"): SAID_ELSEWHERE,
}
