import logging
from datetime import timedelta
from functools import partial

import psycopg2

from odoo import api, fields, models
from odoo.fields import Domain

from ...retry import until_alone

_logger = logging.getLogger(__name__)
# So many are looked at to find one that no other worker has.
BATCH = 10
# A row that was taken this long ago belongs to a worker that is gone.
ABANDONED = timedelta(minutes=15)
# Minutes until the next try; after the last one the row has failed.
BACK_OFF = (5, 30, 120, 480)


class NotDelivered(Exception):  # noqa: N818 an answer of the other side, no fault
    """The other side says that it will never reach the person this way."""


class ComplaintQueue(models.AbstractModel):
    """A queue of rows that some other server takes from us.

    Each row goes through three transactions. It is *taken*, so that no other worker
    touches it. It is *sent*, and that is kept on the row alone: nobody else writes
    there, and what another server has taken can never be undone by a colleague who
    writes to the case meanwhile. And it is *settled*: what follows from it touches the
    case, meets others there, and is tried again until it stands.

    A worker that is killed leaves a row that is taken and goes again, as the very same
    message, or one that is not settled yet. An error of one row is kept on that row.
    """

    _name = "complaint.queue"
    _description = "Queue of what is sent"

    attempts = fields.Integer(readonly=True, copy=False)
    retry_at = fields.Datetime(readonly=True, copy=False)
    taken_at = fields.Datetime(
        readonly=True, copy=False, help="When a worker began to send it."
    )
    settled_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="When what follows from it was done: evidence, promises, the next way.",
    )
    failure = fields.Char(readonly=True, copy=False)

    @api.model
    def _queued(self):
        """Hook: which rows a server takes from us, as a domain."""
        return Domain.TRUE

    @api.model
    def _unsettled_domain(self):
        """Hook: which rows have left, or failed, and are not settled yet."""
        return Domain("state", "in", ("sent", "failed")) & Domain(
            "settled_at", "=", False
        )

    def _waits_until(self):
        """Hook: when the row may be sent, naive UTC; false for now."""
        return False

    def _deliver(self):
        """Hook: hand one row to the other server.

        :return: what shows that it was taken
        :raises NotDelivered: where it will never be; any other error is tried again
        """
        raise NotImplementedError

    def _prepare_taken(self):
        """Hook: what is written on a row as it is taken."""
        return {"state": "sending", "taken_at": fields.Datetime.now()}

    def _write_sent(self, proof):
        """Hook: keep that it was sent, on the row and nowhere else."""
        raise NotImplementedError

    def _write_failed(self, failure):
        """Hook: keep that it will not be sent, on the row and nowhere else."""
        raise NotImplementedError

    def _write_retry(self, failure):
        """Try again with growing pauses; a failing server is no answer."""
        _logger.info("%s %s could not be sent: %s", self._name, self.id, failure)
        if self.attempts >= len(BACK_OFF):
            self._write_failed(self.env._("The mail server refused it (%s).", failure))
            return
        pause = timedelta(minutes=BACK_OFF[self.attempts])
        self.write(
            {
                "state": "queued",
                "attempts": self.attempts + 1,
                "retry_at": fields.Datetime.now() + pause,
                "failure": failure,
            }
        )

    def _settle(self):
        """Hook: do what follows from rows that were sent or have failed, once."""
        raise NotImplementedError

    @api.model
    def _cron_send(self):
        """Send what is due (C-02, E-54)."""
        self._settle_left()
        row = self.browse()
        while row := self._commit(partial(self._take, row)):
            if row.state == "sending":
                row._send_taken()
            if not self.env["ir.cron"]._commit_progress(1):
                self._wake_queue()
                return

    @api.model
    def _take(self, last):
        """Take the next row for this worker alone; one that may not go yet waits.

        :param last: the one before it, as no row comes twice in one pass
        :return: one row, or none where nothing is due
        """
        domain = self._takeable() & Domain("id", ">", last.id or 0)
        row = self.search(domain, order="id", limit=BATCH).try_lock_for_update(limit=1)
        if not row:
            return row
        try:
            later = row._waits_until()
        except Exception as error:  # noqa: BLE001 one row never stops the others
            self._refuse_broken(error)
            row._write_retry(type(error).__name__)
            return row
        row.write({"retry_at": later} if later else row._prepare_taken())
        return row

    @api.model
    def _takeable(self):
        now = fields.Datetime.now()
        queued = Domain("state", "=", "queued") & (
            Domain("retry_at", "=", False) | Domain("retry_at", "<=", now)
        )
        abandoned = Domain("state", "=", "sending") & Domain(
            "taken_at", "<=", now - ABANDONED
        )
        return self._queued() & (queued | abandoned)

    def _send_taken(self):
        """Send one row that this worker has taken, keep that, and settle it."""
        try:
            proof = self._deliver()
        except NotDelivered as error:
            said = str(error)
            self._commit(partial(self._write_failed, said))
        except Exception as error:  # noqa: BLE001 one row never stops the others
            self._refuse_broken(error)
            said = type(error).__name__
            self._commit(partial(self._write_retry, said))
        else:
            # Whoever wrote to the row meanwhile: what is out is kept all the same.
            self._commit(partial(self._write_sent, proof))
        self._settle_apart()

    @api.model
    def _settle_left(self):
        """Settle what a worker left that is gone, or that met others each time."""
        for row in self.search(self._unsettled_domain(), order="id"):
            row._settle_apart()

    def _settle_apart(self):
        """Settle one row in a transaction of its own; what fails is left for later."""

        def settle():
            with self.env.cr.savepoint():
                self._settle()

        try:
            self._commit(settle)
        except Exception as error:  # noqa: BLE001 one row never stops the others
            self._refuse_broken(error)
            _logger.warning(
                "%s %s is not settled yet: %s",
                self._name,
                self.id,
                type(error).__name__,
            )

    def _commit(self, step):
        """Run a step and commit it; one that met another writer runs again.

        :return: what the step returned
        """

        def run():
            result = step()
            self.env.flush_all()
            self.env["ir.cron"]._commit_progress()
            return result

        return until_alone(self.env, run)

    def _refuse_broken(self, error):
        """Go on after an error; of the database, nothing more is done without it."""
        if isinstance(error, psycopg2.Error):
            self.env.cr.rollback()
            self.env.transaction.reset()

    @api.model
    def _wake_queue(self):
        """Hook: have what is left sent soon."""
        raise NotImplementedError
