"""The archive prints a language's own name; this is the code for each. Unknown names keep their name, no code."""

from __future__ import annotations

_NAMES = """
af Afrikaans | ar العربية | ast asturianu | az Azərbaycan dili | be беларуская мова | bg Български език | bn বাংলা
bs Bosanski | ca Català | ceb Cebuano | cs Čeština | cy Cymraeg | da Dansk | de Deutsch | el Ελληνικά | en English
eo Esperanto | es Español | et eesti keel | eu Euskara | fa فارسی | fi Suomi | fil Filipino | fr Français
ga Gaeilge | gd Gàidhlig | gl Galego | he עברית | hi हिन्दी | hr Hrvatski | hu Magyar | hy Հայերեն
ia Interlingua | id Bahasa Indonesia | is Íslenska | it Italiano | ja 日本語 | ka ქართული | kk Қазақша | ko 한국어
la Lingua latina | lb Lëtzebuergesch | lt Lietuvių kalba | lv Latviešu valoda | mk македонски | ml മലയാളം
mn Монгол Кирилл үсэг | mr मराठी | ms Bahasa Malaysia | mt Malti | nl Nederlands | no Norsk | pa ਪੰਜਾਬੀ | pl Polski
pt-BR Português brasileiro | pt-PT Português europeu | ro Română | ru Русский | sco Scots | si සිංහල
sk Slovenčina | sl Slovenščina | so af Soomaali | sq Shqip | sr Српски | sv Svenska | sw Kiswahili | ta தமிழ்
te తెలుగు | th ไทย | tr Türkçe | uk Українська | ur اُردُو | vi Tiếng Việt | yi יידיש | zh 中文-普通话 國語
yue 中文-广东话 粵語 | nan 中文-闽南话 臺語 | wuu 吴语 | hak 中文-客家话 | tlh tlhIngan-Hol | qya Quenya | sjn Sindarin
"""


def _table() -> dict[str, str]:
    pairs = (entry.split(None, 1) for line in _NAMES.strip().splitlines() for entry in line.split(" | "))
    return {name.strip().casefold(): code for code, name in pairs}


_CODES = _table()


def code_for(name: str) -> str:
    """The language code that a language's own name stands for; "" where the table does not know it."""
    return _CODES.get(" ".join(name.split()).casefold(), "")
