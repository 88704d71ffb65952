"""Certificates of our own making, and servers that speak TLS and HTTP/2 with them."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import socket

import h2.config
import h2.connection
import h2.events
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Answer = tuple[list[tuple[str, str]], bytes]


@dataclass
class Authority:
    """Signs certificates that only trust what a test tells to trust; `file` is what SSL_CERT_FILE may name."""

    folder: Path
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def __post_init__(self) -> None:
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A test's authority")])
        self.file = self.folder / "authority.pem"
        self.file.write_bytes(self.sign(self.name, self.key, is_authority=True).public_bytes(serialization.Encoding.PEM))

    def sign(
        self, name: x509.Name, key: ec.EllipticCurvePrivateKey, *hosts: str, is_authority: bool = False, days: int = 30
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = (
            x509.CertificateBuilder(self.name, name, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - timedelta(days=60))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(authority, critical=False)
        )
        if hosts:
            builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), critical=False)
        return builder.sign(self.key, hashes.SHA256())

    def server(self, *hosts: str, days: int = 30, protocols: tuple[str, ...] = ("http/1.1",)) -> ssl.SSLContext:
        """Give what a server needs to speak for these hosts."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self.sign(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])]), key, *hosts, days=days)
        file = self.folder / f"{hosts[0]}{days}.pem"
        file.write_bytes(
            certificate.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        context.set_alpn_protocols(list(protocols))
        return context


def http2(answer: Callable[[dict[str, str]], Answer]) -> Callable[[socket], None]:
    """Give a script that answers every request on a connection as `answer` says, in as many frames as it takes."""

    def script(connection: socket) -> None:
        config = h2.config.H2Configuration(
            client_side=False, header_encoding="utf-8", validate_outbound_headers=False, normalize_outbound_headers=False
        )
        state = h2.connection.H2Connection(config)
        state.initiate_connection()
        connection.sendall(state.data_to_send())
        while data := connection.recv(65536):
            for event in state.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    headers, body = answer({str(name): str(value) for name, value in event.headers or []})
                    state.send_headers(event.stream_id, headers)
                    for start in range(0, len(body), 16_000):
                        state.send_data(event.stream_id, body[start : start + 16_000])
                        connection.sendall(state.data_to_send())
                    state.end_stream(event.stream_id)
            connection.sendall(state.data_to_send())

    return script
