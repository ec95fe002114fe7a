"""Everything a server keeps, before and after; and what of it tells who somebody is.

Used by ``test_canaries.py`` inside one transaction, and by ``tests/leaks`` against a
real server.
"""

import pathlib
import re
from datetime import UTC, datetime, timedelta

import pytz

NEAR = timedelta(minutes=10)
TABLES = """
    SELECT table_name FROM information_schema.tables
     WHERE table_schema = current_schema AND table_type = 'BASE TABLE'
"""
WITH_ID = """
    SELECT table_name FROM information_schema.columns JOIN information_schema.tables
     USING (table_schema, table_name)
     WHERE table_schema = current_schema AND table_type = 'BASE TABLE'
       AND column_name = 'id'
"""
TIMES = """
    SELECT table_name, column_name FROM information_schema.columns
     WHERE table_schema = current_schema AND data_type LIKE 'timestamp%'
"""
PEOPLE = """
    SELECT conrelid::regclass::text, attname, confrelid::regclass::text
      FROM pg_constraint
      JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
     WHERE contype = 'f'
       AND confrelid IN ('res_users'::regclass, 'res_partner'::regclass)
"""
EPOCH = re.compile(r"(?<!\d)\d{10}(?!\d)")


class Keeper:
    """Photographs the database and folders of files, and tells what is new."""

    def __init__(self, cr, folders, zone):
        self.cr = cr
        self.folders = [pathlib.Path(folder) for folder in folders]
        self.zone = pytz.timezone(zone)
        self.times = self._pairs(TIMES)
        self.people = {
            (table, column): target for table, column, target in self._all(PEOPLE)
        }
        self.look()

    def look(self):
        """Remember how everything is now."""
        self.started = datetime.now(UTC)
        self.rows = {
            table: self._column(f'SELECT md5(t::text) FROM "{table}" t')
            for table in self._column(TABLES)
        }
        self.ids = {
            table: set(self._column(f'SELECT id FROM "{table}"'))
            for table in self._column(WITH_ID)
        }
        self.files = self._files()

    def news(self):
        """Rows that are new or changed since the last look: table and dict."""
        for table in self._column(TABLES):
            self.cr.execute(
                f'SELECT to_jsonb(t) FROM "{table}" t '
                "WHERE md5(t::text) NOT IN (SELECT unnest(%s))",
                [self.rows.get(table) or [""]],
            )
            for (row,) in self.cr.fetchall():
                if row.get("id") in self.ids.get(table, ()):
                    row.pop("create_date", None)  # it was there before
                yield table, row

    def traces(self, canaries, users=(), partners=()):
        """What tells of somebody in all that is new, as readable lines.

        :param canaries: texts in small letters
        :param users: ids that no column may point at
        :param partners: the same for partners
        """
        owned = {"res_users": set(users), "res_partner": set(partners)}
        found = set()
        for table, row in self.news():
            for column, value in row.items():
                place = f"{table}.{column}"
                for fault in self._faults(table, column, value, canaries, owned):
                    found.add(f"{place}: {fault}")
        return sorted(found | self._file_traces(canaries))

    def _faults(self, table, column, value, canaries, owned):
        target = self.people.get((table, column))
        if target and value in owned[target]:
            yield f"points at {target}"
        if (table, column) in self.times:
            if value and self._tells_hour(value):
                yield "an hour"
            return
        text = str(value).lower()
        for canary in canaries:
            if canary in text:
                yield canary
        if any(self._is_now(int(number)) for number in EPOCH.findall(text)):
            yield "a second"

    def _tells_hour(self, text):
        """Whether a time lies near what happened, and is more than its day."""
        moment = pytz.utc.localize(datetime.fromisoformat(text[:19]))
        is_near = self.started - NEAR < moment < datetime.now(UTC) + NEAR
        local = moment.astimezone(self.zone)
        return is_near and (local.hour, local.minute, local.second) != (0, 0, 0)

    def _is_now(self, second):
        now = datetime.now(UTC).timestamp()
        return self.started.timestamp() - 1 <= second <= now + 1

    def _files(self):
        return {
            path: (path.stat().st_mtime_ns, path.stat().st_size)
            for folder in self.folders
            for path in [folder, *folder.rglob("*")]
            if path.exists()
        }

    def _file_traces(self, canaries):
        found = set()
        for path, (changed, _size) in self._files().items():
            if self.files.get(path, (None,))[0] == changed:
                continue
            moment = datetime.fromtimestamp(changed // 10**9, UTC).isoformat()
            name = "a folder" if path.is_dir() else path.parent.parent.name + "/…"
            if self._tells_hour(moment):
                found.add(f"file {name}: an hour")
            content = path.read_bytes().lower() if path.is_file() else b""
            text = content + str(path).lower().encode()
            found |= {f"file {name}: {one}" for one in canaries if one.encode() in text}
        return found

    def _all(self, query):
        self.cr.execute(query)
        return self.cr.fetchall()

    def _column(self, query):
        return [row[0] for row in self._all(query)]

    def _pairs(self, query):
        return {tuple(row) for row in self._all(query)}
