"""A mail server as the world outside has it: most days it works."""

import collections
import datetime
import smtplib

# What is wrong with it, while it is; in the order in which the days are drawn.
MOODS = ("slow", "busy", "refuses", "drops", "down")
# How often a bad time begins, at each look, and how many days it lasts at most.
BAD_TIMES = 0.02
LONGEST = 3


class MailServer:
    """Stands where Odoo connects to a mail server, and keeps books of its own.

    What it says it has taken is in ``answered``. Where the connection breaks after it
    has taken a mail and before it could say so, it is in ``unanswered``: that one comes
    again. Everything in between, Odoo's own ``send_email``, runs as it is.

    :param dice: a ``random.Random``
    :param clock: of freezegun: a slow server takes its time
    """

    def __init__(self, dice):
        self.dice = dice
        self.clock = None
        self.mood, self.until = None, None
        self.answered = collections.Counter()
        self.unanswered = collections.Counter()
        self.met = collections.Counter()
        self.addressed = set()
        self.answered_at = {}

    def look(self, moment):
        """Let the time come in which something is wrong, or is over."""
        if self.until and moment >= self.until:
            self.mood = self.until = None
        if not self.mood and self.dice.random() < BAD_TIMES:
            self.mood = self.dice.choice(MOODS)
            hours = self.dice.randint(2, LONGEST * 24)
            self.until = moment + datetime.timedelta(hours=hours)

    def connect(self, *_args, **_kwargs):
        """Take the place of ``ir.mail_server._connect__``."""
        if self.mood == "down":
            self.met["down"] += 1
            raise ConnectionRefusedError(111, "Connection refused")
        return Session(self)

    def take(self, message, receivers):
        """Take a mail, or do what the time makes of it."""
        self.addressed.update(receivers)
        if self.mood:
            self.met[self.mood] += 1
            getattr(self, f"_be_{self.mood}")(message, receivers)
        name = message["Message-Id"]
        self.answered[name] += 1
        self.answered_at[name] = datetime.datetime.now()

    def _be_slow(self, _message, _receivers):
        self.clock.tick(self.dice.randint(1, 60))

    def _be_busy(self, _message, receivers):
        if self.dice.random() < 0.7:
            later = (451, b"4.7.1 Try again later")
            raise smtplib.SMTPRecipientsRefused(dict.fromkeys(receivers, later))

    def _be_refuses(self, _message, receivers):
        if self.dice.random() < 0.5:
            never = (550, b"5.1.1 User unknown")
            raise smtplib.SMTPRecipientsRefused(dict.fromkeys(receivers, never))

    def _be_drops(self, message, _receivers):
        luck = self.dice.random()
        if luck < 0.3:
            self.unanswered[message["Message-Id"]] += 1
        if luck < 0.6:
            raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


class Session:
    """One connection to it, as ``smtplib.SMTP`` is."""

    from_filter = smtp_from = False

    def __init__(self, server):
        self.server = server

    def send_message(self, message, _sender, receivers):
        """Send one mail."""
        self.server.take(message, receivers)

    def quit(self):
        """Say goodbye."""
