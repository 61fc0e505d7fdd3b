"""What goes on paper reads as Chinese is set."""

from reportlab.platypus import Paragraph

from pages import paper


def test_no_line_begins_with_a_sign_that_ends_a_thought():
    text = Paragraph("网络中断，有网管通知。", paper.style(size=10))

    text.wrap(42, 100)

    assert [words for _room, (words, *_) in text.blPara.lines] == ["网络中断，", "有网管通", "知。"]
