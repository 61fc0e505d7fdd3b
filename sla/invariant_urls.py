"""What must always hold, random samples, and promises missed again and again."""

from django.urls import path

from .views import invariants, repeated, samples

urlpatterns = [
    path("invariants/", invariants.invariants, name="invariants"),
    path("invariants/<slug:key>/", invariants.invariant, name="invariant"),
    path("invariants/<slug:key>/check/", invariants.invariant_check, name="invariant-check"),
    path("samples/", samples.draws, name="draws"),
    path("samples/new/", samples.draw_new, name="draw-new"),
    path("samples/<int:pk>/", samples.draw, name="draw"),
    path("samples/<int:pk>/population/", samples.draw_population, name="draw-population"),
    path("samples/drawn/<int:pk>/", samples.drawn, name="drawn"),
    path("samples/drawn/<int:pk>/record/", samples.drawn_record, name="drawn-record"),
    path("repeated-misses/", repeated.repeated_misses, name="repeated-misses"),
]
