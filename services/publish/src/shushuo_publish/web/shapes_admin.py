"""What the administrative API answers with, field by field; the OpenAPI document is made from these models."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

_ENDPOINT = "ep_5f0c2b7a9d3e5f607182"
_WEBHOOK = "msg_0f6f3c9d1b7a5e0c8a4d2e6f1b3c5d7e"
_REPORT = "r1f0c2b7a9d3e5f60718"
_SECRET = "whsec_" + "A" * 43 + "="


class EndpointShape(BaseModel):
    """Where webhooks go, without its secrets; ``pending`` counts the deliveries that it is still to get."""

    id: str = Field(examples=[_ENDPOINT])
    url: str = Field(examples=["https://app.example/hooks/shushuo"])
    description: str
    types: list[str] = Field(description="空表示全部", examples=[["report.published", "report.updated"]])
    filters: dict[str, str] = Field(examples=[{"level": "basic"}])
    payload: Literal["full", "thin"]
    state: Literal["active", "paused"]
    paused_reason: str | None = Field(examples=[None])
    paused_at: datetime | None
    quiet_until: datetime | None = Field(description="对方要求在此之前不再发送")
    failures: int = Field(description="上次成功以来失败的次数")
    failing_since: datetime | None
    last_success: datetime | None
    old_secret_until: datetime | None = Field(description="旧密钥在此之前同时签名")
    created_at: datetime
    pending: int = Field(description="尚待送达的事件数")


class Endpoints(BaseModel):
    """All endpoints, oldest first."""

    items: list[EndpointShape]


class WithSecret(EndpointShape):
    """An endpoint with its new secret, which is never shown again."""

    secret: str = Field(description="只显示这一次", examples=[_SECRET])


class Resumed(EndpointShape):
    """An endpoint that is sent what was held back."""

    queued: int = Field(description="重新排队的事件数")


class TestQueued(BaseModel):
    """The test event that was queued."""

    webhook_id: str = Field(examples=[_WEBHOOK])


class Replayed(BaseModel):
    """How many deliveries were queued again."""

    replayed: int = Field(examples=[3])


class DeliveryShape(BaseModel):
    """One event for one endpoint, with its last attempt; ``answer`` is the first 4 KB of what the receiver said."""

    id: int = Field(examples=[17])
    webhook_id: str = Field(examples=[_WEBHOOK])
    type: str = Field(examples=["report.published"])
    report_id: str = Field(description="测试事件为空", examples=[_REPORT])
    state: Literal["pending", "held", "delivered", "failed"]
    attempts: int = Field(examples=[1])
    status: int | None = Field(description="HTTP 状态；没有应答时为空，见 error", examples=[204])
    duration_ms: int | None = Field(examples=[38])
    error: str | None = Field(examples=[None])
    answer: str | None = Field(examples=[""])
    created_at: datetime
    next_attempt_at: datetime | None
    finished_at: datetime | None


class Deliveries(BaseModel):
    """A stretch of the delivery log, newest first; ``next`` is the ``before`` of the one after it."""

    items: list[DeliveryShape]
    next: int | None = Field(examples=[None])


class AttemptShape(BaseModel):
    """One try of a delivery."""

    id: int
    delivery_id: int = Field(examples=[17])
    endpoint_id: str = Field(examples=[_ENDPOINT])
    message_id: str = Field(description="即 webhook-id", examples=[_WEBHOOK])
    number: int = Field(description="第几次", examples=[1])
    at: datetime
    ok: bool
    status: int | None = Field(examples=[204])
    duration_ms: int = Field(examples=[38])
    answer: str
    error: str | None = Field(examples=[None])


class Attempts(BaseModel):
    """All tries of a delivery, oldest first."""

    items: list[AttemptShape]


class LetterShape(BaseModel):
    """A message that a service gave up; ``attempts`` before it did, ``times`` that it came here."""

    id: str = Field(examples=["3b0f9a52-7c1d-5e0e-9a53-2f4e1c0d8b6a"])
    failed_at: datetime
    service: str = Field(examples=["extract"])
    report_id: str = Field(examples=[_REPORT])
    reason: str = Field(examples=["took longer than 20 s"])
    error: str = Field(examples=["Poison"])
    attempts: int = Field(examples=[1])
    times: int = Field(examples=[1])
    state: Literal["open", "retried", "dropped"]


class Letters(BaseModel):
    """The open dead letters, newest first, 500 at most."""

    items: list[LetterShape]


class WholeLetter(LetterShape):
    """A dead letter with its message; a value that is no text comes as ``value_base64``."""

    topic: str = Field(examples=["shushuo.reports.raw"])
    key: str = Field(examples=[_REPORT])
    headers: dict[str, str] = Field(examples=[{"ce_type": "report.raw"}])
    value: str | None = None
    value_base64: str | None = None


class Retried(BaseModel):
    """How many dead letters were handed back to the step that failed."""

    retried: int = Field(examples=[1])


class StepShape(BaseModel):
    """One step of a report's way."""

    time: datetime
    service: str = Field(examples=["publish"])
    event: str = Field(examples=["report.published"])
    outcome: str = Field(examples=["stored"])
    detail: str = Field(examples=["sequence 1"])
    event_id: str | None


class Way(BaseModel):
    """The way of one report through all services, oldest step first."""

    report_id: str = Field(examples=[_REPORT])
    steps: list[StepShape]
