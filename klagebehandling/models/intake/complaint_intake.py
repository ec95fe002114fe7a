from types import SimpleNamespace

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, MissingError

QUIET = {
    "complaint_intake": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "tracking_disable": True,
}


class ComplaintIntake(models.AbstractModel):
    """The door. Nothing else creates a case."""

    _name = "complaint.intake"
    _inherit = [
        "complaint.intake.form",
        "complaint.intake.policy",
        "complaint.intake.mail",
        "complaint.intake.number",
        "complaint.intake.record",
        "complaint.intake.files",
    ]
    _description = "Intake of complaints"

    @api.model
    def register(self, values):
        """Register one complaint, in whichever channel it came (E-12, E-59).

        :param values: dict as described in ARCHITECTURE: ``policy`` or ``unit_id``,
            ``channel``, ``description`` and what else is known
        :return: ``{"case_id", "reference", "access_code"}``; the same again for the
            same ``submission_id``
        :raises ValidationError: with every problem in one message; nothing is stored
        :raises AccessError: for who is not an employee
        """
        if not self.env.su and not self.env.user._is_internal():
            raise AccessError(self.env._("Only employees register complaints here."))
        self._check_own_unit(values)
        return self._admit([values])[0]

    def _check_own_unit(self, values):
        """Let a user name only the units that the user's companies have."""
        unit_id = values.get("unit_id") if isinstance(values, dict) else None
        if self.env.su or not isinstance(unit_id, int) or isinstance(unit_id, bool):
            return
        if not self.env["complaint.unit"].search_count([("id", "=", unit_id)]):
            self._refuse({"unit_id": self.env._("This unit does not exist.")})

    def _admit(self, values_list):
        """Register many complaints at once, as :meth:`register` does each.

        :raises ValidationError: for the first one that cannot be registered
        """
        intake = self.sudo().with_context(**QUIET)
        memo = {}
        forms = [intake._accept(values, memo) for values in values_list]
        known = intake._known_submissions(forms)
        fresh = {}
        for form in forms:
            if form.submission_hash not in known:
                fresh.setdefault(form.submission_hash or id(form), form)
        hashes = [form.submission_hash for form in fresh.values()]
        intake.env["complaint.submission"]._claim(filter(None, hashes))
        intake._register_forms(list(fresh.values()))
        for form in forms:
            twin = known.get(form.submission_hash) or fresh.get(form.submission_hash)
            form.case_id = twin.case_id if twin else form.case_id
            form.reference = twin.reference if twin else form.reference
        return [
            {
                "case_id": form.case_id,
                "reference": form.reference,
                "access_code": form.access_code,
            }
            for form in forms
        ]

    def _accept(self, values, memo):
        """Read one dict into what the records are prepared from."""
        clean, problems = self._read(values)
        if problems:
            self._refuse(problems)
        form = SimpleNamespace(given=clean, case_id=False, reference=False)
        self._place(form, memo)
        self._check_people(form)
        self._apply_policy(form)
        self._name_submission(form)
        return form

    def _place(self, form, memo):
        """Find the unit and the version of the procedure that bind the complaint."""
        key = (form.given.get("unit_id"), form.given.get("policy"))
        if key not in memo:
            memo[key] = self._find_unit(*key)
        form.unit = memo[key]
        now = fields.Datetime.now()
        day = fields.Date.context_today(self)
        for _attempt in range(2):
            form.policy = self._policy_on(form, day)
            try:
                form.received_at = self._receipt(
                    form.given.get("received_at"), form.policy, now
                )
            except ValueError as error:
                self._refuse({"received_at": str(error)})
            day = form.policy._local(form.received_at).date()
        form.day = day

    def _policy_on(self, form, day):
        Case = self.env["complaint.case"]
        policy = Case._find_policy(form.given.get("policy"), form.unit, day)
        if not policy:
            self._refuse(
                {"policy": self.env._("No procedure in force here has this code.")}
            )
        return policy

    def _find_unit(self, unit_id, code):
        Unit = self.env["complaint.unit"]
        unit = self._read_unit(unit_id) if unit_id else Unit._front_unit(code)
        if not unit:
            text = (
                self.env._("This unit does not exist.")
                if unit_id
                else self.env._("Say which unit or which procedure it concerns.")
            )
            self._refuse({"unit_id": text})
        return unit

    def _read_unit(self, unit_id):
        """The unit with an id, empty where there is none that is active."""
        unit = self.env["complaint.unit"].browse(unit_id)
        try:
            return unit.filtered("active")
        except MissingError:
            return unit.browse()

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
        self._draw_numbers(forms)
        for form in forms:
            self._route(form)
            self._prepare_evidence(form)
        try:
            cases = self.env["complaint.case"].create(
                [self._prepare_case(form) for form in forms]
            )
        except UniqueViolation as error:
            # The same submission at the same moment: retried, it finds its twin.
            raise ConcurrencyError from error
        for form, case in zip(forms, cases, strict=True):
            form.case, form.case_id, form.reference = case, case.id, case.reference
        self._create_parts(forms)

    def _create_parts(self, forms):
        for model, prepare in (
            ("complaint.party", self._prepare_parties),
            ("complaint.deadline", lambda form: form.deadlines),
            ("complaint.journal", lambda form: form.entries),
            ("complaint.correspondence", self._prepare_receipts),
        ):
            rows = [
                {**row, "case_id": form.case_id}
                for form in forms
                for row in prepare(form)
            ]
            if rows:
                records = self.env[model].create(rows)
                if model == "complaint.correspondence":
                    records._send()
        self._keep_files(forms)

    def _ensure_calendars(self, forms):
        policies = {}
        for form in forms:
            policies.setdefault(form.policy, []).append(form.day)
        for policy, days in policies.items():
            last = max(days)
            horizon = max(
                (term._horizon(last) for term in policy._terms()), default=last
            )
            policy._ensure_calendar(min(days), horizon)
