import re
from datetime import datetime

from ...limits import MAX_LIST

# Control signs but for line feed and tab, and halves of signs.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Reader:
    """Readers of plain values: each returns the clean value or raises ``ValueError``
    with the message for the person.

    :param env: for the language of the messages
    """

    def __init__(self, env):
        self.env = env

    def read_selection(self, value, selection):
        allowed = [code for code, _label in selection]
        if not isinstance(value, str) or value not in allowed:
            raise ValueError(
                self.env._("Choose one of: %(values)s.", values=", ".join(allowed))
            )
        return value

    def read_text(self, value, limit):
        if not isinstance(value, str):
            raise ValueError(self.env._("This must be text."))
        if len(value) > 2 * limit:
            self._refuse_length(limit)
        value = value.replace("\r\n", "\n").replace("\r", "\n")
        text = UNWRITABLE.sub("", value).strip()
        if len(text) > limit:
            self._refuse_length(limit)
        return text

    def _refuse_length(self, limit):
        raise ValueError(
            self.env._(
                "This is too long: at most %(limit)s characters. Attach the rest as a "
                "file.",
                limit=limit,
            )
        )

    def read_flag(self, value):
        if not isinstance(value, bool):
            raise ValueError(self.env._("Answer yes or no."))
        return value

    def read_number(self, value):
        if (
            isinstance(value, bool)
            or not isinstance(value, int)
            or not 0 < value < 2**31
        ):
            raise ValueError(self.env._("This must be a number that exists."))
        return value

    def read_codes(self, value, limit=MAX_LIST):
        if not isinstance(value, list) or len(value) > limit:
            raise ValueError(
                self.env._("Give a list of at most %(limit)s.", limit=limit)
            )
        return [self.read_text(code, 64) for code in value]

    def read_iso(self, value, kind):
        try:
            if not isinstance(value, str) or len(value) > 40:
                raise ValueError
            return kind.fromisoformat(value.strip())
        except ValueError:
            example = "2026-03-16T09:12" if kind is datetime else "2026-03-16"
            raise ValueError(
                self.env._("Write the date like this: %(example)s.", example=example)
            ) from None
