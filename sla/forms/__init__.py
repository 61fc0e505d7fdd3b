from .calendar import DayForm, DeadlineForm, NoticeForm, TakeOverForm, TryForm, WeekForm, WithdrawForm

__all__ = ["DayForm", "DeadlineForm", "NoticeForm", "TakeOverForm", "TryForm", "WeekForm", "WithdrawForm"]
