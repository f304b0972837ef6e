"""Addresses of boards, for readers and for staff; `newsroom.urls` puts the language first."""

from django.urls import path, re_path

from analytics.boards import photo_views, views

app_name = "boards"
urlpatterns = [
    path("rankings/", views.rankings, name="rankings"),
    re_path(
        r"^rankings/(?P<label>[0-9]{4}-(?:W[0-9]{2}|[0-9]{2}))/$",
        views.period,
        name="period",
    ),
    path("staff/leaderboards/", views.leaderboards_page, name="leaderboards"),
    path("staff/leaderboards/board.<str:kind>", views.export, name="export"),
    path("staff/leaderboards/freeze/", views.freeze, name="freeze"),
    path("staff/photographers/", photo_views.photographers, name="photographers"),
    path("staff/photographers/<int:person>/", photo_views.photographer, name="photographer"),
    path("staff/photographers/<int:person>.csv", photo_views.export, name="photographer_export"),
]
