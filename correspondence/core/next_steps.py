"""What can be done next in a case, and what cannot: one total order of actions, with the refusals.

Pure rules over a ``Snapshot``. The rules stand in ``steps``.
"""

from correspondence.core.steps.fact import Fact
from correspondence.core.steps.snapshot import Known, Snapshot

__all__ = ["Fact", "Known", "Snapshot"]
