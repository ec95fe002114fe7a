"""How far the example's cases have come, each moved by the one who handles it."""

from datetime import timedelta

from odoo import fields

from .organisations import MODULE

REPLY = {
    "nb": "<p>Takk for at du sa fra. Vi har snakket med dem det gjelder, og vi har "
    "rettet opp det som gikk galt.</p>",
    "sv": "<p>Tack för att du hörde av dig. Vi har talat med dem det gäller och "
    "rättat till det som blev fel.</p>",
}
REMEDY = {
    "nb": "Rutinen er gått gjennom med alle på avdelingen.",
    "sv": "Rutinen har gåtts igenom med alla på enheten.",
}
# Id of the line: the actions, in order.
WAYS = {
    "nb-01": ("acknowledge", "investigate"),
    "nb-02": ("acknowledge", "investigate"),
    "nb-03": ("acknowledge",),
    "nb-08": ("acknowledge", "investigate", "answer", "close"),
    "nb-10": ("acknowledge",),
    "nb-11": ("redirect",),
    "sv-01": ("acknowledge", "answer"),
    "sv-05": ("acknowledge", "investigate"),
    "sv-07": ("acknowledge", "investigate"),
    "sv-09": ("redirect",),
    "sv-10": ("acknowledge", "answer", "close"),
}
EXPECTED_DAYS = 28


def move_cases(env, lines):
    """Take each case as far as ``WAYS`` says."""
    for line in lines:
        for step in WAYS.get(line["id"], ()):
            case = env.ref(f"{MODULE}.{case_name(line)}")
            STEPS[step](case.with_user(case.handler_id), line["lang"])


def case_name(line):
    """The name in the xmlid of the case that a line became."""
    return f"case_{line['id'].replace('-', '_')}"


def _acknowledge(case, _lang):
    today = fields.Date.context_today(case)
    case.expected_on = today + timedelta(days=EXPECTED_DAYS)
    case.action_acknowledge()


def _investigate(case, _lang):
    case.action_investigate()


def _answer(case, lang):
    case.action_answer(body=REPLY[lang], remedy=REMEDY[lang])


def _redirect(case, _lang):
    case.action_redirect()


def _close(case, lang):
    case.lesson = REMEDY[lang]
    case.action_close(outcome="upheld")


STEPS = {
    "acknowledge": _acknowledge,
    "investigate": _investigate,
    "answer": _answer,
    "redirect": _redirect,
    "close": _close,
}
