"""`manage.py demo`: the sample newsroom, ready to look at."""

import os
import shutil
import socket
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from analytics import sample as readers
from articles import clock
from articles.models import Article
from articles.sample import accounts
from articles.sample.load import load

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = (
        "Fill a sample newsroom with four months of invented news, readers included, and serve it "
        "on this machine. What is there already stays. Refuses on a site of real people."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--no-serve", action="store_true", help="Fill the database, print what to do and end."
        )
        parser.add_argument(
            "--port", type=int, default=8000, help="Serve on this port (8000 if not given)."
        )
        parser.add_argument(
            "--reset",
            action="store_true",
            help="Delete the sample newsroom first and begin anew: all of its database and files.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        port: int = options["port"]
        serve = not options["no_serve"]
        if serve:
            refuse_taken_port(port)
        call_command("migrate", verbosity=0, interactive=False)
        if options["reset"]:
            refuse_real_people()
            self.tell(_("The old sample newsroom goes."))
            wipe()
            call_command("migrate", verbosity=0, interactive=False)
        if accounts.exist():
            self.tell(_("The sample newsroom is there already and stays as it is."))
        else:
            refuse_real_people()
            self.fill()
        self.introduce(port)
        if serve:
            self.stdout.flush()
            if not static_files_are_collected():
                call_command("collectstatic", verbosity=0, interactive=False)
            self.serve(port)

    def fill(self) -> None:
        began, now = time.monotonic(), clock.here()
        # All or nothing: a run that is broken off leaves an empty database for the next one.
        with transaction.atomic():
            load(now, self.tell)
            readers.load(now, self.tell)
        self.tell(_("Done in %(seconds)d seconds.") % {"seconds": time.monotonic() - began})

    def introduce(self, port: int) -> None:
        site = f"http://localhost:{port}"
        self.stdout.write("")
        self.tell(_("The newspaper: %(address)s") % {"address": f"{site}/"})
        self.tell(_("The editors' desk: %(address)s") % {"address": f"{site}/admin/"})
        self.stdout.write("")
        for persona in accounts.PERSONAS:
            password = accounts.password_of(persona.username)
            self.stdout.write(f"  {persona.username:<12} {password}  {persona.look_at}")
        self.stdout.write("")
        self.tell(
            _("Begin as linyining: finish the draft, submit it, and follow it from desk to desk.")
        )

    def serve(self, port: int) -> None:
        self.tell(_("Serving. Press Ctrl+C to end."))
        self.stdout.flush()
        os.environ.setdefault("SITE_URL", f"http://localhost:{port}")
        granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
        # Each thread keeps a connection to the database; more of them would only wait longer.
        granian += ["--blocking-threads", "8"]
        address = ["--host", HOST, "--port", str(port), "--no-access-log"]
        os.chdir(settings.BASE_DIR)
        os.execv(sys.executable, [*granian, *address, "newsroom.wsgi:application"])  # noqa: S606

    def tell(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def static_files_are_collected() -> bool:
    """Tell whether no static file changed since the last time, to save its compression."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    return manifest.exists() and all(
        Path(storage.path(name)).stat().st_mtime <= manifest.stat().st_mtime
        for finder in get_finders()
        for name, storage in finder.list([])
    )


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as problem:
            raise CommandError(
                _("Port %(port)d is taken. Choose another one with --port.") % {"port": port}
            ) from problem


def refuse_real_people() -> None:
    """Let nothing invented into a real site, and nothing real be deleted."""
    names = accounts.of_real_people()
    if names:
        raise CommandError(
            _(
                "This site has accounts that the sample newsroom did not make (%(names)s), so it "
                "is left alone. Point VAR_DIR or DATABASE_URL somewhere else for a sample site."
            )
            % {"names": ", ".join(names[:3])}
        )
    if Article.objects.exists() and not accounts.exist():
        raise CommandError(
            _("This site has articles that the sample newsroom did not write. It is left alone.")
        )


def wipe() -> None:
    """Delete all tables, and the files that lie in the sample site's own folder."""
    if connection.vendor == "sqlite":
        file = connection.settings_dict["NAME"]
        connection.close()
        for leftover in (file, f"{file}-wal", f"{file}-shm"):
            Path(leftover).unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
    for folder in (settings.MEDIA_ROOT, settings.PRIVATE_ROOT, settings.SPOOL_DIR):
        if folder.is_relative_to(settings.VAR_DIR):
            shutil.rmtree(folder, ignore_errors=True)
