"""Programme: the whole plan of one meeting, with its house, its parts and its sittings."""

from r2psched.house import House
from r2psched.programme.documents import document_link
from r2psched.programme.given import Interpretation, Status
from r2psched.programme.invitations import Invitations
from r2psched.programme.plan import Programme
from r2psched.programme.sittings import Part, Sitting

__all__ = [
    "House",
    "Interpretation",
    "Invitations",
    "Part",
    "Programme",
    "Sitting",
    "Status",
    "document_link",
]
