"""The meter: what a micro app calls to say what it uses."""

from __future__ import annotations

import hashlib
import os
import re
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, Callable

from farthing import processes
from farthing.buffer import Buffer
from farthing.calls import Call, CallSite
from farthing.counters import Counters
from farthing.events import InvalidEvent, Quantity, encode, quantity_text
from farthing.exporter import Exporter, log
from farthing.gauges import Gauge, Gauges, Tally
from farthing.leases import Credential
from farthing.spool import Spool, default_folder
from farthing.traces import Traces
from farthing.transport import Transport, is_address
from farthing.usage import Usage, from_anthropic, from_openai

_LEVELS = {
    "cpu_cores": "cpu_core_seconds",
    "memory_gb": "memory_gb_seconds",
    "storage_gb": "storage_gb_hours",
    "instances": "instance_seconds",
    "gpus": "gpu_seconds",
}
_MEBI = 1024 * 1024


class Meter:
    """Records what one resource of one app uses, and takes it to the store in the background.

    No method raises because of what it meters, waits for the network, or stops its host; what goes wrong is counted in
    ``counters`` and logged as ``farthing``. Events are on disk before a method returns, so they survive ``kill -9``.

    Args:
        url: where the workbench is; ``FARTHING_URL``. Without one nothing is kept.
        token: an API key or a lease; ``FARTHING_TOKEN``.
        app_id: which app this is; ``FARTHING_APP_ID``. A lease says it already.
        resource_id: which of its resources; ``FARTHING_RESOURCE_ID``, else the host's name.
        environment: ``FARTHING_ENVIRONMENT``.
        region: where it runs, which is part of what processors, memory, storage and traffic cost; ``FARTHING_REGION``.
        spool: the folder where events wait; ``FARTHING_SPOOL``, else in the user's state folder.
        spool_mb: how much may wait on disk, for all processes of the app.
        memory_mb: how much may wait in memory while the disk takes nothing.
        traces_per_second: how many request traces are kept in steady state, per class of status.
        timeout: seconds to wait for an answer of the store.
        lease: with an API key of the scope ``leases``, ask for a lease of this resource: its events then have an owner
            though nobody registered the resource.
        lease_seconds: for how long; it is renewed at half of that, and ended after ``stop``.

    """

    def __init__(
        self,
        url: str | None = None,
        token: str | None = None,
        *,
        app_id: str | None = None,
        resource_id: str | None = None,
        environment: str | None = None,
        region: str | None = None,
        spool: str | os.PathLike[str] | None = None,
        spool_mb: float = 64,
        memory_mb: float = 4,
        traces_per_second: float = 5.0,
        timeout: float = 10.0,
        lease: bool = False,
        lease_seconds: int = 3600,
    ) -> None:
        self._credential = Credential(_setting(token, "FARTHING_TOKEN"), lease_seconds, wants_lease=lease)
        # A lease knows whose it is, and nothing else is taken with it.
        self.app_id = self._credential.app_id or _setting(app_id, "FARTHING_APP_ID")
        self.resource_id = (
            self._credential.resource_id or _setting(resource_id, "FARTHING_RESOURCE_ID") or socket.gethostname()
        )
        self._credential.asks_for(self.app_id, self.resource_id)
        self.environment = _setting(environment, "FARTHING_ENVIRONMENT")
        self.region = _setting(region, "FARTHING_REGION")
        self._url = _setting(url, "FARTHING_URL")
        if self._url and not is_address(self._url):
            log.warning("nothing is metered: %r begins with neither http:// nor https://", self._url)
            self._url = ""
        self._timeout = timeout
        folder = _setting(str(spool) if spool else None, "FARTHING_SPOOL")
        name = _folder_name(self.app_id or self.resource_id, self._url)
        self._spool = Spool((Path(folder) if folder else default_folder()) / name, int(spool_mb * _MEBI))
        self._memory_bytes = int(memory_mb * _MEBI)
        self._traces_per_second = traces_per_second
        self._is_closed = False
        self._begin()
        processes.know(self)

    def call(self, function: Any = None, /, *, provider: str = "", model: str = "") -> Any:
        """Meter what calls a model: decorate a function with it, or enter it.

        The usage is found in what the function returns or yields, in OpenAI's and Anthropic's shapes. A decorated
        function keeps its signature, its results and its exceptions, whether it is plain, asynchronous or a generator.
        ``with meter.call(provider="openai") as call:`` gives a ``Call`` to tell. ``model`` stands before the answer's.
        """
        site = CallSite(self._record_call, provider, model)
        return site(function) if callable(function) else site

    def from_openai(self, response: Any, *, provider: str = "openai", model: str = "") -> Any:
        """Record the usage of an answer in OpenAI's shape; return the answer."""
        self._guarded(lambda: self._record_usage(from_openai(response, provider=provider, model=model)))
        return response

    def from_anthropic(self, response: Any, *, provider: str = "anthropic", model: str = "") -> Any:
        """Record the usage of an answer in Anthropic's shape; return the answer."""
        self._guarded(lambda: self._record_usage(from_anthropic(response, provider=provider, model=model)))
        return response

    def record(self, find: Callable[[], Usage | None]) -> None:
        """Record the usage of one call that ``find`` returns: for adapters of other libraries."""
        self._guarded(lambda: self._record_usage(find()))

    def usage(self, meter: str, quantity: Quantity, **attributes: Any) -> None:
        """Record what was used of one meter: ``meter.usage("egress_bytes", 1024, region="us-east-1")``.

        Never sampled. ``attributes`` are the store's: unit, provider, model, instance_type, region, is_spot,
        is_estimated. A quantity of 0 is no event.
        """
        self._guarded(lambda: self._record_quantity(meter, quantity, attributes))

    def request(
        self, *, request_id: str = "", bytes_in: int = 0, bytes_out: int = 0, duration_ms: float = 0, status: int = 200
    ) -> None:
        """Record a request trace. In steady state traces are sampled; see ``sampling``.

        A kept trace comes with a usage event, ``<event id>-requests``: how many requests it stands for.
        """
        fields = {"request_id": request_id, "bytes_in": bytes_in, "bytes_out": bytes_out, "status": status}
        self._guarded(lambda: self._record_request(fields, duration_ms))

    def start(self, *, attributes: Mapping[str, Any] | None = None, **levels: Quantity) -> None:
        """Say that the resource is there, and what it holds: ``meter.start(cpu_cores=2, memory_gb=4)``.

        Levels are cpu_cores, memory_gb, storage_gb, instances and gpus: reported exactly, as time goes by.
        """
        self._guarded(lambda: self._lifecycle("start", levels, attributes))

    def scale(self, *, attributes: Mapping[str, Any] | None = None, **levels: Quantity) -> None:
        """Say that the resource holds something else from now on; levels that are not named stay."""
        self._guarded(lambda: self._lifecycle("scale", levels, attributes))

    def deploy(self, version: str = "", *, attributes: Mapping[str, Any] | None = None) -> None:
        """Say that another version runs from now on."""
        said = {"version": version, **(attributes or {})}
        self._guarded(lambda: self._lifecycle("deploy", {}, said))

    def stop(self, *, attributes: Mapping[str, Any] | None = None) -> None:
        """Say that the resource is gone; its levels and gauges end, and the sampling error is stated."""
        self._guarded(lambda: self._stop(attributes))

    @contextmanager
    def running(self, **levels: Quantity) -> Iterator[Meter]:
        """``start`` on the way in, ``stop`` on the way out."""
        self._guarded(lambda: self._lifecycle("start", levels, None))
        try:
            yield self
        finally:
            self.stop()

    def level(self, meter: str, value: Quantity, **attributes: Any) -> None:
        """Say how much of a meter's resource is held from now on; 0 ends it. Exact, reported as time goes by.

        ``meter.level("instance_seconds", 1, instance_type="p5.48xlarge", region="us-east-1")``
        """
        self._guarded(lambda: self._set_level(meter, value, attributes))

    def watch(self, meter: str, read: Callable[[], float], **attributes: Any) -> None:
        """Sample a gauge and report its integral over time: ``meter.watch("memory_gb_seconds", memory_gb)``.

        Readings are dense after lifecycle changes and sparse in steady state; the events say ``is_estimated``.
        """
        self._guarded(
            lambda: self._gauges.watch(
                _name(meter, attributes), lambda: Gauge(meter, read, time.monotonic_ns(), attributes)
            )
        )

    def tally(self, meter: str, read: Callable[[], float], **attributes: Any) -> None:
        """Report how much a counter of the system grows: ``meter.tally("cpu_core_seconds", cpu_seconds)``. Exact."""
        self._guarded(lambda: self._gauges.watch(_name(meter, attributes), lambda: Tally(meter, read, attributes)))

    def sampling(self) -> dict[str, dict[str, float]]:
        """Return the stated error of what is sampled: by gauge, and by class of request traces."""
        return {**self._gauges.errors(), **self._traces.errors()}

    def counters(self) -> dict[str, int]:
        """Return what became of the events so far; ``pending`` is counted on disk.

        recorded + recovered = accepted + duplicates + quarantined + set_aside + dropped.* + pending, at rest.
        """
        return {**self._counters.snapshot(), "pending": self._exporter.pending()}

    @property
    def lease_id(self) -> str:
        """The lease that events carry now; empty without one."""
        return self._credential.lease_id

    @property
    def clock_ahead(self) -> float:
        """How many seconds this host's clock is ahead of the store's, as of its last answer."""
        return self._exporter.clock_ahead

    def flush(self, timeout: float = 10.0) -> bool:
        """Wait until all that was recorded is stored, at most so long; whether it is. For scripts and tests."""
        return not self._is_closed and bool(self._url) and self._exporter.flush(timeout)

    def send_set_aside(self) -> int:
        """Record again what the store refused for good, once its cause is mended; how many events that were.

        They keep their ids and time stamps. What is refused again is set aside again.

        Raises:
            OSError: the file of set-aside events cannot be read.

        """
        found = 0
        for line, event in self._spool.take_aside() if self._url and not self._is_closed else ():
            found += 1
            if not self._buffer.put(event):
                self._spool.set_aside(line)
            self._exporter.notice()
        return found

    def close(self, timeout: float = 5.0) -> None:
        """Report levels and gauges, send what can be sent in time, and end. At exit this happens by itself."""
        if not self._is_closed:
            self._is_closed = True
            processes.forget(self)
            began = time.monotonic()
            self._guarded(lambda: self._gauges.report(min(timeout, 1.0)))
            self._guarded(self._gauges.close)
            self._guarded(lambda: self._exporter.close(max(timeout - (time.monotonic() - began), 0.1)))

    def _begin(self) -> None:
        self._counters = Counters()
        self._buffer = Buffer(self._spool, self._counters, self._memory_bytes)
        transport = Transport(self._url or "http://unset.invalid", self._timeout)
        self._exporter = Exporter(self._buffer, self._counters, transport, self._credential)
        self._gauges = Gauges(self._emit_gauge, lambda: self._counters.add("gauges_failed"))
        self._traces = Traces(self._traces_per_second)

    def forked(self) -> None:
        """Begin anew in a forked child: the parent's files and gauges are the parent's."""
        self._exporter.abandon()
        self._begin()

    def _guarded(self, action: Callable[[], Any]) -> None:
        """Whatever is wrong with what is metered stays here: metering must not break what it meters."""
        try:
            action()
        except InvalidEvent as error:
            self._counters.add("invalid")
            log.debug("not recorded: %s", error)
        except Exception:
            self._counters.add("internal_errors")
            log.debug("not recorded", exc_info=True)

    def _record(self, kind: str, fields: dict[str, Any], milliseconds: int | None = None) -> None:
        if not self._url:
            self._counters.add("not_configured")
            return
        identity = {
            "resource_id": self.resource_id,
            "app_id": self.app_id,
            "environment": self.environment,
            "lease_id": self._credential.lease_id,
        }
        self._buffer.put(encode(kind, {**identity, **fields}, milliseconds=milliseconds))
        self._exporter.notice()

    def _record_quantity(self, meter: str, quantity: Quantity, attributes: dict[str, Any]) -> None:
        text = quantity_text(quantity)
        if text:
            self._record("usage", {"meter": meter, "quantity": text, "region": self.region, **attributes})

    def _record_call(self, call: Call, was_answered: bool) -> None:
        self._guarded(lambda: self._record_answer(call, was_answered))

    def _record_answer(self, call: Call, was_answered: bool) -> None:
        usage = call.usage
        if usage is None and not was_answered:
            self._counters.add("calls_failed")
            return
        if usage is None:
            self._counters.add("calls_without_usage")
            usage = Usage(call.provider, call.model, {"requests": 1})
        self._record_usage(usage)

    def _record_usage(self, usage: Usage | None) -> None:
        if usage is None:
            self._counters.add("calls_without_usage")
            return
        said = {"llm_usage": usage.raw} if usage.raw is not None else {"quantities": usage.quantities}
        self._record(
            "usage",
            {
                "provider": usage.provider,
                "model": usage.model,
                "is_estimated": True if usage.is_estimated else None,
                **said,
            },
        )

    def _record_request(self, fields: dict[str, Any], duration_ms: float) -> None:
        fields["duration_ms"] = f"{duration_ms:.3f}"
        weight = self._traces.keep(fields["status"], fields["bytes_out"])
        if not weight:
            self._counters.add("sampled_out")
            return
        event_id = self._traces.new_id()
        self._record("request", {"event_id": event_id, **fields})
        weighed = {"meter": "requests", "quantity": str(weight), "is_estimated": True if weight > 1 else None}
        self._record("usage", {"event_id": f"{event_id}-requests", **weighed})

    def _lifecycle(
        self,
        action: str,
        levels: Mapping[str, Quantity],
        attributes: Mapping[str, Any] | None,
        at: tuple[int, int] | None = None,
    ) -> None:
        unknown = sorted(set(levels) - set(_LEVELS))
        if unknown:
            raise InvalidEvent(f"level {', '.join(unknown)} is none of {', '.join(_LEVELS)}")
        now, milliseconds = at or _now()  # one instant for the event and for the levels that begin or end with it
        if action == "start":
            self._credential.started()
        self._gauges.changed(now)
        self._traces.changed()
        for name, value in levels.items():
            self._set_level(_LEVELS[name], value, {}, now)
        said = {**{name: quantity_text(value) or "0" for name, value in levels.items()}, **(attributes or {})}
        self._record("lifecycle", {"action": action, "attributes": said or None}, milliseconds)

    def _stop(self, attributes: Mapping[str, Any] | None) -> None:
        at = _now()
        self._gauges.report(1.0, at[0])
        stated = self.sampling()
        self._gauges.clear()
        self._lifecycle("stop", {}, {**({"sampling": stated} if stated else {}), **(attributes or {})}, at)
        self._credential.stopped()

    def _set_level(self, meter: str, value: Quantity, attributes: dict[str, Any], now: int | None = None) -> None:
        amount = Decimal(quantity_text(value) or 0)
        self._gauges.set_level(_name(meter, attributes), meter, amount, attributes, now)

    def _emit_gauge(
        self, meter: str, quantity: Decimal, milliseconds: int, is_estimated: bool, fields: dict[str, Any]
    ) -> None:
        said = {
            "meter": meter,
            "quantity": f"{quantity:f}",
            "is_estimated": True if is_estimated else None,
            "region": self.region,
            **fields,
        }
        self._record("usage", said, milliseconds)


def _setting(said: str | None, variable: str) -> str:
    return os.environ.get(variable, "") if said is None else said


def _now() -> tuple[int, int]:
    """Return this instant by the clock that does not jump, in nanoseconds, and by the wall's, in milliseconds."""
    return time.monotonic_ns(), time.time_ns() // 1_000_000


def _name(meter: str, attributes: Mapping[str, Any]) -> str:
    return "/".join([meter, *(f"{name}={attributes[name]}" for name in sorted(attributes))])


def _folder_name(app: str, url: str) -> str:
    """Events of one app for one store: another app's process must not send them with its own credential."""
    told = hashlib.sha256(f"{app}\n{url}".encode()).hexdigest()[:8]
    return f"{re.sub(r'[^A-Za-z0-9._-]', '-', app)[:48]}-{told}"
