"""What a person can be found by, as keyed hashes that tell nothing without the key.

A name is found by each of its words and by their beginnings, an e-mail address and a
phone number as a whole. Whoever copies the database must learn nothing of it:

- How often a hash occurs names nobody. Each word has many hashes, of which a row holds
  one at random, so that two rows of the same name hardly share any; and invented words,
  which recur as names do, stand among the real ones.
- All rows hold the same number of hashes, however many words a name has.
"""

import base64
import functools
import hmac
import itertools
import re
import secrets
import unicodedata

from . import keyring

# A row holds so many hashes, and of these at most so many of what is known.
NUMBER = 48
MOST_REAL = 40
# So many hashes each word has; a row holds one of them, a search asks for all.
VARIANTS = 256
# 60 bits: no two words meet by chance.
SIGNS = 10
# A beginning has at least and at most so many letters; what is typed beyond them is
# not looked at.
SHORTEST, LONGEST = 3, 8
PHONE_DIGITS = 8
# Of a text no more is looked at than a name has, of what was typed so many words.
LONGEST_TEXT = 300
MOST_TYPED = 8
# The rank of invented words: the most frequent one stands in one row of twenty.
FIRST_RANK, RANKS = 100, 1000

# Joins the words of a name: Anne-Grete, O'Brien.
JOINT = "-"
JOINTS = dict.fromkeys(map(ord, "'’‘`´ʼ-‐‑‒–"), JOINT)
ADDRESS = re.compile(r"[^\s<>(),;:\"]+@[^\s<>(),;:\"]*[^\s<>(),;:\".]")
# Letters that are no base letter with a mark, as they are written without them.
PLAIN = str.maketrans(
    {
        "æ": "a",
        "ð": "d",
        "ø": "o",
        "đ": "d",
        "ħ": "h",
        "ı": "i",
        "ł": "l",
        "ŋ": "n",
        "œ": "o",
        "ŧ": "t",
        "þ": "th",
    }
)
# The same where somebody writes them with two letters.
SPELT = str.maketrans(
    {
        "å": "aa",
        "ä": "ae",
        "æ": "ae",
        "ö": "oe",
        "ø": "oe",
        "œ": "oe",
        "ü": "ue",
        "ŋ": "ng",
    }
)
PAIRS = re.compile("aa|ae|oe|ue")


def seal(known, key=None):
    """The hashes to store of a person, in one text with spaces between.

    :param known: dict with any of ``name``, ``email`` and ``phone``; of an empty one
        there are as many hashes, which nothing finds
    :param key: of the ring; the first one without it
    """
    key = key or keyring.keyring()[0]
    random = secrets.SystemRandom()
    real = itertools.islice(dict.fromkeys(_terms(known)), MOST_REAL)
    hashes = {_hashed(term, random.randrange(VARIANTS), key) for term in real}
    while len(hashes) < NUMBER:
        rank = int(FIRST_RANK * RANKS ** random.random())
        invented = f"invented:{rank}"
        hashes.add(_hashed(invented, random.randrange(VARIANTS), key))
    return " ".join(sorted(hashes))


def typed_name(text, whole=False):
    """What a name must hold to be found by what somebody typed.

    :param whole: whether only whole words count, not their beginnings
    :return: for each word that was typed its readings, of which one is enough; a
        reading is a list of words, all of which must be there; a word is a set of
        terms, of which one is enough
    """
    units = list(itertools.islice(_units(text), MOST_TYPED))
    if any(len("".join(unit)) > 1 for unit in units):
        # An initial is no word where a word stands beside it.
        units = [unit for unit in units if len("".join(unit)) > 1]
    return [
        [[_typed_word(part, whole) for part in parts] for parts in _readings(unit)]
        for unit in units
    ]


def typed_address(text):
    """The e-mail address in a text, as :func:`typed_name` returns a name."""
    address = _address(text)
    return [[[{f"email:{address}"}]]] if address else []


def typed_phone(text):
    """The phone number that a text is, as :func:`typed_name` returns a name."""
    digits = re.sub(r"\D", "", _composed(_shortened(text)))[-PHONE_DIGITS:]
    return [[[{f"phone:{digits}"}]]] if digits else []


def lookups(terms):
    """All hashes that rows may hold of some terms, whichever key of the ring made them.

    Sealed anew, a row has those of the first key; until then it has those of another.

    :return: a dict of terms by hash
    """
    return {
        _hashed(term, variant, key): term
        for key in keyring.keyring()
        for term in terms
        for variant in range(VARIANTS)
    }


def terms_of(units):
    """All terms in what :func:`typed_name` returned."""
    return {
        term
        for readings in units
        for words in readings
        for word in words
        for term in word
    }


def holders(units, known):
    """Who has all that was typed.

    :param units: what :func:`typed_name` returned; an empty list is had by nobody
    :param known: who has each term, a dict of sets
    """
    return _all(
        set().union(
            *(
                _all(
                    set().union(*(known.get(term, ()) for term in word))
                    for word in words
                )
                for words in readings
            )
        )
        for readings in units
    )


def _all(sets):
    sets = list(sets)
    return set.intersection(*sets) if sets else set()


def _terms(known):
    """What a person is found by, what matters most first."""
    yield from terms_of(typed_address(known.get("email")))
    yield from terms_of(typed_phone(known.get("phone")))
    words = [
        _forms(part)
        for unit in _units(known.get("name"))
        for part in dict.fromkeys(itertools.chain(*_readings(unit)))
    ]
    # All words as most people type them come before rarer spellings of any.
    for forms in itertools.zip_longest(*words):
        yield from (f"word:{form}" for form in forms if form)
        for length in range(SHORTEST, LONGEST + 1):
            for form in forms:
                if form and len(form) >= length:
                    yield f"part:{form[:length]}"


def _readings(unit):
    """A name that is joined of several words, as these words and as one."""
    return [unit] if len(unit) == 1 else [unit, ("".join(unit),)]


def _typed_word(word, whole):
    """The terms of which a row must hold one to have the word that was typed."""
    return {
        f"word:{form}" if whole or len(form) < SHORTEST else f"part:{form[:LONGEST]}"
        for form in _forms(word)
    }


def _units(text):
    """The words of a name, in small letters; one joined of several as a tuple of them.

    What is no letter, mark or digit, in any script, stands between words.
    """
    # The accent that stands alone is a space to Unicode.
    text = _composed(_composed(_shortened(text).translate(JOINTS)).casefold())
    text = text.translate(JOINTS)
    signs = (
        sign if sign == JOINT or unicodedata.category(sign)[0] in "LMN" else " "
        for sign in text
    )
    for unit in "".join(signs).split():
        if parts := tuple(filter(None, unit.split(JOINT))):
            yield parts


def _forms(word):
    """The ways in which a word may be typed, the most usual first.

    Without marks (Öster: oster), with two letters (oester), and two letters as one, for
    who writes Aase or Soerensen.
    """
    plain = _unmarked(word.translate(PLAIN))
    spelt = _unmarked(word.translate(SPELT).translate(PLAIN))
    return list(
        dict.fromkeys((plain, spelt, PAIRS.sub(lambda pair: pair[0][0], plain)))
    )


def _unmarked(word):
    signs = unicodedata.normalize("NFKD", word)
    return _composed("".join(one for one in signs if unicodedata.category(one) != "Mn"))


def _address(text):
    found = ADDRESS.search(_composed(_shortened(text)))
    return found[0].casefold() if found else ""


def _shortened(text):
    return str(text or "")[:LONGEST_TEXT]


def _composed(text):
    return unicodedata.normalize("NFKC", text)


def _hashed(term, variant, key):
    message = f"party:{term}\0{variant}".encode()
    digest = hmac.digest(_secret(key), message, "sha256")
    return base64.urlsafe_b64encode(digest[:8])[:SIGNS].decode()


@functools.lru_cache(maxsize=16)
def _secret(key):
    return base64.urlsafe_b64decode(key)
