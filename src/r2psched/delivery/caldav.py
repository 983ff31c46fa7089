"""A collection of a calendar server: its objects read, put and deleted, octet by octet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from urllib.parse import quote

import attrs

from r2psched.delivery.asking import Asker, BrokenError, told_by
from r2psched.delivery.multistatus import LISTING, as_etag, conditions_in, listed
from r2psched.delivery.receipts import REFUSED, SENT, UNKNOWN, Receipt, fault_of_octets
from r2psched.delivery.servers import collection_url
from r2psched.errors import InvalidValue, shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType

    from r2psched.delivery.asking import Response
    from r2psched.delivery.multistatus import Listed
    from r2psched.delivery.secrets import Secret

__all__ = ["Collection"]

_XML = "application/xml; charset=utf-8"
_CALENDAR = "text/calendar; charset=utf-8"
_GONE = {404, 410}
_CHANGED, _FULL = 412, 507
_THERE = "somebody else has put an object of this name there"
_SOMEBODY = "somebody else changed it since it was last published"


class Collection:
    """A collection of calendar objects on a server, such as one calendar of one account.

    What is put is what was given, octet by octet: no SEQUENCE is raised, no DTSTAMP renewed.
    """

    def __init__(  # noqa: PLR0913  # each is named where it is given
        self,
        url: str,
        user: str | None = None,
        secret: Secret | None = None,
        timeout: float = 30.0,
        *,
        plain: bool = False,
        ca_file: Path | None = None,
    ) -> None:
        """Take the collection and who asks for it; nothing is asked yet.

        Args:
            url: Its address, as "https://cal.example.org/anna/meeting/".
            user: Who logs in; by default the user in the address, if one is there.
            secret: The password.
            timeout: How many seconds the server has for each step of an answer.
            plain: Whether http:// is allowed to another machine.
            ca_file: The certificates (PEM) of the authorities to trust; without it, those of the
                file that the environment variable SSL_CERT_FILE names, or of the system.

        Raises:
            InvalidValue: If the address is none, holds a password, or is without TLS.
            MissingExtra: If the extra `caldav` is not installed.
        """
        self.url, named = collection_url(url, plain=plain)
        self.user = user or named
        self._asker = Asker(self.url, self.user, secret, timeout=timeout, ca_file=ca_file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Collection({self.url!r}, {self.user!r})"

    def close(self) -> None:
        """Close the connection."""
        self._asker.close()

    def names(self) -> dict[str, str]:
        """The names of the objects that the collection holds, and the version (ETag) of each.

        Raises:
            DeliveryFailed: If there is no such collection or the server cannot be used.
        """
        found = self._listing(self.url, depth=1)
        if not any(each.is_collection for each in found):
            self._asker.fail(
                "there is no collection of this address: make a calendar there first, "
                "or copy its address from the settings of the calendar"
            )
        if any(each.status == _FULL for each in found):
            self._asker.fail("it lists a part of the collection only")
        return {each.name: each.etag for each in found if each.name and not each.is_collection}

    def get(self, name: str) -> tuple[bytes, str] | None:
        """The octets of one object and its version (ETag), or None if there is none.

        Raises:
            DeliveryFailed: If the server cannot be used.
        """
        answer = self._got(name)
        etag = "" if answer is None else as_etag(answer.headers.get("ETag"))
        if answer is not None and not etag:
            etag = self._etag_of(self._at(name))
            # Read once the version is known, lest another's change in between passes for it.
            answer = self._got(name)
        return None if answer is None else (answer.octets, etag)

    def _got(self, name: str) -> Response | None:
        answer = self._answered("GET", self._at(name), headers={"Accept": "text/calendar"})
        if answer.status_code in _GONE:
            return None
        if answer.status_code != 200:  # noqa: PLR2004  # the only answer with an object in it
            self._asker.fail(told_by(answer))
        return answer

    def put(self, name: str, octets: bytes, etag: str | None = None) -> Receipt:
        """Put one object as it is: a new one, or one in the place of a version that is known.

        Args:
            name: Its name in the collection, such as "slot-17.ics".
            octets: The object.
            etag: The version it takes the place of; None if there is to be none yet.

        Returns:
            "sent" with the new version, or None if the server does not tell it, as one does that
            keeps it otherwise than it was given; "refused", if the server or somebody else's
            change was in the way; "unknown", if the server broke off.

        Raises:
            DeliveryFailed: If the server cannot be used. This object was not put then.
        """
        fault = fault_of_octets(octets) or _fault_of_version(etag)
        if fault is not None:
            return Receipt(REFUSED, fault)
        condition = {"If-None-Match": "*"} if etag is None else {"If-Match": as_etag(etag)}
        try:
            answer = self._asker.ask("PUT", self._at(name), octets, _CALENDAR, condition)
        except BrokenError as error:
            return Receipt(UNKNOWN, self._asker.line(str(error)))
        result = self._receipt(answer, _SOMEBODY if etag else _THERE)
        if result.state != SENT:
            return result
        told = answer.headers.get("ETag", "")
        return attrs.evolve(result, etag=(not told.startswith("W/") and as_etag(told)) or None)

    def delete(self, name: str, etag: str) -> Receipt:
        """Delete one object, if it is still the version that is known; gone already is as good.

        Raises:
            DeliveryFailed: If the server cannot be used.
        """
        fault = _fault_of_version(etag)
        if fault is not None:
            return Receipt(REFUSED, fault)
        try:
            answer = self._asker.ask("DELETE", self._at(name), headers={"If-Match": as_etag(etag)})
        except BrokenError as error:
            return Receipt(UNKNOWN, self._asker.line(str(error)))
        return Receipt(SENT) if answer.status_code in _GONE else self._receipt(answer)

    def _receipt(self, answer: Response, changed: str = _SOMEBODY) -> Receipt:
        status = answer.status_code
        if 200 <= status < 300:  # noqa: PLR2004  # the answers of success, RFC 9110 15.3
            return Receipt(SENT)
        # Xandikos says 412 of an object that it cannot read too, and why.
        if status == _CHANGED and not conditions_in(answer.octets):
            return Receipt(REFUSED, changed)
        known = 400 <= status < 500 or status == _FULL  # noqa: PLR2004  # RFC 9110 15.5
        return Receipt(REFUSED if known else UNKNOWN, self._asker.line(told_by(answer)))

    def _etag_of(self, url: str) -> str:
        found = self._listing(url, depth=0)
        return found[0].etag if found else ""

    def _listing(self, url: str, depth: int) -> list[Listed]:
        answer = self._answered("PROPFIND", url, LISTING, {"Depth": str(depth)})
        if answer.status_code in {*_GONE, 405}:
            return []
        if answer.status_code != 207:  # noqa: PLR2004  # multi-status, RFC 4918 11.1
            self._asker.fail(told_by(answer))
        try:
            return [each for each in listed(answer.octets) if each.status not in _GONE]
        except ValueError as error:
            self._asker.fail(f"its answer cannot be read: {error}")

    def _answered(
        self, method: str, url: str, octets: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Response:
        """Ask what changes nothing; a connection that breaks is made anew once."""
        kind = _XML if octets else ""
        try:
            return self._asker.ask(method, url, octets, kind, headers)
        except BrokenError:
            pass
        try:
            return self._asker.ask(method, url, octets, kind, headers)
        except BrokenError as error:
            self._asker.fail(str(error))

    def _at(self, name: str) -> str:
        if name in {"", ".", ".."} or not name.isprintable():
            msg = f'expected the name of a calendar object such as "a.ics", got {shown(name)}'
            raise InvalidValue(msg)
        return self.url + quote(name, safe="")


def _fault_of_version(etag: str | None) -> str | None:
    if etag is None or as_etag(etag):
        return None
    return "the server tells no version of it, so another's change could be lost"
