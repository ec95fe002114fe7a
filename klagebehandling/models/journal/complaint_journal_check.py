from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...sealing import journal_seal
from ...sealing.journal_check import NOTES, Chain, ChainCheck, Entry, Finding

CHECKERS = (
    "klagebehandling.group_auditor",
    "klagebehandling.group_manager",
    "klagebehandling.group_independent",
)
SHOWN = 8
# So many chains are read at once.
BATCH = 1000


class ComplaintJournal(models.Model):
    """Whether the journal is whole, in words that a person understands."""

    _inherit = "complaint.journal"

    def action_verify(self):
        """Check the journals of all cases that the user sees, whatever is selected.

        An auditor also gets to know about the organisation's journal and its anchors,
        in words that count nothing: the anchors bind cases that nobody else sees.

        :return: action that shows the answer
        :raises AccessError: for who may not check
        """
        self._check_may_verify()
        cases = self.env["complaint.case"].search(
            [("company_id", "in", self.env.companies.ids)]
        )
        check = self._new_check()
        findings = list(self._findings(check, cases.ids))
        if self.env.user.has_group(CHECKERS[0]):
            findings += self._auditor_findings()
        return self._show_answer(findings, self._say_whole(check, cases))

    @api.model
    def _check_may_verify(self):
        user = self.env.user
        if not self.env.su and not any(user.has_group(name) for name in CHECKERS):
            raise AccessError(
                self.env._(
                    "Managers, auditors and independent receivers check the journal."
                )
            )

    @api.model
    def _auditor_findings(self):
        Company = self.env["complaint.company.journal"]
        check = self._new_check()
        findings = list(Company._findings(check, self.env.companies.ids))
        return findings + list(self._keyless(check))

    @api.model
    def _say_whole(self, check, cases):
        told = {"cases": len(cases), "count": check.entries, "erased": check.erased}
        if len(cases) == 1:
            text = self.env._(
                "%(count)s entries, head %(mark)s.",
                mark=cases._journal_mark(),
                **told,
            )
        else:
            text = self.env._("%(cases)s cases with %(count)s entries.", **told)
        if check.erased:
            text += " " + self.env._("Texts erased as logged: %(erased)s.", **told)
        return text

    @api.model
    def _show_answer(self, findings, whole):
        serious = [one for one in findings if one.kind not in NOTES]
        lines = [] if serious else [whole]
        lines += [self._say_finding(one) for one in findings[:SHOWN]]
        if len(findings) > SHOWN:
            lines.append(self.env._("And %(count)s more.", count=len(findings) - SHOWN))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self._say_title({one.kind for one in serious}),
                "message": "\n".join(lines),
                "type": "danger" if serious else "success",
                "sticky": True,
            },
        }

    @api.model
    def _say_title(self, kinds):
        if not kinds:
            return self.env._("The journal is whole")
        if kinds == {"key"}:
            return self.env._("The journal cannot be checked")
        return self.env._("The journal is not whole")

    @api.model
    def _say_finding(self, finding):
        """One finding as a sentence, without names of people and without texts."""
        told = {
            "place": self._say_place(finding.reference),
            "number": finding.sequence,
            "what": self._bound_labels().get(finding.what, finding.what),
        }
        sentences = {**self._finding_sentences(told), **self._bound_sentences(told)}
        return sentences["gone" if finding.what == "gone" else finding.kind]

    @api.model
    def _say_place(self, reference):
        word, _blank, number = reference.partition(" ")
        if word != "company":
            return reference
        company_sudo = self.env["res.company"].sudo().browse(int(number)).exists()
        return self.env._("Organisation %(name)s", name=company_sudo.name or number)

    @api.model
    def _bound_labels(self):
        """Hook: what the facts are called that the journal binds."""
        return {
            "anonymity": self.env._("the anonymity"),
            "dates": self.env._("the dates of receipt"),
            "handler": self.env._("the handler"),
            "wall": self.env._("the wall"),
            "words": self.env._("the words of the complainant"),
        }

    @api.model
    def _bound_sentences(self, told):
        """What is found of rows that the journals speak of."""
        return {
            "differs": self.env._(
                "%(place)s: %(what)s was changed past the system. Entry %(number)s "
                "says what it was.",
                **told,
            ),
            "explained": self.env._(
                "%(place)s: %(what)s is not as it was; explained by entry %(number)s.",
                **told,
            ),
            "gone": self.env._(
                "%(place)s: a case that was registered is gone. It was deleted past "
                "the system.",
                **told,
            ),
            "unbound": self.env._(
                "%(place)s: %(what)s was added past the system: no entry speaks of it.",
                **told,
            ),
            "uncovered": self.env._(
                "%(place)s: the facts are not covered before entry %(number)s.", **told
            ),
        }

    @api.model
    def _finding_sentences(self, told):
        return {
            "added": self.env._(
                "%(place)s, entry %(number)s: it was added past the system.", **told
            ),
            "anchor": self.env._(
                "%(place)s, entry %(number)s: the entries that were anchored here are "
                "no longer as they were. Some were removed or exchanged.",
                **told,
            ),
            "changed": self.env._(
                "%(place)s, entry %(number)s: it was changed.", **told
            ),
            "head": self.env._(
                "%(place)s, entry %(number)s: the last entry is another one than "
                "is known.",
                **told,
            ),
            "key": self.env._(
                "%(number)s entries cannot be checked: the key with the mark "
                "%(place)s is not in the key ring. It does not mean that they were "
                "changed. Put the key back, then check again.",
                **told,
            ),
            "late": self.env._(
                "%(place)s: the nightly anchor has not been made for a week. Ask the "
                "administrator whether scheduled actions run.",
                **told,
            ),
            "missing": self.env._(
                "%(place)s, entry %(number)s: it is missing.", **told
            ),
            "order": self.env._(
                "%(place)s, entry %(number)s: it does not follow the one before it.",
                **told,
            ),
            "orphan": self.env._("%(place)s: the case of entries is gone.", **told),
            "plain": self.env._(
                "%(place)s, entry %(number)s: it was written without the key.", **told
            ),
            "set_back": self.env._(
                "%(place)s: entry %(number)s was there before and is not here. The "
                "database was set back, or entries were removed.",
                **told,
            ),
            "text": self.env._(
                "%(place)s, entry %(number)s: its text is gone, and no erasure was "
                "logged.",
                **told,
            ),
        }

    @api.model
    def _verify(self, cases):
        """What is wrong with the chains of cases.

        :return: list of :class:`Finding`; empty where the journals are whole
        """
        return list(self._findings(self._new_check(), cases.ids))

    @api.model
    def _new_check(self):
        self.env.flush_all()
        return ChainCheck(journal_seal.secrets_by_mark())

    @api.model
    def _findings(self, check, case_ids):
        """Walk the chains of cases in batches; with the keys that are missing."""
        for start in range(0, len(case_ids), BATCH):
            yield from self._walk_batch(check, case_ids[start : start + BATCH])
        yield from self._keyless(check)

    @api.model
    def _all_findings(self, check):
        """Walk every chain there is: the organisations' first, with their anchors."""
        yield from self.env["complaint.company.journal"]._findings(check)
        for batch in self._case_batches():
            yield from self._walk_batch(check, batch)
        yield from self._orphans()
        yield from self._keyless(check)

    @api.model
    def _case_batches(self):
        last = 0
        while True:
            rows = self.env.execute_query(
                SQL(
                    "SELECT id FROM complaint_case WHERE id > %s ORDER BY id LIMIT %s",
                    last,
                    BATCH,
                )
            )
            if not rows:
                return
            yield [row[0] for row in rows]
            last = rows[-1][0]

    @api.model
    def _walk_batch(self, check, case_ids):
        chains = self.env.execute_query(
            SQL(
                """SELECT id, reference, company_id, journal_head, journal_count
                FROM complaint_case WHERE id = ANY(%s) ORDER BY id""",
                list(case_ids),
            )
        )
        entries = self._entries("complaint_journal", "case_id", case_ids)
        plain_until = self.env["complaint.company.journal"]._plain_until(
            check, {chain[2] for chain in chains}
        )
        for case_id, reference, company_id, head, count in chains:
            chain = Chain(
                reference, company_id, head, count, plain_until.get(company_id, 0)
            )
            yield from check.walk(chain, entries.get(case_id, ()))
        yield from self.env["complaint.bound"]._differences(
            {chain[0]: entries.get(chain[0], []) for chain in chains}
        )

    @api.model
    def _entries(self, table, owner, ids, event=None):
        """The entries of some chains as they stand in the database, by owner.

        :param event: only these
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT id, %(owner)s, company_id, sequence, event, logged_on,
                user_id, payload::text, salt, payload_digest, texts::text, texts_salt,
                texts_digest, previous_digest, digest, algorithm, key_mark
                FROM %(table)s WHERE %(owner)s = ANY(%(ids)s) AND %(only)s
                ORDER BY %(owner)s, sequence""",
                owner=SQL.identifier(owner),
                table=SQL.identifier(table),
                ids=list(ids),
                only=SQL("event = %s", event) if event else SQL("TRUE"),
            )
        )
        entries = {}
        for entry in map(Entry._make, rows):
            entries.setdefault(entry.owner_id, []).append(entry)
        return entries

    @api.model
    def _orphans(self):
        """Entries whose case is gone: it was deleted past Odoo."""
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT entry.case_id FROM complaint_journal entry
                LEFT JOIN complaint_case owner ON owner.id = entry.case_id
                WHERE owner.id IS NULL ORDER BY entry.case_id"""
            )
        )
        for (case_id,) in rows:
            yield Finding("orphan", f"id {case_id}", 0)

    @api.model
    def _keyless(self, check):
        for mark, count in sorted(check.keyless.items()):
            yield Finding("key", mark or "-", count)
