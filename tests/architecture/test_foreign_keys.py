"""Foreign keys are named by strings, which import contracts cannot see."""

from django.apps import apps

#: Lowest first. A model may point at its own app and at lower ones.
ORDER = [
    "contenttypes", "auth", "sessions", "web", "audit", "watch", "users", "account", "mfa",
    "cases", "arrears", "correspondence", "rights",
]  # fmt: skip


def _edges() -> list[tuple[str, str, str]]:
    return [
        (model._meta.app_label, field.related_model._meta.app_label, f"{model.__name__}.{field.name}")
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is not None
    ]


class TestForeignKeys:
    def test_belong_to_an_app_whose_place_is_known(self) -> None:
        labels = {model._meta.app_label for model in apps.get_models()}

        assert labels <= set(ORDER)

    def test_point_down(self) -> None:
        edges = _edges()

        upward = [name for source, target, name in edges if ORDER.index(target) > ORDER.index(source)]

        assert ("arrears", "cases") in {edge[:2] for edge in edges}
        assert upward == []

    def test_leave_the_audit_trail_alone(self) -> None:
        assert [name for source, target, name in _edges() if "audit" in (source, target)] == []
