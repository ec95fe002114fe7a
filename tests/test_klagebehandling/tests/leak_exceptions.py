"""What may differ all the same: reviewed, each with the reason why it tells nothing.

(model, channel) -> reason; "*" stands for every channel. Whatever is not listed here
fails the leak tests.
"""

EXCEPTIONS = {}

# The same for guessed ids: (model, channel or field) -> reason.
GUESSES = {}
