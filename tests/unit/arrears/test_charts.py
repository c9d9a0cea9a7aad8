"""The drawings hold every point, on the paper, for any history."""

import datetime as dt
import itertools
import re

from hypothesis import given
from hypothesis import strategies as st

from arrears.presenters import charts

END = dt.date(2026, 11, 22)
balances = st.integers(-5_000_000, 50_000_000)


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[dt.date, int]]:
    """A balance on rising days, over one day to thirty years."""
    gaps = draw(st.lists(st.integers(1, 400), max_size=30))
    first = END - dt.timedelta(days=sum(gaps) + draw(st.integers(0, 60)))
    days = [first]
    for gap in gaps:
        days.append(days[-1] + dt.timedelta(days=gap))
    return [(day, draw(balances)) for day in days]


class TestStepChart:
    @given(histories())
    def test_keeps_every_line_and_label_on_the_paper(self, points: list[tuple[dt.date, int]]) -> None:
        chart = charts.step_chart(points, end=END)
        across = [int(x) for x in re.findall(r"[MH](\d+)", chart.step)]
        down = [float(y) for y in re.findall(r"(?:M\d+ |V)(-?[\d.]+)", chart.step)]
        assert across == sorted(across)
        assert across[-1] == 1000
        assert all(charts.TOP <= y <= charts.BASE for y in [*down, float(chart.axis_y)])
        assert all(0 <= float(line.label_y) <= charts.HEIGHT for line in chart.lines)

    @given(histories())
    def test_names_every_line_of_the_grid_beside_the_drawing(self, points: list[tuple[dt.date, int]]) -> None:
        chart = charts.step_chart(points, end=END)
        longest = max(len(line.label) for line in chart.lines)
        assert "£0" in {line.label for line in chart.lines}
        assert float(chart.scale.removesuffix("em")) >= 0.56 * longest  # what a figure of a plain typeface takes

    @given(histories())
    def test_writes_the_last_figure_clear_of_the_line(self, points: list[tuple[dt.date, int]]) -> None:
        chart = charts.step_chart(points, end=END)
        start, span = points[0][0], max((END - points[0][0]).days, 1)
        from_x = 1000 - 1000 * charts.LETTER * len(chart.last.label) // charts.NARROW
        heights = [float(y) for y in re.findall(r"(?:M\d+ |V)(-?[\d.]+)", chart.step)]
        ends = [*(1000 * (day - start).days // span for day, _ in points[1:]), 1000]
        near = [y for y, until in zip(heights, ends, strict=True) if until >= from_x]
        top, bottom = float(chart.last.label_y) - 11, float(chart.last.label_y)
        assert bottom < min(near) or top > max(near)
        assert 0 <= top < bottom <= charts.BASE
        assert chart.peak is None or abs(float(chart.peak.label_y) - float(chart.last.label_y)) > 14

    @given(histories())
    def test_draws_a_higher_balance_higher(self, points: list[tuple[dt.date, int]]) -> None:
        chart = charts.step_chart(points, end=END)
        down = [float(y) for y in re.findall(r"(?:M\d+ |V)(-?[\d.]+)", chart.step)]
        assert len(down) == len(points)
        ranked = sorted(zip([owed for _, owed in points], down, strict=True))
        assert [y for _, y in ranked] == sorted((y for _, y in ranked), reverse=True)

    @given(histories())
    def test_never_crowds_the_axis(self, points: list[tuple[dt.date, int]]) -> None:
        ticks = charts.step_chart(points, end=END).ticks
        assert len(ticks) <= charts.MOST_LABELS + 1
        assert len({tick.label for tick in ticks}) == len(ticks)

    def test_draws_a_single_day(self) -> None:
        chart = charts.step_chart([(END, 26000)], end=END)
        assert chart.step.startswith("M0 ")
        assert chart.last.label == "£260.00"

    def test_shows_money_paid_ahead_below_the_line(self) -> None:
        chart = charts.step_chart([(dt.date(2026, 9, 3), 0), (dt.date(2026, 11, 3), -6000)], end=END)
        assert float(chart.last.y) > float(chart.axis_y)
        assert chart.last.label == "overpaid £60.00"

    def test_marks_days_then_months_then_years(self) -> None:
        labels = {
            days: [tick.label for tick in charts.step_chart([(END - dt.timedelta(days), 100)], end=END).ticks]
            for days in (3, 300, 3650)
        }
        assert labels[3] == ["19 Nov", "20 Nov", "21 Nov", "22 Nov"]
        assert labels[300][0] == "Feb 26"
        assert labels[3650] == ["2017", "2019", "2021", "2023", "2025"]


class TestWaterfall:
    def test_runs_from_the_first_balance_to_the_last(self) -> None:
        drawn = charts.waterfall(
            [("Up", 0, 55154), ("Down", 55154, 31254)], first=("Start", 0), last=("End", 31254), ends=("a", "b")
        )
        assert [bar.style for bar in drawn.bars] == ["total", "up", "down", "total"]
        assert [bar.figure for bar in drawn.bars] == ["a", "+£551.54", "−£239.00", "b"]
        assert drawn.bars[1].width == "100.00%"
        assert drawn.bars[3].width == drawn.bars[2].x
        assert drawn.zero is None

    def test_marks_zero_where_the_balance_goes_below_it(self) -> None:
        drawn = charts.waterfall([("Down", 10000, -10000)], first=("a", 10000), last=("b", -10000), ends=("", ""))
        assert drawn.zero == "50.00%"
        assert drawn.bars[2].x == "0.00%"

    @given(st.lists(balances, min_size=2, max_size=12))
    def test_keeps_every_bar_on_the_paper(self, run: list[int]) -> None:
        rows = [("", before, after) for before, after in itertools.pairwise(run)]
        drawn = charts.waterfall(rows, first=("", run[0]), last=("", run[-1]), ends=("", ""))
        for bar in drawn.bars:
            left, width = float(bar.x[:-1]), float(bar.width[:-1])
            assert left >= 0
            assert left + width <= 100.01
            assert bar.bar_y + charts.BAR <= drawn.height
