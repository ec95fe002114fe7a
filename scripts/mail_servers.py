"""Postfix and Dovecot on loopback, for the tests that send and fetch real mail.

Both run as the account that nobody is, on free ports, with a queue and mailboxes of
their own. The wrappers of Debian show Postfix the accounts it asks for, and Dovecot the
folder that it was built for.
"""

import grp
import os
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from console import Failure
from files import fresh_folder, remove
from process import tail, unprivileged, unprivileged_account
from system_packages import environment, root_of

PASSWORD = "mail"
# Its server takes nothing until it is told to.
SLOW = "slow.example"
QUEUES = ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold")
QUEUES += ("incoming", "maildrop", "pid", "private", "public", "saved", "trace")
# Seconds after which the sender is told that a mail waits.
PATIENCE = 5
START_TIMEOUT = 30
PRELOADED = {"UID_WRAPPER": "1", "UID_WRAPPER_ROOT": "1"}
MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
daemon_directory = {root}/usr/lib/postfix/sbin
command_directory = {root}/usr/sbin
shlib_directory = {root}/usr/lib/postfix
meta_directory = {folder}/conf
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
import_environment = MAIL_CONFIG TZ {variables}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example
mydestination =
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
local_transport = error:nothing is local
relay_domains =
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = check_recipient_access inline:{{refused.example=REJECT}}
smtputf8_enable = no
default_transport = lmtp:inet:127.0.0.1:{lmtp}
transport_maps = inline:{{{slow}}}
queue_run_delay = 2s
minimal_backoff_time = 2s
maximal_backoff_time = 4s
delay_warning_time = {patience}s
"""
MASTER = """
127.0.0.1:{smtp} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 2 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - 8 lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
DOVECOT = """
base_dir = {run}
state_dir = {folder}/state
libexec_dir = {root}/usr/lib/dovecot
import_environment = TZ {variables}
log_path = {folder}/log
protocols = imap pop3 lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_fsync = never
mail_location = maildir:{boxes}/%u
passdb {{
  driver = passwd-file
  args = scheme=plain username_format=%u {folder}/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%u {folder}/users
  override_fields = uid={user} gid={group} home={boxes}/%u
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service pop3-login {{
  chroot =
  inet_listener pop3 {{
    port = {pop}
  }}
  inet_listener pop3s {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
"""


class MailServers:
    """A mail server that knows everybody, and the mailboxes of those who exist.

    Who has no mailbox is unknown: the mail server finds out after it has taken the
    mail, and writes to the sender. ``refused.example`` it refuses at once, and
    ``slow.example`` waits until :meth:`open_slow`.

    :param folder: where all of it lies, made anew
    """

    def __init__(self, folder):
        self.folder = fresh_folder(folder)
        self.boxes = folder / "boxes"
        self.run = Path(tempfile.mkdtemp(prefix="klage-mail-"))
        self.run.chmod(0o755)
        names = ("smtp", "imap", "pop", "lmtp")
        self.ports = dict(zip(names, _free_ports(len(names)), strict=True))
        # Nobody listens there.
        self.slow = f"{SLOW}=lmtp:inet:127.0.0.1:1"
        self.postfix = self.dovecot = None
        for name in ("boxes", "dovecot/state", "postfix/conf", "postfix/data"):
            (folder / name).mkdir(parents=True)
        for name in QUEUES:
            (folder / "postfix/queue" / name).mkdir(parents=True)

    def start(self, mailboxes):
        """Start both.

        :param mailboxes: dict from address to the name of the mailbox it belongs to
        """
        lines = [
            f"{address}:{{PLAIN}}{PASSWORD}::::::userdb_mail=maildir:{self.boxes}/{box}"
            for address, box in mailboxes.items()
        ]
        (self.folder / "dovecot/users").write_text("\n".join(lines) + "\n")
        self._write_dovecot()
        self._write_postfix()
        account = unprivileged_account()
        for path in (self.folder, self.run, *self.folder.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid)
        self._start_dovecot()
        self.start_postfix()

    def stop(self):
        """Stop both; what they kept stays for who looks into it."""
        self.stop_postfix()
        _end(self.dovecot)
        remove(self.run)

    def start_postfix(self):
        """Start the mail server; its queue goes on where it was."""
        root = root_of("usr/lib/postfix/sbin/master")
        self.postfix = self._start(
            root / "usr/lib/postfix/sbin/master",
            ["-d", "-c", self.folder / "postfix/conf"],
            self._postfix_variables(root),
            ("smtp",),
        )

    def stop_postfix(self):
        """Stop the mail server; what it has taken stays in its queue."""
        _end(self.postfix)

    def open_slow(self):
        """Have the server of ``slow.example`` take what waits for it."""
        self.slow = ""
        self._write_postfix()
        self.postfix.send_signal(signal.SIGHUP)

    def waiting(self):
        """Return how many mails the mail server still has."""
        queue = self.folder / "postfix/queue"
        return sum(
            path.is_file()
            for name in ("incoming", "active", "deferred", "maildrop")
            for path in (queue / name).rglob("*")
        )

    def log(self):
        """Return the last lines of what both have said."""
        names = ("output", "postfix/log", "dovecot/log")
        return "\n".join(tail(self.folder / name) for name in names)

    # How they are set up

    def _write_postfix(self):
        folder = self.folder / "postfix"
        root = root_of("usr/lib/postfix/sbin/master")
        account = unprivileged_account()
        values = {
            "folder": folder,
            "root": str(root).rstrip("/"),
            "slow": self.slow or "none.example=error:none",
            "variables": " ".join(self._postfix_variables(root)),
            "patience": PATIENCE,
            **self.ports,
        }
        (folder / "conf/main.cf").write_text(MAIN.format(**values))
        (folder / "conf/master.cf").write_text(MASTER.format(**values))
        own = f"{account.pw_uid}:{account.pw_gid}::/:/bin/false"
        (folder / "passwd").write_text(
            f"root:x:0:0::/:/bin/false\npostfix:x:{own}\n"
            "nobody:x:65533:65533::/:/bin/false\n"
        )
        (folder / "group").write_text(
            f"root:x:0:\npostfix:x:{account.pw_gid}:\n"
            "postdrop:x:65532:\nnobody:x:65533:\n"
        )

    def _postfix_variables(self, root):
        folder = self.folder / "postfix"
        wrappers = (_library("libnss_wrapper.so"), _library("libuid_wrapper.so"))
        return PRELOADED | {
            "LD_LIBRARY_PATH": _before(f"{root}/usr/lib/postfix"),
            "LD_PRELOAD": ":".join(wrappers),
            "NSS_WRAPPER_PASSWD": str(folder / "passwd"),
            "NSS_WRAPPER_GROUP": str(folder / "group"),
        }

    def _write_dovecot(self):
        account = unprivileged_account()
        root = root_of("usr/lib/dovecot/lmtp")
        text = DOVECOT.format(
            folder=self.folder / "dovecot",
            boxes=self.boxes,
            run=self.run,
            root=str(root).rstrip("/"),
            user=account.pw_name,
            group=grp.getgrgid(account.pw_gid).gr_name,
            variables=" ".join(self._dovecot_variables(root)),
            **self.ports,
        )
        (self.folder / "dovecot/dovecot.conf").write_text(text)

    def _dovecot_variables(self, root):
        """It loads its modules from where it was built for, whatever it is told.

        So it is shown our folder in the place of ``/usr``, but for what all share.
        """
        variables = {
            "LD_LIBRARY_PATH": _before(
                f"{root}/usr/lib/dovecot", f"{root}/usr/lib/dovecot/modules/old-stats"
            )
        }
        if root == Path("/"):
            return variables
        outside = [path for path in Path("/").iterdir() if path.name != "usr"]
        outside += [Path("/usr/share")]
        outside += Path("/usr/lib").glob("*-linux-gnu*")
        return variables | {
            "LD_PRELOAD": _library("fakechroot/libfakechroot.so"),
            "FAKECHROOT": "true",
            "FAKECHROOT_BASE": str(root),
            "FAKECHROOT_EXCLUDE_PATH": ":".join(sorted(map(str, outside))),
        }

    def _start_dovecot(self):
        root = root_of("usr/lib/dovecot/lmtp")
        self.dovecot = self._start(
            root / "usr/sbin/dovecot",
            ["-F", "-c", self.folder / "dovecot/dovecot.conf"],
            self._dovecot_variables(root),
            ("imap", "pop", "lmtp"),
        )

    def _start(self, program, arguments, variables, ports):
        with (self.folder / "output").open("ab") as output:
            process = subprocess.Popen(
                [str(part) for part in (program, *arguments)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=environment() | {"HOME": "/nonexistent"} | variables,
                cwd=self.folder,
                start_new_session=True,
                **unprivileged(),
            )
        deadline = time.monotonic() + START_TIMEOUT
        while not all(map(self._answers, ports)):
            if process.poll() is not None or time.monotonic() > deadline:
                raise Failure(f"{program.name} does not answer:\n{self.log()}")
            time.sleep(0.1)
        return process

    def _answers(self, name):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.ports[name])) == 0


def _free_ports(count):
    probes = [socket.socket() for _one in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _library(name):
    pattern = f"usr/lib/*-linux-gnu*/{name}"
    return str(next(root_of(pattern).glob(pattern)))


def _before(*folders):
    """Return a search path of libraries that begins with these folders."""
    return ":".join(filter(None, (*folders, environment().get("LD_LIBRARY_PATH"))))


def _end(process):
    if process and process.poll() is None:
        process.terminate()
        process.wait()
