"""Selections that several models share, in the words of the glossary."""

from collections import Counter

KINDS = [
    ("complaint", "Complaint"),
    ("view", "View"),
    ("suggestion", "Suggestion"),
    ("praise", "Praise"),
    ("whistleblowing", "Whistleblowing"),
    ("undecided", "Undecided"),
]

CHANNELS = [
    ("web", "Web form"),
    ("email", "E-mail"),
    ("phone", "Phone"),
    ("letter", "Letter"),
    ("paper_form", "Paper form"),
    ("meeting", "Conversation or visit"),
    ("social_media", "Social media"),
    ("api", "Another system"),
]

REPLY_CHANNELS = [
    ("portal", "Status page"),
    ("email", "E-mail"),
    ("sms", "Text message"),
    ("phone", "Phone"),
    ("letter", "Letter"),
    ("meeting", "Meeting"),
    ("social_media", "Private message on social media"),
]

ANONYMITY = [
    ("open", "By name"),
    ("protected", "Protected identity"),
    ("anonymous", "Anonymous"),
]

PARTY_ROLES = [
    ("complainant", "Complainant"),
    ("service_user", "Service user"),
    ("representative", "Representative"),
    ("support_person", "Support person"),
    ("interpreter", "Interpreter"),
    ("witness", "Witness"),
    ("staff", "Staff"),
    ("external_caseworker", "External caseworker"),
    ("subject", "Person complained about"),
]

PARTY_KINDS = [
    ("participant", "Participant"),
    ("external_partner", "External partner"),
    ("customer", "Customer"),
    ("employee", "Employee"),
    ("individual", "Individual"),
    ("next_of_kin", "Next of kin"),
    ("service_user", "Service user"),
    ("resident", "Resident"),
    ("relative", "Relative"),
    ("visitor", "Visitor"),
    ("authority", "Authority"),
    ("other", "Other"),
]

UNIT_FUNCTIONS = [
    ("service", "Service unit"),
    ("management", "Management"),
    ("decision", "Decides on individual decisions"),
    ("fault_reporting", "Receives fault reports"),
    ("whistleblowing", "Receives whistleblowing reports"),
]

MILESTONES = [
    ("acknowledge", "Acknowledgement of receipt"),
    ("inform_staff", "Information at the staff meeting"),
    ("update", "Progress update"),
    ("reply", "Reply"),
    ("close", "Closing"),
    ("refer", "Referral"),
    ("review", "Review"),
]

# Whom a duty is owed: the complainant, or others.
TO_PERSON = ("acknowledge", "update", "reply", "close")
TO_OTHERS = ("inform_staff", "refer", "review")

CASE_STATES = [
    ("received", "Received"),
    ("acknowledged", "Acknowledged"),
    ("investigating", "Under investigation"),
    ("answered", "Answered"),
    ("closed", "Closed"),
    ("redirected", "Redirected"),
    ("withdrawn", "Withdrawn"),
]

OUTCOMES = [
    ("upheld", "Upheld"),
    ("partly_upheld", "Partly upheld"),
    ("not_upheld", "Not upheld"),
    ("resolved", "Resolved"),
    ("unresolved", "Unresolved"),
    ("resolved_at_once", "Resolved at once"),
    ("no_finding", "No finding"),
]

STAGES = [("1", "Stage 1"), ("2", "Stage 2"), ("external", "External")]

TRIAGE = [("at_once", "Can be put right at once"), ("handling", "Needs handling")]

# Ways to say when it happened: one of them is enough.
WHEN = ("event_date", "event_until", "event_words")


def language_names(installed):
    """What languages are called by who speaks them: pairs of code and name.

    Odoo's name has the English one before it, and the country after it, which tells
    nothing where the language is there once.

    :param installed: pairs of code and name, as of ``res.lang.get_installed``
    """
    own = [(code, name.rpartition(" / ")[2]) for code, name in installed]
    short = {code: name.partition(" (")[0] for code, name in own}
    many = Counter(short.values())
    return [
        (code, name if many[short[code]] > 1 else short[code]) for code, name in own
    ]


def html_lang(code):
    """The code of a language as a page names it: ``nb-NO`` for ``nb_NO``."""
    return code.split("@")[0].replace("_", "-")
