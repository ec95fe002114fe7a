"""Which tests look for which protection of the wall; see ``leaks_can_fail.py``.

Whatever the tests of ``MADE_FOR`` do not notice, those of ``GENERAL`` are asked about.
"""

TESTS = "odoo.addons.test_klagebehandling.tests"
CORE_TESTS = "odoo.addons.klagebehandling.tests"
# Tests made for one thing, by their class: the beginning of what that is called, and
# the test. Quick, and asked before those that look at everything. ``*`` is every test
# of the class.
MADE_FOR = {
    f"{CORE_TESTS}.anonymity.test_day_precision.TestDayPrecision": {
        "anonymity.complaint_day": "test_every_row_of_an_anonymous_case_has_a_day_only",
        "anonymity.complaint_deadline": "test_late_by_hours_is_still_late",
        "anonymity.ir_attachment": "test_files_put_on_a_case_have_a_day",
        "anonymity.mail_message": "test_ids_of_messages_hold_no_time",
        "anonymity.resource_calendar": "test_holidays_of_a_new_year_have_a_day",
    },
    f"{CORE_TESTS}.anonymity.test_unreachable.TestUnreachable": {
        "anonymity.complaint_case._check": "test_nobody_is_made_anonymous_again",
        "anonymity.complaint_case._notify": "test_colleague_is_told_in_the_house_only",
        "anonymity.complaint_correspondence": "test_draft_cannot_be_sent_by_mail",
        "anonymity.complaint_party": "test_nobody_else_says_who_it_is",
        "anonymity.mail_mail": "test_mail_of_another_addon_is_refused",
    },
    f"{CORE_TESTS}.anonymity.test_nameless_mail.TestNamelessMail": {
        "intake.mail_alias": "test_alias_does_not_note_when_a_mail_came",
        "intake.mail_thread": "test_alias_does_not_note_when_a_mail_came",
        "intake.mail_thread.message_route": (
            "test_what_is_for_others_too_goes_on_to_them_as_it_came"
        ),
    },
    f"{CORE_TESTS}.letter.test_met_when_sent.TestMetWhenSent": {
        "anonymity.complaint_correspondence._cut": (
            "test_anonymous_case_is_late_by_hours_all_the_same"
        ),
    },
    f"{CORE_TESTS}.case.test_access.TestAccess": {
        "concealment.complaint_walled_document._check_access": (
            "test_talk_and_files_are_for_who_works_the_case"
        ),
        "concealment.ir_attachment": ("test_talk_and_files_are_for_who_works_the_case"),
        "groups of complaint.case.description": (
            "test_auditor_sees_facts_and_journal_but_nobody_and_no_text"
        ),
        "groups of complaint.case.title": (
            "test_custodian_sees_protected_cases_without_their_matter"
        ),
        "rows of ir.attachment": "test_talk_and_files_are_for_who_works_the_case",
    },
    f"{CORE_TESTS}.concealment.test_grouping.TestGrouping": {
        "concealment.base": "*",
    },
    f"{CORE_TESTS}.case.test_case_dialog.TestCaseDialog": {
        "concealment.complaint_pointing.": (
            "test_case_that_one_may_not_see_is_refused_like_one_that_never_was"
        ),
        "concealment.complaint_pointing.write": (
            "test_dialog_is_not_turned_to_a_case_that_one_may_not_see"
        ),
    },
    f"{CORE_TESTS}.case.test_colleagues.TestColleagues": {
        "case.complaint_case_colleagues": "*",
    },
    f"{CORE_TESTS}.case.test_guarded.TestGuarded": {"case.complaint_guarded": "*"},
    f"{CORE_TESTS}.concealment.test_attached.TestAttached": {
        "concealment.complaint_walled_document._search": (
            "test_what_is_to_be_said_later_is_for_who_works_the_case"
        ),
        "concealment.mail_activity._compute_res_name": (
            "test_task_keeps_the_name_of_its_case_whoever_has_it_computed"
        ),
        "concealment.mail_activity.action_notify": "test_task_is_mailed_to_nobody",
        "concealment.mail_scheduled_message": (
            "test_refusal_of_what_is_said_later_does_not_name_its_document"
        ),
        "rows of ir.cron": "test_when_a_job_of_ours_is_called_is_for_nobody_to_read",
        "rows of mail.followers": (
            "test_followers_from_before_are_for_who_works_the_case"
        ),
        "rows of mail.scheduled.message": (
            "test_what_is_to_be_said_later_is_for_who_works_the_case"
        ),
    },
    f"{CORE_TESTS}.concealment.test_attached.TestMeeting": {
        "concealment.calendar_event": "*",
        "concealment.mail_followers": "test_meeting_has_no_followers",
        "concealment.mail_message": (
            "test_talk_on_a_meeting_is_for_who_works_the_case_now"
        ),
    },
    f"{CORE_TESTS}.concealment.test_attached.TestNaming": {
        "concealment.complaint_pointing_document.": (
            "test_nothing_is_hung_on_a_hidden_case"
        ),
        "concealment.complaint_pointing_document.default_get": (
            "test_form_does_not_open_upon_a_hidden_case"
        ),
        "concealment.complaint_pointing_document.write": (
            "test_row_is_not_moved_to_a_hidden_case"
        ),
    },
    f"{CORE_TESTS}.journal.test_customised.TestCustomised": {
        "concealment.ir_actions_server": (
            "test_no_action_without_code_works_on_a_case"
        ),
        "concealment.ir_default": "*",
        "concealment.ir_model_fields": "*",
    },
    f"{CORE_TESTS}.journal.test_journal_exports.TestJournalExports": {
        "journal.complaint_walled.export_data": (
            "test_an_export_is_entered_with_its_fields_and_without_values"
        ),
    },
    f"{CORE_TESTS}.conflict.test_parties.TestParties": {
        "conflict.complaint_case._part_from": (
            "test_a_person_who_is_linked_later_is_no_other"
        ),
    },
    f"{CORE_TESTS}.conflict.test_wall.TestWall": {
        "case.complaint_case_colleagues.message_post": (
            "test_chatter_is_for_colleagues_and_mails_no_content"
        ),
        "concealment.complaint_pointing": (
            "test_denied_and_missing_get_the_same_answer"
        ),
        "concealment.complaint_pointing.write": (
            "test_linking_asks_for_what_the_writer_sees"
        ),
        "concealment.complaint_walled.": "test_denied_and_missing_get_the_same_answer",
        "concealment.complaint_walled.fetch": (
            "test_nothing_of_a_hidden_row_is_read_from_the_cache"
        ),
        "concealment.ir_model.": "test_count_of_a_model_counts_what_one_sees",
        "concealment.mail_activity.": "test_nobody_behind_the_wall_is_given_anything",
        "rule of complaint.identity.request": (
            "test_every_model_behind_the_wall_has_its_rule"
        ),
        "rule of complaint.original.act": (
            "test_every_model_behind_the_wall_has_its_rule"
        ),
        "conflict.": "*",
        "conflict.complaint_case._check_values": "test_conflicts_are_not_edited",
        "conflict.complaint_case._renew_walls": (
            "test_only_saying_whom_it_is_about_lets_out_and_the_journal_says_so"
        ),
        "conflict.complaint_case._route_independently": (
            "test_what_turns_out_to_be_whistleblowing_leaves_the_line"
        ),
        "conflict.complaint_case._update_wall": "test_linked_cases_share_the_wall",
        "conflict.complaint_revocation": (
            "test_adding_a_subject_revokes_everything_at_once"
        ),
    },
    f"{CORE_TESTS}.hearing.test_hearing.TestHearing": {
        "concealment.complaint_concealed._partner_find_from_emails": (
            "test_addresses_are_looked_up_on_own_statements_only"
        ),
    },
    f"{CORE_TESTS}.unit.test_owner.TestOwner": {
        "unit.complaint_unit": "test_nobody_enters_the_line_past_the_tree",
    },
    f"{TESTS}.test_access_matrix.TestAccessMatrix": {
        "rule of complaint.hearing": "test_rights_are_those_of_the_table",
        "rule of complaint.note": "test_rights_are_those_of_the_table",
        "company of": "test_part_of_a_case_is_seen_with_its_company_only",
        "company of complaint.case": "test_rights_are_those_of_the_table",
        "readers of": "test_rights_are_those_of_the_table",
        "readers of complaint.original.act": (
            "test_part_of_a_case_is_seen_with_its_company_only"
        ),
    },
    f"{TESTS}.test_leaks_new_model.TestLeaksNewModel": {
        "company of test.": "test_part_of_a_case_gets_its_rules_without_xml",
        "concealment.complaint_walled._check_values": (
            "test_what_a_part_holds_decides_nothing_for_who_does_not_see_it"
        ),
        "concealment.complaint_walled._compute_display_name": (
            "test_name_of_a_part_is_told_to_who_sees_it"
        ),
        "readers of test.": "test_part_of_a_case_is_read_by_who_works_the_case",
        "rule of test.": "test_part_of_a_case_is_behind_the_wall",
    },
    f"{TESTS}.test_leaks_worlds.TestLeaksWorlds": {
        "rows of": "test_world_is_the_same_without_the_hidden_cases",
        "rule of": "test_world_is_the_same_without_the_hidden_cases",
        "groups of complaint.case.walled": (
            "test_world_is_the_same_without_the_hidden_cases"
        ),
    },
    f"{TESTS}.test_leaks_acts.TestLeaksActs": {
        "conflict.complaint_revocation._revoke_mails": (
            "test_naming_a_subject_later_takes_everything_back"
        ),
    },
    f"{TESTS}.test_leaks_guesses.TestLeaksGuesses": {
        "concealment.ir_rule.": ("test_guessed_ids_answer_as_ids_that_never_were"),
        "concealment.complaint_walled._check_known": (
            "test_name_of_a_hidden_row_is_that_of_none"
        ),
        "concealment.complaint_walled_document._compute": (
            "test_name_of_a_hidden_row_is_that_of_none"
        ),
        "concealment.complaint_walled_document._check_known": (
            "test_name_of_a_hidden_row_is_that_of_none"
        ),
    },
}
# The tests that look at everything, the quicker ones first.
GENERAL = {
    f"{TESTS}.test_leaks_worlds.TestLeaksWorlds": (
        "test_world_is_the_same_without_the_hidden_cases",
    ),
    f"{TESTS}.test_leaks_acts.TestLeaksActs": ("*",),
    f"{CORE_TESTS}.conflict.test_wall.TestWall": ("*",),
    f"{TESTS}.test_leaks_guesses.TestLeaksGuesses": (
        "test_name_of_a_hidden_row_is_that_of_none",
        "test_guessed_ids_answer_as_ids_that_never_were",
        "test_public_methods_answer_as_for_ids_that_never_were",
        "test_relations_lead_to_nothing_hidden",
        "test_forged_values_are_no_oracle",
    ),
    f"{TESTS}.test_leaks_numbers.TestLeaksNumbers": ("*",),
    f"{TESTS}.test_access_matrix.TestAccessMatrix": (
        "test_rights_are_those_of_the_table",
    ),
}
