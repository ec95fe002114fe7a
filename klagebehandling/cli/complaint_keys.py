import sys

from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.tools import config

STEPS = """The key ring is kept in the {place}, which this command cannot change.
1. Make a key:  {prog} -d {database} new
2. Put it IN FRONT of what {variable} holds, with a comma between. Keep all the others,
   in their order, and restart every server with it.
3. Run this command again: it seals everything anew under the new key.
"""
UNREADABLE = """Some rows cannot be opened with the key ring of this command; see check.
Run it with the environment and the configuration of the server. Where a key is truly
lost, go on with --leave-unreadable: what it sealed stays as it is."""


class ComplaintKeys(Command):
    """Look at, rotate or make the keys that seal identities

    check   how many rows each key seals, and what cannot be opened
    rotate  put a new key in front of the ring and seal everything anew under it
    new     print a new key and store it nowhere

    Ends with 0 where all is well, with 1 where something is not.
    """

    name = "complaint_keys"

    def run(self, cmdargs):
        self.parser.add_argument("-c", "--config", help="configuration file")
        self.parser.add_argument("-d", "--database", help="name of the database")
        self.parser.add_argument("act", choices=("check", "rotate", "new"))
        self.parser.add_argument(
            "--leave-unreadable",
            action="store_true",
            help="rotate although some rows cannot be opened: their key is lost",
        )
        args = self.parser.parse_args(cmdargs)
        options = ["--no-http", "--log-level=error"]
        if args.config:
            options += ["-c", args.config]
        if args.database:
            options += ["-d", args.database]
        config.parse_config(options, setup_logging=True)
        self._leave_unreadable = args.leave_unreadable
        sys.exit(getattr(self, f"_{args.act}")())

    def _registry(self):
        if len(config["db_name"]) != 1:
            self.parser.error("name one database: -d DATABASE")
        registry = Registry(config["db_name"][0])
        if "complaint.party" not in registry:
            self.parser.error("complaint handling is not installed there")
        return registry

    def _new(self):
        from odoo.addons.klagebehandling.sealing import keyring

        self._say(keyring.new_key())
        return 0

    def _rotate(self):
        from odoo.addons.klagebehandling.sealing import keyring, rotation

        registry = self._registry()
        if self._say_missing(keyring, rotation.file_problem()):
            return 1
        try:
            is_new, done = rotation.rotate(registry, self._leave_unreadable)
        except rotation.RowsUnreadable:
            self._say(UNREADABLE)
            return 1
        if is_new:
            self._say(f"A new key {keyring.key_mark()} was made.")
            self._say(f"Back up {keyring.key_file()} now, apart from the database.")
        elif done:
            self._say("A rotation that was begun before is finished.")
        else:
            self._say_steps(registry.db_name, keyring)
        for model, number in done.items():
            self._say(f"{model}: {number} sealed anew")
        return 0

    def _say_steps(self, database, keyring):
        variable, place = {
            "environment": (keyring.ENVIRONMENT, "environment"),
            "configuration": (keyring.OPTION, "configuration file"),
        }[keyring.source()]
        self._say(
            STEPS.format(
                place=place, variable=variable, prog=self.prog, database=database
            )
        )

    def _check(self):
        from odoo.addons.klagebehandling.sealing import keyring, rotation

        registry = self._registry()
        problem = rotation.file_problem()
        if self._say_missing(keyring, problem):
            return 1
        marks = [keyring.mark(key) for key in keyring.keyring()]
        counts = rotation.count(registry)
        where = keyring.source()
        if where == "file":
            where = str(keyring.key_file())
        self._say(f"Key ring: {where} {problem or 'is in place'}")
        self._say(f"Mark of the key ring: {keyring.ring_mark()}, as in the settings")
        for place, mark in enumerate(marks, start=1):
            self._say(f"{place}. key {mark}: seals {self._opened(counts, mark)} rows")
        unmarked = self._opened(counts, "")
        if unmarked:
            self._say(f"Sealed before keys had marks: {unmarked} rows")
        self._say_closed(counts)
        wrong = rotation.wrong_hash_key(registry)
        if wrong:
            self._say(f"THE LAST KEY IS NOT {wrong}: receipt codes are not recognised.")
        return 1 if problem or wrong or rotation.count_closed(counts) else 0

    def _say_missing(self, keyring, problem):
        """Say that the ring is gone, before anything here makes a new one."""
        is_missing = problem and not keyring.key_file().exists()
        if is_missing:
            self._say(f"Key ring: {keyring.key_file()} {problem}")
        return is_missing

    def _opened(self, counts, mark):
        return sum(counter[mark, True] for counter in counts.values())

    def _say_closed(self, counts):
        """Name what no key of the ring opens."""
        for model, counter in counts.items():
            for (mark, is_open), number in sorted(counter.items()):
                if not is_open:
                    self._say(
                        f"CANNOT BE OPENED: {number} rows of {model}, "
                        f"sealed by key {mark or 'unknown'}"
                    )

    def _say(self, text):
        sys.stdout.write(f"{text}\n")
