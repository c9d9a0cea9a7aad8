"""Starts, harms and stops the store of ``s3_server`` for a test, and looks into it behind our own client's back."""

import base64
import hashlib
import os
import secrets
import signal
import subprocess
import sys
import urllib.request

import boto3.session

from cms_tracker.settings.files import Bucket
from tests.architecture.source import ROOT

BUCKET = "records-of-a-test"
REGION = "eu-west-2"
TIMEOUT = 4  # seconds that a request may take here: a busy machine is no store that is down


class S3Store:
    """A store that runs, with one bucket; each ``place()`` in it is new and empty."""

    def __init__(self) -> None:
        self._port = 0
        self._session = boto3.session.Session("key-of-a-test", "secret-of-a-test", region_name=REGION)
        self.start()

    def start(self) -> None:
        """Start it, empty, where it was before."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.s3_server", str(self._port)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self._port = int(self._process.stdout.readline())
        #: A client of S3 that is not ours.
        self.client = self._session.client("s3", endpoint_url=f"http://127.0.0.1:{self._port}")
        self.client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})

    def kill(self) -> None:
        """End it at once, with all that it holds."""
        self._process.kill()
        self._process.communicate()

    def stand_still(self) -> None:
        """Have it take connections and answer none."""
        os.kill(self._process.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """Wake it up, or start it where it was killed."""
        if self._process.poll() is None:
            os.kill(self._process.pid, signal.SIGCONT)
        else:
            self.start()
        self.misbehave("none")

    def misbehave(self, trouble: str) -> None:
        """Give it a trouble of ``s3_server``."""
        address = f"http://127.0.0.1:{self._port}/_trouble/{trouble}"
        with urllib.request.urlopen(urllib.request.Request(address, method="POST"), timeout=10):
            pass

    def put(self, content: bytes, **key: str) -> None:
        """Put an object there."""
        self.client.put_object(**key, Body=content, ContentMD5=_md5(content))

    def place(self) -> Bucket:
        """The bucket, with a prefix below which nothing is yet."""
        return Bucket(
            name=BUCKET,
            endpoint=f"http://127.0.0.1:{self._port}",
            region=REGION,
            prefix=f"a/place/{secrets.token_hex(6)}/",
            access_key_id="key-of-a-test",
            secret_access_key="secret-of-a-test",
            encryption="",
            ca_file="",
            timeout=TIMEOUT,
        )


def _md5(content: bytes) -> str:
    return base64.b64encode(hashlib.md5(content).digest()).decode()


def variables(bucket: Bucket) -> dict[str, str]:
    """The settings that name a bucket, for a process of its own."""
    return {
        "S3_BUCKET": bucket.name,
        "S3_ENDPOINT": bucket.endpoint,
        "S3_REGION": bucket.region,
        "S3_PREFIX": bucket.prefix,
        "S3_ACCESS_KEY_ID": bucket.access_key_id,
        "S3_SECRET_ACCESS_KEY": bucket.secret_access_key,
        "S3_TIMEOUT_SECONDS": str(bucket.timeout),
    }
