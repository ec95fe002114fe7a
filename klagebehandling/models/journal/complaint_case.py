import logging
import random
import threading
import time
from datetime import timedelta
from functools import partial

from psycopg2.errors import OperationalError

from odoo import api, fields, models, modules
from odoo.exceptions import AccessError

from ...roles import LEADERS

_logger = logging.getLogger(__name__)
TRIES = 5
WAITING = "klagebehandling.apart"


class ComplaintCase(models.Model):
    """Adds the journal of a case, and the part of it that the complainant reads.

    ``_log`` is the one way in which other rooms write evidence; ``_log_apart`` enters
    what is being refused, in a transaction of its own. The portal reads ``_timeline``.
    """

    _inherit = "complaint.case"

    journal_ids = fields.One2many(
        "complaint.journal", "case_id", string="Journal entries"
    )
    entry_count = fields.Integer(compute="_compute_entry_count")
    journal_head = fields.Char(groups=fields.NO_ACCESS, copy=False)
    journal_count = fields.Integer(groups=fields.NO_ACCESS, copy=False)
    journal_on = fields.Datetime(
        groups=fields.NO_ACCESS, copy=False, help="Of the last entry."
    )
    facts_salt = fields.Char(groups=fields.NO_ACCESS, copy=False)
    words_salt = fields.Char(groups=fields.NO_ACCESS, copy=False)

    def write(self, vals):
        """Enter who is given the case, whoever does it and on whichever way."""
        result = super().write(vals)
        if "handler_id" in vals:
            self.env["complaint.journal"].sudo()._append(
                [
                    (case, "handler_assigned", {"handler": case.handler_id.id})
                    for case in self.sudo()
                ]
            )
        return result

    def action_verify_journal(self):
        """Check the journals of these cases.

        :return: action that shows the answer
        :raises AccessError: for who may not check, or does not see a case
        """
        Journal = self.env["complaint.journal"]
        Journal._check_may_verify()
        self.check_access("read")
        check = Journal._new_check()
        findings = list(Journal._findings(check, self.ids))
        return Journal._show_answer(findings, Journal._say_whole(check, self))

    def action_erase_text(self, ground):
        """Remove what the complainant wrote, for good; that it was there remains.

        :param ground: on which ground, in words
        :raises AccessError: for who does not lead the work on these cases
        :raises UserError: without a ground
        """
        self.check_access("write")
        if not self.env.user.has_groups(LEADERS):
            raise AccessError(
                self.env._("Managers and independent receivers remove a text.")
            )
        self._erase_text(ground)
        return True

    def _journal_mark(self):
        """The head of the journal in a form that is printed and compared by eye."""
        self.ensure_one()
        head = (self.sudo().journal_head or "")[:16].upper()
        return " ".join(head[start : start + 4] for start in range(0, len(head), 4))

    def _log_apart(self, event, **payload):
        """Write evidence of what is being refused, beside the request that is.

        It is written once the transaction has ended, however it ends, by another
        connection that nobody waits for: neither the answer nor its time tells of it.
        One entry for each user, case, event and day is enough.

        :raises ValueError: for an event that no addon has declared
        """
        self.env["complaint.journal"]._check_event(event)
        cr = self.env.cr
        waiting = cr.postrollback.data.get(WAITING)
        if waiting is None:
            waiting = cr.postrollback.data[WAITING] = {}
            write = partial(_write_apart, self.env.registry, waiting)
            cr.postrollback.add(write)
            cr.postcommit.add(write)
        for case_id in self.ids:
            waiting.setdefault((self.env.uid, case_id, event), payload)

    @api.model
    def _append_apart(self, waiting):
        """Enter what was refused, but for what is known of this day already.

        :param waiting: payloads by case id and event, all by the current user
        """
        Journal = self.env["complaint.journal"].sudo()
        cases = self.sudo().browse({case_id for case_id, _event in waiting}).exists()
        known = Journal.search(
            [
                ("case_id", "in", cases.ids),
                ("event", "in", [event for _case_id, event in waiting]),
                ("user_id", "=", self.env.uid),
                ("logged_on", ">", fields.Datetime.now() - timedelta(days=2)),
            ]
        ).filtered(lambda entry: entry._local_day() == entry.case_id._today())
        known = {(entry.case_id.id, entry.event) for entry in known}
        entries = [
            (cases.browse(case_id), event, payload)
            for (case_id, event), payload in waiting.items()
            if case_id in cases.ids and (case_id, event) not in known
        ]
        return Journal._append(entries, is_act=False)

    def _timeline(self):
        """What has happened, in the language of the context, first things first.

        The sentences are those of ``complaint.journal._timeline_sentences``.

        :return: list of dicts with a local ``day`` and a ``text``
        """
        self.ensure_one()
        entries = self.sudo().journal_ids.sorted("sequence")
        sentences, steps = entries._timeline_sentences(), []
        for entry in entries:
            payload = entry.payload if isinstance(entry.payload, dict) else {}
            text = entry._timeline_text(sentences, payload)
            if text:
                step = {"day": entry._timeline_day(payload), "text": text}
                if step not in steps:
                    steps.append(step)
        return steps

    def _log(self, event, **payload):
        """Write one entry of evidence; the only writer of the journal.

        Of two writers at once the loser gets a serialization failure on the case
        row and is retried: the chain cannot fork.
        """
        return (
            self.env["complaint.journal"]
            .sudo()
            ._append([(case, event, payload) for case in self.sudo()])
        )

    @api.depends("journal_ids")
    @api.depends_context("uid")
    def _compute_entry_count(self):
        self._count_parts("complaint.journal", "case_id", "entry_count")


def _write_apart(registry, waiting):
    if not waiting:
        return
    if modules.module.current_test:
        _append_with_retries(registry, waiting)
    else:
        threading.Thread(
            target=_append_with_retries, args=(registry, waiting), name=WAITING
        ).start()


def _append_with_retries(registry, waiting):
    by_user = {}
    for (uid, case_id, event), payload in waiting.items():
        by_user.setdefault(uid, {})[case_id, event] = payload
    for uid, entries in by_user.items():
        for attempt in range(TRIES):
            try:
                with registry.cursor() as cr:
                    env = api.Environment(cr, uid, {})
                    # Who was made in the transaction that is undone was never there.
                    if env.user.exists():
                        env["complaint.case"]._append_apart(entries)
                break
            except OperationalError:
                # Somebody else was writing to the same journal.
                time.sleep(random.uniform(0, 0.1 * 2**attempt))
        else:
            _logger.warning("A refused act could not be entered in the journal")
