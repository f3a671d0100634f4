"""A package goes to the address that was agreed and to nowhere else, whatever the address or the server says."""

import http.server
import ipaddress
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from rfl.exchange import posting
from rfl.exchange.posting import Address, AddressUnusable, deliver


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("https://tracing.example.org", "https://tracing.example.org"),
        (" https://Tracing.Example.org/ ", "https://tracing.example.org"),
        ("https://tracing.example.org:443", "https://tracing.example.org"),
        ("https://tracing.example.org:8443", "https://tracing.example.org:8443"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
    ],
)
def test_an_address_has_one_spelling(text, kept):
    assert str(Address.of(text)) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tracing.example.org",
        "http://tracing.example.org",
        "ftp://tracing.example.org",
        "file:///etc/passwd",
        "https://",
        "https://user:pass@tracing.example.org",
        "https://tracing.example.org@evil.example",
        "https://tracing.example.org/other",
        "https://tracing.example.org?x=1",
        "https://tracing.example.org#x",
        "https://tracing.example.org:0",
        "https://tracing.example.org:99999",
        "https://trac ing.example.org",
        "https://tracing.example.org\r\nHost: evil",
        "https://träcing.example.org",
        "https://-.example",
        "http://127.0.0.1:5001",
        "https://" + "a" * 300,
        "https://[::1",
    ],
)
def test_anything_but_a_server_over_https_is_no_address(text):
    with pytest.raises(AddressUnusable):
        Address.of(text)


@pytest.mark.parametrize("text", ["http://127.0.0.1:5001", "http://localhost:5001", "http://[::1]:5001"])
def test_a_demonstration_may_use_this_very_machine(text):
    assert str(Address.of(text, local=True)) == text


@pytest.mark.parametrize("text", ["http://10.0.0.1:5001", "http://tracing.example.org:80", "http://127.0.0.1"])
def test_a_demonstration_may_use_nothing_else_without_tls(text):
    with pytest.raises(AddressUnusable):
        Address.of(text, local=True)


PRIVATE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
    "255.255.255.255", "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001::1",
    "ff02::1",
)  # fmt: skip
ANY = "0.0.0.0"  # noqa: S104 - nothing is bound to it


@pytest.mark.parametrize("place", [*PRIVATE, ANY])
def test_a_name_that_leads_into_a_private_network_is_not_connected_to(place, monkeypatch):
    public = ("93.184.215.14", 443)
    found = [(None, None, None, "", public), (None, None, None, "", (place, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)
    monkeypatch.setattr(socket, "create_connection", lambda *_args: pytest.fail("connected"))
    assert deliver(Address.of("https://tracing.example.org"), b"x").code == "address-not-allowed"


def test_a_name_that_is_not_known_is_named_as_that(monkeypatch):
    def unknown(*_args, **_more):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert deliver(Address.of("https://nowhere.example"), b"x").code == "name-unknown"


def test_the_name_is_looked_up_once_and_connected_to_as_it_was(monkeypatch):
    """A second look-up could lead elsewhere: between check and use nothing may change."""
    looked, connected = [], []

    def look_up(*_args, **_more):
        looked.append(1)
        return [(None, None, None, "", ("93.184.215.14" if len(looked) == 1 else "10.0.0.1", 443))]

    def connect(place, *_args):
        connected.append(place)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    assert deliver(Address.of("https://tracing.example.org"), b"x").code == "no-connection"
    assert (looked, connected) == ([1], [("93.184.215.14", 443)])


class Server:
    """A server on this machine that answers what the test wants and keeps what came."""

    def __init__(self, status: int, body: bytes = b"", headers: tuple = (), context=None) -> None:
        self.seen: list[tuple[str, dict, bytes]] = []
        seen = self.seen

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                data = self.rfile.read(int(self.headers["Content-Length"]))
                seen.append((self.path, dict(self.headers), data))
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if context is not None:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def server():
    made: list[Server] = []

    def start(*args, **more) -> Server:
        made.append(Server(*args, **more))
        return made[-1]

    yield start
    for one in made:
        one.stop()


def post(server: Server, data: bytes = b"sealed"):
    return deliver(Address.of(f"http://127.0.0.1:{server.port}", local=True), data, local=True)


def test_a_package_arrives_as_it_is(server):
    there = server(204)
    assert post(there, b"\0sealed\r\n") == posting.Outcome(delivered=True)
    ((path, headers, data),) = there.seen
    assert (path, data) == ("/exchange/post", b"\0sealed\r\n")
    assert headers["Host"] == f"127.0.0.1:{there.port}"
    assert {"Cookie", "Authorization", "User-Agent"}.isdisjoint(headers)


def test_a_package_that_arrived_before_is_there(server):
    assert post(server(422, b'{"code": "replayed"}')) == posting.Outcome(delivered=True, code="replayed")


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (422, b'{"code": "stale"}', "stale"),
        (500, b"<html>", "status-500"),
        (422, b'{"code": "<script>"}', "status-422"),
        (422, b'["code"]', "status-422"),
        (200, b"", "status-200"),
        (404, b"x" * 100_000, "status-404"),
    ],
)
def test_what_a_server_says_is_kept_as_a_short_code(server, status, body, code):
    assert post(server(status, body)) == posting.Outcome(delivered=False, code=code)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirection_is_followed(server, status):
    elsewhere = server(204)
    there = server(status, headers=(("Location", f"http://127.0.0.1:{elsewhere.port}/exchange/post"),))
    assert post(there) == posting.Outcome(delivered=False, code=f"status-{status}")
    assert elsewhere.seen == []


def test_no_proxy_is_used(server, monkeypatch):
    proxy, there = server(204), server(204)
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
    assert post(there).delivered
    assert proxy.seen == []


def test_a_server_that_says_nothing_does_not_hold_the_worker(monkeypatch):
    monkeypatch.setattr(posting, "SILENCE_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = Address.of(f"http://127.0.0.1:{silent.getsockname()[1]}", local=True)
        assert deliver(address, b"x", local=True).code == "too-slow"


def test_a_server_that_drips_is_cut_off(monkeypatch):
    monkeypatch.setattr(posting, "WHOLE_SECONDS", 0.5)
    stop = threading.Event()

    def drip(listening):
        taken, _ = listening.accept()
        with taken:
            taken.sendall(b"HTTP/1.1 204 No Content\r\n")
            while not stop.wait(0.05):
                try:
                    taken.sendall(b"X-Drip: 1\r\n"[:1])
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=drip, args=(listening,), daemon=True).start()
        address = Address.of(f"http://127.0.0.1:{listening.getsockname()[1]}", local=True)
        began = datetime.now(UTC)
        assert deliver(address, b"x", local=True).code == "too-slow"
        assert datetime.now(UTC) - began < timedelta(seconds=10)
        stop.set()


def certificate(folder, *names: str) -> tuple[str, str]:
    """A certificate for some names, signed by itself; returns the files of certificate and key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    day = datetime.now(UTC)
    places = [x509.DNSName(one) if one[0].isalpha() else x509.IPAddress(ipaddress.ip_address(one)) for one in names]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(day - timedelta(days=1))
        .not_valid_after(day + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(places), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "cert.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    files[1].write_bytes(secret)
    return str(files[0]), str(files[1])


def over_tls(server, tmp_path, *names: str):
    cert, key = certificate(tmp_path, *names)
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(cert, key)
    there = server(204, context=own)
    return there, Address.of(f"https://localhost:{there.port}"), cert


def test_a_server_proves_its_name(server, tmp_path):
    there, address, cert = over_tls(server, tmp_path, "localhost")
    trusting = ssl.create_default_context(cafile=cert)
    assert deliver(address, b"sealed", local=True, context=trusting).delivered
    assert there.seen[0][2] == b"sealed"


def test_a_server_of_another_name_gets_nothing(server, tmp_path):
    there, address, cert = over_tls(server, tmp_path, "other.example")
    trusting = ssl.create_default_context(cafile=cert)
    assert deliver(address, b"sealed", local=True, context=trusting).code == "not-trusted"
    assert there.seen == []


def test_a_server_that_no_authority_vouches_for_gets_nothing(server, tmp_path):
    there, address, _ = over_tls(server, tmp_path, "localhost")
    assert deliver(address, b"sealed", local=True).code == "not-trusted"
    assert there.seen == []
