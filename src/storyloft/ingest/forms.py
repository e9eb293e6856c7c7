"""Correcting what works are catalogued under: one work, or many at once."""

from __future__ import annotations

from django import forms

from storyloft.ingest.fitting import MOST_CHAPTERS
from storyloft.prose.clean import CleanHtml
from storyloft.prose.plain import plain_text
from storyloft.tags.kinds import CATEGORIES, RATINGS, WARNINGS, TagKind
from storyloft.works.correcting import Correction
from storyloft.works.models import Status, Visibility, Work

_LISTED = "Separate several with a comma."


def names_in(text: str) -> tuple[str, ...]:
    """Names separated by commas, in order, without repeats."""
    return tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


def _names(given: str | list[str]) -> tuple[str, ...]:
    return names_in(given) if isinstance(given, str) else tuple(given)


def _tags(kind: str, label: str) -> forms.CharField:
    """A field for tags of one kind, completed while somebody types (complete.js): the work's fandom first."""
    attrs = {"data-complete": kind, "data-many": ",", "data-fandom-from": "fandom"}
    return forms.CharField(label=label, required=False, help_text=_LISTED, widget=forms.TextInput(attrs=attrs))


class CorrectionForm(forms.Form):
    """One work's catalogue card."""

    title = forms.CharField(max_length=300)
    bylines = forms.CharField(label="By", required=False, max_length=600, help_text=_LISTED)
    fandom = _tags("fandom", "Fandoms")
    relationship = _tags("relationship", "Relationships")
    character = _tags("character", "Characters")
    freeform = _tags("freeform", "Additional tags")
    rating = forms.ChoiceField(choices=[("", "–"), *((name, name) for name in RATINGS)], required=False)
    warning = forms.MultipleChoiceField(
        label="Archive warnings", choices=[(name, name) for name in WARNINGS], required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    category = forms.MultipleChoiceField(
        label="Categories", choices=[(name, name) for name in CATEGORIES], required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    summary = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), required=False)
    language = forms.CharField(max_length=20, required=False, help_text="A code: en, fr, zh …")
    status = forms.ChoiceField(choices=Status.choices)
    expected_chapters = forms.IntegerField(
        label="Expected chapters", min_value=1, max_value=MOST_CHAPTERS, required=False
    )
    series = forms.CharField(max_length=300, required=False)
    series_position = forms.CharField(label="Part", max_length=20, required=False)
    visibility = forms.ChoiceField(label="Seen by", choices=Visibility.choices)

    @staticmethod
    def card_of(work: Work) -> dict[str, object]:
        """The work's card as the form shows it."""
        part = work.series_parts.select_related("series").first()
        typed = {str(kind): ", ".join(work.tags_of(kind)) for kind in TagKind}
        return typed | {
            "title": work.title,
            "bylines": ", ".join(work.names),
            "rating": next(iter(work.tags_of(TagKind.RATING)), ""),
            "warning": work.tags_of(TagKind.WARNING),
            "category": work.tags_of(TagKind.CATEGORY),
            "summary": plain_text(CleanHtml(work.summary)),
            "language": work.language,
            "status": work.status,
            "expected_chapters": work.expected_chapters,
            "series": part.series.title if part else "",
            "series_position": part.position if part else "",
            "visibility": work.visibility,
        }

    def correction(self) -> Correction:
        """What was changed, and only that: a field left as it was is not a correction."""
        card = {name: self.cleaned_data[name] for name in self.changed_data}
        tags = {kind: _names(card[kind]) for kind in TagKind if kind in card}
        moved = {"series", "series_position"} & set(card)
        return Correction(
            title=card.get("title"),
            summary=card.get("summary"),
            language=card.get("language"),
            status=card.get("status"),
            expected_chapters=card.get("expected_chapters"),
            bylines=names_in(card["bylines"]) if "bylines" in card else None,
            series=(self.cleaned_data["series"], self.cleaned_data["series_position"]) if moved else None,
            tags=tags,
        )


class ManyForm(forms.Form):
    """The same change to many works."""

    bylines = forms.CharField(label="By", required=False, help_text="Replaces the names of all chosen works.")
    fandom = _tags("fandom", "Add fandoms")
    relationship = _tags("relationship", "Add relationships")
    freeform = _tags("freeform", "Add tags")
    remove = forms.CharField(label="Take tags away", required=False, help_text="Of any kind. " + _LISTED)
    rating = forms.ChoiceField(choices=[("", "Leave"), *((name, name) for name in RATINGS)], required=False)
    status = forms.ChoiceField(choices=[("", "Leave"), *Status.choices], required=False)
    visibility = forms.ChoiceField(label="Seen by", choices=[("", "Leave"), *Visibility.choices], required=False)

    def correction(self) -> Correction:
        """The change; whatever was left empty stays as it is."""
        card = self.cleaned_data
        kinds = (TagKind.FANDOM, TagKind.RELATIONSHIP, TagKind.FREEFORM)
        return Correction(
            bylines=names_in(card["bylines"]) or None,
            status=card["status"] or None,
            tags={TagKind.RATING: (card["rating"],)} if card["rating"] else {},
            add=tuple((kind, name) for kind in kinds for name in names_in(card[kind])),
            remove=tuple((kind, name) for kind in TagKind for name in names_in(card["remove"])),
        )
