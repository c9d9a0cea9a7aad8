"""What stands beside the rules of a guide: where each is said, each reading of a time limit, words, help lines."""

from typing import Any

from django import template
from django.template.loader import get_template

from arrears.core.case_values import ClockKind
from cms_tracker.language import say
from cms_tracker.pages import contact_book as book
from cms_tracker.pages import help_lines, ways_to_collect
from cms_tracker.pages.contact_book import ContactGroup
from cms_tracker.pages.core import reading
from cms_tracker.pages.core.reading import Guide, Source, Term
from cms_tracker.pages.reading_facts import Fact, of_reading
from cms_tracker.pages.ways_to_collect import Listing
from correspondence.core import clock_rules, contact_data, powers
from correspondence.core.contact_data import KnownLine

register = template.Library()


@register.inclusion_tag("guidance/said_by.html", takes_context=True)
def said_by(context: template.Context, *names: str) -> dict[str, object]:
    """Write where the rules just above are said: names of the guide's facts and sources.

    ``{% said_by "fee" "leaflet" %}``. One page is named once, with the oldest of its days.
    """
    known: dict[str, Any] = {**context["guide"].sources, **context["facts"]}
    cited = [_cited(known[name]) for name in names]
    youngest_first = sorted(cited, key=lambda one: one.checked, reverse=True)
    once = {(one.url or one.source, one.firm): one for one in youngest_first}
    return {"cited": list(once.values()), "warnings": sorted({one.basis for one in cited if one.basis})}


@register.inclusion_tag("guidance/time_limit.html")
def time_limit(kind: str) -> dict[str, object]:
    """Write every reading of a time limit (``ClockKind``), each with its source."""
    rule = clock_rules.rules()[ClockKind(kind)]
    readings = [of_reading(one) for one in rule.readings]
    latest = of_reading(rule.latest) if rule.latest else None
    return {"rule": rule, "readings": readings, "latest": latest, "many": len(readings) > 1}


@register.inclusion_tag("guidance/signposts.html")
def signposts(kinds: tuple[str, ...]) -> dict[str, object]:
    """Write who can help, for each kind of signpost of the guide."""
    named = reading.signposts()
    return {"kinds": [(kind, [help_lines.named(name) for name in named[kind]]) for kind in kinds]}


@register.simple_tag
def words_of(guide: Guide) -> list[Term]:
    """The words of CMS that the guide uses, with what they mean."""
    source = get_template(guide.template).template.source.lower()  # type: ignore[attr-defined]
    text = " ".join(source.replace("(", " ").replace("“", " ").replace(">", " ").split())
    return [one for one in reading.terms() if one.stands_in(f" {text}")]


@register.inclusion_tag("guidance/every_word.html")
def every_word() -> dict[str, object]:
    """Write every word of CMS that the guides explain, by the alphabet."""
    return {"terms": sorted(reading.terms(), key=lambda one: one.word.lower())}


@register.inclusion_tag("guidance/ways.html", takes_context=True)
def ways(context: template.Context, listing: str) -> dict[str, object]:
    """Write the ways to collect of one list (``Listing``), each with its charge, limits and how it is answered."""
    return {"ways": ways_to_collect.ways(Listing(listing), on=context["on"])}


@register.inclusion_tag("guidance/limits_apart.html", takes_context=True)
def limits_apart(context: template.Context) -> dict[str, object]:
    """Write the limits that share one number, each by itself."""
    return {"limits": powers.limits_on(context["on"])}


@register.simple_tag
def contact_book() -> list[ContactGroup]:
    """How CMS and others are reached, a group for each part of the country that is reached alike."""
    return book.groups()


@register.simple_tag
def old_contacts() -> list[KnownLine]:
    """What older sources give and nobody should use."""
    return contact_data.old_lines()


def _cited(found: Source | Fact) -> Fact:
    if isinstance(found, Fact):
        return found
    return Fact(text="", source=found.says, url=found.url, checked=found.checked, firm=found.firm)


@register.simple_tag
def reader_heading(reader: str) -> str:
    """The heading of the part that is for one kind of reader."""
    return {
        "receiving": say("If you receive maintenance"),
        "paying": say("If you pay maintenance"),
        "adviser": say("If you help somebody"),
    }[reader]
