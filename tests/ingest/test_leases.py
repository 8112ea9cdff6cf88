"""One host is one worker's; a killed worker's hosts move to the living within a minute. On both databases."""

from datetime import timedelta

from shushuo_ingest.database import Database
from shushuo_ingest.watch.leases import BEAT, Leases
from tests.ingest.kit import StoppedClock

HOSTS = {f"court{number}.example.cn" for number in range(8)}


async def shared(*workers: Leases) -> list[set[str]]:
    """What each worker holds after every one had its turns."""
    for _ in range(3):
        for worker in workers:
            await worker.renew(HOSTS, busy=set())
    return [worker.held() for worker in workers]


async def test_workers_share_the_hosts_and_no_host_twice(database: Database, clock: StoppedClock) -> None:
    one, two = Leases(database, clock=clock, name="a/1/x"), Leases(database, clock=clock, name="b/1/y")
    await one.renew(HOSTS, busy=set())

    held = await shared(one, two)

    assert [len(hosts) for hosts in held] == [4, 4]
    assert held[0] | held[1] == HOSTS


async def test_killed_workers_hosts_move_within_a_minute(database: Database, clock: StoppedClock) -> None:
    one, two = Leases(database, clock=clock, name="c/1/x"), Leases(database, clock=clock, name="d/1/y")
    await shared(one, two)

    killed = clock.now
    while two.held() != HOSTS:
        clock.now += BEAT
        await two.renew(HOSTS, busy=set())

    assert clock.now - killed < timedelta(minutes=1)


async def test_stalled_worker_knows_that_its_leases_ran_out(database: Database, clock: StoppedClock) -> None:
    one = Leases(database, clock=clock, name="e/1/x")
    await one.renew(HOSTS, busy=set())

    clock.forward(seconds=26)

    assert one.held() == set()


async def test_host_in_hand_is_not_given_away(database: Database, clock: StoppedClock) -> None:
    one, two = Leases(database, clock=clock, name="f/1/x"), Leases(database, clock=clock, name="g/1/y")
    await one.renew(HOSTS, busy=set())
    await two.renew(HOSTS, busy=set())

    await one.renew(HOSTS, busy=HOSTS)

    assert one.held() == HOSTS


async def test_leaving_worker_frees_its_hosts_at_once(database: Database, clock: StoppedClock) -> None:
    one, two = Leases(database, clock=clock, name="h/1/x"), Leases(database, clock=clock, name="i/1/y")
    await shared(one, two)

    await one.leave()
    await two.renew(HOSTS, busy=set())

    assert two.held() == HOSTS


async def test_restart_need_not_wait_for_its_own_dead_leases(database: Database, clock: StoppedClock) -> None:
    machine = Leases(database, clock=clock).name.partition("/")[0]
    dead, again = Leases(database, clock=clock, name=f"{machine}/999999/x"), Leases(database, clock=clock)
    await dead.renew(HOSTS, busy=set())

    await again.start()
    await again.renew(HOSTS, busy=set())

    assert again.held() == HOSTS
