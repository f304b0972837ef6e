"""Where pages report that they were read."""

import logging
from base64 import b64decode

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from analytics.clicks import beacons, recording
from analytics.clicks.beacons import Beacon, Malformed

log = logging.getLogger(__name__)

PICTURE = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==")


def empty(status: int, **headers: str) -> HttpResponse:
    return HttpResponse(status=status, content_type="text/plain", headers=private(headers))


def private(headers: dict[str, str]) -> dict[str, str]:
    return {"Cache-Control": "no-store", **headers}


@csrf_exempt  # who forges a click is found out by its origin
def seen(request: HttpRequest) -> HttpResponse:
    """Take a beacon. The answer is 204 whatever was decided about it."""
    if request.method != "POST":
        return empty(405, Allow="POST")
    try:
        # Never more than a beacon is read, whatever length the client claims.
        body = request.read(beacons.LONGEST + 1)
    except (OSError, UnreadablePostError):
        return empty(400)
    if len(body) > beacons.LONGEST:
        return empty(413, Connection="close")
    try:
        beacon: Beacon | Malformed = beacons.read_script(body)
    except Malformed as malformed:
        beacon = malformed
    return keep(request, beacon) or empty(400 if isinstance(beacon, Malformed) else 204)


def seen_gif(request: HttpRequest) -> HttpResponse:
    """Take the beacon of a browser without script, which comes as a picture."""
    if request.method != "GET":
        return empty(405, Allow="GET")
    try:
        beacon: Beacon | Malformed = beacons.read_picture(request.GET)
    except Malformed as malformed:
        beacon = malformed
    if isinstance(beacon, Malformed):
        return keep(request, beacon) or empty(400)
    return keep(request, beacon) or HttpResponse(
        PICTURE, content_type="image/gif", headers=private({})
    )


def keep(request: HttpRequest, beacon: Beacon | Malformed) -> HttpResponse | None:
    """Keep a beacon; give an answer only where that is impossible."""
    try:
        recording.receive(beacon, request.META)
    except (OSError, DatabaseError):
        log.exception("A click cannot be kept.")
        return empty(503, **{"Retry-After": "2"})
    return None
