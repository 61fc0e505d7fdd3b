from .absence import Absence
from .api_client import ApiClient
from .department import Department
from .place import Place
from .staff_list import StaffList
from .user import User

__all__ = ["Absence", "ApiClient", "Department", "Place", "StaffList", "User"]
