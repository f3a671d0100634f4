"""Bringing one sealed package to the instance of a partner over HTTPS, and to nowhere else.

The address is one that two people have agreed to; what it leads to is looked up once, must lie in the public
network, and is then connected to as it was looked up. Redirections are not followed, proxies are not used.
"""

import http.client
import ipaddress
import json
import re
import socket
import ssl
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from rfl.domain.errors import RuleBroken
from rfl.domain.text import N_

PATH = "/exchange/post"
LONGEST = 255  # RFC 1035 section 2.3.4: no name is longer
HOST = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
HTTPS_PORT, MOST_PORT = 443, 65_535
CONNECT_SECONDS = 10.0
SILENCE_SECONDS = 30.0  # between two bytes
WHOLE_SECONDS = 300.0  # the largest list, 46 MB, in five minutes; what is slower is carried by hand
MOST_ANSWER = 1024  # bytes; the answer is a status and a short code
CODE = re.compile(r"[a-z][a-z-]{0,39}")
TAKEN, REPLAYED = 204, "replayed"
# Networks that stand for addresses of version 4, which may be private ones.
DISGUISES = tuple(ipaddress.ip_network(one) for one in ("::ffff:0:0/96", "64:ff9b::/96", "2002::/16", "2001::/32"))


class AddressUnusable(RuleBroken):
    """Not the address of an instance."""

    message = N_(
        "This is not an address that packages can be posted to. Write https:// and the name of the partner's server, "
        "and nothing after it."
    )
    status = 422


@dataclass(frozen=True)
class Address:
    """Scheme, host and port of an instance; everything else of an address is refused."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, text: str, *, local: bool = False) -> Self:
        """Read an address; with `local`, http to this very machine is one too. Raises AddressUnusable."""
        try:
            parts = urlsplit(text.strip().rstrip("/"))
            host, port = parts.hostname or "", parts.port
        except ValueError:
            raise AddressUnusable from None
        plain = local and parts.scheme == "http" and _is_loopback(host)
        if (
            len(text) > LONGEST
            or not (parts.scheme == "https" or plain)
            or parts.path + parts.query + parts.fragment
            or "@" in parts.netloc
            or not (HOST.fullmatch(host) or _ip(host))
            or not 1 <= (HTTPS_PORT if port is None else port) <= MOST_PORT
            or (plain and port is None)
        ):
            raise AddressUnusable
        return cls(parts.scheme, host, HTTPS_PORT if port is None else port)

    def __str__(self) -> str:
        """The one spelling."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.scheme == "https" and self.port == HTTPS_PORT
        return f"{self.scheme}://{host}" if usual else f"{self.scheme}://{host}:{self.port}"


@dataclass(frozen=True)
class Outcome:
    """Whether a package is there now, and if not, a short code that says why."""

    delivered: bool
    code: str = ""


def deliver(address: Address, data: bytes, *, local: bool = False, context: ssl.SSLContext | None = None) -> Outcome:
    """Post one package; never raises for what goes wrong on the way.

    `context` is the TLS context, by default that of this machine's trusted authorities.
    """
    try:
        places = _places(address, local=local)
        tls = (context or ssl.create_default_context()) if address.scheme == "https" else None
        return _post(_Connection(address, places, tls), data)
    except _NotAllowed:
        return Outcome(delivered=False, code="address-not-allowed")
    except socket.gaierror:
        return Outcome(delivered=False, code="name-unknown")
    except ssl.SSLError:
        return Outcome(delivered=False, code="not-trusted")
    except TimeoutError:
        return Outcome(delivered=False, code="too-slow")
    except (OSError, http.client.HTTPException):
        return Outcome(delivered=False, code="no-connection")


class _NotAllowed(Exception):
    """The name leads into a network that is not public."""


class _Connection(http.client.HTTPConnection):
    """A connection to one of the places that were looked up and checked; the name is used for TLS and `Host` only."""

    def __init__(self, address: Address, places: Sequence[str], context: ssl.SSLContext | None) -> None:
        super().__init__(address.host, address.port, timeout=SILENCE_SECONDS)
        self.default_port = HTTPS_PORT if context else http.client.HTTP_PORT
        self._places, self._context = places, context
        self.was_cut = False

    def connect(self) -> None:
        """Connect to the first place that answers."""
        self.sock = self._first()
        self.sock.settimeout(SILENCE_SECONDS)
        if self._context is not None:
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host)

    def _first(self) -> socket.socket:
        *others, last = self._places
        for place in others:
            with suppress(OSError):
                return socket.create_connection((place, self.port), CONNECT_SECONDS)
        return socket.create_connection((last, self.port), CONNECT_SECONDS)

    def cut(self) -> None:
        """End whatever is under way, from another thread."""
        self.was_cut = True
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


def _post(connection: _Connection, data: bytes) -> Outcome:
    # A server that sends one byte now and then would hold the worker for ever.
    watch = threading.Timer(WHOLE_SECONDS, connection.cut)
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", PATH, body=data, headers={"Content-Type": "application/octet-stream"})
        answer = connection.getresponse()
        body = answer.read(MOST_ANSWER)
    finally:
        watch.cancel()
        connection.close()
    if connection.was_cut:
        raise TimeoutError
    if answer.status == TAKEN:
        return Outcome(delivered=True)
    code = _code(body) or f"status-{answer.status}"
    # The first try may have arrived without its answer coming back.
    return Outcome(delivered=code == REPLAYED, code=code)


def _code(body: bytes) -> str:
    try:
        value = json.loads(body)
    except ValueError:
        return ""
    code = value.get("code") if isinstance(value, dict) else None
    return code if isinstance(code, str) and CODE.fullmatch(code) else ""


def _places(address: Address, *, local: bool) -> list[str]:
    """Look the host up, once; every place it leads to must be allowed."""
    found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    places = list(dict.fromkeys(str(place[0]) for *_, place in found))
    if not places or not all(_allowed(one, local=local) for one in places):
        raise _NotAllowed
    return places


def _allowed(place: str, *, local: bool) -> bool:
    ip = _ip(place)
    if ip is None:
        return False
    if ip.is_loopback:
        return local
    disguised = any(ip in network for network in DISGUISES if network.version == ip.version)
    return ip.is_global and not ip.is_multicast and not disguised


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _is_loopback(host: str) -> bool:
    ip = _ip(host)
    return host == "localhost" or (ip is not None and ip.is_loopback)
