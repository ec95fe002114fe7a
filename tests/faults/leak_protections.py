"""Which methods are protections of the wall, and which are none.

Read by ``leaks_can_fail.py``, as are the witnesses.
"""

# Modules whose methods are the wall, besides those that override Odoo's models.
OWN = (
    "anonymity.complaint_case",
    "anonymity.complaint_correspondence",
    "anonymity.complaint_day",
    "anonymity.complaint_deadline",
    "anonymity.complaint_party",
    "case.complaint_case",
    "case.complaint_case_colleagues",
    "case.complaint_guarded",
    "concealment.complaint_case_attached",
    "concealment.complaint_concealed",
    "concealment.complaint_pointing",
    "concealment.complaint_pointing_document",
    "concealment.complaint_walled",
    "concealment.complaint_walled_document",
    "conflict.complaint_case",
    "conflict.complaint_revocation",
    "journal.complaint_walled",
    "unit.complaint_unit",
)
# The files that override Odoo's models for the wall, and for who is anonymous.
OVERRIDING = ("concealment.", "anonymity.", "intake.mail_")
# So many protections there were when this was counted last. A walk that finds fewer
# has lost some, and would call the rest proven.
AT_LEAST = 139
# What is no protection of its own: helpers, and what shows or journals.
NO_PROTECTION = {
    "_by_document",
    "_cases_sudo",
    "_check_movable",
    "_check_parent_id",
    "_check_policy_id",
    "_check_slug",
    "_compute_is_line_walled",
    "_concealed_crons",
    "_document_fields",
    "_family",
    "_files",
    "get_empty_list_help",
    "_find_wall",
    "_hides",
    "_is_line_walled",
    "_is_of_case",
    "_make_missing_error",
    "_make_unknown_error",
    "_note_refusal",
    "_pointed",
    "_read_columns",
    "_set_walls",
    "_strangers",
    "_subjects",
    "_unknown_subjects",
    "_unworked",
    "_wall_domain",
    "_wall_with_linked",
    "_walled_models",
    "_with_linked",
    # Opens what a person may write; ``_check_values`` closes the rest.
    "_writable",
    "init",
    # What the door, evidence and the addresses of units ask for.
    "case.complaint_case.create",
    "concealment.ir_attachment._check_contents",
    # Opens the files of letters to who works the case.
    "concealment.ir_attachment._document_models",
    "unit.complaint_unit._alias_get_creation_values",
}
# Switched off together with what would hold alone, and why there are two.
PAIRED = {
    # Odoo computes fields of a new action by writing to it, and may stop doing so.
    "concealment.ir_actions_server.create": "concealment.ir_actions_server.write",
}
# Switched off by doing nothing: there is no other implementation below them.
NOTHING = {
    "_check_assigned",
    "_check_known",
    "_check_pointers",
    "_part_from",
    "_renew_walls",
    "_revoke",
    "_revoke_dialogs",
    "_revoke_mails",
    "_revoke_meetings",
    "_revoke_messages",
    "_revoke_tasks",
    "_route_independently",
    "_update_wall",
}
