from odoo import fields, models

from ...sealing import keyring
from ...sealing.journal_seal import START
from ..identity.complaint_party import IDENTITY_FIELDS

# Whose identity is the matter itself, and does not tell who complains.
NAMED_BY_OTHERS = {"subject", "staff"}


class ComplaintIntakeRecord(models.AbstractModel):
    """What is stored of a complaint: matter, persons, duties and evidence."""

    _name = "complaint.intake.record"
    _description = "Records of incoming complaints"

    def _prepare_case(self, form):
        """Values of the case: the matter, without anything that identifies."""
        given = form.given
        assisted = given.get("assisted")
        values = {
            name: given.get(name)
            for name in (
                "desired_outcome",
                "event_date",
                "place_type",
                "authorisation",
            )
            if given.get(name)
        }
        return {
            **values,
            **self._prepare_help(assisted),
            "reference": form.reference,
            "registry_number": form.registry_number,
            "title": form.title,
            "description": given.get("description", ""),
            "kind": form.kind,
            "channel": form.channel,
            "anonymity": form.anonymity,
            "category_ids": [fields.Command.set(form.grounds.ids)],
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
            "walled_user_ids": [fields.Command.set(form.walled.ids)],
            "is_restricted": form.is_restricted,
            "access_code_hash": keyring.keyed_hash("access code", form.access_code),
            "submission_hash": form.submission_hash,
            "journal_head": form.entries[-1]["digest"],
            "journal_count": len(form.entries),
            "last_act_on": form.policy._local(fields.Datetime.now()).date(),
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
        """Values of the persons; of who is anonymous nothing but the role is kept."""
        rows = []
        for given in form.parties:
            party = dict(given, company_id=form.unit.company_id.id)
            if given["role"] not in NAMED_BY_OTHERS and form.anonymity != "open":
                party.pop("user_id", None)
                party["is_protected"] = form.anonymity == "protected"
                if form.anonymity == "anonymous":
                    for name in IDENTITY_FIELDS:
                        party.pop(name, None)
            rows.append(party)
        return rows

    def _prepare_evidence(self, form):
        """The deadlines and the first journal entries, chained."""
        Deadline, Journal = (
            self.env["complaint.deadline"],
            self.env["complaint.journal"],
        )
        company = form.unit.company_id.id
        rows = Deadline._prepare(form.policy, form.facts, form.received_at)
        form.deadlines = [dict(row, company_id=company) for row in rows]
        moment = form.policy._moment(fields.Datetime.now(), form.anonymity)
        form.entries, head = [], START
        for sequence, (event, payload) in enumerate(self._events(form), start=1):
            entry = Journal._prepare_entry(
                form.reference, company, sequence, head, event, payload, moment
            )
            form.entries.append(entry)
            head = entry["digest"]

    def _events(self, form):
        yield (
            "registered",
            {
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

    def _prepare_receipts(self, form):
        """The automatic receipt, where the procedure promises one."""
        if not form.policy.has_auto_receipt or not form.wants_reply:
            return []
        letter = self.env["complaint.correspondence"]
        return [
            {
                "purpose": "receipt",
                "medium": form.reply_channel,
                "lang": form.lang,
                "body": letter._default_body(form.case, "receipt"),
                "state": "queued",
            }
        ]
