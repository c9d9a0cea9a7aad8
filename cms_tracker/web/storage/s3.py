"""Private files in a store that speaks S3, over the network.

One object a file; writing one is one step for whoever looks, with the old bytes or the new. What is
large goes in parts that are one object only when the last is there. Each request carries the SHA-256
of its body in its signature and the MD5 beside it, so that the store refuses what was changed on
the way; whoever reads holds the bytes against the SHA-256 of the row.

A person may be waiting: each request ends when the store has said nothing for ``timeout`` seconds,
and only another trouble than that is tried again, once.
"""

import base64
import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3.session
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, ReadTimeoutError

from cms_tracker.web.storage.kept import PIECE, Kept, Lying, Opened, StorageError

if TYPE_CHECKING:
    from cms_tracker.settings.files import Bucket

PART = 16 * 2**20  # bytes held in memory; more than any file that is handed in, so that each of those is one request
A_PAGE = 1_000  # names in one answer: the most that there are
_PAUSE = 0.2
_AT_ONCE = 8  # requests, where there are many to send
#: Reads the description of S3 once; several threads may use a client, and only one may make it.
_SESSION, _ONE_AT_A_TIME = boto3.session.Session(), threading.Lock()
_GONE = {"NoSuchKey", "NoSuchUpload"}
_REFUSED_FOR_NOW = {"SlowDown", "ServiceUnavailable", "InternalError", "RequestTimeout", "Throttling"}


class S3:
    """A ``Store`` in one bucket, below one prefix."""

    def __init__(self, bucket: "Bucket") -> None:
        self._bucket = bucket
        self._client = _client(bucket)
        self._sealed = {"ServerSideEncryption": bucket.encryption} if bucket.encryption else {}

    def put(self, chunks: Iterable[bytes], stored_as: str) -> Kept:
        """Send it as one object, or in parts where it is larger than one."""
        digest, size, waiting = hashlib.sha256(), 0, bytearray()
        parts: _Parts | None = None
        try:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                waiting += chunk
                while len(waiting) > PART:
                    parts = parts or _Parts(self._ask, self._key(stored_as), self._sealed)
                    parts.add(bytes(waiting[:PART]))
                    del waiting[:PART]
            if parts is None:
                self._ask("put_object", Key=self._key(stored_as), **_checked(bytes(waiting)), **self._sealed)
            else:
                parts.add(bytes(waiting))
                parts.complete()
        except BaseException:
            if parts is not None:
                parts.abort()
            raise
        return Kept(stored_as, size, digest.hexdigest())

    def open(self, stored_as: str) -> Opened:
        """Open it; its bytes come as they are read. Raises FileNotFoundError."""
        found = self._ask("get_object", Key=self._key(stored_as))
        return Opened(_OnTheWay(found["Body"]), size=found["ContentLength"])

    def of_folder(self, folder: str) -> Iterator[Lying]:
        """Every file of one case: one request for each thousand."""
        return self._below(f"{folder}/")

    def every_file(self) -> Iterator[Lying]:
        """Every file. In the order of their names, so that those of one case follow each other."""
        return self._below("")

    def remove(self, stored_as: str) -> None:
        """Delete it, if it is there."""
        self._ask("delete_object", Key=self._key(stored_as))

    def remove_folder(self, folder: str) -> None:
        """Delete the files of one case, after the uploads that would become one."""
        self._abort_uploads(f"{folder}/", before=float("inf"))
        _each(self.remove, (one.stored_as for one in self.of_folder(folder)))

    def remove_unfinished(self, *, before: float) -> None:
        """End the uploads whose writer was killed: their parts take room, and are in no list of files."""
        self._abort_uploads("", before=before)

    def is_empty(self) -> bool:
        """Whether no object is below the prefix."""
        return not self._ask("list_objects_v2", Prefix=self._bucket.prefix, MaxKeys=1).get("Contents")

    def take_in(self, unpacked: Path) -> int:
        """Send each file."""
        paths = sorted(path for folder in unpacked.iterdir() for path in folder.iterdir())
        _each(self._send, paths)
        return len(paths)

    def doors_left_open(self) -> list[str]:
        """Try without a key to list what is here, and to read one of the files."""
        one = self._ask("list_objects_v2", Prefix=self._bucket.prefix, MaxKeys=1).get("Contents", [])
        tries: dict[str, tuple[str, dict[str, Any]]] = {"list its files": ("list_objects_v2", {"MaxKeys": 1})}
        if one:
            tries["read its files"] = ("head_object", {"Key": one[0]["Key"]})
        nobody = _client(self._bucket, signature=UNSIGNED)
        found = []
        for what, (operation, given) in tries.items():
            with suppress(ClientError, BotoCoreError):
                getattr(nobody, operation)(Bucket=self._bucket.name, **given)
                found.append(what)
        return found

    def _key(self, stored_as: str) -> str:
        return self._bucket.prefix + stored_as

    def _send(self, path: Path) -> None:
        with path.open("rb") as file:
            self.put(iter(lambda: file.read(PIECE), b""), f"{path.parent.name}/{path.name}")

    def _below(self, prefix: str) -> Iterator[Lying]:
        for page in self._pages("list_objects_v2", prefix, "ContinuationToken", MaxKeys=A_PAGE):
            for one in page.get("Contents", ()):
                name = one["Key"].removeprefix(self._bucket.prefix)
                yield Lying(name, one["LastModified"].timestamp(), one["Size"])

    def _abort_uploads(self, prefix: str, *, before: float) -> None:
        for page in self._pages("list_multipart_uploads", prefix, "KeyMarker", "UploadIdMarker"):
            for one in page.get("Uploads", ()):
                if one["Initiated"].timestamp() < before:
                    with suppress(FileNotFoundError):  # its writer has ended it since
                        self._ask("abort_multipart_upload", Key=one["Key"], UploadId=one["UploadId"])

    def _pages(self, operation: str, prefix: str, *markers: str, **given: int) -> Iterator[dict[str, Any]]:
        """Each page of a list, one request each; ``markers`` say where the next begins."""
        where: dict[str, Any] = {}
        while True:
            page = self._ask(operation, Prefix=self._bucket.prefix + prefix, **given, **where)
            yield page
            if not page.get("IsTruncated"):
                return
            where = {marker: page[f"Next{marker}"] for marker in markers}

    def _ask(self, operation: str, **given: Any) -> Any:
        """One request, twice where that may help. Raises FileNotFoundError or StorageError."""
        for is_last in (False, True):
            try:
                return getattr(self._client, operation)(Bucket=self._bucket.name, **given)
            except ClientError as error:
                why = str(error.response.get("Error", {}).get("Code", ""))
                if why in _GONE:
                    raise FileNotFoundError(given["Key"].removeprefix(self._bucket.prefix)) from None
                may_help = why in _REFUSED_FOR_NOW
            except BotoCoreError as error:
                # Who has waited for the whole of a request does not wait for a second one.
                why, may_help = type(error).__name__, not isinstance(error, (ConnectTimeoutError, ReadTimeoutError))
            if is_last or not may_help:
                raise StorageError.of_store(why)
            time.sleep(_PAUSE)
        raise AssertionError


class _Parts:
    """An object that is sent in parts: nothing is there until the last one is."""

    def __init__(self, ask: Callable[..., Any], key: str, sealed: dict[str, str]) -> None:
        self._ask, self._done = ask, list[dict[str, Any]]()
        begun = ask("create_multipart_upload", Key=key, **sealed)
        self._which = {"Key": key, "UploadId": begun["UploadId"]}

    def add(self, content: bytes) -> None:
        number = len(self._done) + 1
        sent = self._ask("upload_part", PartNumber=number, **_checked(content), **self._which)
        self._done.append({"PartNumber": number, "ETag": sent["ETag"]})

    def complete(self) -> None:
        self._ask("complete_multipart_upload", MultipartUpload={"Parts": self._done}, **self._which)

    def abort(self) -> None:
        """Give up. Where the store does not hear it, the timer ends the upload later."""
        with suppress(StorageError, FileNotFoundError):
            self._ask("abort_multipart_upload", **self._which)


class _OnTheWay:
    """The body of an answer, whose troubles do not tell where it comes from."""

    def __init__(self, body: Any) -> None:
        self._body, self.close = body, body.close

    def read(self, size: int, /) -> bytes:
        try:
            return bytes(self._body.read(size))
        except BotoCoreError as error:  # it hangs, it broke off, or it is shorter than it was said to be
            raise StorageError.of_store(type(error).__name__) from None


def _checked(content: bytes) -> dict[str, Any]:
    """A body with what the store holds it against; every store knows this header, some know no newer one."""
    digest = hashlib.md5(content, usedforsecurity=False).digest()
    return {"Body": content, "ContentMD5": base64.b64encode(digest).decode()}


def _each(act: Callable[[Any], object], many: Iterable[Any]) -> None:
    """Do it for each, a few at once. Raises what the first that failed has raised, when all are done."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in pool.map(act, many):
            pass


def _client(bucket: "Bucket", *, signature: Any = None) -> Any:
    config = Config(
        connect_timeout=min(2, bucket.timeout),
        read_timeout=bucket.timeout,
        retries={"total_max_attempts": 1, "mode": "standard"},  # ours stand in _ask: theirs repeat what has timed out
        max_pool_connections=2 * _AT_ONCE,
        # Checksums that every store knows: the SHA-256 in the signature, and Content-MD5.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path" if bucket.endpoint else "auto", "payload_signing_enabled": True},
        ignore_configured_endpoint_urls=True,  # one place says where files go: our settings
        signature_version=signature,
    )
    with _ONE_AT_A_TIME:
        return _SESSION.client(
            "s3",
            endpoint_url=bucket.endpoint or None,
            region_name=bucket.region,
            aws_access_key_id=bucket.access_key_id,
            aws_secret_access_key=bucket.secret_access_key,
            verify=bucket.ca_file or None,
            config=config,
        )
