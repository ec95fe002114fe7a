from secrets import token_hex

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError

from ...sealing import keyring
from ...sealing.journal_seal import START
from ..identity.complaint_party import IDENTITY_FIELDS
from . import numbers, replay
from .refused import IntakeRefused
from .submission import Submission
from .submission_reader import SubmissionReader

# Whose identity is the matter itself, and does not tell who complains.
NAMED_BY_OTHERS = {"subject", "staff"}
QUIET = {
    "complaint_intake": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "tracking_disable": True,
}


class ComplaintIntake(models.AbstractModel):
    """The door. Nothing else creates a case.

    Each dict becomes a :class:`Submission`, and the steps stand here in their order:
    read, place, people, what the procedure says, name; then for all of a call at once
    numbers, route, evidence, the case with its parts, the files. Placing, the procedure
    and the route are in the other file of this model.
    """

    _name = "complaint.intake"
    _description = "Intake of complaints"

    @api.model
    def register(self, values):
        """Register one complaint, in whichever channel it came (E-12, E-59).

        :param values: dict as described in ``docs/intake.md``: ``policy`` or
            ``unit_id``, ``channel``, ``description`` and what else is known
        :return: ``{"case_id", "reference", "access_code"}``; see ``replay`` for what
            the same ``submission_id`` gets again
        :raises ValidationError: with every problem in one message; nothing is stored
        :raises AccessError: for who is not an employee
        """
        if not self.env.su and not self.env.user._is_internal():
            raise AccessError(self.env._("Only employees register complaints here."))
        self._check_own(values)
        return self._admit([values])[0]

    def _admit(self, values_list):
        """Register many complaints at once, as :meth:`register` does each.

        A split and a list of complaints come in here; whoever calls it has checked who
        may.

        :raises IntakeRefused: for the first one that cannot be registered
        """
        intake = self.sudo().with_context(**QUIET)
        memo = {}
        forms = [intake._accept(values, memo) for values in values_list]
        hashes = {form.submission_hash for form in forms} - {False}
        known = intake.env["complaint.submission"]._claim(hashes)
        fresh = {}
        for form in forms:
            if form.submission_hash not in known:
                fresh.setdefault(form.submission_hash or id(form), form)
        intake._register_forms(list(fresh.values()))
        for form in forms:
            if form.submission_hash in known:
                form.case = known[form.submission_hash]
                replay.show_code_once(form)
            elif form.submission_hash:
                form.case = fresh[form.submission_hash].case
        return [
            {
                "case_id": form.case.id,
                "reference": form.case.reference,
                "access_code": form.access_code,
            }
            for form in forms
        ]

    def _accept(self, values, memo):
        """Read one dict and settle what follows from it; nothing is stored.

        The portal asks so for the problems of a form that it does not send yet.

        :param memo: dict in which complaints of one call share what was looked up
        :return: a :class:`Submission`, ready to be registered
        :raises IntakeRefused: with every problem of the first step that finds any
        """
        clean, problems = self._read(values)
        if problems:
            self._refuse(problems)
        form = Submission(clean)
        self._place(form, memo)
        self._check_people(form)
        self._apply_policy(form)
        replay.name(form, self.env.uid)
        return form

    def _read(self, values):
        """``(clean, problems)`` of one dict, before any procedure is asked (hook)."""
        return SubmissionReader(self.env).read_values(values)

    def _check_people(self, form):
        """Refuse users that do not exist; one query for all of them."""
        assisted = form.given.get("assisted") or {}
        ids = {party.get("user_id") for party in form.given.get("parties", [])}
        ids = (ids | {assisted.get("by")}) - {None}
        if ids and len(self.env["res.users"].browse(ids).exists()) < len(ids):
            self._refuse({"parties": self.env._("This user does not exist.")})

    def _register_forms(self, forms):
        """Create the rows of all forms, one statement per table."""
        if not forms:
            return
        self._ensure_calendars(forms)
        numbers.draw(self.env.cr, forms)
        rows = []
        for form in forms:
            self._route(form)
            self._prepare_duties(form)
            values = self._prepare_case(form)
            rows.append({**values, **self._prepare_evidence(form, values)})
        self.env["complaint.commitment"]._commit(
            [(form.unit.company_id.id, form.reference) for form in forms]
        )
        try:
            cases = self.env["complaint.case"].create(rows)
        except UniqueViolation as error:
            # The same submission at the same moment: retried, it finds its twin.
            raise ConcurrencyError from error
        for form, case in zip(forms, cases, strict=True):
            form.case = case
        self._create_parts(forms)
        self._tell_auditors(forms)

    def _prepare_evidence(self, form, values):
        """The first journal entries, chained; they bind what the case is made of.

        :param values: of :meth:`_prepare_case`
        :return: what the case keeps of them
        """
        Journal = self.env["complaint.journal"]
        company = form.unit.company_id.id
        moment = form.policy._moment(fields.Datetime.now(), form.anonymity)
        salts = {"facts_salt": token_hex(16), "words_salt": token_hex(16)}
        form.binds = self.env["complaint.bound"]._bind_form(form, {**values, **salts})
        form.entries, head = [], START
        for sequence, (event, payload) in enumerate(self._events(form), start=1):
            entry = Journal._prepare_entry(
                form.reference, company, sequence, head, event, payload, moment
            )
            form.entries.append(entry)
            head = entry["digest"]
        return {
            **salts,
            "journal_head": head,
            "journal_count": len(form.entries),
            "journal_on": moment,
        }

    def _events(self, form):
        yield (
            "registered",
            {
                "binds": form.binds,
                "channel": form.channel,
                "kind": form.kind,
                "anonymity": form.anonymity,
                "received_on": str(form.day),
                "persons": len(form.parties),
            },
        )
        if form.kind != form.given_kind:
            yield "reclassified", {"from": form.given_kind, "to": form.kind}
        if form.is_nav_declined:
            yield "nav_not_offered", {"place_type": "municipal"}
        yield "routed", {"handler": form.handler.id, "route": form.route}
        yield from self._file_events(form)
        yield (
            "deadlines_opened",
            {row["milestone"]: str(row["due_on"]) for row in form.deadlines},
        )

    def _file_events(self, form):
        files = self._files(form)
        if files:
            yield "files_received", self.env["complaint.original"]._payload(files)

    def _files(self, form):
        """What became of the files when they were cleaned; done once."""
        if form.files is None:
            given = form.given.get("attachments", [])
            form.files = self.env["complaint.original"]._examine(given)
        return form.files

    def _prepare_case(self, form):
        """Values of the case: the matter, without anything that identifies (hook).

        :param form: a :class:`Submission` with its numbers, its route and its duties
        """
        given = form.given
        assisted = given.get("assisted")
        values = {
            name: given.get(name)
            for name in (
                "desired_outcome",
                "event_date",
                "event_until",
                "event_words",
                "interpreter_language",
                "place_type",
                "authorisation",
            )
            if given.get(name)
        }
        return {
            **values,
            **self._prepare_help(assisted),
            **self._prepare_links(form),
            "reference": form.reference,
            "drawn_number": form.drawn_number,
            "title": form.title,
            "description": given.get("description", ""),
            "kind": form.kind,
            "channel": form.channel,
            "anonymity": form.anonymity,
            "unit_id": form.unit.id,
            "handler_id": form.handler.id,
            "policy_id": form.policy.id,
            "company_id": form.unit.company_id.id,
            "received_at": form.received_at,
            "registered_at": form.registered_at,
            "wants_reply": form.wants_reply,
            "reply_channel": form.reply_channel,
            "lang": form.lang,
            "has_external_parties": form.has_external_parties,
            "invite": ",".join(form.invite),
            "about_manager": given.get("about_manager", False),
            "is_manager_known": form.is_manager_known,
            "is_restricted": form.is_restricted,
            "access_code_hash": keyring.keyed_hash("access code", form.access_code),
            "submission_hash": form.submission_hash,
            "receipt_hash": form.receipt_hash,
            **self._prepare_known(form.deadlines),
            "last_act_on": form.policy._local(fields.Datetime.now()).date(),
        }

    def _prepare_links(self, form):
        """The rows that a case has several of, where it has any."""
        links = {
            "category_ids": form.grounds,
            "walled_user_ids": form.walled,
            "barred_user_ids": self._find_parties(form),
        }
        return {
            name: [fields.Command.set(rows.ids)] for name, rows in links.items() if rows
        }

    def _prepare_known(self, rows):
        """What cases compute of their deadlines, known before these are there."""
        first = min(rows, key=lambda row: row["due_at"], default={})
        return {
            "next_due_at": first.get("due_at"),
            "next_milestone": first.get("milestone"),
        }

    def _prepare_help(self, assisted):
        if assisted is None:
            return {}
        return {
            "assisted_by_id": assisted.get("by") or self.env.uid,
            "is_read_back": assisted.get("read_back", False),
            "is_copy_given": assisted.get("copy_given", False),
            "is_informed": assisted.get("informed", False),
            "asked_to_write": assisted.get("asked_to_write", False),
        }

    def _prepare_parties(self, form):
        """Values of the persons, without the case (hook).

        Of who is anonymous nothing but the role is kept.

        :param form: a :class:`Submission` whose case is created
        """
        rows = []
        for given in form.parties:
            party = dict(given, company_id=form.unit.company_id.id)
            if self._hides(form, given):
                party.pop("user_id", None)
                party["is_protected"] = form.anonymity == "protected"
                if form.anonymity == "anonymous":
                    for name in IDENTITY_FIELDS:
                        party.pop(name, None)
            rows.append(party)
        return rows

    def _hides(self, form, party):
        """Whether it must not be known which of our users a person is."""
        return party["role"] not in NAMED_BY_OTHERS and form.anonymity != "open"

    def _create_parts(self, forms):
        self._create_rows("complaint.party", forms, self._prepare_parties)
        self._create_rows("complaint.deadline", forms, lambda form: form.deadlines)
        cases = self.env["complaint.case"].union(*(form.case for form in forms))
        for name in self._prepare_known([]):
            # The cases know these already: no second statement for them.
            self.env.remove_to_compute(cases._fields[name], cases)
        self._create_rows("complaint.journal", forms, lambda form: form.entries)
        letters = self._create_rows(
            "complaint.correspondence", forms, self._prepare_receipts
        )
        letters._send()
        self._keep_files(forms)

    def _create_rows(self, model, forms, prepare):
        """One statement for what all cases have of a kind.

        :param prepare: the rows of a form, without their case
        """
        rows = [
            {**row, "case_id": form.case.id} for form in forms for row in prepare(form)
        ]
        return self.env[model].create(rows)

    def _prepare_receipts(self, form):
        """The automatic receipt, where the procedure promises one."""
        if not form.policy.has_auto_receipt or not form.wants_reply:
            return []
        letter = self.env["complaint.correspondence"]
        return [
            {
                "purpose": "receipt",
                "medium": form.reply_channel,
                "lang": form.policy._spoken(form.lang),
                "body": letter._default_body(form.case, "receipt"),
                "state": "queued",
            }
        ]

    def _keep_files(self, forms):
        """Store the cleaned copies and the sealed originals of all forms."""
        letter = self.env["complaint.correspondence"]
        batch = [
            (form.case, letter, self._files(form))
            for form in forms
            if self._files(form)
        ]
        if batch:
            self.env["complaint.original"]._keep(batch)

    def _refuse(self, problems):
        """Raise with every problem in one message."""
        lines = [f"{self._label(name)}: {text}" for name, text in problems.items()]
        raise IntakeRefused("\n".join(lines), problems)

    def _label(self, name):
        """What the person calls a field of the door."""
        labels = dict(
            self.env["complaint.policy.field"]
            ._fields["name"]
            ._description_selection(self.env)
        )
        own = {
            "policy": self.env._("Procedure"),
            "channel": self.env._("Channel"),
            "received_at": self.env._("Received"),
            "event_until": self.env._("Last day of the event"),
            "event_words": self.env._("When it happened, in words"),
            "interpreter_language": self.env._("Language of the interpreter"),
            "parties": self.env._("Persons"),
            "anonymity": self.env._("Anonymity"),
            "as_is": self.env._("Files"),
            "assisted": self.env._("Help with the complaint"),
        }
        return own.get(name) or labels.get(name) or name
