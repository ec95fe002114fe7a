"""An organisation with one unit, on committed rows, for the scripts beside it."""

from odoo.fields import Command

COMPLAINANT = {"role": "complainant", "email": "a@example.com"}


class Organisation:
    """Makes what a complaint needs, and takes all of it away again.

    :param env: as superuser
    :param name: of everything, in lower case also its code and login
    :param term: what it promises, as values of ``complaint.policy.term``
    :param company: values of the company
    :param policy: values of the procedure
    """

    def __init__(self, env, name, term=None, company=None, policy=None):
        code = name.lower()
        self.company = env["res.company"].create({"name": name})
        # Odoo asks a stranger on the internet about an address given at once.
        self.company.write(company or {})
        self.boss = env["res.users"].create(
            {
                "name": name,
                "login": code,
                "company_id": self.company.id,
                "company_ids": [Command.set(self.company.ids)],
            }
        )
        terms = [Command.create(term)] if term else []
        self.policy = env["complaint.policy"].create(
            {
                "name": name,
                "code": code,
                "lang": "en_US",
                "term_ids": terms,
                **(policy or {}),
            }
        )
        self.unit = env["complaint.unit"].create(
            {
                "name": name,
                "company_id": self.company.id,
                "policy_id": self.policy.id,
                "manager_id": self.boss.id,
            }
        )
        self.cases = env["complaint.case"]

    def register(self, count=1, parties=None):
        """Register cases of people who want their answers by e-mail.

        :param parties: one person for each case; the same for all without
        :return: the cases
        """
        parties = parties or [COMPLAINANT] * count
        values = [
            {
                "unit_id": self.unit.id,
                "channel": "api",
                "description": "x",
                "reply_channel": "email",
                "parties": [party],
            }
            for party in parties
        ]
        intake = self.unit.env["complaint.intake"].with_company(self.company)
        results = intake._admit(values)
        cases = self.cases.browse(result["case_id"] for result in results)
        self.cases += cases
        return cases

    def remove(self):
        """Remove the organisation and its cases; evidence and all, so by SQL."""
        env = self.unit.env
        env.flush_all()
        env.cr.execute("DELETE FROM mail_activity WHERE user_id = %s", [self.boss.id])
        for table in ("correspondence", "deadline", "journal", "party"):
            env.cr.execute(
                f"DELETE FROM complaint_{table} WHERE case_id = ANY(%s)",
                [self.cases.ids],
            )
        env.cr.execute(
            "DELETE FROM complaint_case WHERE id = ANY(%s)", [self.cases.ids]
        )
        env.invalidate_all()
        self._remove_entries()
        self.unit.unlink()
        self.policy.unlink()
        self.boss.unlink()
        # That they were deleted is an entry, too.
        self._remove_entries()
        self.company.unlink()

    def _remove_entries(self):
        env = self.unit.env
        env.flush_all()
        for table, column in (
            ("complaint_company_journal", "company_id"),
            ("complaint_commitment", "organisation"),
        ):
            env.cr.execute(
                f"DELETE FROM {table} WHERE {column} = %s", [self.company.id]
            )
