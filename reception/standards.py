"""Work item 1.1, answering and transferring calls (电话接听与转接): its seven clauses and its effect."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from sla.deadlines import Within
from sla.standards import Shape, Standard, climb, register

from .measures import MEASURES, records

register(
    Standard(
        key="call-answered-in-rings",
        clause="1.1.1",
        title=_("Answer within three rings"),
        wording=_("The telephone is picked up before it has rung more than three times."),
        shape=Shape.RATE,
        measure=MEASURES["call-answered-in-rings"],
        records=records("call-answered-in-rings"),
    ),
    Standard(
        key="call-script",
        clause="1.1.2",
        title=_("Use the standard script"),
        wording=_("Calls are answered in the words of the standard script for the kind of caller."),
        shape=Shape.SAMPLE,
        measure=MEASURES["call-script"],
        records=records("call-script"),
    ),
    Standard(
        key="call-manner",
        clause="1.1.3",
        title=_("Voice, pace, diction, warmth"),
        wording=_("The voice is pleasant, the pace even, the words are clear, and the manner is warm."),
        shape=Shape.SAMPLE,
        target=80,
        measure=MEASURES["call-manner"],
        records=records("call-manner"),
    ),
    Standard(
        key="call-transferred-as-proposed",
        clause="1.1.4",
        title=_("Judge the caller and transfer rightly"),
        wording=_(
            "The nature of the caller is judged quickly, and the call goes to whom the allocation principle "
            "names, or to somebody else for a stated reason."
        ),
        shape=Shape.RATE,
        measure=MEASURES["call-transferred-as-proposed"],
        records=records("call-transferred-as-proposed"),
    ),
    Standard(
        key="call-hang-up-last",
        clause="1.1.5",
        title=_("Hang up after the caller"),
        wording=_("The receptionist puts the receiver down only after the caller has hung up."),
        shape=Shape.SAMPLE,
        measure=MEASURES["call-hang-up-last"],
        records=records("call-hang-up-last"),
    ),
    Standard(
        key="call-feedback",
        clause="1.1.6",
        title=_("Feed back after a call"),
        wording=_("As soon as the caller has hung up, the person whom the call concerns is told about it."),
        shape=Shape.TIMER,
        deadline=Within(minutes=1),
        calendar="always",
        steps=climb(pace=timedelta(minutes=1)),
        action=_("Feed back"),
    ),
    Standard(
        key="crm-entry",
        clause="1.1.7",
        title=_("Register a new customer"),
        wording=_("As soon as the caller has hung up, a new customer is entered in the customer register."),
        shape=Shape.TIMER,
        deadline=Within(minutes=2),
        calendar="always",
        steps=climb(pace=timedelta(minutes=2)),
        action=_("Register customer"),
    ),
    Standard(
        key="call-answered",
        clause="1.1",
        title=_("Every call is answered"),
        wording=_("All calls are answered; those missed are logged, and they lower this figure."),
        shape=Shape.RATE,
        measure=MEASURES["call-answered"],
        records=records("call-answered"),
    ),
    Standard(
        key="call-back",
        clause="1.1",
        title=_("Call back whoever was missed"),
        wording=_("A missed caller is called back soon, counted in desk time."),
        shape=Shape.TIMER,
        deadline=Within(minutes=30),
        calendar="desk",
        steps=climb(pace=timedelta(minutes=15)),
        action=_("Call back"),
    ),
)
