import secrets
from ipaddress import IPv6Address, ip_address

from odoo import api, fields, models
from odoo.http import request
from odoo.tools import SQL

from odoo.addons.klagebehandling.sealing import keyring

MINUTES = 10
# What one address may do in so many minutes: enter wrong codes, send forms, right or
# wrong. A library or a school behind one address stays far below.
LIMITS = {"code": 30, "form": 60}
# A proxy that keeps addresses to itself makes everybody one. Twenty forms a second are
# what a server bears: who can fill this bucket could as well keep the server busy, so
# that it locks out nobody who would have been answered otherwise.
HIDDEN_FACTOR = 200
# Few enough that a number never stands for one address only, where all were known.
BUCKETS = 2**20
SALT = "salt"
# Taken before the snapshot of a transaction is, so that two who count at once see each
# other instead of failing.
LOCK = "LOCK TABLE complaint_throttle IN SHARE ROW EXCLUSIVE MODE"


class ComplaintThrottle(models.Model):
    """Stops who tries codes or floods the form, without knowing who it is.

    A bucket is a number made from an address, some minutes, a salt of the day and the
    key outside the database. The salt is deleted with the day: then nobody can tell
    any more whether an address was here, or when. A right code counts nothing and
    leaves nothing.
    """

    _name = "complaint.throttle"
    _inherit = "complaint.unlogged"
    _description = "Requests of a day, by nameless bucket"
    _log_access = False

    day = fields.Date(required=True)
    bucket = fields.Char(required=True, help="Purpose and number, or the salt's row.")
    count = fields.Integer(required=True, default=0)
    salt = fields.Char(groups=fields.NO_ACCESS)

    _bucket_unique = models.UniqueIndex("(day, bucket)")

    @api.model
    def _take(self, purpose):
        """Count this request, and tell whether its address may still do that.

        Counted in a transaction of its own, which has ended before the work begins:
        in that of the complaint everybody behind one address would wait for the others.

        :param purpose: a key of ``LIMITS``
        """
        salt = self._salt()
        with self.env.registry.cursor() as cr:
            apart = self.with_env(self.env(cr=cr))
            bucket, limit = apart._bucket(purpose, salt or apart._start_day())
            return apart._count(bucket, limit)

    def _count(self, bucket, limit):
        """Add one, unless it is full; nothing is written then.

        In one go, so that the lock is held for no longer than this takes.
        """
        rows = self.env.execute_query(
            SQL(
                "%s; INSERT INTO complaint_throttle AS known (day, bucket, count)"
                " VALUES (%s, %s, 1) ON CONFLICT (day, bucket)"
                " DO UPDATE SET count = known.count + 1 WHERE known.count < %s"
                " RETURNING count",
                SQL(LOCK),
                fields.Date.today(),
                bucket,
                limit,
            )
        )
        return bool(rows)

    @api.model
    def _seconds_left(self):
        """How long until the next minutes, and with them another bucket, begin."""
        now = fields.Datetime.now()
        return 60 * (MINUTES - now.minute % MINUTES) - now.second

    @api.model
    def _minutes_left(self):
        return -(-self._seconds_left() // 60)

    @api.autovacuum
    def _gc_days(self):
        self.env.cr.execute(
            SQL("DELETE FROM complaint_throttle WHERE day < %s", fields.Date.today())
        )

    def _salt(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT salt FROM complaint_throttle WHERE day = %s AND bucket = %s",
                fields.Date.today(),
                SALT,
            )
        )
        return rows[0][0] if rows else None

    def _start_day(self):
        """Forget the days before, and draw the salt of this one, unless it is drawn."""
        self.env.cr.execute(LOCK)
        if salt := self._salt():
            return salt
        self._gc_days()
        salt = secrets.token_hex(16)
        self.env.cr.execute(
            SQL(
                "INSERT INTO complaint_throttle (day, bucket, count, salt)"
                " VALUES (%s, %s, 0, %s)",
                fields.Date.today(),
                SALT,
                salt,
            )
        )
        return salt

    def _bucket(self, purpose, salt):
        """The bucket of this request, and how much goes into it."""
        source, is_hidden = self._source()
        now = fields.Datetime.now()
        part = f"{purpose} {now.hour} {now.minute // MINUTES} {source}"
        hashed = keyring.keyed_hash(f"throttle {salt}", part)
        limit = LIMITS[purpose] * (HIDDEN_FACTOR if is_hidden else 1)
        return f"{purpose} {int(hashed, 16) % BUCKETS}", limit

    def _source(self):
        """What counts as one address, and whether it is that of a proxy.

        Odoo takes a forwarded address only where ``proxy_mode`` says that a proxy
        wrote it.
        """
        try:
            address = ip_address((request and request.httprequest.remote_addr) or "")
        except ValueError:
            return "", True
        if isinstance(address, IPv6Address):
            address = address.ipv4_mapped or address
        if isinstance(address, IPv6Address):
            # A household or an office has a whole network.
            return str(IPv6Address(int(address) >> 64 << 64)), address.is_loopback
        return str(address), address.is_loopback
