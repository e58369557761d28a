"""The enrolment form as a draft."""

from counter_app.forms.answers import path
from counter_app.services.save_draft import Draft
from ui.screens.enrolment.filling import Filling
from ui.screens.enrolment.opening import ITEM
from ui.screens.enrolment.rows import MEMBERS


def as_draft(form: Filling) -> Draft:
    """The form as it stands; `place` brings the cursor back to where it is."""
    rows = form.answers.section(MEMBERS)
    place = form.focus or (path(MEMBERS, form.current, "start") if rows else "")
    return Draft(form.opened.draft_id, ITEM, form.answers, form.opened.case_id, place)
