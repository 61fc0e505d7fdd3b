from .absence import Absence
from .department import Department
from .place import Place
from .user import User

__all__ = ["Absence", "Department", "Place", "User"]
