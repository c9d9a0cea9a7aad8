"""How much of what CMS decides one record may hold, struck-out entries counted.

Each entry makes every figure of the record dearer to work out. A real case has a few dozen in all.
"""

MOST_DECISIONS = 300
MOST_SCHEDULES = 100
MOST_SERVICES = 100
