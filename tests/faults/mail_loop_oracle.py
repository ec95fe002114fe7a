"""Says whether the mail loop lost or doubled anything, from outside of the program.

It reads the mailboxes as files and the tables by SQL, and knows by itself to whom each
letter went and what each mail was to become. Nothing of the addons is asked.
"""

import collections
import email
import email.policy

LETTERS = """
    SELECT c.id, c.case_id, c.state, c.is_returned, c.settled_at, c.message_id,
           c.sent_at, c.medium, c.queued_on, c.replaces_id, co.name
      FROM complaint_correspondence c
      JOIN complaint_case k ON k.id = c.case_id
      JOIN res_company co ON co.id = k.company_id
     WHERE c.direction = 'out' AND c.purpose = 'acknowledgement'
"""
PROMISES = """
    SELECT d.case_id, d.id, d.state, d.met_on, d.due_on, d.due_at, d.extends_id,
           array_agg(m.correspondence_id)
      FROM complaint_deadline d
 LEFT JOIN complaint_correspondence_meets m ON m.deadline_id = d.id
     WHERE d.milestone = 'acknowledge'
  GROUP BY d.id
"""
CASES = """
    SELECT k.id, k.title, k.description, ad.name,
           (SELECT count(*) FROM ir_attachment a WHERE a.name = 'liste.csv'
             AND a.res_model = 'complaint.case' AND a.res_id = k.id)
      FROM complaint_case k
      JOIN res_company co ON co.id = k.company_id
      JOIN mail_alias_domain ad ON ad.id = co.alias_domain_id
     WHERE k.channel = 'email'
"""
ENTRIES = """
    SELECT case_id, count(*) FROM complaint_journal
     WHERE event = 'correspondence_sent' AND payload ->> 'purpose' = 'acknowledgement'
  GROUP BY case_id
"""
Letter = collections.namedtuple(
    "Letter",
    "id case state is_returned settled_at message_id sent_at medium queued_on replaces "
    "company",
)
Promise = collections.namedtuple(
    "Promise", "case id state met_on due_on due_at extends letters"
)


def mails_in(folder):
    """Return the mails of one mailbox, read as files.

    :return: list of ``(whether it was read, email.message.EmailMessage)``
    """
    found = []
    for part in ("new", "cur"):
        for path in sorted((folder / part).glob("*")):
            message = email.message_from_bytes(
                path.read_bytes(), policy=email.policy.compat32
            )
            found.append(("S" in path.name.partition(":2,")[2], message))
    return found


class Oracle:
    """Looks for what went wrong.

    :param cursor: of psycopg2, or like it
    :param boxes: the folder with the mailboxes
    :param receivers: dict from case to its ``mail_loop.Receiver``
    :param kills: how often the senders were killed
    """

    def __init__(self, cursor, boxes, receivers, kills):
        self.boxes = boxes
        self.receivers = receivers
        self.kills = kills
        self.faults = []
        self.twice = 0
        self.letters = collections.defaultdict(list)
        for row in self._rows(cursor, LETTERS):
            letter = Letter(*row)
            if letter.case in receivers:
                self.letters[letter.case].append(letter)
        self.promises = collections.defaultdict(list)
        for row in self._rows(cursor, PROMISES):
            self.promises[row[0]].append(Promise(*row))
        self.cases = self._rows(cursor, CASES)
        self.entries = dict(self._rows(cursor, ENTRIES))

    def _rows(self, cursor, query):
        cursor.execute(query)
        return cursor.fetchall()

    def _fault(self, what, about):
        self.faults.append(f"{what}: {about}")

    # Letters

    def look_at_letters(self):
        """Each has arrived once, or another way was opened in time; nothing else."""
        known = set()
        for case, receiver in self.receivers.items():
            first = next(one for one in self.letters[case] if not one.replaces)
            known.add(first.message_id)
            arrived = self._arrived(receiver, first)
            if receiver.fate in ("known", "slow"):
                self._look_at_delivered(case, first, arrived)
            else:
                self._look_at_returned(case, receiver, first, arrived)
        doubled = self.twice
        if doubled > self.kills:
            self._fault("more doubled than killed", doubled)

    def _arrived(self, receiver, letter):
        mails = [message for _seen, message in mails_in(self.boxes / receiver.box)]
        ids = [message["Message-Id"] for message in mails]
        if set(ids) - {letter.message_id}:
            self._fault("a mail that nobody sent", receiver.address)
        domain = receiver.domain
        for message in mails:
            if message["Return-Path"] != f"<bounce@{domain}>":
                self._fault("comes back elsewhere", message["Return-Path"])
        self.twice += max(0, len(ids) - 1)
        return len(ids)

    def _look_at_delivered(self, case, letter, arrived):
        if not arrived:
            self._fault("never arrived", letter)
        if letter.state != "sent" or letter.is_returned or not letter.settled_at:
            self._fault("arrived, and is not settled as sent", letter)
        if len(self.letters[case]) > 1:
            self._fault("arrived, and goes another way too", self.letters[case])
        rows = self.promises[case]
        if [(row.state, row.met_on) for row in rows] != [("met", letter.sent_at)]:
            self._fault("its promise is not met as it left", rows)
        if self.entries.get(case) != 1:
            self._fault("stands in the journal not once", case)

    def _look_at_returned(self, case, receiver, letter, arrived):
        if arrived:
            self._fault("nobody has this address, and it arrived", letter)
        if letter.state != "failed" or not letter.settled_at:
            self._fault("has not reached anybody, and is not failed", letter)
        if bool(letter.is_returned) != (receiver.fate == "unknown"):
            self._fault("taken for come back, or not", letter)
        ways = [one for one in self.letters[case] if one.replaces == letter.id]
        if [(one.medium, one.state) for one in ways] != [(receiver.then, "queued")]:
            self._fault("goes on another way not once", ways)
            return
        self._look_at_reopened(case, receiver, ways[0])

    def _look_at_reopened(self, case, receiver, way):
        rows = self.promises[case]
        open_rows = [row for row in rows if row.state == "running"]
        if len(open_rows) != 1 or way.id not in open_rows[0].letters:
            self._fault("nobody promises it any more", rows)
        elif way.queued_on > open_rows[0].due_on:
            self._fault("handed on too late", way)
        evidence = [row for row in rows if row.state != "running"]
        if receiver.fate == "unknown":
            if [row.state for row in evidence] != ["met"]:
                self._fault("what was met is no evidence any more", rows)
            elif open_rows and open_rows[0].due_on != evidence[0].due_on:
                self._fault("the date has moved", rows)
        elif evidence:
            self._fault("met by what never left", rows)

    # What comes in

    def look_at_mailboxes(self, boxes):
        """Everything that came to the organisations was fetched.

        :return: how many reports of a delay, and of a failure, were among it
        """
        reports = collections.Counter()
        for box, is_emptied in boxes.items():
            for seen, message in mails_in(self.boxes / box):
                if is_emptied or not seen:
                    self._fault("was never fetched", (box, message["Subject"]))
                reports.update(self._actions(message))
        return reports

    def _actions(self, message):
        for part in message.walk():
            if part.get_content_type() == "message/delivery-status":
                for block in part.get_payload():
                    if block["Action"]:
                        yield block["Action"].strip().lower()

    def look_at_cases(self, complaints, words):
        """Each complaint is one case in each organisation that it was sent to."""
        found = collections.defaultdict(list)
        for case, title, description, domain, files in self.cases:
            found[title].append((domain, description, files, case))
        for complaint in complaints:
            rows = found.pop(complaint.mark, [])
            domains = sorted(domain for domain, *_rest in rows)
            if domains != sorted(complaint.expected):
                self._fault("not once a case", (complaint.mark, domains))
            for _domain, description, files, _case in rows:
                if words not in (description or ""):
                    self._fault("garbled", (complaint.mark, description))
                if files != (complaint.kind == "file"):
                    self._fault("files", (complaint.mark, files))
        for title, rows in found.items():
            self._fault("a case that nobody wrote", (title, rows))
