import sys

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.cli.command import Command
from odoo.modules.registry import Registry
from odoo.tools import config


class ComplaintVerify(Command):
    """Check every journal of complaints in a database against its seals

    One line for each finding: what it is, where, and the number of the entry.
    Ends with 0 where all is whole, with 1 where something is not.
    """

    name = "complaint_verify"

    def run(self, cmdargs):
        self.parser.add_argument("-c", "--config", help="configuration file")
        self.parser.add_argument("-d", "--database", help="name of the database")
        args = self.parser.parse_args(cmdargs)
        options = ["--no-http", "--log-level=warn"]
        if args.config:
            options += ["-c", args.config]
        if args.database:
            options += ["-d", args.database]
        config.parse_config(options, setup_logging=True)
        if len(config["db_name"]) != 1:
            self.parser.error("name one database: -d DATABASE")
        sys.exit(self._verify(config["db_name"][0]))

    def _verify(self, database):
        with Registry(database).cursor(readonly=True) as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            if "complaint.journal" not in env:
                self.parser.error("complaint handling is not installed there")
            journal = env["complaint.journal"]
            check = journal._new_check()
            from odoo.addons.klagebehandling.sealing.journal_check import NOTES

            is_whole = True
            for finding in journal._all_findings(check):
                is_whole = is_whole and finding.kind in NOTES
                sys.stdout.write(" ".join(map(str, finding)).rstrip() + "\n")
            sys.stdout.write(
                f"{'whole' if is_whole else 'not whole'}: {check.entries} entries, "
                f"{check.erased} texts erased as logged\n"
            )
        return 0 if is_whole else 1
