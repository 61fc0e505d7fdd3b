from .absence import Absence
from .department import Department
from .place import Place
from .staff_list import StaffList
from .user import User

__all__ = ["Absence", "Department", "Place", "StaffList", "User"]
