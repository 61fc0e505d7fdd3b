"""Area 1, reception (前台接待): calls, faxes, visitors, etiquette, confidentiality."""

from django.utils.translation import gettext_lazy as _

from ..standards import Shape
from .clause import Clause

CLAUSES = (
    Clause(
        "1.1.1",
        _("Answer within three rings"),
        _("The telephone is picked up before it has rung more than three times."),
        Shape.RATE,
    ),
    Clause(
        "1.1.2",
        _("Use the standard script"),
        _("Calls are answered in the words of the standard script for the kind of caller."),
        Shape.SAMPLE,
    ),
    Clause(
        "1.1.3",
        _("Voice, pace, diction, warmth"),
        _("The voice is pleasant, the pace even, the words are clear, and the manner is warm."),
        Shape.SAMPLE,
    ),
    Clause(
        "1.1.4",
        _("Judge the caller and transfer rightly"),
        _(
            "The nature of the caller is judged quickly, and the call goes to whom the allocation principle "
            "names, or to somebody else for a stated reason."
        ),
        Shape.RATE,
    ),
    Clause(
        "1.1.5",
        _("Hang up after the caller"),
        _("The receptionist puts the receiver down only after the caller has hung up."),
        Shape.SAMPLE,
    ),
    Clause(
        "1.1.6",
        _("Feed back after a call"),
        _("As soon as the caller has hung up, the person whom the call concerns is told about it."),
        Shape.TIMER,
    ),
    Clause(
        "1.1.7",
        _("Register a new customer"),
        _("As soon as the caller has hung up, a new customer is entered in the customer register."),
        Shape.TIMER,
    ),
    Clause(
        "1.2.1",
        _("Feed back an incoming fax"),
        _("Within a minute of a fax arriving, the person it is meant for knows of it."),
        Shape.TIMER,
    ),
    Clause(
        "1.2.2",
        _("Repair the fax within an hour"),
        _("When the fax machine fails, the network administrator has it working again within an hour."),
        Shape.TIMER,
    ),
    Clause(
        "1.3.1",
        _("Stand, smile, ask the purpose"),
        _("When a visitor comes in, the receptionist stands up, smiles and asks at once for the purpose."),
        Shape.SAMPLE,
    ),
    Clause(
        "1.3.2",
        _("Outer seat leads the guest"),
        _("The receptionist on the outer seat leads the guest to where he or she is expected."),
        Shape.RATE,
    ),
    Clause(
        "1.3.3",
        _("Use the reception script"),
        _("Visitors are spoken to in the words of the reception script for the purpose of their visit."),
        Shape.SAMPLE,
    ),
    Clause(
        "1.3.4",
        _("Lead with the right posture"),
        _("Guests are led with the gestures and at the pace that reception etiquette asks for."),
        Shape.SAMPLE,
    ),
    Clause(
        "1.3.5",
        _("Arrange a fitting room"),
        _("A room is arranged at once that fits the purpose, the host and the number of guests."),
        Shape.RATE,
    ),
    Clause(
        "1.3.6",
        _("Use reception supplies sensibly"),
        _("Tea, water and other supplies for guests are handed out as needed and not wasted."),
        Shape.RATE,
    ),
    Clause(
        "1.4.1",
        _("Etiquette session every month"),
        _("Every month there is a session on business etiquette, with an agenda, attendance and minutes."),
        Shape.DUTY,
        key="etiquette-session",
    ),
    Clause(
        "1.4.2",
        _("Unannounced etiquette checks"),
        _("Appearance, bearing, reception and farewell, and the telephone are checked without notice."),
        Shape.SAMPLE,
        also=(Shape.STATE,),
    ),
    Clause(
        "1.5.1",
        _("The desk is never empty"),
        _(
            "In working hours there is always somebody at the front desk, and two or more people for "
            "nine tenths of the time."
        ),
        Shape.RATE,
    ),
    Clause(
        "1.5.2",
        _("Lock up before leaving the desk"),
        _("Whoever leaves the desk switches the screen off and locks the information sheet away."),
        Shape.RATE,
    ),
    Clause(
        "1.5.3",
        _("Return fax originals the same day"),
        _("The original of a fax sent for somebody goes back to that person on the same day."),
        Shape.TIMER,
    ),
    Clause(
        "1.5.4",
        _("Return mail that stayed behind"),
        _("Mail that could not go out that day goes back to the sender and does not lie at the desk."),
        Shape.TIMER,
    ),
)

EFFECTS = (
    Clause(
        "1.1",
        _("Every call is answered"),
        _("All calls are answered; those missed are logged, and they lower this figure."),
        Shape.RATE,
    ),
    Clause(
        "1.2",
        _("Every fax is received"),
        _("All faxes sent to the office are received; those that failed are logged."),
        Shape.RATE,
    ),
    Clause(
        "1.3",
        _("Guests are received and content"),
        _("Every visitor is received, the host knows of the arrival at once, and guests leave content."),
        Shape.RATE,
        also=(Shape.TIMER, Shape.SAMPLE),
    ),
    Clause(
        "1.4",
        _("Etiquette has become a habit"),
        _("Colleagues and customers are content, and good manners have become a habit of the staff."),
        Shape.SAMPLE,
    ),
    Clause(
        "1.5",
        _("No customer information is lost"),
        _("No information about customers gets into the wrong hands."),
        Shape.STATE,
    ),
)
