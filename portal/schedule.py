"""What beat asks for, and how often."""

from typing import Any

from celery.schedules import crontab

# A task that waited longer than its own pause is superseded by the next one.
SCHEDULE: dict[str, dict[str, Any]] = {
    "deliver due mail": {"task": "stakeholders.tasks.deliver_due_mail", "schedule": 2.0, "options": {"expires": 2}},
    "read bounces": {
        "task": "stakeholders.tasks.read_bounces",
        "schedule": crontab(),
        "options": {"expires": 60},
    },
    "work on contact imports": {
        "task": "stakeholders.tasks.work_on_contact_imports",
        "schedule": 3.0,
        "options": {"expires": 3},
    },
    "forget old contact imports": {
        "task": "stakeholders.tasks.forget_old_contact_imports",
        "schedule": crontab(hour=0, minute=15),
        "options": {"expires": 3600},
    },
    "publish due measures": {
        "task": "measures.tasks.publish_due_measures",
        "schedule": crontab(),
        "options": {"expires": 60},
    },
    "work on imports of conversations": {
        "task": "theses.tasks.work_on_conversation_imports",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "forget old imports of conversations": {
        "task": "theses.tasks.forget_old_conversation_imports",
        "schedule": crontab(hour=0, minute=25),
        "options": {"expires": 3600},
    },
    "post due reminders": {
        "task": "workshops.tasks.post_due_reminders",
        "schedule": crontab(),
        "options": {"expires": 60},
    },
    "lapse offers of places": {
        "task": "workshops.tasks.lapse_offers",
        "schedule": crontab(),
        "options": {"expires": 60},
    },
    "look at rounds": {
        "task": "measures.tasks.look_at_rounds",
        "schedule": crontab(),
        "options": {"expires": 60},
    },
    "recount stances": {
        "task": "theses.tasks.recount_stances",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 300},
    },
    "refresh results of theses": {
        "task": "theses.tasks.refresh_results",
        "schedule": crontab(minute="2-59/5"),
        "options": {"expires": 300},
    },
    "refresh opinion groups": {
        "task": "theses.tasks.refresh_groups",
        "schedule": crontab(minute=41),
        "options": {"expires": 3600},
    },
    "tell followers of theses": {
        "task": "theses.tasks.post_digests",
        "schedule": crontab(hour="6-9", minute=30),
        "options": {"expires": 3600},
    },
    "look at lineage of theses": {
        "task": "theses.tasks.look_at_lineage",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 600},
    },
    "end mandates": {
        "task": "stakeholders.tasks.end_mandates",
        "schedule": crontab(hour=0, minute=5),
        "options": {"expires": 3600},
    },
    "prepare data exports": {
        "task": "portal.tasks.prepare_data_exports",
        "schedule": 3.0,
        "options": {"expires": 3},
    },
    "apply retention": {
        "task": "portal.tasks.apply_retention",
        "schedule": crontab(minute=17),
        "options": {"expires": 3600},
    },
}
