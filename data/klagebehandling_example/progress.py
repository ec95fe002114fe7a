"""How the example's cases came where they are: each step by who takes it, in time."""

from datetime import timedelta

from .clock import Clock
from .organisations import ORGANISATIONS, company, find, in_force, remember

REPLY = {
    "nb": "<p>Takk for at du sa fra. Vi har snakket med dem det gjelder, og vi har "
    "rettet opp det som gikk galt.</p>",
    "sv": "<p>Tack för att du hörde av dig. Vi har talat med dem det gäller och "
    "rättat till det som blev fel.</p>",
}
REMEDY = {
    "nb": "Rutinen er gått gjennom med alle på avdelingen.",
    "sv": "Rutinen har gåtts igenom med alla på enheten.",
}
QUESTION = {
    "nb": "<p>Vi vil gjerne vite litt mer. Husker du hvilken dag det var, og hvem du "
    "snakket med?</p>",
    "sv": "<p>Vi vill gärna veta lite mer. Minns du vilken dag det var och vem du "
    "talade med?</p>",
}
ANSWER = {
    "nb": "Det var på tirsdag, rett etter lunsj. Jeg vet ikke hva hun heter.",
    "sv": "Det var i tisdags, strax efter lunch. Jag vet inte vad hon heter.",
}
UPDATE = {
    "nb": "<p>Vi har snakket med vaktene og ser nå på vaktlistene. Du hører fra oss "
    "igjen innen to uker.</p>",
    "sv": "<p>Vi har talat med personalen och går nu igenom scheman. Du hör från oss "
    "igen inom två veckor.</p>",
}
ELSEWHERE = {
    "nb": "<p>Det er NAV som bestemmer dette. Vi kan hjelpe deg med å skrive til "
    "dem.</p>",
    "sv": "<p>Det är en annan myndighet som bestämmer detta. Vi hjälper dig att skriva "
    "till den.</p>",
}
REASON = {
    "nb": "Den som vet mest om dette, er borte denne uka.",
    "sv": "Den som vet mest om detta är borta den här veckan.",
}
GROUND = {
    "nb": "Vi må avtale et møte og trenger å vite hvem vi skal ringe.",
    "sv": "Vi behöver boka ett möte och måste veta vem vi ska ringa.",
}
SEEN_AS_REPORT = {
    "nb": "Teksten handler om kritikkverdige forhold og hører til den uavhengige.",
    "sv": "Texten handlar om missförhållanden och hör till den oberoende.",
}
PROTECTED = {
    "nb": "Personen ringte og sa det.",
    "sv": "Personen ringde och sade det.",
}
RECIPIENT = {"nb": "Statsforvalteren", "sv": "Förvaltningsrätten"}
SENT = {"nb": "Med brev", "sv": "Med brev"}
PROOF = {"nb": "Kopi i arkivet", "sv": "Kopia i arkivet"}
ARRIVED = {"nb": "De har fått klagen.", "sv": "De har tagit emot överklagandet."}

EXPECTED = timedelta(days=14)


class Past:
    """Lives through stories in the order of time: people act, the clock asks, and
    letters leave. No mail is sent: to the case it looks as if it had been.

    :param env: as the superuser
    """

    def __init__(self, env):
        self.env = env
        self.clock = Clock(env)
        self.cases = {}

    def live(self, stories):
        """Have everything happen that the stories tell, until now.

        :return: dict from the id of a story to its case
        """
        policies = {
            code: in_force(self.env, code)
            for code in {story.line["policy"] for story in stories}
        }
        events = []
        for story in stories:
            policy = policies[story.line["policy"]]
            events.append((story.received_at(policy), story, "register"))
            events += [(at, story, name) for at, name in story.steps(policy)]
        values = {
            story.name: story.values(self.env, policies[story.line["policy"]])
            for story in stories
        }
        self.values = values
        with self.clock.held():
            for at, story, name in sorted(events, key=lambda event: event[0]):
                self._wait_until(at)
                getattr(self, f"_{name}")(story)
                self._send_letters()
            self._wait_until(self.clock.present)
            self.env.flush_all()
        return self.cases

    def _wait_until(self, moment):
        """Let the time pass: the clock asks and warns as it would have."""
        Deadline = self.env["complaint.deadline"]
        mine = [("case_id", "in", [case.id for case in self.cases.values()])]
        while row := Deadline.search(
            [*mine, ("next_at", "<=", moment)], order="next_at, id", limit=1
        ):
            self.clock.move(row.next_at)
            now = self.clock.now
            Deadline.search([*mine, ("next_at", "<=", now)])._escalate()
            self._send_letters()
        self.clock.move(moment)

    def _send_letters(self):
        """Have what waits leave: by the queue as if a server had taken it, by hand as
        if a colleague had."""
        letters = self.env["complaint.correspondence"].search(
            [
                ("case_id", "in", [case.id for case in self.cases.values()]),
                ("direction", "=", "out"),
                ("state", "=", "queued"),
            ]
        )
        for letter in letters:
            if letter.is_by_hand:
                if not letter.replaces_id:
                    letter.with_user(self._worker(letter.case_id)).action_mark_sent()
            else:
                letter.write(letter._prepare_taken())
                letter._mark_sent(letter.message_id)

    def _worker(self, case):
        return case.handler_id or case._superior(0)

    def _case(self, story):
        """The case of a story, as who works it sees it."""
        case = self.cases[story.name]
        user = self._worker(case)
        return case.with_user(user).with_context(lang=user.lang, tz=user.tz)

    def _register(self, story):
        """Enter a complaint as it came: by the public or by a receiving employee."""
        values = self.values[story.name]
        code = story.line["policy"]
        intake = self.env["complaint.intake"].with_company(company(self.env, code))
        if values["channel"] == "web":
            intake = intake.with_user(self.env.ref("base.public_user")).sudo()
        else:
            intake = intake.with_user(find(self.env, "user", code, "reception"))
        case = self.env["complaint.case"].browse(intake.register(values)["case_id"])
        self.cases[story.name] = case
        remember(self.env, story.name, case)
        if self.clock.now.date() < self.clock.present.date():
            self.env["complaint.registration"]._number_next(case.company_id)

    def _acknowledge(self, story):
        case = self._case(story)
        day = case._proposed_date() or case._today() + EXPECTED
        case.expected_on = day
        case.action_acknowledge()

    def _investigate(self, story):
        self._case(story).action_investigate()

    def _inform(self, story):
        self._case(story).action_inform_staff()

    def _write(self, story):
        self._case(story)._send_message(QUESTION[story.line["lang"]])

    def _hear(self, story):
        """The complainant answers by e-mail."""
        case = self.cases[story.name]
        person = case._recipient()
        case.message_update(
            {
                "email_from": person.email,
                "subject": story.line["title"],
                "body": ANSWER[story.line["lang"]],
                "message_id": f"<{story.name}@example.com>",
            }
        )

    def _update(self, story):
        self._case(story).action_update(UPDATE[story.line["lang"]])

    def _delay(self, story):
        """A new date, which is today."""
        case = self._case(story)
        today = case.policy_id._local(self.clock.present).date()
        case.action_delay(REASON[story.line["lang"]], today)

    def _answer(self, story):
        lang = story.line["lang"]
        self._case(story).action_answer(body=REPLY[lang], remedy=REMEDY[lang])

    def _close(self, story):
        case = self._case(story)
        told = REMEDY[story.line["lang"]]
        case.write({"lesson": told, "dialogue_attempt": told})
        if case.is_own_view_missing:
            case.write({"own_view_how": "asked", "own_view": told})
        case.action_close(outcome="upheld")

    def _redirect(self, story):
        case = self._case(story)
        has_words = any(case.category_ids.mapped("redirect_text"))
        case.action_redirect(None if has_words else ELSEWHERE[story.line["lang"]])
        self._pass_on(case, story.line["lang"])

    def _pass_on(self, case, lang):
        """An appeal goes to who decides on it the same day, and arrives."""
        for appeal in case.referral_ids.filtered(lambda one: one.kind == "appeal"):
            appeal.recipient = RECIPIENT[lang]
            appeal.document_ids.create(
                {"referral_id": appeal.id, "text": case.description}
            )
            appeal.action_send(SENT[lang], PROOF[lang])
            appeal.action_answer(ARRIVED[lang])

    def _split(self, story):
        """What belongs elsewhere becomes a case of its own, and is redirected."""
        case = self._case(story)
        grounds = case.category_ids.filtered("is_out_of_scope")
        part = self.env["complaint.case"].browse(case.action_split(grounds.ids))
        name = f"{story.name}_split"
        self.cases[name] = part
        remember(self.env, name, part)
        part = part.with_user(self._worker(part))
        part.action_redirect()
        self._pass_on(part, story.line["lang"])

    def _whistle(self, story):
        """Whoever reads it sees that it is for the independent receiver."""
        reason = SEEN_AS_REPORT[story.line["lang"]]
        self._case(story).action_correct({"kind": "whistleblowing"}, reason)

    def _ask_identity(self, story):
        ground = GROUND[story.line["lang"]]
        self._case(story).action_request_identity(ground)

    def _protect(self, story):
        """Who complains turns out to be protected, at a level of the country."""
        _name, pack, _unit = ORGANISATIONS[story.line["policy"]]
        level = self.env.ref(f"{pack}.protection_{story.given['protection']}")
        reason = PROTECTED[story.line["lang"]]
        self._case(story).action_protect(level.id, reason)

    def _bounce(self, story):
        """The last e-mail comes back."""
        letters = self.cases[story.name].correspondence_ids
        sent = letters.filtered(lambda one: one.medium == "email" and one.message_id)
        letters._bounce(sent.sorted("sent_at")[-1:].mapped("message_id"))
