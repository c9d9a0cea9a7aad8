"""Tables of results: what may be printed, and that nothing printed gives a small number away."""

from hypothesis import given
from hypothesis import strategies as st

from correspondence.core.result_tables import FEWEST, Counted, Table, tables

KEYS = ("a", "b", "c", "d")
RESULTS = st.lists(
    st.builds(
        lambda case, kind, stage, gained: Counted(case, {"kind": kind, "stage": stage}, gained),
        st.integers(0, 30),
        st.sampled_from(KEYS),
        st.sampled_from(KEYS),
        st.integers(0, 5_000_00),
    ),
    max_size=60,
)


def table(counted: list[Counted], *, keys: tuple[str, ...] = KEYS, by: str = "kind") -> Table | None:
    """The only table of a kind; None where nothing may be printed."""
    found = tables(counted, {by: keys})
    return found[0] if found else None


def results(**numbers: int) -> list[Counted]:
    """So many cases of each kind, one result each, of £100.00."""
    return [
        Counted(f"{kind}{number}", {"kind": kind}, 100_00) for kind, count in numbers.items() for number in range(count)
    ]


def shown(found: Table | None) -> dict[str, int | None]:
    if found is None:
        return {}
    return {line.key: line.results for line in found.lines} | {"total": found.total.results}


class TestATable:
    def test_counts_results_and_adds_up_what_was_gained(self) -> None:
        found = table(results(a=6, b=7), keys=("a", "b"))
        assert found is not None
        assert shown(found) == {"a": 6, "b": 7, "total": 13}
        assert [line.gained for line in found.lines] == [600_00, 700_00]
        assert found.total.gained == 1300_00

    def test_leaves_out_a_small_number_and_the_next_one_with_it(self) -> None:
        found = table(results(a=4, b=6, c=9), keys=("a", "b", "c"))
        assert shown(found) == {"a": None, "b": None, "c": 9, "total": 19}

    def test_leaves_out_all_that_are_equal_to_the_next_one(self) -> None:
        found = table(results(a=1, b=6, c=6, d=9))
        assert shown(found) == {"a": None, "b": None, "c": None, "d": 9, "total": 22}

    def test_does_not_tell_one_from_four(self) -> None:
        one, four = (table(results(a=few, b=10 - few, c=12), keys=("a", "b", "c")) for few in (1, 4))
        assert shown(one) == shown(four) != {}

    def test_has_no_line_for_what_never_came(self) -> None:
        assert shown(table(results(a=9))) == {"a": 9, "total": 9}

    def test_prints_nothing_where_no_line_is_large_enough_to_hide_behind(self) -> None:
        assert table(results(a=4, b=4, c=4, d=4)) is None
        assert table([]) is None

    def test_prints_nothing_in_any_way_where_one_way_is_too_fine(self) -> None:
        rough = [Counted(number, {"kind": "a", "stage": KEYS[number % 4]}, 1) for number in range(12)]  # three each
        assert tables(rough, {"kind": ("a",)})
        assert tables(rough, {"kind": ("a",), "stage": KEYS}) == ()

    def test_counts_cases_and_not_their_results(self) -> None:
        many_of_one = [Counted("one", {"kind": "a"}, 100) for _ in range(9)]
        assert shown(table(many_of_one + results(b=8, c=9), keys=("a", "b", "c")))["a"] is None

    def test_rounds_money_to_whole_hundreds(self) -> None:
        found = table([one._replace(gained=151_00) for one in results(a=5)], keys=("a",))
        assert found is not None
        assert found.total.gained == 800_00


class TestWhatSubtractionGives:
    @given(RESULTS, st.sampled_from(["kind", "stage"]))
    def test_is_never_fewer_than_five_cases_or_a_single_line(self, counted: list[Counted], by: str) -> None:
        found = table(counted, by=by)
        if found is None:
            return
        left = [line.key for line in found.lines if line.results is None]
        cases = {key: {one.case for one in counted if one.by[by] == key} for key in KEYS}
        for line in found.lines:
            assert line.results is None or len(cases[line.key]) >= FEWEST
        if left:
            # All that follows from a table: its lines, its total, and the total less any lines that are printed.
            printed = sum(line.results for line in found.lines if line.results is not None)
            together = set().union(*(cases[key] for key in left))
            assert len(left) >= 2
            assert len(together) >= FEWEST
            assert found.total.results - printed == sum(one.by[by] in left for one in counted)

    @given(RESULTS)
    def test_is_the_same_whichever_table_it_is_taken_from(self, counted: list[Counted]) -> None:
        found = tables(counted, {"kind": KEYS, "stage": KEYS})
        assert len({one.total for one in found}) <= 1

    @given(RESULTS, st.randoms())
    def test_does_not_depend_on_the_order_of_the_results(self, counted: list[Counted], random: object) -> None:
        mixed = list(counted)
        random.shuffle(mixed)  # type: ignore[attr-defined]
        assert table(mixed) == table(counted)

    @given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
    def test_leaves_each_line_that_is_left_out_more_than_one_possible_number(self, numbers: list[int]) -> None:
        """Somebody who knows these rules and the table cannot work out a number below five."""
        found = shown(table(results(**dict(zip(KEYS, numbers, strict=True)))))
        left = [key for key in KEYS if key in found and found[key] is None]
        if not left:
            return
        small = [key for key, number in zip(KEYS, numbers, strict=True) if number < FEWEST and key in left]
        possible: dict[str, set[int]] = {key: set() for key in small}
        rest = sum(number for key, number in zip(KEYS, numbers, strict=True) if key in left)
        for guess in _splits(rest, len(left)):
            tried = dict(zip(KEYS, numbers, strict=True)) | dict(zip(left, guess, strict=True))
            if shown(table(results(**tried))) == found:
                for key in small:
                    possible[key].add(tried[key])
        assert all(len(some) > 1 for some in possible.values())


def _splits(whole: int, parts: int) -> list[tuple[int, ...]]:
    if parts == 1:
        return [(whole,)]
    return [(first, *rest) for first in range(whole + 1) for rest in _splits(whole - first, parts - 1)]
