"""Where beacons go. Without a language prefix: one cached page serves all."""

from django.urls import path

from analytics import beacon_views

app_name = "analytics"
urlpatterns = [
    path("seen/", beacon_views.seen, name="seen"),
    path("seen.gif", beacon_views.seen_gif, name="seen_gif"),
]
