"""A bag (BagIt 1.0, RFC 8493) on disk, as a folder or a ZIP, a file at a time.

Files go below `data/`; a manifest has the SHA-256 of each. The hash of a package is that of its
`manifest-sha256.txt`: whoever has noted it down can tell any other package from this one.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Any, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.utils.timezone import localtime

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
TAGS = ("bagit.txt", "bag-info.txt", MANIFEST)
PART = 1024 * 1024
# Pictures and documents are packed already.
TEXT = (".txt", ".json", ".html")


class TooLarge(Exception):
    """There is more than was to be written."""


@dataclass(frozen=True)
class Written:
    sha256: str
    size: int


class Bag:
    """Use as a context: what is not closed is not there. Raises OSError and `TooLarge`."""

    def __init__(self, to: Path, *, at: datetime, most_bytes: int | None = None) -> None:
        if to.exists():
            raise FileExistsError(f"{to}")
        self.to, self.at, self.most_bytes = to, localtime(at), most_bytes
        self.name = to.name.removesuffix(".zip")
        self.files = self.size = 0
        self._unfinished = to.with_name(f"{to.name}.part")
        self._manifest = TemporaryFile()  # noqa: SIM115 (closed with the bag)
        self._archive: ZipFile | None = None

    def __enter__(self) -> Self:
        _remove(self._unfinished)
        if self.to.suffix == ".zip":
            # Nobody else on this machine reads what is not published.
            file = os.open(self._unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            self._file: IO[bytes] = os.fdopen(file, "wb")
            self._archive = ZipFile(self._file, "w", ZIP_DEFLATED)
        else:
            self._unfinished.mkdir(mode=0o700)
        return self

    def add(self, path: str, content: Iterable[bytes]) -> Written:
        """Write a file of the payload."""
        written = self._write(f"data/{path}", content, counted=True)
        self._manifest.write(f"{written.sha256}  data/{path}\n".encode())
        self.files += 1
        self.size += written.size
        return written

    def close(self, info: Iterable[tuple[str, str]]) -> str:
        """Write what says what this is; give the hash of the package."""
        said = [*info, ("Payload-Oxum", f"{self.size}.{self.files}")]
        lines = "".join(f"{label}: {' '.join(words.split())}\n" for label, words in said)
        tags = {
            "bagit.txt": self._write("bagit.txt", [DECLARATION.encode()]),
            "bag-info.txt": self._write("bag-info.txt", [lines.encode()]),
            MANIFEST: self._write(MANIFEST, self._manifested()),
        }
        tagged = "".join(f"{written.sha256}  {name}\n" for name, written in tags.items())
        self._write(TAG_MANIFEST, [tagged.encode()])
        if self._archive is not None:
            self._archive.close()
            self._file.close()
        self._unfinished.rename(self.to)
        return tags[MANIFEST].sha256

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._manifest.close()
        if self._archive is not None:
            with suppress(OSError, ValueError):  # it is thrown away
                self._archive.close()
            self._file.close()
        _remove(self._unfinished)

    def _manifested(self) -> Iterator[bytes]:
        self._manifest.seek(0)
        while part := self._manifest.read(PART):
            yield part

    def _write(self, path: str, content: Iterable[bytes], *, counted: bool = False) -> Written:
        digest, size = hashlib.sha256(), 0
        with self._open(path) as file:
            for part in content:
                digest.update(part)
                size += len(part)
                if counted and self.most_bytes and self.size + size > self.most_bytes:
                    raise TooLarge
                file.write(part)
        return Written(digest.hexdigest(), size)

    @contextmanager
    def _open(self, path: str) -> Iterator[IO[bytes]]:
        if self._archive is not None:
            entry = ZipInfo(f"{self.name}/{path}", self.at.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED if path.endswith(TEXT) else ZIP_STORED
            entry.external_attr = 0o600 << 16
            with self._archive.open(entry, "w", force_zip64=True) as file:
                yield file
            return
        there = self._unfinished / path
        there.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with there.open("xb") as file:
            yield file


def in_parts(file: Any) -> Iterator[bytes]:
    """Read an open file, never all of it at once."""
    while part := file.read(PART):
        yield part


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
