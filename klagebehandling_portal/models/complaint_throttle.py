import secrets
from ipaddress import IPv6Address, ip_address

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.http import request
from odoo.tools import SQL

from odoo.addons.klagebehandling.sealing import keyring

# What one address may do in an hour: enter wrong codes, send forms. A library or a
# school behind one address stays far below.
LIMITS = {"code": 60, "form": 60}
# A proxy that keeps addresses to itself makes everybody one; it has limits of its own.
HIDDEN_FACTOR = 50
# Few enough that a number never stands for one address only, where all were known.
BUCKETS = 2**20
SALT = "salt"


class ComplaintThrottle(models.Model):
    """Slows down who tries codes or floods the form, without knowing who it is.

    A bucket is a number made from an address, the hour, a salt of the day and the key
    outside the database. The salt is deleted with the day: then nobody can tell any
    more whether an address was here, or when. A right code counts nothing and leaves
    nothing.
    """

    _name = "complaint.throttle"
    _description = "Requests of a day, by nameless bucket"
    _log_access = False

    day = fields.Date(required=True)
    bucket = fields.Char(required=True, help="Purpose and number, or the salt's row.")
    count = fields.Integer(required=True, default=0)
    salt = fields.Char(groups=fields.NO_ACCESS)

    _bucket_unique = models.UniqueIndex("(day, bucket)")

    def init(self):
        """Keep the table out of the write-ahead log, its archives and replicas."""
        rows = self.env.execute_query(
            SQL("SELECT relpersistence FROM pg_class WHERE relname = %s", self._table)
        )
        if rows != [("u",)]:
            self.env.cr.execute(
                SQL("ALTER TABLE %s SET UNLOGGED", SQL.identifier(self._table))
            )

    @api.model
    def _is_full(self, purpose):
        """Whether the address of this request has used up what it may do.

        :param purpose: a key of ``LIMITS``
        """
        salt = self._salt()
        if not salt:
            return False
        bucket, limit = self._bucket(purpose, salt)
        rows = self.env.execute_query(
            SQL(
                "SELECT count FROM complaint_throttle WHERE day = %s AND bucket = %s",
                fields.Date.today(),
                bucket,
            )
        )
        return bool(rows) and rows[0][0] >= limit

    @api.model
    def _count(self, purpose):
        """Note one more request of this address."""
        bucket, _limit = self._bucket(purpose, self._salt() or self._start_day())
        self.env.cr.execute(
            SQL(
                "INSERT INTO complaint_throttle (day, bucket, count) VALUES (%s, %s, 1)"
                " ON CONFLICT (day, bucket)"
                " DO UPDATE SET count = complaint_throttle.count + 1",
                fields.Date.today(),
                bucket,
            )
        )

    @api.model
    def _minutes_left(self):
        """How long until the next hour, and with it another bucket, begins."""
        return 60 - fields.Datetime.now().minute

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
        """Forget the days before, and draw the salt of this one."""
        self._gc_days()
        self.env.cr.execute(
            SQL(
                "INSERT INTO complaint_throttle (day, bucket, count, salt)"
                " VALUES (%s, %s, 0, %s) ON CONFLICT (day, bucket) DO NOTHING",
                fields.Date.today(),
                SALT,
                secrets.token_hex(16),
            )
        )
        salt = self._salt()
        if not salt:
            # Another worker drew it at this moment: retried, it is seen.
            raise ConcurrencyError("salt of the day")
        return salt

    def _bucket(self, purpose, salt):
        """The bucket of this request, and how much goes into it."""
        source, is_hidden = self._source()
        hour = fields.Datetime.now().hour
        hashed = keyring.keyed_hash(f"throttle {salt}", f"{purpose} {hour} {source}")
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
