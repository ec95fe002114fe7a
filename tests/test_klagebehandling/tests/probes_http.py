"""The addresses at which a signed-in user can ask about an id, as data.

``{case}``, ``{letter}``, ``{message}`` and so on are filled with an id of the hidden
case, and then with one that never existed: status and answer must be the same.
"""

from typing import NamedTuple


class Address(NamedTuple):
    """One request: what it asks, its address, and for a POST its parameters."""

    asks: str
    url: str
    params: dict | None = None
    form: dict | None = None


THREAD = {"thread_model": "complaint.case", "thread_id": "{case}"}
CASE = {"model": "complaint.case"}


def call(model, method, *args, **kwargs):
    """A call as the web client makes it."""
    return Address(
        f"{model}.{method}",
        f"/web/dataset/call_kw/{model}/{method}",
        {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
    )


ADDRESSES = [
    Address("the page of a case", "/odoo/complaint.case/{case}"),
    Address("the old page of a case", "/web?id={case}&model=complaint.case"),
    Address(
        "the case through its menu",
        "/odoo/action-klagebehandling.complaint_case_action/{case}",
    ),
    Address("a field as file", "/web/content/complaint.case/{case}/description"),
    Address("a letter as file", "/web/content/complaint.correspondence/{letter}/body"),
    Address("a file", "/web/content/{file}"),
    Address("a file to keep", "/web/content/{file}?download=true"),
    Address("a file by its model", "/web/content/ir.attachment/{file}/datas"),
    Address("a file as picture", "/web/image/{file}"),
    Address("a picture of a case", "/web/image/complaint.case/{case}/image_128"),
    Address("a picture of a person", "/web/image/complaint.party/{party}/avatar_128"),
    Address("several files", "/mail/attachment/zip", form={"file_ids": "{file}"}),
    Address("the link in a mail", "/mail/view?model=complaint.case&res_id={case}"),
    Address("the link to a message", "/mail/view?message_id={message}"),
    Address("the short link to a message", "/mail/message/{message}"),
    Address(
        "the link that ends following",
        "/mail/unfollow?model=complaint.case&res_id={case}&pid=1&token=x",
    ),
    Address(
        "the picture of an author",
        "/mail/avatar/mail.message/{message}/author_avatar/50x50",
    ),
    Address(
        "everything of the chatter",
        "/mail/data",
        {
            "fetch_params": [
                [
                    "mail.thread",
                    {
                        **THREAD,
                        "request_list": [
                            "activities",
                            "attachments",
                            "contact_fields",
                            "display_name",
                            "followers",
                            "scheduledMessages",
                            "suggestedRecipients",
                        ],
                    },
                ]
            ]
        },
    ),
    Address("the messages", "/mail/thread/messages", THREAD),
    Address("the messages in the portal", "/mail/chatter_fetch", THREAD),
    Address("the chatter of the portal", "/portal/chatter_init", THREAD),
    Address(
        "who can be written to",
        "/mail/thread/recipients",
        {**THREAD, "message_id": "{message}"},
    ),
    Address(
        "who should be written to",
        "/mail/thread/recipients/get_suggested_recipients",
        THREAD,
    ),
    Address(
        "the fields with addresses",
        "/mail/thread/recipients/fields",
        {"thread_model": "complaint.case"},
    ),
    Address(
        "who follows",
        "/mail/read_subscription_data",
        {"follower_id": "{follower}"},
    ),
    Address(
        "following", "/mail/thread/subscribe", {**CASE, "res_id": "{case}", **THREAD}
    ),
    Address("leaving", "/mail/thread/unsubscribe", {**THREAD, "partner_ids": []}),
    Address(
        "writing a message",
        "/mail/message/post",
        {**THREAD, "post_data": {"body": "Hello", "message_type": "comment"}},
    ),
    Address(
        "changing a message",
        "/mail/message/update_content",
        {"message_id": "{message}", "update_data": {"body": "Hello"}},
    ),
    Address(
        "reacting to a message",
        "/mail/message/reaction",
        {"message_id": "{message}", "content": "👍", "action": "add"},
    ),
    Address("previews of a message", "/mail/link_preview", {"message_id": "{message}"}),
    Address("a translation", "/mail/message/translate", {"message_id": "{message}"}),
    Address("deleting a file", "/mail/attachment/delete", {"attachment_id": "{file}"}),
    Address(
        "attaching a file",
        "/web/binary/upload_attachment",
        form={"model": "complaint.case", "id": "{case}", "ufile": ""},
    ),
    Address("the inbox", "/mail/inbox/messages", {}),
    Address("what was read", "/mail/history/messages", {}),
    Address("what was starred", "/mail/starred/messages", {}),
    Address(
        "the crumbs above a page",
        "/web/action/load_breadcrumbs",
        {
            "actions": [
                {"model": "complaint.case", "resId": "{case}"},
                {"action": "klagebehandling.complaint_case_action", "resId": "{case}"},
            ]
        },
    ),
    Address(
        "the preview of a link in a text",
        "/html_editor/link_preview_internal",
        {"preview_url": "{base}/odoo/complaint.case/{case}"},
    ),
    Address(
        "the channels of the bus",
        "/websocket/peek_notifications",
        {
            "channels": [
                "complaint.case_{case}",
                "mail.thread-complaint.case_{case}",
                "editor_collaboration:complaint.case:description:{case}",
            ],
            "last": 0,
            "is_first_poll": True,
        },
    ),
    Address("the case as JSON", "/json/1/complaint.case/{case}"),
    Address("the letter on paper", "/report/html/{report}/{letter}"),
    Address("the letter as PDF", "/report/pdf/{report}/{letter}"),
    Address("a complaint of one's own", "/my/complaints/{case}"),
    call("complaint.case", "read", ["{case}"], ["display_name", "state"]),
    call("complaint.case", "web_read", ["{case}"], specification={"display_name": {}}),
    call("complaint.case", "message_post", ["{case}"], body="Hello"),
    call("complaint.case", "message_get_followers", ["{case}"]),
    call("complaint.case", "get_formview_action", ["{case}"]),
    call("complaint.case", "get_access_action", ["{case}"]),
    call("complaint.case", "activity_schedule", ["{case}"], summary="Hello"),
    call("complaint.case", "action_close", ["{case}"], outcome="upheld"),
    call("complaint.party", "read", ["{party}"], ["name"]),
    call("complaint.correspondence", "read", ["{letter}"], ["body"]),
    call("complaint.deadline", "read", ["{deadline}"], ["due_on"]),
    call("complaint.journal", "read", ["{entry}"], ["event", "payload"]),
    call("mail.message", "read", ["{message}"], ["body"]),
    call("ir.attachment", "read", ["{file}"], ["name", "raw"]),
    call(
        "mail.message",
        "onchange",
        [],
        {"model": "complaint.case", "res_id": "{case}"},
        ["model", "res_id"],
        {"record_name": {}},
    ),
    call(
        "mail.activity",
        "onchange",
        [],
        {"res_model": "complaint.case", "res_id": "{case}"},
        ["res_model", "res_id"],
        {"res_name": {}},
    ),
]
# The same through the API for programs, with a key instead of a session.
JSON_2 = [
    ("complaint.case/read", {"ids": ["{case}"], "fields": ["display_name"]}),
    ("complaint.case/search_count", {"domain": [["id", "=", "{case}"]]}),
    ("complaint.case/action_close", {"ids": ["{case}"], "outcome": "upheld"}),
    ("complaint.journal/read", {"ids": ["{entry}"], "fields": ["event"]}),
    ("mail.message/read", {"ids": ["{message}"], "fields": ["body"]}),
    (
        "mail.message/search_count",
        {"domain": [["model", "=", "complaint.case"], ["res_id", "=", "{case}"]]},
    ),
]


def filled(value, ids):
    """The parameters with ids put in: a number where it stands alone."""
    if isinstance(value, dict):
        return {key: filled(one, ids) for key, one in value.items()}
    if isinstance(value, list):
        return [filled(one, ids) for one in value]
    if not isinstance(value, str):
        return value
    if value.startswith("{") and value[1:-1] in ids:
        return ids[value[1:-1]]
    for name, number in ids.items():
        value = value.replace(f"{{{name}}}", str(number))
    return value
