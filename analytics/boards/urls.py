"""Addresses of boards, for readers and for staff; `newsroom.urls` puts the language first."""

from django.urls import path, re_path, register_converter

from analytics.boards import photo_views, views


class KindOfFile:
    """What a table is taken along as."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(KindOfFile, "kind_of_file")

app_name = "boards"
urlpatterns = [
    path("rankings/", views.rankings, name="rankings"),
    re_path(
        r"^rankings/(?P<label>[0-9]{4}-(?:W[0-9]{2}|[0-9]{2}))/$",
        views.period,
        name="period",
    ),
    path("staff/leaderboards/", views.leaderboards_page, name="leaderboards"),
    path("staff/leaderboards/board.<kind_of_file:kind>", views.export, name="export"),
    path("staff/leaderboards/freeze/", views.freeze, name="freeze"),
    path("staff/photographers/", photo_views.photographers, name="photographers"),
    path("staff/photographers/<int:person>/", photo_views.photographer, name="photographer"),
    path(
        "staff/photographers/<int:person>.<kind_of_file:kind>",
        photo_views.export,
        name="photographer_export",
    ),
]
