"""An ingest that runs by itself is asked for its alarms; when it does not answer, that is the worst of them."""

from collections.abc import Sequence

import httpx
from pydantic import SecretStr

TIMEOUT = httpx.Timeout(5.0)


class IngestElsewhere:
    """A Concern: what ingest at ``url`` says is wrong with its sources."""

    def __init__(self, url: str, token: SecretStr | None, *, client: httpx.AsyncClient) -> None:
        self._url, self._client = url.rstrip("/"), client
        self._headers = {"authorization": f"Bearer {token.get_secret_value()}"} if token else {}

    async def __call__(self) -> Sequence[str]:
        """Its problems, one sentence each."""
        try:
            answer = await self._client.get(f"{self._url}/ingest/v1/sources", headers=self._headers)
            answer.raise_for_status()
            return [str(problem) for problem in answer.json()["problems"]]
        except httpx.HTTPStatusError as e:
            return [f"ingest at {self._url} answered {e.response.status_code}{_advice(e.response.status_code)}"]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as e:
            why = f"{type(e).__name__} {e}".strip()
            return [f"no ingest answers at {self._url} ({why}): start it, or say in SHUSHUO_INGEST_URL where it is"]


def _advice(status: int) -> str:
    return "; give both services the same SHUSHUO_ADMIN_TOKEN" if status in (401, 503) else ""
