"""Where beacons go. Without a language prefix: one cached page serves all."""

from django.urls import path

from analytics.clicks import views

app_name = "analytics"
urlpatterns = [
    path("seen/", views.seen, name="seen"),
    path("seen.gif", views.seen_gif, name="seen_gif"),
]
