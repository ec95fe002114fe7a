"""A mail server that takes every mail and keeps it, for as long as a test runs."""

import email
import email.policy
import socketserver
import threading


class Mailbox(socketserver.ThreadingTCPServer):
    """Listens on a free port; ``mails`` holds what has come, in order."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.mails = []

    @property
    def port(self):
        return self.server_address[1]

    def start(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def to(self, address):
        """The newest mail to an address, or None."""
        mails = [mail for mail in self.mails if address in (mail["To"] or "")]
        return mails[-1] if mails else None


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self._say("220 ready")
        for line in self.rfile:
            word = line[:4].upper().strip()
            if word == b"DATA":
                self._say("354 go on")
                self._take()
            else:
                self._say("221 bye" if word == b"QUIT" else "250 ok")

    def _take(self):
        lines = []
        for line in self.rfile:
            if line.strip() == b".":
                break
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        mail = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        self.server.mails.append(mail)
        self._say("250 taken")

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())
