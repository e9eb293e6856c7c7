"""A shoebox of saved stories, written for the journeys: a Wattpad part, one paragraph a line, a part without a head."""

from __future__ import annotations

from pathlib import Path

# Wattpad's pages leave a line of blanks above the text.
BLANKS = " " * 36

GOODBYE = f"""The Last Lesson.

1.2K 61 18
{BLANKS}

Right, so everybody asked what Mr Darcy did after the ball. Did he dance in secret? I like to think he did.

+++

Darcy stood before the glass in the long gallery and counted. "One, two, three." The parquet complained.

Bingley laughed from the doorway. "You are thinking of your feet again. She will be thinking of your face."

"My face," said Darcy, "has never been of the slightest use to anybody."

+++

On the night itself he forgot every number he had learned, and Elizabeth did the counting for them both.

Longbourn LightsWhere stories live. Discover now
"""

LETTER = """The keeper who counted the gulls

Every morning the keeper of the Skerry light counted the gulls on the rail, and every morning there were nineteen.
He wrote the number in the log under the weather, because a man ought to have one fact a day that does not change.
On the morning of the storm there were twenty.

The twentieth gull was made of tin. It had a key in its side, and when he turned the key it said a name.
He had not heard the name for eleven years.
"""

HEADLESS = """"And then?" Watson had not touched his tea. The spoon stood in it like a mast.

"And then the violin stopped," said Holmes, "and nobody in the house could say when."

Baker Street by GaslightWhere stories live. Discover now
"""


def pack(folder: Path) -> list[Path]:
    """Write the shoebox into a folder; its files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {"last-lesson-part.txt": GOODBYE, "gulls.txt": LETTER, "violin-part.txt": HEADLESS}
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return [folder / name for name in files]
