"""Pages of an archive that hold no story: the adult notice, a log-in page, a mystery work, an error page."""

from __future__ import annotations

_REFUSALS = (
    (
        "This work could have adult content",
        "This is the archive's notice about adult content, not the story. Open the story past the notice and save "
        "that page.",
    ),
    (
        "This work is only available to registered users",
        "This is the archive's log-in page: the story is only for its members. Log in there and save the story.",
    ),
    (
        "This work is part of an ongoing challenge and will be revealed soon",
        "This is a mystery work that the archive had not revealed yet when the page was saved.",
    ),
    ("Mystery Work", "This is a mystery work that the archive had not revealed yet when the page was saved."),
    ("Retry later", "The archive was too busy and sent an error page instead of the story. Save it again later."),
    ("Too Many Requests", "The archive was too busy and sent an error page instead of the story. Save it again later."),
    ("Error 503", "The archive was too busy and sent an error page instead of the story. Save it again later."),
    ("Error 404", "The archive could not find this story when the page was saved."),
    ("Forgot password?", "This is the archive's log-in page, not the story. Log in there and save the story."),
)
_STORY_SIGNS = ('id="chapters"', "id='chapters'", "userstuff", "id=chapters")
_ARCHIVE_SIGNS = ("otwarchive", "archiveofourown", "Archive of Our Own", "ao3.org", 'id="signin"', 'id="new_user')
# An error page of the archive's front server is a few words without any of its own marks.
_BARE_ERRORS = ("Retry later", "Too Many Requests")
_SHORT = 600


def refusal(text: str) -> str:
    """The plain sentence for a page of an archive without a story; "" where it is no such page."""
    if any(sign in text for sign in _STORY_SIGNS):
        return ""
    ours = any(sign in text for sign in _ARCHIVE_SIGNS) or (len(text) < _SHORT and any(e in text for e in _BARE_ERRORS))
    return next((why for sign, why in _REFUSALS if sign in text), "") if ours else ""
