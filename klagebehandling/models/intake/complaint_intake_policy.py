from odoo import api, fields, models
from odoo.exceptions import MissingError

from ...roles import READERS
from ...vocabulary import WHEN
from ..unit.complaint_unit_receiver import LINE_ROUTES
from .submission_reader import SubmissionReader

LANGUAGES = {"nb": "nb_NO", "no": "nb_NO", "nn": "nb_NO", "sv": "sv_SE", "en": "en_US"}
# What a case becomes where the procedure lacks its kind; the last resort is undecided.
KIND_FALLBACK = {"suggestion": ("view",), "praise": ("view",), "view": ("suggestion",)}
# As much of what was written stands for a subject, where none was given.
LONGEST_TITLE = 80


class ComplaintIntake(models.AbstractModel):
    """What the procedure says about an incoming complaint.

    Which one binds, what it allows and asks for, what it makes of what was given, and
    who receives the case.
    """

    _inherit = "complaint.intake"

    def _check_own(self, values):
        """Let a user register in the own companies, and as who helped the own person.

        :raises AccessError: for another company in the context
        """
        if self.env.su or not isinstance(values, dict):
            return
        problems = self._problems_of_place(values, self.env.companies)
        assisted = values.get("assisted")
        helper = assisted.get("by") if isinstance(assisted, dict) else None
        is_other = helper is not None and helper != self.env.uid
        if is_other and not self.env.user.has_group(READERS):
            problems["assisted"] = self.env._("Only you can be named as who helped.")
        if problems:
            self._refuse(problems)

    def _problems_of_place(self, values, companies):
        Unit = self.env["complaint.unit"]
        unit_id = values.get("unit_id")
        if unit_id is None:
            unit = Unit._front_unit(values.get("policy"))
            if unit.company_id - companies:
                text = self.env._("Say which unit or which procedure it concerns.")
                return {"unit_id": text}
            return {}
        # What is no number is refused where the values are read.
        is_number = isinstance(unit_id, int) and not isinstance(unit_id, bool)
        if is_number and not Unit.search_count([("id", "=", unit_id)]):
            return {"unit_id": self.env._("This unit does not exist.")}
        return {}

    def _place(self, form, memo):
        """Find the unit and the version of the procedure that bind the complaint."""
        key = (form.given.get("unit_id"), form.given.get("policy"))
        if key not in memo:
            memo[key] = self._find_unit(*key)
        form.unit = memo[key]
        now = fields.Datetime.now()
        # The version of this day knows the time zone, and that the day.
        day = now.date()
        reader = SubmissionReader(self.env)
        for _attempt in range(2):
            form.policy = self._policy_on(form, day)
            try:
                form.received_at = reader.read_receipt(
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

    def _apply_policy(self, form):
        """Fill the form with what the procedure makes of the given values.

        :raises ValidationError: with all that the procedure refuses
        """
        given, policy = form.given, form.policy
        problems = {}
        form.channel = given.get("channel", "api")
        form.anonymity = given.get("anonymity") or policy.anonymity_default
        form.parties = given.get("parties", [])
        form.grounds = self._find_grounds(form, problems)
        form.lang = self._find_language(form, problems)
        self._check_anonymity(form, problems)
        self._check_required(form, problems)
        self._check_happened(form, problems)
        self._check_files(form, problems)
        if problems:
            self._refuse(problems)
        self._settle(form)

    @api.model
    def _begin_of(self, text):
        """The beginning of the first line, in whole words where there are some."""
        line = text.splitlines()[0]
        if len(line) <= LONGEST_TITLE:
            return line
        words, _space, _rest = line[:LONGEST_TITLE].rpartition(" ")
        return f"{words or line[: LONGEST_TITLE - 1]}…"

    def _settle(self, form):
        """Decide what follows from the facts, once nothing is refused."""
        given = form.given
        form.given_kind = given.get("kind", "complaint")
        form.kind = self._classify(form)
        form.title = given.get("title") or self._begin_of(given["description"])
        form.wants_reply = given.get("wants_reply", True)
        form.reply_channel = self._reply_channel(form)
        form.invite = given.get("invite", [])
        if given.get("interpreter_language") and "interpreter" not in form.invite:
            form.invite = [*form.invite, "interpreter"]
        self._settle_external(form)
        # A promise may be kept early, never late.
        form.received_at = form.policy._moment(form.received_at, form.anonymity)
        now = fields.Datetime.now()
        form.registered_at = form.policy._moment(now, form.anonymity)
        form.facts = self.env["complaint.policy.term"]._case_facts(
            form.kind, form.grounds, form.wants_reply, form.has_external_parties
        )

    def _settle_external(self, form):
        """NAV takes part at the person's wish, never at municipal places (A-22)."""
        wants_nav = "external_caseworker" in form.invite
        form.is_nav_declined = wants_nav and form.given.get("place_type") == "municipal"
        if form.is_nav_declined:
            form.invite = [
                role for role in form.invite if role != "external_caseworker"
            ]
        form.has_external_parties = form.given.get("has_external_parties", False) or (
            wants_nav and not form.is_nav_declined
        )

    def _find_grounds(self, form, problems):
        """The categories by code: the procedure's own, and what belongs elsewhere."""
        codes = form.given.get("categories", [])
        Category = self.env["complaint.category"]
        ids = Category._ids_by_code(form.unit.company_id.id)
        unknown = [code for code in codes if code not in ids]
        grounds = Category.browse([ids[code] for code in codes if code in ids])
        allowed = form.policy._door()["category_ids"]
        if allowed:
            refused = grounds.filtered(
                lambda ground: (
                    ground.id not in allowed
                    and not (ground.is_out_of_scope or ground.kind)
                )
            )
            unknown += refused.mapped("code")
        if unknown:
            problems["categories"] = self.env._(
                "Unknown here: %(codes)s. Choose among the grounds of the procedure.",
                codes=", ".join(unknown),
            )
        return grounds

    def _find_language(self, form, problems):
        lang = form.given.get("lang")
        if not lang:
            return form.policy.lang
        lang = LANGUAGES.get(lang, lang)
        if lang not in dict(self.env["complaint.policy"]._get_languages()):
            problems["lang"] = self.env._("This language is not offered.")
        return lang

    def _check_anonymity(self, form, problems):
        """Refuse what the procedure forbids, saying what it offers instead (B-16)."""
        policy = form.policy
        if form.anonymity != "anonymous" or policy._allows_anonymity(form.channel):
            return
        ways = policy.channel_ids.filtered(
            lambda way: way.is_offered and way.anonymity_allowed
        )
        labels = dict(ways._fields["channel"]._description_selection(self.env))
        problems["anonymity"] = self.env._(
            "You cannot be anonymous here, because we must be able to answer you. You "
            "can be anonymous this way: %(ways)s.",
            ways=", ".join(labels[channel] for channel in ways.mapped("channel")),
        )

    def _is_filled_in(self, form):
        """Hook: whether a person fills in the form and can correct it."""
        return form.channel == "web"

    def _check_required(self, form, problems):
        """Required fields bind the web form; else what was given is registered."""
        if not (form.given.get("description") or form.given.get("title")):
            problems["description"] = self.env._("Write what it is about.")
        if not self._is_filled_in(form):
            return
        for name in form.policy._required_fields():
            if name not in problems and not self._is_answered(form, name):
                problems[name] = self.env._("Please fill this in.")

    def _is_answered(self, form, name):
        people = [one for one in form.parties if one["role"] == "complainant"]
        if name == "complainant_kind":
            return any(one.get("kind") for one in people)
        if name in ("name", "contact", "email", "phone", "street", "zip", "city"):
            keys = ("email", "phone", "street") if name == "contact" else (name,)
            known = any(one.get(key) for one in people for key in keys)
            return known or form.anonymity == "anonymous"
        if name == "event_date":
            return any(form.given.get(way) for way in WHEN)
        value = form.given.get(name)
        return value is not None and value != "" and value != []

    def _check_happened(self, form, problems):
        """A span runs forward, and on the web it has happened (A-41).

        Elsewhere a day to come is registered as it is: nobody can be asked.
        """
        given = form.given
        first, last = given.get("event_date"), given.get("event_until")
        if first and last and last < first:
            problems["event_until"] = self.env._(
                "The last day is before the first one. Correct one of them."
            )
        if not self._is_filled_in(form):
            return
        for name, day in (("event_date", first), ("event_until", last)):
            if day and day > form.day and name not in problems:
                problems[name] = self.env._(
                    "This day has not come yet. Correct it, or tell in your own words "
                    "when it is."
                )

    def _check_files(self, form, problems):
        """On the web the sender is asked what to do with a file that may betray them.

        In every other channel nobody can be asked: see ``complaint.original``.
        """
        if not self._is_filled_in(form) or form.anonymity == "open":
            return
        unclean = [file for file in self._files(form) if file.reason and not file.as_is]
        if unclean:
            # A question of its own: the file itself is not wrong.
            problems["as_is"] = self._say_unclean(unclean)

    def _say_unclean(self, files):
        labels = dict(
            self.env["complaint.original"]
            ._fields["reason"]
            ._description_selection(self.env)
        )
        named = ", ".join(f"{file.name} ({labels[file.reason]})" for file in files)
        return self.env._(
            "We cannot remove what may tell who you are from: %(files)s. Choose it in "
            "another format, such as a photo of the page or a PDF, or leave it out. Or "
            "say that it shall be sent as it is: it may tell who made it.",
            files=named,
        )

    def _classify(self, form):
        """The kind the case gets: never refused, re-classified where it must be."""
        kind = form.given_kind
        meant = {ground.kind for ground in form.grounds}
        if kind == "complaint" and len(meant) == 1 and all(meant):
            kind = meant.pop()  # a pure suggestion is not a complaint (E-19)
        kinds = form.policy._kinds()
        # Whistleblowing stays what it is: the stricter wall is kept.
        if not kinds or kind in kinds or kind in ("whistleblowing", "undecided"):
            return kind
        for other in KIND_FALLBACK.get(kind, ()):
            if other in kinds:
                return other
        return "undecided"

    def _reply_channel(self, form):
        """The chosen channel; who is anonymous reads the answer with the code."""
        if form.anonymity == "anonymous":
            return "portal"
        has_email = any(
            one.get("email") for one in form.parties if one["role"] != "subject"
        )
        return form.given.get("reply_channel") or ("email" if has_email else "portal")

    def _route(self, form):
        """Find who receives the case, around every conflict of interest.

        ``route`` says why: ``nearest``, ``above`` (conflict, or a ground that goes
        one step up), the function of another unit, ``independent``, ``fallback``,
        ``top`` or ``nobody``.
        """
        self._find_walled(form)
        start, reason = form.unit._line_start(form.grounds)
        form.handler, form.route = start._receiver(
            form.policy,
            form.walled | self._find_parties(form),
            is_restricted=form.kind == "whistleblowing",
        )
        form.is_restricted = form.route not in LINE_ROUTES
        if not form.is_restricted and reason != "nearest":
            form.route = reason

    def _find_parties(self, form):
        """The users who are persons of the case: it goes to none of them (C-08).

        Not who complains and must not be known: the route would tell of them.
        """
        return self.env["res.users"].browse(
            party["user_id"]
            for party in form.parties
            if party.get("user_id") and not self._hides(form, party)
        )

    def _tell_auditors(self, forms):
        """Alarm the auditors of what nobody may receive.

        Of an anonymous complaint the hour must not be kept: the night tells of it.
        """
        unread = [
            form.case
            for form in forms
            if form.route == "nobody" and form.anonymity != "anonymous"
        ]
        self.env["complaint.case"].union(*unread)._alarm_auditors()

    def _find_walled(self, form):
        subjects = [one for one in form.parties if one["role"] == "subject"]
        users = self.env["res.users"].browse(
            [one["user_id"] for one in subjects if one.get("user_id")]
        )
        about_manager = form.given.get("about_manager", False)
        form.is_manager_known = bool(
            about_manager and users and form.unit._first_manager() in users
        )
        is_line_walled = len(users) < len(subjects) or (
            about_manager and not form.is_manager_known
        )
        form.walled = form.unit._find_wall(users, is_line_walled)

    def _prepare_duties(self, form):
        """The duties that the procedure opens, without their case."""
        company = form.unit.company_id.id
        Deadline = self.env["complaint.deadline"]
        rows = Deadline._prepare_first(
            form.policy, form.facts, form.received_at, form.registered_at
        )
        form.deadlines = [dict(row, company_id=company) for row in rows]

    def _ensure_calendars(self, forms):
        policies = {}
        for form in forms:
            policies.setdefault(form.policy, []).append(form.day)
        for policy, days in policies.items():
            policy._ensure_calendar(min(days), policy._horizon(max(days)))
