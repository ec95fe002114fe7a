"""The ways in which people are answered, and what each of them needs.

The one home of it: letters, anonymity, the door and the public forms read it by
``complaint.correspondence._media()``, where an addon adds a way of its own.
"""

from dataclasses import dataclass

# Who delivers: a colleague, who enters the proof; the queue; or nobody, it is read.
HAND, QUEUE, PAGE = "hand", "queue", "page"


@dataclass(frozen=True)
class Channel:
    """One way of answering a person."""

    #: the field of ``complaint.party`` that has to be known; none where it is empty
    needs: str = ""
    #: ``HAND``, ``QUEUE`` or ``PAGE``
    sent_by: str = HAND
    #: whether it reaches somebody of whom nothing is known
    reaches_anonymous: bool = False
    #: whether the public forms offer it
    is_offered: bool = True
    #: what is tried when it fails, in this order, as far as the need of it is known
    then: tuple[str, ...] = ()


# In the order in which the public forms offer them.
BUILT_IN = {
    "portal": Channel(sent_by=PAGE, reaches_anonymous=True),
    "email": Channel("email", sent_by=QUEUE, then=("phone", "letter", "portal")),
    "phone": Channel("phone", then=("letter", "portal")),
    "sms": Channel("phone", sent_by=QUEUE, then=("phone", "letter", "portal")),
    "letter": Channel("street", then=("portal",)),
    "meeting": Channel(reaches_anonymous=True),
    "social_media": Channel(is_offered=False),
}
