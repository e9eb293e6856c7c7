"""What every answer carries: policy, cookies, methods, hosts. Checks W1, W3, W4, W8, W11, W15 and W18."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from storyloft.accounts.models import Person, SignInLink
from storyloft.headers import CONTENT_SECURITY_POLICY, DOWNLOAD_POLICY
from storyloft.search.writer import drain
from tests.cast import ada, bertram
from tests.trust.doors import DOORS
from tests.trust.kept import Kept, kept

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
DOWNLOADS = ("edition", "original", "file-original")
REQUIRED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def seen(index_folder: Path) -> Kept:
    """A public work with everything, indexed."""
    one = kept("public")
    drain()
    return one


def keeper(*, enforce: bool = False) -> Client:
    client = Client(enforce_csrf_checks=enforce, raise_request_exception=False)
    client.force_login(ada(), BACKEND)
    return client


def missing(answer: HttpResponse) -> list[str]:
    """The headers that are not as they must be."""
    headers = answer.headers
    wrong = [name for name, wanted in REQUIRED.items() if headers.get(name) != wanted]
    policy = headers.get("Content-Security-Policy", "")
    return wrong if policy in (CONTENT_SECURITY_POLICY, DOWNLOAD_POLICY) else [*wrong, f"policy {policy!r}"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_every_answer_of_every_pattern_carries_the_headers(seen: Kept, method: str) -> None:
    wrong = {}
    for client in (Client(raise_request_exception=False), keeper(), keeper(enforce=True)):
        for door in DOORS:
            answer = client.generic(method, door.address(seen))
            answer.close()
            if absent := missing(answer):
                wrong[door.name] = absent
            assert answer.status_code < 500, door.name
    assert wrong == {}


def test_downloads_may_do_nothing_at_all_and_are_never_shown_in_place(seen: Kept) -> None:
    for door in DOORS:
        if door.name in DOWNLOADS:
            answer = keeper().get(door.address(seen))
            answer.close()
            assert answer["Content-Security-Policy"] == DOWNLOAD_POLICY
            assert answer["Content-Disposition"].startswith("attachment")


def test_the_policy_allows_neither_inline_code_nor_another_host() -> None:
    rules = dict(part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["object-src"] == rules["frame-ancestors"] == "'none'"
    assert {value for name, value in rules.items() if name.endswith("-src")} <= {"'none'", "'self'"}
    assert rules["require-trusted-types-for"] == "'script'"
    assert "sandbox" in DOWNLOAD_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY + DOWNLOAD_POLICY


def _broken(*args: object, **kwargs: object) -> None:
    raise RuntimeError("the secret of the house")


def test_errors_carry_the_headers_and_tell_nothing(seen: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    client, found = keeper(), {}
    monkeypatch.setattr("storyloft.reading.lists.Wish.of", _broken)
    found[500] = client.get("/")
    found[404] = client.get("/nowhere")
    found[403] = Client().post(reverse("place", args=[seen.work.public_id]))
    found[405] = client.get(reverse("begin-import"))
    found[413] = client.post(reverse("receive-file", args=[seen.coming.public_id]) + "?size=999999999999")
    found[411] = client.generic("POST", reverse("receive-file", args=[seen.coming.public_id]), CONTENT_LENGTH="")
    found[400] = client.get("/", headers={"host": "evil.example"})
    assert {status: answer.status_code for status, answer in found.items()} == {status: status for status in found}
    assert [missing(answer) for answer in found.values()] == [[]] * len(found)
    assert [answer for answer in found.values() if b"secret of the house" in answer.content] == []
    assert [answer for answer in found.values() if b"Traceback" in answer.content] == []


def test_static_files_carry_the_headers_and_are_for_our_pages_alone() -> None:
    with override_settings(WHITENOISE_USE_FINDERS=True, WHITENOISE_AUTOREFRESH=True):
        answer = Client().get("/static/js/frame.js")
    answer.close()
    assert answer.status_code == 200
    assert missing(answer) == []
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_stranger_is_never_given_a_cookie(seen: Kept) -> None:
    for door in DOORS:
        for method in ("GET", "HEAD", "POST"):
            answer = Client().generic(method, door.address(seen))
            answer.close()
            assert not answer.cookies, door.name
    assert not Client().get("/nowhere").cookies
    assert not Session.objects.exists()


def test_a_session_cookie_is_out_of_reach_of_scripts_and_other_sites() -> None:
    answer = Client().get(reverse("use-link", args=[SignInLink.objects.make(ada())]))
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (True, "Lax", "/", "")


def under(**options: str) -> Iterator[str]:
    """What the program's settings are under these options, asked of a fresh process: lines of `name value`."""
    ask = (
        "from django.conf import settings as s\n"
        "for name in 'SESSION_COOKIE_NAME SESSION_COOKIE_SECURE SESSION_COOKIE_HTTPONLY SESSION_COOKIE_SAMESITE"
        " CSRF_USE_SESSIONS SECURE_HSTS_SECONDS ALLOWED_HOSTS DEBUG'.split(): print(name, getattr(s, name))"
    )
    done = run([sys.executable, "-c", ask], options)
    assert done.returncode == 0, done.stderr
    yield from done.stdout.splitlines()


def run(command: list[str], options: dict[str, str]) -> subprocess.CompletedProcess[str]:
    ours = {f"STORYLOFT_{name.upper()}": value for name, value in options.items()}
    env = {name: value for name, value in os.environ.items() if not name.startswith(("STORYLOFT_", "DJANGO_"))}
    env |= {"DJANGO_SETTINGS_MODULE": "storyloft.settings", **ours}
    return subprocess.run(command, capture_output=True, text=True, env=env, check=False, timeout=60)


def test_behind_https_the_cookie_is_bound_to_it(tmp_path: Path) -> None:
    told = dict(line.split(" ", 1) for line in under(home=str(tmp_path), public_url="https://stories.example"))
    assert told["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert told["SESSION_COOKIE_SECURE"] == told["SESSION_COOKIE_HTTPONLY"] == told["CSRF_USE_SESSIONS"] == "True"
    assert int(told["SECURE_HSTS_SECONDS"]) >= 31_536_000
    assert "*" not in told["ALLOWED_HOSTS"]
    assert told["DEBUG"] == "False"


def test_djangos_own_check_of_a_served_archive_has_nothing_to_say(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = run(words, {"home": str(tmp_path), "public_url": "https://stories.example"})
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("reached", [{"public_url": "https://stories.example"}, {"host": "0.0.0.0"}])  # noqa: S104
def test_error_details_are_never_shown_where_others_can_reach(tmp_path: Path, reached: dict[str, str]) -> None:
    done = run([sys.executable, "-m", "django", "check"], {"home": str(tmp_path), "debug": "1", **reached})
    assert done.returncode != 0
    assert "shows secrets to visitors" in done.stderr


def database() -> str:
    """A hash over every row of every table."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')  # noqa: S608 - the names are the database's own
            digest.update(repr((table, cursor.fetchall())).encode())
    return digest.hexdigest()


def test_reading_changes_nothing_however_often(seen: Kept) -> None:
    for client in (Client(), keeper()):
        # The first page of a session writes its CSRF token there.
        client.get("/?filter=1")
        # Some addresses are of rows made for them.
        addresses = [(door, door.address(seen)) for door in DOORS]
        before = database()
        for door, address in addresses:
            for method in ("GET", "HEAD", "GET", "OPTIONS"):
                answer = client.generic(method, address)
                answer.close()
                assert database() == before, f"{method} {door.name}"


def test_only_following_the_link_uses_it_up() -> None:
    secret = SignInLink.objects.make(ada())
    address = reverse("use-link", args=[secret])
    assert [Client().generic(method, address).status_code for method in ("HEAD", "OPTIONS", "POST")] == [405] * 3
    assert Client().get(address).status_code == 302


def test_nothing_is_done_without_the_token(seen: Kept) -> None:
    client = keeper(enforce=True)
    client.get("/?filter=1")
    acts = [(door, door.address(seen), door.posted(seen)) for door in DOORS]
    before = database()
    for door, address, filled_in in acts:
        for posted in (filled_in, {**filled_in, "csrfmiddlewaretoken": "x" * 64}):
            assert client.post(address, posted).status_code in (403, 405), door.name
        foreign = client.post(address, filled_in, headers={"origin": "https://evil.example"})
        assert foreign.status_code in (403, 405), door.name
        assert database() == before, door.name
    assert database() == before


def test_with_the_token_of_the_page_the_same_is_done(seen: Kept) -> None:
    client = keeper(enforce=True)
    token = re.search(r'name="csrf-token" content="(\w+)"', client.get("/imports").text)
    assert token
    answer = client.post(reverse("begin-import"), headers={"x-csrftoken": token[1]})
    assert answer.status_code == 201


@pytest.mark.parametrize("name", ["evil.example", "testserver.evil.example", "testserver@evil.example", "a b"])
def test_a_foreign_host_is_refused(seen: Kept, name: str) -> None:
    refused = Client().get("/", headers={"host": name})
    assert refused.status_code == 400
    assert name not in refused.text


def test_no_answer_repeats_what_a_proxy_may_have_been_told(seen: Kept) -> None:
    told = {"x-forwarded-host": "evil.example", "x-forwarded-for": "evil.example", "forwarded": "host=evil.example"}
    for door in DOORS:
        answer = keeper().get(door.address(seen), headers={**told, "x-original-url": "/evil.example"})
        said = b"" if answer.streaming else answer.content
        answer.close()
        assert b"evil.example" not in said + str(answer.headers).encode(), door.name


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_place(seen: Kept, target: str) -> None:
    asked = {"next": target, "url": target, "redirect": target, "return": target, "stay": target}
    for door in DOORS:
        for client in (Client(), keeper()):
            for answer in (client.get(door.address(seen), asked), client.post(door.address(seen), asked)):
                answer.close()
                leads = answer.headers.get("Location", "/")
                assert re.match(r"/(?![/\\])", leads), door.name
    # Signing in goes to the library, whatever the address asked for.
    address = reverse("use-link", args=[SignInLink.objects.make(ada())])
    assert Client().get(f"{address}?next={target}").headers["Location"] == "/"


def replayed(cookie: str) -> int:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    return client.get("/imports").status_code


@pytest.mark.parametrize("ended", ["signed out", "suspended", "deleted", "another password"])
def test_a_kept_cookie_opens_nothing_after_it_ended(ended: str) -> None:
    client = Client()
    client.force_login(bertram(), BACKEND)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert replayed(cookie) == 200
    if ended == "signed out":
        client.post(reverse("sign-out"))
    elif ended == "suspended":
        Person.objects.filter(pk=bertram().pk).update(is_active=False)
    elif ended == "deleted":
        bertram().delete()
    else:
        person = bertram()
        person.set_password("a lamp in baker street")
        person.save()
    assert replayed(cookie) == 302


def test_a_session_handed_to_somebody_is_not_the_one_they_sign_in_to() -> None:
    client = Client()
    client.force_login(bertram(), BACKEND)
    planted = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.get(reverse("use-link", args=[SignInLink.objects.make(ada())]))
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted
    assert replayed(planted) == 302
