"""The blob store: content under its own SHA-256, written before any event refers to it. A folder, or S3-compatible."""

import asyncio
import hashlib
import os
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from shushuo_shared.errors import ConfigError, Poison, Retryable
from shushuo_shared.events import BlobRef


class BlobStore(Protocol):
    """Content-addressed storage; putting the same bytes twice keeps them once."""

    async def put(self, data: bytes, media_type: str) -> BlobRef:
        """Return when the bytes are durable; Retryable when they could not be made so."""

    async def get(self, ref: BlobRef) -> bytes:
        """The bytes; Poison when they are gone or are not what the reference says."""


def open_blobs(url: str) -> BlobStore:
    """The store that the URL names: ``file:///folder`` or ``s3://bucket/prefix`` (with the AWS_* variables)."""
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path:
        return FolderBlobs(Path(parts.path))
    if parts.scheme == "s3" and parts.netloc:
        return ObjectBlobs(url)
    raise ConfigError(f"SHUSHUO_BLOB_URL is {url!r}; expected file:///folder or s3://bucket/prefix")


def _name(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


def _proved(data: bytes, ref: BlobRef) -> bytes:
    if hashlib.sha256(data).hexdigest() != ref.sha256:
        raise Poison(f"blob {ref.sha256} is damaged: its bytes have another SHA-256")
    return data


class FolderBlobs:
    """Blobs as files of a folder; own code because a file must be synced and renamed before an event names it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def put(self, data: bytes, media_type: str) -> BlobRef:
        """Write to a temporary file, sync, rename."""
        ref = BlobRef(sha256=hashlib.sha256(data).hexdigest(), size=len(data), media_type=media_type)
        try:
            await asyncio.to_thread(self._write, self._folder / _name(ref.sha256), data)
        except OSError as e:
            raise Retryable(f"blob folder {self._folder} cannot be written: {e.strerror}") from e
        return ref

    async def get(self, ref: BlobRef) -> bytes:
        """Read and prove the bytes."""
        try:
            data = await asyncio.to_thread((self._folder / _name(ref.sha256)).read_bytes)
        except FileNotFoundError as e:
            raise Poison(f"blob {ref.sha256} is not in {self._folder}") from e
        except OSError as e:
            raise Retryable(f"blob folder {self._folder} cannot be read: {e.strerror}") from e
        return _proved(data, ref)

    @staticmethod
    def _write(path: Path, data: bytes) -> None:
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}.{id(data)}.part")
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)


class ObjectBlobs:
    """Blobs as objects of an S3-compatible bucket."""

    def __init__(self, url: str) -> None:
        try:
            from obstore.store import from_url
        except ImportError as e:
            raise ConfigError("SHUSHUO_BLOB_URL is s3://…: install shushuo-shared[s3] first") from e
        endpoint = os.environ.get("AWS_ENDPOINT_URL", "")
        self._store = from_url(url, client_options={"allow_http": endpoint.startswith("http://")})

    async def put(self, data: bytes, media_type: str) -> BlobRef:
        """Put the object; S3 answers only when it is durable."""
        import obstore

        ref = BlobRef(sha256=hashlib.sha256(data).hexdigest(), size=len(data), media_type=media_type)
        try:
            await obstore.put_async(self._store, _name(ref.sha256), data)
        except obstore.exceptions.BaseError as e:
            raise Retryable(f"object store refused blob {ref.sha256}: {type(e).__name__}") from e
        return ref

    async def get(self, ref: BlobRef) -> bytes:
        """Get and prove the object."""
        import obstore

        try:
            found = await obstore.get_async(self._store, _name(ref.sha256))
            data = bytes(await found.bytes_async())
        except (obstore.exceptions.NotFoundError, FileNotFoundError) as e:
            raise Poison(f"blob {ref.sha256} is not in the object store") from e
        except obstore.exceptions.BaseError as e:
            raise Retryable(f"object store did not give blob {ref.sha256}: {type(e).__name__}") from e
        return _proved(data, ref)
