from .channel import Channel
from .delivery import Delivery, Reason
from .notice import Notice

__all__ = ["Channel", "Delivery", "Notice", "Reason"]
