"""Every door of the house: each URL pattern with an address that opens it, and who is let in how.

A new pattern without a line here fails the tests: whoever builds a door says whom it is for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from storyloft.search.keeping import never_again, searches
from storyloft.tags.models import WranglingAct
from storyloft.wrangling.models import OfferedSet
from tests.cast import ada
from tests.trust.kept import Kept

STRANGER, MEMBER, KEEPER = "stranger", "another member", "keeper"
WHO = (STRANGER, MEMBER, KEEPER)
METHODS = ("GET", "HEAD", "POST")
# Not the status 302 of an act that was done: sent to sign in.
ASKED = -302

Rule = Callable[[str, str, str], int]


@dataclass(frozen=True, slots=True)
class Door:
    """A pattern's name, an address of it, what to post there, and the answer for (who, method, state of the work)."""

    name: str
    address: Callable[[Kept], str]
    answer: Rule
    posted: Callable[[Kept], dict[str, str]] = lambda kept: {}


def may_see(who: str, state: str) -> bool:
    """The one rule of rights, said a second time and independently."""
    return (
        who
        in {
            "private": (KEEPER,),
            "members": (KEEPER, MEMBER),
            "public": (KEEPER, MEMBER, STRANGER),
            "taken back": (),
        }[state]
    )


def _read_by_all(who: str, method: str, state: str) -> int:
    return 405 if method == "POST" else 200


def _sent_on(who: str, method: str, state: str) -> int:
    return 405 if method == "POST" else 301


def _of_the_work(who: str, method: str, state: str) -> int:
    return 405 if method == "POST" else 200 if may_see(who, state) else 404


def _for_members(who: str, method: str, state: str) -> int:
    return 405 if method == "POST" else ASKED if who == STRANGER else 200


def _for_the_keeper(who: str, method: str, state: str) -> int:
    return 405 if method == "POST" else {STRANGER: ASKED, MEMBER: 404, KEEPER: 200}[who]


def _for_the_keeper_while_kept(who: str, method: str, state: str) -> int:
    return 404 if (who, method, state) in _GONE else _for_the_keeper(who, method, state)


_GONE = {(KEEPER, method, "taken back") for method in ("GET", "HEAD")}


def _act_of_members(done: int) -> Rule:
    return lambda who, method, state: 405 if method != "POST" else ASKED if who == STRANGER else done


def _act_of_the_keeper(done: int, *, while_kept: bool = False) -> Rule:
    def answer(who: str, method: str, state: str) -> int:
        gone = while_kept and state == "taken back"
        return 405 if method != "POST" else {STRANGER: ASKED, MEMBER: 404, KEEPER: 404 if gone else done}[who]

    return answer


def _for_the_owner(who: str, method: str, state: str) -> int:
    return 405 if method == "POST" else {STRANGER: ASKED, MEMBER: 403, KEEPER: 200}[who]


def _act_of_the_owner(done: int) -> Rule:
    return lambda who, method, state: 405 if method != "POST" else {STRANGER: ASKED, MEMBER: 403, KEEPER: done}[who]


def _page_of_the_owner(posted: int, *, while_kept: bool = False) -> Rule:
    def answer(who: str, method: str, state: str) -> int:
        gone = while_kept and state == "taken back"
        return {STRANGER: ASKED, MEMBER: 403, KEEPER: 404 if gone else posted if method == "POST" else 200}[who]

    return answer


def _feed(who: str, method: str, state: str) -> int:
    # A feed's reader signs in nowhere: everybody gets what a stranger may see.
    return 405 if method == "POST" else 200 if may_see(STRANGER, state) else 404


def _card(who: str, method: str, state: str) -> int:
    shown = 422 if method == "POST" else 200
    return {STRANGER: ASKED, MEMBER: 404, KEEPER: 404 if state == "taken back" else shown}[who]


def _place(who: str, method: str, state: str) -> int:
    return 405 if method != "POST" else 403 if who == STRANGER else 204 if may_see(who, state) else 404


def _used_link(who: str, method: str, state: str) -> int:
    return 403 if method == "GET" else 405


def _sign_out(who: str, method: str, state: str) -> int:
    return 302 if method == "POST" else 405


def _plain(name: str) -> Callable[[Kept], str]:
    return lambda kept: reverse(name)


def _work(name: str, *more: str) -> Callable[[Kept], str]:
    return lambda kept: reverse(name, args=[kept.work.public_id, *more])


def _import(name: str) -> Callable[[Kept], str]:
    return lambda kept: reverse(name, args=[kept.coming.public_id])


def _file(name: str) -> Callable[[Kept], str]:
    return lambda kept: reverse(name, args=[kept.coming.public_id, kept.row.pk])


def _search(name: str) -> Callable[[Kept], str]:
    def address(kept: Kept) -> str:
        return reverse(name, args=[searches.save(ada(), "Lamps", "/?status=complete").public_id])

    return address


def _ended(who: str, method: str, state: str) -> int:
    return 405 if method == "POST" else 404


DOORS = (
    Door("library", _plain("library"), _read_by_all),
    Door("favicon", _plain("favicon"), _sent_on),
    Door("robots", _plain("robots"), _read_by_all),
    Door("manifest", _plain("manifest"), _read_by_all),
    Door("search", lambda kept: f"{reverse('search')}?q=lamp", _read_by_all),
    Door("search-help", _plain("search-help"), _read_by_all),
    Door("remember", lambda kept: f"{reverse('remember')}?q=the+quill+and+the+lamp", _read_by_all),
    Door("search-suggest", lambda kept: f"{reverse('search-suggest')}?q=quill", _read_by_all),
    Door("sign-in", _plain("sign-in"), _read_by_all),
    Door("use-link", lambda kept: reverse("use-link", args=["A" * 43]), _used_link),
    Door("sign-out", _plain("sign-out"), _sign_out),
    Door("work", _work("work"), _of_the_work),
    Door("alike", _work("alike"), _of_the_work),
    Door("contents", _work("contents"), _of_the_work),
    Door("whole-work", _work("whole-work"), _of_the_work),
    Door("find-in-work", lambda kept: f"{_work('find-in-work')(kept)}?q=lamp", _of_the_work),
    Door("cover", _work("cover"), _of_the_work),
    Door("edition", _work("edition", "epub"), _of_the_work),
    Door("edition", _work("edition", "html"), _of_the_work),
    Door("edition", _work("edition", "txt"), _of_the_work),
    Door(
        "chapter",
        lambda kept: reverse("chapter", args=[kept.work.public_id, kept.work.chapters.get().public_id]),
        _of_the_work,
    ),
    Door(
        "picture",
        lambda kept: reverse("picture", args=[kept.work.public_id, kept.work.pictures.get().sha256]),
        _of_the_work,
    ),
    Door("tag", lambda kept: reverse("tag", args=["fandom", kept.word("fandom")]), _of_the_work),
    Door("byline", lambda kept: reverse("byline", args=[kept.work.bylines.get().public_id]), _of_the_work),
    Door("series", lambda kept: reverse("series", args=[kept.series.public_id]), _of_the_work),
    Door(
        "place",
        _work("place"),
        _place,
        lambda kept: {"chapter": str(kept.work.chapters.get().public_id), "fraction": "0.5", "passage": "p-abc"},
    ),
    Door("imports", _plain("imports"), _for_members),
    Door("begin-import", _plain("begin-import"), _act_of_members(201)),
    Door("import-whole", _plain("import-whole"), _act_of_members(302), lambda kept: {"pasted": "The fog."}),
    Door("import", _import("import"), _for_the_keeper),
    Door("import-rows", _import("import-rows"), _for_the_keeper),
    Door("receive-file", _import("receive-file"), _act_of_the_keeper(201), lambda kept: {"body": "The fog."}),
    Door("import-ready", _import("import-ready"), _act_of_the_keeper(204)),
    Door("undo-import", _import("undo-import"), _act_of_the_keeper(302)),
    Door("redo-import", _import("redo-import"), _act_of_the_keeper(302)),
    Door("correct-many", _import("correct-many"), _act_of_the_keeper(200)),
    Door("import-file", _file("import-file"), _for_the_keeper),
    Door("undo-file", _file("undo-file"), _act_of_the_keeper(302)),
    Door("redo-file", _file("redo-file"), _act_of_the_keeper(302)),
    Door("keep-line", _file("keep-line"), _act_of_the_keeper(302), lambda kept: {"line": "0"}),
    Door("file-original", _file("file-original"), _for_the_keeper),
    Door("correct", _work("correct"), _card, lambda kept: {"title": ""}),
    Door(
        "seen-by",
        _work("seen-by"),
        _act_of_the_keeper(302, while_kept=True),
        lambda kept: {"visibility": "private"},
    ),
    Door("original", _work("original"), _for_the_keeper_while_kept),
    Door(
        "decide-likeness",
        lambda kept: reverse("decide-likeness", args=[kept.work.public_id, kept.likeness.pk]),
        _act_of_the_keeper(302, while_kept=True),
    ),
    Door("duplicates", _plain("duplicates"), _for_members),
    Door("duplicate", lambda kept: reverse("duplicate", args=[kept.likeness.pk]), _for_the_keeper_while_kept),
    Door("undo-decision", lambda kept: reverse("undo-decision", args=[0]), _act_of_the_keeper(404)),
    Door("blocklist", _plain("blocklist"), _for_members),
    Door("block", _plain("block"), _act_of_members(302), lambda kept: {"block": "words a dead dove"}),
    Door(
        "unblock",
        _plain("unblock"),
        _act_of_the_keeper(302),
        lambda kept: {"entry": str(never_again.block(ada(), "words", "a dead dove").pk)},
    ),
    Door("saved-searches", _plain("saved-searches"), _for_members),
    Door("save-search", _plain("save-search"), _act_of_members(302), lambda kept: {"address": "/?status=complete"}),
    Door("usual-filters", _plain("usual-filters"), _act_of_members(302), lambda kept: {"query": "status=complete"}),
    Door("open-search", _search("open-search"), _act_of_the_keeper(302)),
    Door("rename-search", _search("rename-search"), _act_of_the_keeper(302), lambda kept: {"name": "Lights"}),
    Door("move-search", _search("move-search"), _act_of_the_keeper(302)),
    Door("forget-search", _search("forget-search"), _act_of_the_keeper(302)),
    Door("follow-search", _search("follow-search"), _act_of_the_keeper(302)),
    # An address nobody was given; who was given one is in tests/search/keeping.
    Door("search-feed", lambda kept: reverse("search-feed", args=["1000000000000000-" + "a" * 64]), _ended),
    Door("tags-complete", lambda kept: f"{reverse('tags-complete')}?kind=fandom&q=quill", _read_by_all),
    Door("tag-feed", lambda kept: reverse("tag-feed", args=["fandom", kept.word("fandom")]), _feed),
    Door("decide-proposals", _work("decide-proposals"), _act_of_the_keeper(302, while_kept=True)),
    Door("desk", _plain("desk"), _for_the_owner),
    Door("desk-bin", lambda kept: f"{reverse('desk-bin')}?kind=freeform", _for_the_owner),
    Door("desk-act", _plain("desk-act"), _act_of_the_owner(422), lambda kept: {"kind": "freeform"}),
    Door("desk-log", _plain("desk-log"), _for_the_owner),
    Door("desk-turn", lambda kept: reverse("desk-turn", args=[_act_of_ada(), "undo"]), _act_of_the_owner(302)),
    Door("desk-sets", _plain("desk-sets"), _for_the_owner),
    Door("desk-download", _plain("desk-download"), _for_the_owner),
    Door("desk-offer", _plain("desk-offer"), _act_of_the_owner(422)),
    Door("desk-offered", lambda kept: reverse("desk-offered", args=[_set_of_ada()]), _page_of_the_owner(302)),
    Door(
        "desk-tag",
        lambda kept: reverse("desk-tag", args=[kept.work.tags.get(kind="freeform").pk]),
        _page_of_the_owner(422, while_kept=True),
    ),
)


def _act_of_ada() -> int:
    return WranglingAct.objects.order_by("pk").values_list("pk", flat=True)[0]


def _set_of_ada() -> int:
    return OfferedSet.objects.order_by("pk").values_list("pk", flat=True)[0]


def patterns() -> Iterator[str]:
    """The name of every URL pattern there is; a pattern without a name by its own text."""
    yield from _named(get_resolver().url_patterns)


def _named(found: list[URLPattern | URLResolver]) -> Iterator[str]:
    for one in found:
        if isinstance(one, URLResolver):
            yield from _named(one.url_patterns)
        else:
            yield one.name or str(one.pattern)
