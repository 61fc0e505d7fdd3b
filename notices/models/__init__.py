from .channel import Channel
from .delivery import Delivery, Reason
from .notice import Attachment, Notice

__all__ = ["Attachment", "Channel", "Delivery", "Notice", "Reason"]
