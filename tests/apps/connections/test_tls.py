"""Webhooks over TLS: the certificate is that of the name asked for, whatever the address connected to."""

import datetime
import ipaddress
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.apps.connections.receiver import receiver

from maillage.apps.connections.guard import Target
from maillage.apps.connections.sending import NotSent, post


def certificate(folder, name):
    """A certificate of its own for a name, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    said = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    built = x509.CertificateBuilder().subject_name(said).issuer_name(said).public_key(key.public_key())
    built = built.serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
    names = x509.SubjectAlternativeName([x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("127.0.0.2"))])
    built = built.not_valid_after(now + datetime.timedelta(days=1)).add_extension(names, critical=False)
    built = built.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    path = folder / f"{name}.pem"
    encoding = serialization.Encoding.PEM
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(private + built.sign(key, hashes.SHA256()).public_bytes(encoding))
    return path


@pytest.fixture
def server(tmp_path, monkeypatch):
    """A receiver over TLS, whose certificate this machine trusts, for « logiciel.example »."""
    path = certificate(tmp_path, "logiciel.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with receiver() as running:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(path)
        running.socket = context.wrap_socket(running.socket, server_side=True)
        yield running


def target(server, host):
    return Target("127.0.0.1", host, server.server_port, "/maillage", tls=True)


def test_the_certificate_of_the_name_is_accepted_and_the_host_is_said(server):
    assert post(target(server, "logiciel.example"), b"{}", {}) == 200
    assert server.received[0][0]["Host"] == f"logiciel.example:{server.server_port}"


def test_the_certificate_of_another_name_is_refused(server):
    with pytest.raises(NotSent, match="certificat"):
        post(target(server, "autre.example"), b"{}", {})
    assert server.received == []


def test_a_certificate_that_nobody_vouches_for_is_refused(server, monkeypatch, tmp_path):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate(tmp_path, "ailleurs.example")))
    with pytest.raises(NotSent, match="certificat"):
        post(target(server, "logiciel.example"), b"{}", {})
