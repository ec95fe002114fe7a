import re

from odoo.models import MAGIC_COLUMNS
from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open

CORE = "klagebehandling/models/"
PORTAL = "klagebehandling_portal/"
VIEW = "klagebehandling.complaint_policy_view_form"
FORM = PORTAL + "views/portal_form_templates.xml"
ASKED = PORTAL + "models/form/complaint_portal_question.py"
TOLD = PORTAL + "models/form/complaint_policy.py"
LETTERS = "klagebehandling/data/complaint_correspondence_templates.xml"
VERSION = CORE + "procedure/complaint_policy_version.py"
POLICY = CORE + "procedure/complaint_policy.py"
REVIEW = CORE + "review/complaint_policy.py"
ANNUAL = "klagebehandling_reports/models/annual/"
TERM = CORE + "procedure/complaint_policy_term.py"
HANDLING = CORE + "handling/complaint_case.py"
RECEIVER = CORE + "unit/complaint_unit_receiver.py"
# Shown to the procedure's owner and used by nothing else yet.
OWNER = None
# Each stored setting and one place that reads it.
READ = {
    "complaint.policy": {
        "name": FORM,
        "code": VERSION,
        "sequence": OWNER,
        "active": VERSION,
        "state": VERSION,
        "company_id": VERSION,
        "valid_from": VERSION,
        "lang": TOLD,
        "country_id": OWNER,
        "tz": POLICY,
        "calendar_id": POLICY,
        "independent_id": RECEIVER,
        "fallback_id": RECEIVER,
        "brand": TOLD,
        "adopting_body": TOLD,
        "adopted_on": TOLD,
        "recommending_body": TOLD,
        "recommended_on": TOLD,
        "decision_reference": TOLD,
        "source_url": FORM,
        "change_reason": REVIEW,
        "assumptions": OWNER,
        "form_title": TOLD,
        "form_body": FORM,
        "purpose": FORM,
        "scope": FORM,
        "definitions": FORM,
        "welcome_text": FORM,
        "protection_text": FORM,
        "anonymity_text": FORM,
        "exclusions_text": FORM,
        "copy_text": FORM,
        "public_record_text": FORM,
        "privacy_text": FORM,
        "privacy_url": FORM,
        "steps_text": FORM,
        "onward_text": LETTERS,
        "delay_text": LETTERS,
        "anonymity_default": CORE + "intake/complaint_intake_policy.py",
        "has_auto_receipt": CORE + "intake/complaint_intake.py",
        "is_nav_partner": ASKED,
        "is_public_body": FORM,
        "has_open_register": CORE + "register/complaint_case.py",
        "has_running_series": CORE + "register/complaint_intake.py",
        "access_days": CORE + "disclosure/complaint_policy.py",
        "silence_days": CORE + "disclosure/complaint_policy.py",
        "access_appeal_days": CORE + "disclosure/complaint_access_answered.py",
        "has_access_decision": CORE + "disclosure/complaint_access_answered.py",
        "has_second_reader": CORE + "disclosure/complaint_access_review.py",
        "is_openness_weighed": CORE + "disclosure/complaint_access_review_copy.py",
        "access_appeal_text": CORE + "disclosure/complaint_access_request_asked.py",
        "rights_months": CORE + "rights/complaint_policy.py",
        "rights_more_months": CORE + "rights/complaint_access_request.py",
        "data_purposes": CORE + "rights/complaint_case.py",
        "data_recipients": CORE + "rights/complaint_case.py",
        "erasure_text": CORE + "rights/complaint_access_review.py",
        "is_minutes_signed": CORE + "meeting/complaint_case.py",
        "is_lesson_required": CORE + "ending/complaint_case.py",
        "is_own_view_asked": CORE + "representation/complaint_case.py",
        "own_view_age": CORE + "representation/complaint_case.py",
        "limit_days": CORE + "conduct/complaint_case.py",
        "objection_days": CORE + "conduct/complaint_conduct_limit.py",
        "is_dialogue_required": CORE + "improvement/complaint_case.py",
        "checkback_months": CORE + "aftercare/complaint_policy.py",
        "pattern_count": CORE + "improvement/complaint_pattern_finder.py",
        "pattern_months": CORE + "improvement/complaint_pattern_finder.py",
        "lesson_cases": CORE + "improvement/complaint_issue.py",
        "referral_days": CORE + "onward/complaint_referral.py",
        "follow_up_days": CORE + "onward/complaint_referral_acts.py",
        "has_easy_track": PORTAL + "controllers/easy/complaint_easy.py",
        "is_followed_up": CORE + "selfcheck/complaint_case.py",
        "follower_id": CORE + "selfcheck/complaint_case.py",
        "is_routine_confirmed": CORE + "selfcheck/complaint_familiarity.py",
        "is_training_recorded": CORE + "selfcheck/complaint_familiarity.py",
        "training_months": CORE + "selfcheck/complaint_familiarity.py",
        "unused_months": CORE + "selfcheck/complaint_unit.py",
        "is_selfchecked": CORE + "selfcheck/complaint_selfcheck.py",
        "question_ids": CORE + "selfcheck/complaint_selfcheck.py",
        "satisfaction_cases": CORE + "satisfaction/complaint_satisfaction.py",
        "review_month": REVIEW,
        "review_day": REVIEW,
        "review_days": REVIEW,
        "review_id": REVIEW,
        "review_line_ids": REVIEW,
        "is_measure_required": CORE + "improvement/complaint_case.py",
        "stale_after": POLICY,
        "report_recipient": ANNUAL + "complaint_annual_report.py",
        "report_month": ANNUAL + "complaint_policy.py",
        "report_day": ANNUAL + "complaint_policy.py",
        "is_report_public": ANNUAL + "complaint_annual_report.py",
        "report_cases": ANNUAL + "complaint_annual_counted.py",
        "has_report_budget": ANNUAL + "complaint_annual_report.py",
        "category_ids": ASKED,
        "is_grounds_assumed": OWNER,
        "channel_ids": TOLD,
        "term_ids": POLICY,
        "choice_ids": POLICY,
        "field_ids": ASKED,
        "sign_days": CORE + "meeting/complaint_minutes_signing.py",
        "urgency_ids": CORE + "investigation/complaint_case.py",
        "subject_inform_days": CORE + "investigation/complaint_right.py",
        "subject_access_days": CORE + "investigation/complaint_right.py",
    },
    "complaint.policy.channel": {
        "policy_id": CORE + "procedure/complaint_policy_part.py",
        "sequence": OWNER,
        "channel": TOLD,
        "is_offered": TOLD,
        "anonymity_allowed": TOLD,
        "instructions": TOLD,
        "short_url": PORTAL + "models/form/complaint_policy_channel.py",
        "source": OWNER,
        "is_assumed": OWNER,
    },
    "complaint.policy.term": {
        "policy_id": TERM,
        "sequence": OWNER,
        "milestone": TERM,
        "amount": TERM,
        "period": TERM,
        "counted_from": CORE + "deadline/complaint_deadline.py",
        "condition": TERM,
        "is_repeating": CORE + "deadline/complaint_deadline.py",
        "warn_before": CORE + "deadline/complaint_deadline_ladder.py",
        "needs_expected_date": HANDLING,
        "needs_handler": HANDLING,
        "needs_remedy": HANDLING,
        "source": OWNER,
        "is_assumed": OWNER,
    },
    "complaint.policy.choice": {
        "policy_id": CORE + "procedure/complaint_policy_part.py",
        "sequence": OWNER,
        "subject": POLICY,
        "value": ASKED,
        "name": ASKED,
        "definition": ASKED,
        "source": OWNER,
        "is_assumed": OWNER,
    },
    "complaint.policy.field": {
        "policy_id": CORE + "procedure/complaint_policy_part.py",
        "sequence": OWNER,
        "name": ASKED,
        "requirement": ASKED,
        "label": ASKED,
        "hint": ASKED,
        "source": OWNER,
        "is_assumed": OWNER,
    },
    "complaint.category": {
        "name": ASKED,
        "code": ASKED,
        "description": ASKED,
        "sequence": OWNER,
        "active": OWNER,
        "company_id": CORE + "procedure/complaint_category.py",
        "parent_id": CORE + "procedure/complaint_category.py",
        "parent_path": OWNER,
        "child_ids": POLICY,
        "is_sensitive": RECEIVER,
        "is_urgent": RECEIVER,
        "is_whistleblowing_ground": CORE + "case/complaint_case.py",
        "kind": CORE + "intake/complaint_intake_policy.py",
        "is_out_of_scope": CORE + "procedure/complaint_category.py",
        "redirect_function": RECEIVER,
        "redirect_text": LETTERS,
    },
}
# Read by Odoo itself: the order of rows, the archive, the tree.
BY_ODOO = {"sequence", "active", "parent_path"}


@tagged("post_install", "-at_install")
class TestProcedureSettings(TransactionCase):
    """A setting of a procedure does something, or its owner is told what it is for."""

    def _stored(self, model):
        return {
            name
            for name, field in self.env[model]._fields.items()
            if not (name in MAGIC_COLUMNS or field.compute or field.related)
        }

    def test_each_stored_setting_is_listed(self):
        for model, read in READ.items():
            with self.subTest(model=model):
                self.assertEqual(self._stored(model), {*read})

    def test_each_is_read_where_the_list_says(self):
        for model, read in READ.items():
            for name, path in read.items():
                if path is OWNER:
                    continue
                with self.subTest(model=model, field=name), file_open(path) as file:
                    self.assertRegex(
                        file.read(), rf"""[\w)]\.{name}\b|["']{name}["']"""
                    )

    def test_what_is_only_shown_is_shown_to_the_owner(self):
        arch = self.env.ref(VIEW).arch
        for model, read in READ.items():
            names = {name for name, path in read.items() if path is OWNER} - BY_ODOO
            for name in names:
                with self.subTest(model=model, field=name):
                    self.assertIn(f'name="{name}"', re.sub(r"\s+", " ", arch))

    def test_what_is_assumed_is_marked_for_the_owner(self):
        # Each part that the document does not have, and the list of grounds.
        view = self.env["complaint.policy"].get_view(self.env.ref(VIEW).id)["arch"]
        self.assertIn("Assumption – not in the document", view)
        marked = re.findall(r'<list[^>]*decoration-warning="is_assumed"', view)
        self.assertEqual(len(marked), 5)
        self.assertEqual(view.count('name="is_assumed" optional="show"'), 5)
        self.assertIn('invisible="not is_grounds_assumed"', view)
        self.assertIn('invisible="not assumptions"', view)
