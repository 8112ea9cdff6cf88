"""What operators graph of publish; the names are part of the product."""

from prometheus_client import Counter, Gauge, Histogram

CHANGES = Counter("shushuo_published_total", "Changes published", ["type"])
ATTEMPTS = Counter("shushuo_webhook_attempts_total", "Webhook attempts by what came of them", ["outcome"])
ATTEMPT_SECONDS = Histogram("shushuo_webhook_attempt_seconds", "Time of one webhook attempt")
WAITING = Gauge("shushuo_webhook_waiting", "Deliveries not finished", ["status"])
ENDPOINTS = Gauge("shushuo_webhook_endpoints", "Endpoints", ["state"])
DEAD_LETTERS = Gauge("shushuo_dead_letters_open", "Dead letters nobody has dealt with")
OUTBOX = Gauge("shushuo_outbox_events", "Events the bus has not taken yet")
PROBLEMS = Gauge("shushuo_problems", "What the status calls not well, ingest's alarms included; 0 while all is well")
