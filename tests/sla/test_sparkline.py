import pytest

from sla.board.sparkline import HEIGHT, MARGIN, WIDTH, sparkline


def test_nothing_known_is_no_line():
    assert sparkline([None, None], 1) is None


def test_everything_kept_runs_along_the_top():
    line = sparkline([1, 1], 0.9)

    assert line.points == f"{MARGIN:.1f},{MARGIN:.1f} {WIDTH - MARGIN:.1f},{MARGIN:.1f}"
    assert MARGIN < line.target < HEIGHT


def test_a_day_without_a_share_is_passed_over():
    assert len(sparkline([0.9, None, 1], 1).points.split()) == 2


def test_one_share_alone_is_a_dot_in_the_middle():
    assert sparkline([0.5], 1).end[0] == WIDTH / 2


@pytest.mark.parametrize("shares", [[0], [0, 1], [0.5, 0, 1], [1]])
@pytest.mark.parametrize("target", [0, 0.8, 1])
def test_no_line_leaves_its_frame(shares, target):
    line = sparkline(shares, target)

    heights = [float(point.split(",")[1]) for point in line.points.split()] + [line.target]
    assert all(0 <= height <= HEIGHT for height in heights)
