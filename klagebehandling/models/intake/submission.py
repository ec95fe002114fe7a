"""What passes through the door: one complaint on its way to being a case."""

from dataclasses import dataclass, field
from datetime import date, datetime

from odoo.models import BaseModel

from ..file.examined_file import ExaminedFile


def later():
    """A field that a step of the door sets: read before, it is an error, no None."""
    return field(init=False)


@dataclass(slots=True, eq=False, repr=False)
class Submission:
    """One complaint between the dict a channel gave and the rows of its case.

    The steps of ``complaint.intake`` fill it group by group, and the hooks
    ``_prepare_case`` and ``_prepare_parties`` read it. It has no other attributes than
    these, and no text of its own: it holds identity and the receipt code, which must
    not come into a log. Every moment is naive UTC.
    """

    # -- given: set by _accept, as SubmissionReader read it
    # The keys of the door that were given, clean: see docs/intake.md.
    given: dict

    # -- placed: set by _place
    # complaint.unit: where it happened, or which receives for the organisation.
    unit: BaseModel = later()
    # complaint.policy: the version of the procedure that binds it.
    policy: BaseModel = later()
    # The true receipt; _settle cuts it to what may be kept of the moment.
    received_at: datetime = later()
    # The day of the true receipt where the procedure is: day 0 of every time limit.
    day: date = later()

    # -- decided: set by _apply_policy, of what was given and what the procedure says
    # A code of CHANNELS; what does not say how it came is from another system.
    channel: str = later()
    # A code of ANONYMITY; the procedure's own where nothing was chosen.
    anonymity: str = later()
    # The persons as given, a dict each; _prepare_parties leaves out what may not stay.
    parties: list[dict] = later()
    # complaint.category: the grounds, in the order given.
    grounds: BaseModel = later()
    # Code of the language of the answers, such as sv_SE.
    lang: str = later()

    # -- decided: set by _settle, once nothing is refused
    # Codes of KINDS: what the sender called it, and what the procedure makes of it.
    given_kind: str = later()
    kind: str = later()
    # The subject; without one the first words of the text.
    title: str = later()
    wants_reply: bool = later()
    # A code of REPLY_CHANNELS: who is anonymous reads the answer with the code.
    reply_channel: str = later()
    # Codes of PARTY_ROLES wanted at the meeting.
    invite: list[str] = later()
    # Whether NAV was wanted where it takes no part.
    is_nav_declined: bool = later()
    has_external_parties: bool = later()
    # When it was registered, cut like the receipt.
    registered_at: datetime = later()
    # What the conditions of the procedure's terms ask about: name to yes or no.
    facts: dict[str, bool] = later()

    # -- decided: set by _route, around every conflict of interest
    # res.users who must not know of the case.
    walled: BaseModel = later()
    # Whether the nearest manager is among the persons complained about.
    is_manager_known: bool = later()
    # res.users, one or none: who receives it, and the word of the journal for why.
    handler: BaseModel = later()
    route: str = later()
    # Whether only the receiver reads it, not the line above.
    is_restricted: bool = later()

    # -- drawn: the code by replay.name, the numbers by numbers.draw
    # Keyed hash of who sent what under which submission_id, False without one.
    submission_hash: str | bool = later()
    # Keyed hash of the code and the minute: within the hour the code is given again.
    receipt_hash: str | bool = later()
    # The receipt code in the open; only a keyed hash of it is stored. False where it
    # was given before and is not given again.
    access_code: str | bool = later()
    # The public reference, and the number in the register; free and without order.
    reference: str | None = None
    drawn_number: str | None = None

    # -- stored: what becomes rows
    # The files, cleaned; None until _files is asked for them.
    files: list[ExaminedFile] | None = None
    # Values of complaint.deadline: set by _prepare_duties.
    deadlines: list[dict] = later()
    # By name, the digests of what the case is made of, and the values of
    # complaint.journal: set by _prepare_evidence.
    binds: dict[str, str] = later()
    entries: list[dict] = later()
    # complaint.case: set once created, or found where it was registered before.
    case: BaseModel = later()
