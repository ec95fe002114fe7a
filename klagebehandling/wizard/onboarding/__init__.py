from . import complaint_onboarding
from . import complaint_onboarding_people
from . import complaint_onboarding_rehearsal
