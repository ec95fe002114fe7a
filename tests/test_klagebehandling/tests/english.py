"""Finds English in what should be wholly in another language."""

import re
from pathlib import Path

import polib

# Words of English alone: none of them is Norwegian or Swedish.
STOP_WORDS = (
    "about|and|are|been|because|case|complaint|could|dear|did|does|from|had|has|have|"
    "here|how|into|is|it|its|kind|letter|news|not|our|please|received|reference|"
    "regards|should|thank|that|the|their|them|there|they|this|those|was|we|were|what|"
    "when|where|which|who|why|will|with|would|you|your"
)
ENGLISH = re.compile(rf"(?i)(?<![\w@./-])({STOP_WORDS})(?![\w@./-])")
# Shorter texts of ours are words that languages share, such as "Region".
LEAST_WORDS = 2


def find_english(text, language):
    """What is English in a text: words of its own, and texts of ours untranslated.

    :param text: plain text
    :param language: short code of the language that the text should have
    :return: list of words and texts; empty where there is none
    """
    plain = " ".join(text.split())
    found = [match[1] for match in ENGLISH.finditer(plain)]
    found += [msgid for msgid in _untranslated(language) if msgid in plain]
    return found


def _untranslated(language):
    """Our texts in English, those left out whose translation is the same."""
    root = Path(__file__).resolve().parents[3]
    for path in sorted(root.glob(f"klagebehandling*/i18n/{language}.po")):
        for entry in polib.pofile(str(path)):
            is_long = len(entry.msgid.split()) >= LEAST_WORDS
            if is_long and entry.msgid != entry.msgstr and "%(" not in entry.msgid:
                yield " ".join(entry.msgid.split())
