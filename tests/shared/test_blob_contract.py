"""What every blob store promises; the folder and a real S3 server (moto's, over HTTP) are both held to it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from shushuo_shared.blobs import BlobStore, FolderBlobs, open_blobs
from shushuo_shared.errors import ConfigError, Poison, Retryable


@pytest.fixture(scope="module")
def s3_url() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as env:
        env.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        env.setenv("AWS_ACCESS_KEY_ID", "test")
        env.setenv("AWS_SECRET_ACCESS_KEY", "test")
        env.setenv("AWS_REGION", "us-east-1")
        boto3.client("s3").create_bucket(Bucket="reports")
        yield "s3://reports/blobs"
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    url = f"file://{tmp_path}/blobs" if request.param == "folder" else request.getfixturevalue("s3_url")
    return open_blobs(url)


async def test_what_was_put_comes_back(blobs: BlobStore) -> None:
    ref = await blobs.put("新收案件685件".encode(), "text/plain")
    assert (ref.size, ref.media_type) == (18, "text/plain")
    assert (await blobs.get(ref)).decode() == "新收案件685件"


async def test_the_same_bytes_have_one_address(blobs: BlobStore) -> None:
    assert await blobs.put(b"same", "text/plain") == await blobs.put(b"same", "text/plain")


async def test_a_blob_that_is_not_there_is_named(blobs: BlobStore) -> None:
    ref = (await blobs.put(b"here", "text/plain")).model_copy(update={"sha256": "0" * 64})
    with pytest.raises(Poison, match="blob 0000"):
        await blobs.get(ref)


async def test_damaged_bytes_are_refused(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    ref = await blobs.put(b"685", "text/plain")
    next(tmp_path.rglob(ref.sha256)).write_bytes(b"985")
    with pytest.raises(Poison, match="damaged"):
        await blobs.get(ref)


async def test_a_folder_that_cannot_be_written_is_tried_again_later(tmp_path: Path) -> None:
    (tmp_path / "blobs").write_text("a file where the folder should be")
    with pytest.raises(Retryable, match="cannot be written"):
        await FolderBlobs(tmp_path / "blobs").put(b"x", "text/plain")


async def test_a_part_written_by_a_killed_process_is_no_blob(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    ref = await blobs.put(b"whole", "text/plain")
    whole = next(tmp_path.rglob(ref.sha256))
    shutil.move(whole, whole.with_name(f"{whole.name}.1.2.part"))
    with pytest.raises(Poison):
        await blobs.get(ref)
    assert await blobs.put(b"whole", "text/plain") == ref


def test_an_unknown_url_is_refused_with_what_was_expected() -> None:
    with pytest.raises(ConfigError, match="expected file:///folder or s3://bucket/prefix"):
        open_blobs("ftp://somewhere")
