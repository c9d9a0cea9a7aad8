"""How often a person may take everything away, and how long the file stays."""

import datetime as dt

#: A file that holds everything is the most dangerous one there is: it goes by itself.
LASTS = dt.timedelta(hours=24)
MOST_A_DAY = 3
A_DAY = dt.timedelta(days=1)
