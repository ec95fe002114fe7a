"""What people write in the mail loop: letters of the outer world, kind by kind."""

import smtplib
import threading
import time
from email.message import EmailMessage
from typing import NamedTuple

DOMAINS = ("nord.example", "vest.example", "sor.example")
KINDS = ("plain", "html", "latin", "file", "both", "blind", "again", "automatic")
OF_EACH = 8
WORDS = "Blåbærsyltetøyet er kaldt – og dyrt."


class Complaint(NamedTuple):
    """One mail that somebody writes, and where it becomes a case."""

    #: stands in its subject, and nowhere else
    mark: str
    kind: str
    sender: str
    receivers: tuple
    raw: bytes

    @property
    def expected(self):
        """The domains of the organisations where it is one case."""
        if self.kind == "automatic":
            return set()
        return {one.partition("@")[2] for one in self.receivers}


def complaints():
    """Return one mail of each kind to each organisation in turn, some dozens."""
    return [_complaint(kind, number) for number in range(OF_EACH) for kind in KINDS]


def _complaint(kind, number):
    mark = f"Sak-{kind}-{number}"
    first = DOMAINS[number % len(DOMAINS)]
    second = DOMAINS[(number + 1) % len(DOMAINS)]
    domains = (first, second) if kind == "both" else (first,)
    receivers = tuple(f"klage@{domain}" for domain in domains)
    sender = f"{mark.lower()}@senders.example"
    message = EmailMessage()
    message["From"] = f"Kari Nordmann <{sender}>"
    message["To"] = "post@senders.example" if kind == "blind" else ", ".join(receivers)
    message["Subject"] = mark
    message["Message-Id"] = f"<{mark}@senders.example>"
    message.set_content(f"{WORDS}\n")
    if kind == "html":
        message.add_alternative(f"<p><b>{WORDS}</b></p>", subtype="html")
    if kind == "file":
        message.add_attachment(
            b"a,b\n1,2\n", maintype="text", subtype="csv", filename="liste.csv"
        )
    if kind == "automatic":
        message["Auto-Submitted"] = "auto-replied"
    raw = message.as_bytes()
    if kind == "latin":
        head = (
            f"From: {sender}\nTo: {receivers[0]}\nSubject: {mark}\n"
            f"Message-Id: <{mark}@senders.example>\nMIME-Version: 1.0\n"
            "Content-Type: text/plain; charset=iso-8859-1\n"
            "Content-Transfer-Encoding: 8bit\n\n"
        )
        raw = head.encode() + f"{WORDS}\n".encode("cp1252")
    return Complaint(mark, kind, sender, receivers, raw)


class Writers(threading.Thread):
    """Sends what people write, in portions; a server that is down gets it later."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.port = port
        self.left = complaints()
        self.total = len(self.left)
        self.is_over = False
        self.allowed = 0

    def allow(self, share):
        """Let a share of all be sent by now."""
        self.allowed = max(self.allowed, round(self.total * share))

    @property
    def sent(self):
        """How many have been sent."""
        return self.total - len(self.left)

    def run(self):
        """Send until nothing is left, or nobody waits for it any more."""
        while self.left and not self.is_over:
            if self.sent >= self.allowed or not self._post(self.left[0]):
                time.sleep(0.2)
            else:
                self.left.pop(0)

    def _post(self, complaint):
        times = 2 if complaint.kind == "again" else 1
        try:
            with smtplib.SMTP("127.0.0.1", self.port, timeout=10) as server:
                for _once_more in range(times):
                    server.sendmail(
                        complaint.sender, list(complaint.receivers), complaint.raw
                    )
        except OSError:
            return False
        return True
