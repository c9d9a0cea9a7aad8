"""Ask about recorded facts of whatever app."""

import uuid

from cms_tracker.audit.append_only import Fact, guarded_models


def has_fact(case_id: uuid.UUID, fact_id: uuid.UUID) -> bool:
    """Say whether any table of facts holds this one for this case, in one query."""
    kinds = [model for model in guarded_models() if issubclass(model, Fact)]
    one: dict[str, object] = {"pk": fact_id, "case_id": case_id}  # each concrete fact brings its own case
    first, *others = [model._default_manager.filter(**one).values("pk") for model in kinds]
    return first.union(*others).exists()
