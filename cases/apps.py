"""The cases app: whose file, which service, which decisions, who may see it."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The lowest of the three domain apps."""

    name = "cases"
