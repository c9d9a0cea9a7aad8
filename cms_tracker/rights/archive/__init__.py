"""Everything that is kept for one person, as one ZIP file that is never whole in memory."""

from cms_tracker.rights.archive.contents import entries
from cms_tracker.rights.archive.zipped import Entry, zipped

__all__ = ["Entry", "entries", "zipped"]
