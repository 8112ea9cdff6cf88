"""What operators graph, in Prometheus' form; the names are part of the product."""

from prometheus_client import Counter, Gauge, Histogram

EVENTS = Counter("shushuo_events_total", "Events handled", ["service", "type", "outcome"])
DURATION = Histogram("shushuo_event_seconds", "Time to handle one event", ["service", "type"])
LAG = Gauge("shushuo_lag_messages", "Messages waiting", ["topic", "group"])
