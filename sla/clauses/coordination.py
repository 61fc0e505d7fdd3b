"""Area 3, coordination and support (协同支撑): archives, parcels, purchasing, meetings, IT, leavers."""

from django.utils.translation import gettext_lazy as _

from ..standards import Shape
from .clause import Clause

CLAUSES = (
    Clause(
        "3.1.1",
        _("Archive register matches the shelf"),
        _("What the register of client files says is what stands on the shelves."),
        Shape.STATE,
    ),
    Clause(
        "3.1.2",
        _("Weekly archive update"),
        _("On Wednesday afternoon the register is brought up to date and files on loan are asked back."),
        Shape.DUTY,
        key="archive-update",
    ),
    Clause(
        "3.1.3",
        _("Archive spot check"),
        _("On the 10th and the 25th of the month files are drawn at random and looked for."),
        Shape.DUTY,
        key="archive-spot-check",
        also=(Shape.RATE,),
    ),
    Clause(
        "3.2.1",
        _("Complete parcel records"),
        _("Nothing comes in or goes out without a record of who, when and to whom it was handed."),
        Shape.STATE,
    ),
    Clause(
        "3.2.2",
        _("Outgoing mail leaves the same day"),
        _("Mail brought before the courier's last pick-up goes out on the same day."),
        Shape.TIMER,
    ),
    Clause(
        "3.2.3",
        _("Deliver incoming mail"),
        _(
            "Business mail is delivered at 11:00 and 18:00; private mail is announced, to be fetched "
            "before leaving time."
        ),
        Shape.TIMER,
    ),
    Clause(
        "3.2.4",
        _("Nothing stays at the desk"),
        _("Business mail that did not go out goes back to the sender; nothing stays at the desk overnight."),
        Shape.TIMER,
        also=(Shape.STATE,),
    ),
    Clause(
        "3.3.1",
        _("Goods fit the need"),
        _("What is bought is what the department that uses it needs."),
        Shape.RATE,
    ),
    Clause(
        "3.3.2",
        _("Purchase below last year's cost"),
        _("What is bought costs less than in the same period of last year."),
        Shape.RATE,
    ),
    Clause(
        "3.3.3",
        _("Claim expenses the same day"),
        _("A purchase is put in for reimbursement on the day on which it arose."),
        Shape.TIMER,
    ),
    Clause(
        "3.4.1",
        _("Prepare rooms in time"),
        _("A meeting room is ready within 15 minutes of the request, special purchases within an hour."),
        Shape.TIMER,
    ),
    Clause(
        "3.4.2",
        _("First booked, first served"),
        _("Meeting rooms go to whoever booked first; nobody is moved without consent."),
        Shape.STATE,
    ),
    Clause(
        "3.4.3",
        _("Sign-in sheets stay confidential"),
        _("Who signed in to a meeting is seen only by those who have to know."),
        Shape.STATE,
    ),
    Clause(
        "3.5.1",
        _("Repair hardware"),
        _(
            "Hardware works again within an hour where a spare is at hand, within two working days where "
            "parts have to be bought or it goes out for repair."
        ),
        Shape.TIMER,
    ),
    Clause(
        "3.5.2",
        _("Repair software"),
        _("A fault of software is mended within an hour."),
        Shape.TIMER,
    ),
    Clause(
        "3.5.3",
        _("Contingency plan for the network"),
        _("The network has no fixed time; for every outage the contingency plan on file is started."),
        Shape.RATE,
    ),
    Clause(
        "3.6.1",
        _("Close a leaver's account"),
        _("A leaver's messenger account is closed within 30 minutes of the list from HR."),
        Shape.TIMER,
    ),
    Clause(
        "3.6.2",
        _("Reclaim a leaver's computer"),
        _("A leaver's computer goes to the department head and comes back to the office after three months."),
        Shape.TIMER,
    ),
)

EFFECTS = (
    Clause(
        "3.1",
        _("Files come back complete and in time"),
        _("Lending is quick and right, and what was lent comes back in time and complete."),
        Shape.TIMER,
        also=(Shape.RATE,),
    ),
    Clause(
        "3.2",
        _("Every parcel can be traced"),
        _("The way of every parcel can be told, and colleagues are content."),
        Shape.SAMPLE,
    ),
    Clause(
        "3.5",
        _("Little working time is lost"),
        _("Faults of computers and network cost as little working time as can be."),
        Shape.RATE,
    ),
    Clause(
        "3.6",
        _("Nothing stays with a leaver"),
        _("After the last day a leaver holds no account, key, file or device any more."),
        Shape.STATE,
    ),
)
