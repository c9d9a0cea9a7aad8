"""The worker and its broker."""

from datetime import timedelta

from kombu import Queue

from cms_tracker.settings.environment import broker_url, number, text
from cms_tracker.settings.words import TIME_ZONE

CELERY_BROKER_URL = broker_url()
CELERY_TIMEZONE = TIME_ZONE

#: What a worker may be told to listen to (``celery worker --queues=letters``); one that is told nothing hears all.
#: letters: one person waits for one letter. bulk: bundles, statements, copies of everything, letters to many.
#: Which of the two a paper belongs to stands in its row; the others are the timer's.
QUEUES = ("letters", "bulk", "reminders", "nightly")
CELERY_TASK_QUEUES = [Queue(name, routing_key=name) for name in QUEUES]
CELERY_TASK_DEFAULT_QUEUE = CELERY_TASK_DEFAULT_ROUTING_KEY = "nightly"
CELERY_TASK_CREATE_MISSING_QUEUES = False  # a name that is mistyped stops the worker, and is not a queue nobody fills
CELERY_TASK_ROUTES = {
    "correspondence.work": {"queue": "letters"},  # unless it is sent to bulk by name
    "correspondence.sweep": {"queue": "letters"},
    "correspondence.send_reminders": {"queue": "reminders"},
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Longer than the longest paper, begun at the end of a stretch of short ones.
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# In memory: Celery's default keeps its state in a file that stalls for good on Python 3.13 with
# some versions of SQLite. Periodic tasks are catch-ups that read the database, so none is lost.
# Of several timers one sends; the others stand by.
CELERY_BEAT_SCHEDULER = "cms_tracker.processes.timer:OneOfMany"
# A person never waits for the broker: a message that cannot be sent at once is given up,
# and the workers find the row. cms_tracker.celery lengthens these in the worker.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 0.15
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3 * CELERY_TASK_TIME_LIMIT,
    "socket_timeout": 0.15,
    "socket_connect_timeout": 0.15,
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}

#: A worker that says nothing for so long has lost the paper it was making, and another one makes it.
JOB_LEASE = timedelta(seconds=number("JOB_LEASE_SECONDS", 30))
#: How often each worker looks for papers that wait and that no message speaks of.
JOB_SWEEP_SECONDS = number("JOB_SWEEP_SECONDS", 10)
#: A file that a worker and a timer touch while they reach what they need, for a health check. Empty: none.
ALIVE_FILE = text("ALIVE_FILE")
