from odoo import fields, models
from odoo.exceptions import ValidationError

from .complaint_party import IDENTITY_FIELDS

NAMED = [("open", ""), ("protected", "")]
# What has to be known for an answer to arrive that way.
NEEDED = {"email": "email", "phone": "phone", "sms": "phone", "letter": "street"}


class ComplaintCase(models.Model):
    """Anonymous to named: by the person's own act only, and never back (M09, M11)."""

    _inherit = "complaint.case"

    def _become_named(self, values):
        """Keep who the person is, as told with the receipt code.

        What was stored before keeps its days without hours.

        :param values: ``anonymity`` (open or protected), at least one of ``name``,
            ``email``, ``phone``, ``street`` (with ``zip`` and ``city``), and maybe
            ``reply_channel``
        :raises ValidationError: with ``problems``, a message for each field
        """
        self.ensure_one()
        clean = self._read_naming(values)
        case = self.sudo()
        if case.anonymity != "anonymous":
            raise ValidationError(self.env._("It is known already who you are."))
        changes = {"anonymity": clean["anonymity"]}
        if clean.get("reply_channel"):
            changes["reply_channel"] = clean["reply_channel"]
        case.write(changes)
        case._name_complainant(clean)
        case._log("named_by_own_act", **changes)
        case._tell_handler(self.env._("The complainant has told us who it is"))

    def _read_naming(self, values):
        """Check what the person tells.

        :return: the clean values
        :raises ValidationError: as :meth:`_become_named`
        """
        intake = self.env["complaint.intake"]
        clean, problems = {}, {}
        for name, read in self._naming_readers().items():
            try:
                clean[name] = read(values.get(name) or "")
                if intake._find_codes(clean[name]):
                    raise ValueError(intake._code_refusal())
            except ValueError as error:
                problems[name] = str(error)
        problems |= self._missing_in_naming(clean, problems)
        if problems:
            intake._refuse(problems)
        return clean

    def _naming_readers(self):
        """How each value is read, as at the door."""
        intake = self.env["complaint.intake"]
        channels = self._fields["reply_channel"]._description_selection(self.env)

        def reader(name):
            return lambda text: intake._read_party({name: text}).get(name, "")

        return {
            "anonymity": lambda text: intake._read_selection(text, NAMED),
            "reply_channel": lambda text: (
                text and intake._read_selection(text, channels)
            ),
            **{name: reader(name) for name in IDENTITY_FIELDS},
        }

    def _missing_in_naming(self, clean, problems):
        missing = {}
        is_told = any(clean.get(name) for name in IDENTITY_FIELDS)
        if not is_told and not problems.keys() & {*IDENTITY_FIELDS}:
            missing["name"] = self.env._("Write your name, or how we can reach you.")
        needed = NEEDED.get(clean.get("reply_channel"))
        if needed and not clean.get(needed) and needed not in problems:
            missing[needed] = self.env._(
                "Write this, or choose to be answered in another way."
            )
        return missing

    def _name_complainant(self, clean):
        """Seal the identity in the person of the case."""
        values = {name: clean[name] for name in IDENTITY_FIELDS if clean[name]}
        values["is_protected"] = clean["anonymity"] == "protected"
        person = self.party_ids.filtered(lambda party: party.role == "complainant")
        if person:
            person[0].write(values)
        else:
            door = self.env["complaint.party"].with_context(complaint_intake=True)
            door.create(dict(values, case_id=self.id, role="complainant"))

    def _tell_handler(self, summary):
        """Give the handler something to read, without any of it in the task."""
        today = fields.Date.context_today(self)
        user = self.handler_id or self._superior(0)
        self._plan_tasks("news", [(self, one, summary, today) for one in user])
