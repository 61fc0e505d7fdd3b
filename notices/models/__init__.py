from .channel import Channel
from .delivery import Delivery
from .notice import Notice

__all__ = ["Channel", "Delivery", "Notice"]
