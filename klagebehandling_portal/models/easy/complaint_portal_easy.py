from odoo import api, models

from ..form.complaint_portal_question import IDENTITY

START, CHECK = "start", "check"
# The ways of being answered that are offered here, each with what it needs. Nothing
# goes home unless that is chosen, and nothing is asked that the way does not need.
WAYS = {
    "portal": (),
    "phone": ("phone",),
    "email": ("email",),
    "letter": ("street", "zip", "city"),
}
# What the procedure may require beside. There is no age: nobody is asked for it.
EXTRA = ("kind", "complainant_kind", "unit_id", "categories", "title", "event_date")
ADDRESS = "address"
LONGEST_LINE = 200


class ComplaintPortalEasy(models.AbstractModel):
    """The form in easy words: the same answers, asked one by one.

    Each page carries all that was answered before, and stores nothing. What comes back
    is read as the form reads it, and goes through the same door.
    """

    _name = "complaint.portal.easy"
    _inherit = "complaint.portal.form"
    _description = "Public complaint form in easy words"

    @api.model
    def _questions_in_easy_words(self, unit, policy):
        """The questions that may be asked, by name, as :meth:`_questions` has them."""
        form = self._questions(unit, policy)
        labels = self._easy_labels()
        asked = {
            "danger": self._ask("danger", "radio", self._options_yes_no(unit, policy)),
            "description": self._ask("description", "textarea", is_required=True),
            # Whoever needs help to complain can say so, as in the form (C-31).
            "support": self._ask("support", "checkbox", self._easy_support()),
            "interpreter_language": self._ask("interpreter_language", "input"),
            "anonymity": self._ask("anonymity", "radio", self._easy_known(policy)),
            "name": self._ask("name", "input"),
            "reply_channel": self._ask(
                "reply_channel", "radio", self._easy_replies(form)
            ),
        }
        for names in WAYS.values():
            asked |= {name: self._ask(name, "input") for name in names}
        for name in EXTRA:
            if name in form and form[name]["is_required"]:
                options = [{**one, "hint": None} for one in form[name]["options"]]
                label = labels.get(name) or form[name]["label"]
                asked[name] = {
                    **form[name],
                    "label": label,
                    "hint": None,
                    "options": options,
                }
        return asked

    def _ask(self, name, control, options=(), is_required=False):
        return {
            "name": name,
            "label": self._easy_labels()[name],
            "hint": self._easy_hints().get(name),
            "is_required": is_required,
            "control": control,
            "options": list(options),
        }

    def _easy_known(self, policy):
        options = [
            self._option(
                "anonymous",
                self.env._("No, I want to be secret"),
                self.env._("We do not ask for your name."),
            ),
            self._option(
                "protected",
                self.env._("Only a few may know"),
                self.env._("We hide your name from most of us."),
            ),
            self._option(
                "open",
                self.env._("Yes, you may know"),
                self.env._("Those who help you see your name."),
            ),
        ]
        return options if policy._allows_anonymity("web") else options[1:]

    def _easy_support(self):
        return [
            self._option("interpreter", self.env._("Somebody who knows my language")),
            self._option("representative", self.env._("Somebody who talks for me")),
            self._option("support_person", self.env._("Somebody who helps me")),
        ]

    def _easy_replies(self, form):
        """The ways that can be chosen; the code is enough, unless it may not be."""
        words = {
            "portal": (self.env._("Here, with a code"), None),
            "phone": (self.env._("Call me"), self.env._("Others may hear it.")),
            "email": (self.env._("Send me an e-mail"), None),
            "letter": (
                self.env._("Send a letter home"),
                self.env._("Others at home may see it."),
            ),
        }
        must_reach = "contact" in form and form["contact"]["is_required"]
        offered = [option["value"] for option in self._offered_replies()]
        return [
            self._option(way, *words[way])
            for way in WAYS
            if way in offered and not (must_reach and way == "portal")
        ]

    def _easy_labels(self):
        return {
            "danger": self.env._("Are you in danger now?"),
            "kind": self.env._("What do you want to send?"),
            "complainant_kind": self.env._("Who are you?"),
            "description": self.env._("What has happened?"),
            "support": self.env._("Do you want help?"),
            "interpreter_language": self.env._("Which language do you speak?"),
            "anonymity": self.env._("May we know who you are?"),
            "name": self.env._("What is your name?"),
            "reply_channel": self.env._("How can we answer you?"),
            "phone": self.env._("What is your phone number?"),
            "email": self.env._("What is your e-mail address?"),
            "street": self.env._("Street and number"),
            "zip": self.env._("Postcode"),
            "city": self.env._("Town"),
            ADDRESS: self.env._("Where do you live?"),
            CHECK: self.env._("Is this right?"),
            START: self.env._("Tell us in few words"),
        }

    def _easy_hints(self):
        return {
            "description": self.env._("Write as you like. It need not be right."),
            "support": self.env._("You can choose more than one, or none."),
            "interpreter_language": self.env._("You can leave this empty."),
            "name": self.env._("You can leave this empty."),
        }

    @api.model
    def _steps(self, questions, answers):
        """The steps in their order, as far as the answers tell: names of questions."""
        steps = [START, "danger", *(name for name in EXTRA if name in questions)]
        steps += ["description", "support"]
        if "interpreter" in answers.get("support", ()):
            steps.append("interpreter_language")
        steps.append("anonymity")
        if answers.get("anonymity") in ("open", "protected"):
            steps += ["name", "reply_channel"]
            needs = WAYS.get(answers.get("reply_channel"), ())
            steps += [ADDRESS] if len(needs) > 1 else needs
        return [*steps, CHECK]

    def _members(self, step, questions):
        """The names of the questions of a step."""
        if step == ADDRESS:
            return WAYS["letter"]
        return (step,) if step in questions else ()

    @api.model
    def _read_easy(self, form, questions):
        """What was answered, without what the chosen way does not need."""
        answers = self._read_form(form, questions)
        if "interpreter" not in answers["support"]:
            answers["interpreter_language"] = ""
        if answers.get("anonymity") not in ("open", "protected"):
            answers["reply_channel"] = ""
            needs = set()
        else:
            needs = {"name", *WAYS.get(answers["reply_channel"], ())}
        for name in IDENTITY:
            if name in answers and name not in needs:
                answers[name] = ""
        return answers

    @api.model
    def _next_step(self, questions, answers, step, go, is_change=False):
        """``(step, problems)``: where one comes from a step.

        :param step: where one is, as the page said; anything
        :param go: ``back``, a step to change, or anything else
        :param is_change: whether one came to the step from the check, and goes back to
            it; by way of what the new answer makes necessary
        """
        steps = self._steps(questions, answers)
        place = steps.index(step) if step in steps else 0
        if go in steps:
            return go, {}
        if go == "back":
            return CHECK if is_change else steps[max(place - 1, 0)], {}
        problems = self._easy_problems(steps[place], questions, answers)
        if problems:
            return steps[place], problems
        if is_change:
            return self._first_open_step(steps, questions, answers), {}
        return steps[min(place + 1, len(steps) - 1)], {}

    def _first_open_step(self, steps, questions, answers):
        """The first step that has yet to be answered; the check where none has."""
        return next(
            (one for one in steps if self._easy_problems(one, questions, answers)),
            CHECK,
        )

    def _easy_problems(self, step, questions, answers):
        return {
            name: problem
            for name in self._members(step, questions)
            if (problem := self._easy_problem(questions[name], answers))
        }

    def _problems(self, token, answers, files, questions):
        """Every step is asked, also where a page was sent without it."""
        problems = super()._problems(token, answers, files, questions)
        for step in self._steps(questions, answers):
            problems = {**self._easy_problems(step, questions, answers), **problems}
        return problems

    def _easy_problem(self, question, answers):
        name, answer = question["name"], answers.get(question["name"])
        if not answer and question["options"] and question["control"] == "radio":
            return self.env._("Choose one.")
        if not answer and name == "description":
            return self.env._("Write a few words here.")
        ways = {WAYS[way][0] for way in WAYS if WAYS[way]}
        if not answer and (name in ways or question["is_required"]):
            return self.env._("Write it here, or go back and choose another way.")
        problem = self._problem_of_answer(answer, question)
        return problem or self._problems_of_contact(answers).get(name)

    def _prepare_intake(self, unit, answers):
        """Danger is on its way the same day; who is not reached is not written to."""
        values = super()._prepare_intake(unit, answers)
        values["wants_reply"] = True
        if answers.get("danger") == "yes":
            values["signs"] = ["has_danger"]
        return values

    @api.model
    def _step_of(self, problems, questions, answers):
        """The step where a problem can be put right; the last one for all others."""
        for step in self._steps(questions, answers):
            if problems.keys() & set(self._members(step, questions)):
                return step
        return CHECK

    @api.model
    def _easy_page(self, policy, questions, answers, step, problems=None):
        """What the template needs for one step."""
        members = self._members(step, questions)
        shown = [
            self._shown(questions[name], answers, problems or {}) for name in members
        ]
        kept = {name: given for name, given in answers.items() if name not in members}
        notices = self.env["complaint.notice"].sudo()._told(policy, self.env.lang)
        lang = (notices[:1].lang or "").partition("_")[0]
        is_own = lang == (self.env.lang or "en_US").partition("_")[0]
        texts = [text for name, text in (problems or {}).items() if name not in members]
        return {
            "step": step,
            "title": self._easy_labels().get(step) or questions[step]["label"],
            "asked": shown,
            "kept": kept,
            "summary": self._summary(questions, answers) if step == CHECK else [],
            "problems": texts,
            "has_errors": bool(problems),
            "notices": notices.filtered(lambda row: row.subject != "number"),
            "numbers": notices.filtered(lambda row: row.subject == "number"),
            "notices_lang": None if is_own else lang or None,
            "is_danger": self._is_told_to_call(step, questions, answers),
        }

    def _summary(self, questions, answers):
        """What was answered, each with the step where it can be changed."""
        steps = self._steps(questions, answers)
        step_of = {name: one for one in steps for name in self._members(one, questions)}
        return [
            {**one, "step": step_of[one["name"]]}
            for one in self._delivered(questions, answers, [])
            if one["name"] in step_of
        ]

    def _is_told_to_call(self, step, questions, answers):
        """Whether somebody has just said to be in danger."""
        steps = self._steps(questions, answers)
        is_next = steps[steps.index("danger") + 1] == step
        return is_next and answers.get("danger") == "yes"
