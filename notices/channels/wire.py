"""One HTTP POST to an address somebody typed in: to a checked place, once, and wherever it points us next is
not followed."""

import http.client
import ipaddress
import socket
import ssl
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings

from notices.channels.sending import Failure
from notices.models import Reason

TIMEOUT = 10
MOST_ANSWER = 64 * 1024
# Cloud machines answer here with their own credentials, whatever the name that led to the address.
METADATA = {ipaddress.ip_address("fd00:ec2::254"), ipaddress.ip_address("100.100.100.200")}


class Answer(NamedTuple):
    status: int
    body: bytes
    headers: http.client.HTTPMessage


def post(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """POST the bytes; raises `Failure` where the request could not be sent or got no answer."""
    connection = _connected(url)
    parts = urlsplit(url)
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    try:
        connection.request("POST", target, body, {"User-Agent": "admin-office", **headers})
        response = connection.getresponse()
        return Answer(response.status, response.read(MOST_ANSWER), response.headers)
    except TimeoutError as error:
        raise Failure(Reason.TIMEOUT, certain=False) from error
    except (OSError, http.client.HTTPException) as error:
        raise Failure(Reason.UNREACHABLE, type(error).__name__, certain=False) from error
    finally:
        connection.close()


def is_allowed(address: str) -> bool:
    """Whether we may send to that IP address: never link-local or metadata, private ones unless forbidden."""
    ip = ipaddress.ip_address(address.split("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified or ip in METADATA:
        return False
    return ip.is_global or settings.NOTICES_PRIVATE_NETWORKS


def _connected(url: str) -> http.client.HTTPConnection:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Failure(Reason.FORBIDDEN, lasting=True)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise Failure(Reason.FORBIDDEN, lasting=True) from error
    try:
        return _open(parts.scheme, parts.hostname, port)
    except TimeoutError as error:
        raise Failure(Reason.TIMEOUT, everywhere=True) from error
    except (OSError, UnicodeError) as error:
        raise Failure(Reason.UNREACHABLE, error, everywhere=True) from error


def _open(scheme: str, host: str, port: int) -> http.client.HTTPConnection:
    """Connect to the very address that was checked, so that a name cannot change its mind in between."""
    places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    allowed = [place for place in places if is_allowed(place[4][0])]
    if not allowed:
        raise Failure(Reason.FORBIDDEN, lasting=True)
    sock = socket.create_connection(allowed[0][4][:2], TIMEOUT)
    if scheme == "https":
        try:
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        except OSError:
            sock.close()
            raise
    connection = (http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection)(
        host, port, timeout=TIMEOUT
    )
    connection.sock = sock
    return connection
