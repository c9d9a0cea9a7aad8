"""The worker and its broker."""

from datetime import timedelta

from cms_tracker.settings.environment import broker_url, number
from cms_tracker.settings.words import TIME_ZONE

CELERY_BROKER_URL = broker_url()
CELERY_TIMEZONE = TIME_ZONE
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
# In memory: the default keeps its state in a file that stalls for good on Python 3.13 with
# some versions of SQLite. Periodic tasks are catch-ups that read the database, so none is lost.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
# A person never waits for the broker: a message that cannot be sent at once is given up,
# and the worker's timer finds the row. cms_tracker.celery lengthens these in the worker.
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
#: How often the timer looks for papers that wait and that no message speaks of.
JOB_SWEEP_SECONDS = number("JOB_SWEEP_SECONDS", 10)
