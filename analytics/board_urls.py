"""Addresses of boards, for readers and for staff; `newsroom.urls` puts the language first."""

from django.urls import path, re_path

from analytics import board_views, photo_views

app_name = "boards"
urlpatterns = [
    path("rankings/", board_views.rankings, name="rankings"),
    re_path(
        r"^rankings/(?P<label>[0-9]{4}-(?:W[0-9]{2}|[0-9]{2}))/$",
        board_views.period,
        name="period",
    ),
    path("staff/leaderboards/", board_views.leaderboards_page, name="leaderboards"),
    path("staff/leaderboards/board.<str:kind>", board_views.export, name="export"),
    path("staff/leaderboards/freeze/", board_views.freeze, name="freeze"),
    path("staff/photographers/", photo_views.photographers, name="photographers"),
    path("staff/photographers/<int:person>/", photo_views.photographer, name="photographer"),
    path("staff/photographers/<int:person>.csv", photo_views.export, name="photographer_export"),
]
