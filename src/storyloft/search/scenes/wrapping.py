"""The patterns of what people wrap around a memory, for the English of request threads.

Two kinds: what is talk wherever it stands, and what is talk only where somebody speaks of themselves ("I never found
it" is, "they never found the body" is not).
"""

from __future__ import annotations

import re

_FLAGS = re.IGNORECASE | re.VERBOSE
_STORY = r"(?:fan\s?fic(?:tion)?s?|fics?|story|stories|book|tale|one[\s-]?shot)"
_ANYONE = r"(?:any\s?(?:one|body)|some\s?(?:one|body)|ya'?ll)"
_KNOW = (
    r"(?:know|help|recogni[sz]e|remember|recall|tell|identify|point|find|think\s+of|seen|heard|guess|place|name"
    r"|have\s+"
    r"(?:any|a)|got\s+any|read)"
)

GREETING = re.compile(
    r"""^\W*(?:(?:oh|ok(?:ay)?|so|well|um+|uh+|right|anyway)\b[\s,]*)*
        (?:hi+(?:ya)?|hello+|hey+|heya|dear(?=\s+(?:all|every|reader|friend|fellow|people|lovel))|greetings|howdy|hola
           |good\s+(?:morning|afternoon|evening|day)(?=\s*[,!.]|\s+(?:all|every|guys|folks|friends|lovely|people
           |fellow)))\b
        (?:[\s,]+(?:there|all|everyone|everybody|every\s?one|guys|folks|friends?|people|lovely|lovelies|peeps|team
          |again
           |y'?all|fellow|fic|readers?|gals|ladies|reddit|tumblr|hive\s?mind|wonderful|beautiful|amazing|internet
           |strangers|bookworms?)\b)*""",
    _FLAGS,
)

# The whole fragment is talk about the search wherever one of these stands.
TALK = re.compile(
    rf"""\b(?:
        (?:thanks|thank\s+you|thank\s+u|thankyou)\b(?!\s+to\s+(?!any|every|all|who|you))
      | (?:be|is|are|was|much|really|hugely|greatly|highly|very|so|also)\s+appreciated | (?:much|really)\s+appreciate
      | (?:be|so|very|forever|eternally|really|super)\s+(?:so\s+|very\s+)?grateful\s*(?:$|for\s+any|if|to\s+(?:any
      |who))
      | in\s+your\s+debt | bear\s+with\s+me | pl(?:ea)?[sz]e+\s+(?:please\s+)?(?:help\b|can\s+{_ANYONE}|{_ANYONE})
      | (?:does|do|did|can|could|would|will|might|has|have|if|hoping|hope|wondering\s+if)\s+(?:that\s+)?{_ANYONE}
        (?:\s+\w+){{0,3}}?\s+{_KNOW}
      | {_ANYONE}\s+(?:here\s+|out\s+there\s+|else\s+)*(?:can|could|might|may|must|will)?\s*
        (?:recogni[sz]es?\s+(?:it|this|the)|knows?\s+(?:what|which|this|the\s+(?:title|name|{_STORY})|where\s+i)
          |know\s+it
           |help\s+(?:me|please)|please)
      | (?:ring|rings|ringing)\s+(?:a|any)\s+bells? | sounds?\s+familiar | (?:a|total|bit\s+of\s+a)\s+long\s+shot
      | needle\s+in\s+a\s+haystack | first[\s-]time\s+(?:posting|poster|asking) | long[\s-]?time\s+(?:lurker|reader)
      | (?:right|wrong)\s+(?:place\s+(?:to\s+ask|for\s+this)|sub(?:reddit)?|forum) | posting\s+(?:here|this)
      | (?:driving|drives|drove|bugging|bugs|bothering|haunting|haunted|killing)\s+(?:me|us)\b
      | stuck\s+in\s+my\s+(?:head|mind) | out\s+of\s+my\s+(?:mind|head) | (?:tip|end)\s+of\s+my\s+tongue
      | googl(?:ed|ing) | my\s+(?:old\s+)?(?:laptop|computer|phone|kindle|tablet|hard\s+drive)\b
      | (?:what|which)\s+(?:{_STORY}|title)\s+(?:is|was)?\s*(?:it|this|that)\b | what\s+(?:it|this)(?:'s|\s+is
      |\s+was)\s+called
      | (?:what|who)(?:'s|\s+is|\s+was)\s+(?:the\s+)?(?:title|author) | where\s+(?:i|we)\s+(?:can|could
      |might)\s+(?:find|read)
      | (?:super|so|very|really|pretty|bit|all|too|quite)\s+vague | not\s+much\s+to\s+go\s+(?:on|by)
      | (?:everybody|everyone|people)\s+keeps?\s+(?:telling|suggesting|recommending)\s+me
      | (?:details?|memory|recollection)\s+(?:is|are|may|might|could)\s+(?:be\s+)?(?:a\s+bit\s+|a\s+little\s+
      |pretty\s+)?
        (?:fuzzy|hazy|vague|foggy|wrong|blurry|patchy)
      | (?:kudos|cookies|points|hugs)\s+(?:to|for)\s+(?:whoever|anyone|the\s+(?:one|person)) | to\s+whoever\s+finds
      | take\s+(?:this|it|that)\s+with\s+a\s+(?:grain|pinch)
    )(?!\w)
    | ^\W*(?:(?:so|and|but|also|well|um|honestly|ok|okay)\s+)*(?:
        thx|tysm|tia|ty|cheers\W*(?:all|everyone|guys|folks)?\W*$ | pl(?:ea)?[sz]e+\W*$ | many\s+thanks | sorry\b
      | help\W*(?:$|me\b|pl) | need\s+help | any\s+(?:and\s+all\s+|kind\s+of\s+|little\s+|other\s+)?
        (?:help|ideas?|leads?|suggestions?|pointers?|clues?|hints?|recs?|info(?:rmation)?)\b
      | {_ANYONE}\W*$ | (?:looking|searching|hunting)\s+(?:everywhere\s+)?for\s+(?:\w+\s+){{0,4}}?(?:{_STORY}|one
      |this|it|title)\b
      | trying\s+to\s+(?:find|remember|track|locate|identify) | been\s+(?:looking|searching|trying) | no\s+luck
      | (?:can't|cannot|couldn't|could\s+not|don't|do\s+not|didn't)\s+(?:\w+\s+){{0,3}}?
        (?:find|recall|remember)\s+(?:it|this|the\s+(?:title|name|author|rest|{_STORY}))
      | (?:can|could|do|would)\s+you\s+(?:\w+\s+){{0,2}}?{_KNOW} | if\s+you\s+(?:know|recogni[sz]e|find|have)
      | not\s+sure\s+(?:where|if\s+this|how|who\s+wrote|what\s+(?:it|the)) | no\s+(?:idea|clue)\s+(?:who|what|where
      |how|about)
      | that'?s\s+(?:(?:literally|about|pretty\s+much)\s+)?(?:all|it|everything)(?:\s+i\b.*)?\W*$
      | new\s+here | lurk(?:er|ing) | edit\W*$ | update\W*$ | tl\W?dr\W*$ | p\W?s\W*$ | lol\W*$ | haha\w*\W*$
      | forg[eo]t(?:ten)?\s+the\s+(?:title|name|author) | hope(?:fully)?\s+(?:this|that|you|some)\b
    )""",
    _FLAGS,
)

# Talk where the fragment speaks in the first person.
OWN_TALK = re.compile(
    rf"""\b(?:
        (?:looking|looked|searching|searched|hunting|hunted|trawl\w*|scour\w*|digging|dug)\b
      | (?:after|want|need|wanted|seeking)\s+(?:(?:a|an|the|this|that|some|old|short|certain|particular
      |specific)\s+){{0,4}}{_STORY}
      | try(?:ing)?\s+to\s+(?:find|remember|track|locate|identify|recall|work\s+out|figure)
      | (?:can't|cannot|can\s+not|couldn't|could\s+not|never|unable|failed|don't|didn't|haven't
      |not)\s+(?:\w+\s+){{0,7}}?
        (?:find|found|track|locate|remember|recall|place|think\s+of|figure|know|been\s+able)
      | (?:don't|do\s+not|can't|not\s+sure|no\s+idea|forget|forgot|forgotten)\s+(?:\w+\s+){{0,4}}?(?:title|author
      |name|wrote|called)
      | (?:tried|used|checked|asked)\s+(?:\w+\s+){{0,4}}?(?:search\w*|tags?|filters?|google|bookmarks?|history
      |everything|
        everywhere|ao3|keywords?|around|friends|reddit|chatgpt)
      | lost\s+(?:the\s+|my\s+)?(?:bookmarks?|link|tab|url|title|track|it|account|copy|list)
      | already\s+(?:checked|read|tried|know|seen|ruled) | (?:know|read|checked|tried|seen)\s+that\s+one
      | checked\s+that
      | (?:love|like|want|dying|desperate|hoping|need|wish)\s+(?:\w+\s+){{0,2}}?to\s+(?:re-?read|find|read|show
      |share|know)\b
      | (?:i|i'd)\s+(?:would\s+|could\s+)?(?:love|appreciate|be\s+\w+\s+grateful|give\s+anything|owe)
      | mixing\s+(?:\w+\s+){{0,4}}?up\b | mixed\s+(?:\w+\s+){{0,3}}?up\b | misremember\w* | doing\s+this\s+wrong
      | might\s+be\s+(?:wrong|getting|making|thinking|confus\w+) | help\b | hope\b | vague | think\s+about\s+it
      | know\s+(?:it|this|that)(?:'s|\s+is|\s+isn't)\s+not\s+much | all\s+i(?:\s+have|'ve)\s+got | loved\s+(?:it|this)
    )(?!\w)""",
    _FLAGS,
)

# How somebody came by the story; behind it they may say what is in it ("… where Watson is a cat").
READING = re.compile(
    rf"""\b(?:
        (?:i|i've|i'd|we|we've|we'd)\s+(?:\w+\s+){{0,4}}?
        (?:read|re-?read|heard|found|came\s+across|come\s+across|stumbled|got|borrowed|downloaded|saved|bookmarked
          |listened
           |studied|finished|encountered|discovered|picked|own(?:ed)?|had)\b
      | {_STORY}\s+(?:that\s+)?(?:i|we)\s+(?:\w+\s+){{0,3}}?(?:read|had|found|heard|loved|saw|came)
      | when\s+i\s+was | (?:was|were)\s+(?:assigned|read\s+to\s+us)
    )(?!\w)
    | ^\W*(?:(?:think|pretty\s+sure|probably|must\s+have|maybe|and|but|so|have|had)\s+)*
      (?:read|saw|heard|found|downloaded|bookmarked|saved)\s+(?:it|this|that)\b
    | ^\W*(?:(?:and|but|so|maybe|perhaps|probably)\s+)*(?:it|this|that)(?:'s|\s+(?:was|is|might\s+have\s+been
    |may\s+have\s+been|
      could\s+have\s+been|must\s+have\s+been))\s+(?:\w+\s+){{0,2}}?(?:in|on|from|part\s+of|posted|published|written
        |archived)\s+
      (?:(?:a|an|the|some|this|my|one|of|those|big|old|online|around|about|back|short|on|in)\s+){{0,5}}
      (?:\w+\s+){{0,2}}?(?:collection|anthology|anthologies|book|magazine|zine|fanzine|website|site|paperback
        |textbook|volume|
      ao3|ff\.?net|wattpad|livejournal|tumblr|library|archive|forum|blog|[12]\d\d\d|e-?book|kindle)\b
    | ^\W*(?:(?:and|but|so)\s+)*back\s+in\s+(?:the\s+day|high\s+school|school|college|uni|(?:the\s+)?(?:19|20)\d\d
    |the\s+\w+ties)\b
    | \bin\s+translation\W*$""",
    _FLAGS,
)
# Where it was read: talk beside any of the above, and in the first person.
READING_PLACE = re.compile(
    r"""\b(?:class|seminar|anthology|anthologies|paperback|hardback|textbook|magazine|fanzine|zine|websites?|site
      |e-?books?
      |kindle|audiobook|app|forum|mailing\s+list|livejournal|tumblr|library|archive|school|college|university|grade
      |bookshop|bookstore|teacher|cover|collection|online|internet|reader)\b""",
    _FLAGS,
)
TELLS = re.compile(
    r"\b(?:where(?:in)?|in\s+which|about|(?:and\s+)?there(?:'s|\s+(?:is|was|were|are))|featuring"
    r"|involving)\b[\s,:]*",
    _FLAGS,
)

_OFTEN = (
    r"(?:also|do|did|still|really|just|only|can|vaguely|dimly|clearly|distinctly|vividly|sort\s+of|kind\s+of|kinda"
    r"|want\s+to"
    r"|wanna|would|could|will|may|might|definitely|actually|sorta|quite|faintly|mostly|most|best|honestly|mainly)"
)
# Softens a fact, which stays.
HEDGE = re.compile(
    rf"""\b(?:
        (?:(?:and|but|so|also|then)\s+)?(?:what|all|everything|the\s+(?:only|main|one|first|last|other|next)\s+
        (?:thing|part|bit|scene|detail)s?)\s+(?:that\s+)?i\s+(?:{_OFTEN}\s+)*(?:remember|recall|know|have)
        (?:\s+(?:about\s+it|best|most|clearly|now))?(?:\s+(?:is|was|are)(?:\s+that)?)?
      | i\s+(?:{_OFTEN}\s+)*(?:remember|recall|think|believe|guess|suppose|assume|reckon|feel|imagine|say|swear
      |suspect|mean
        |seem\s+to\s+(?:remember|recall)|have\s+(?:a\s+)?(?:vague|dim|faint|hazy|distinct)\s+(?:memory|memories
        |recollection)\s+of)(?:\s+(?:that|it\s+was|it's|there\s+(?:was|is|being|were|are)|something\s+about
        |a\s+(?:scene|bit|part)))*
      | (?:and\s+|but\s+)?(?:i'm\s+|i\s+am\s+|i\s+was\s+|im\s+)?(?:\d+\s*%\s*|pretty\s+|fairly\s+|quite\s+
      |almost\s+|reasonably\s+
        |not\s+|so\s+|very\s+|too\s+|entirely\s+|completely\s+|absolutely\s+|really\s+|totally\s+|half\s+|nearly\s+)+
        (?:sure|certain|positive|convinced)(?:\s+(?:that|it\s+was|it's|there\s+(?:was|is|were|are)|about\s+(?:this
          |that|it)))*
      | if\s+(?:i\s+)?(?:remember|recall)\s*(?:right(?:ly)?|correctly)? | if\s+memory\s+serves(?:\s+me)? | iirc
      | afaik | afair | imo | tbh
      | from\s+what\s+i\s+(?:remember|recall) | as\s+far\s+as\s+i\s+(?:remember|recall|know|can\s+tell)
      | maybe | perhaps | possibly | probably | presumably | basically | essentially | literally | honestly
      | i\s+dunno | dunno
      | (?:it\s+)?(?:might|may|could|must)\s+(?:also\s+)?have\s+been | or\s+(?:something|whatever
      |so)(?:\s+(?:like\s+that|similar
        |along\s+those\s+lines))? | something\s+like\s+that | or\s+thereabouts | kind\s+of | kinda | sort\s+of | sorta
      | some\s+(?:sort|kind)\s+of | like\s+i\s+said | to\s+be\s+honest | for\s+some\s+reason | anyways? | haha
      | lol | btw
      | by\s+the\s+way | in\s+case\s+(?:it|that)\s+helps | (?:it|that)\s+(?:turns|turned)\s+out(?:\s+that)?
      | (?:it|this|that|the\s+(?:plot|premise))(?:'s|\s+(?:is|was))\s+(?:(?:basically|all|set|mainly|mostly|one)\s+)*
        (?:about|where|in\s+which|with|when)
      | (?:(?:it|this)(?:'s|\s+(?:is|was))\s+)?(?:the|a|an|this|that)\s+(?:(?:short|old|funny|long|great|very
      |really|certain)\s+)*
        {_STORY}\s+(?:is\s+|was\s+)?(?:about|where|in\s+which|with|when|involving|featuring|that\s+(?:has|had))
      | (?:and\s+|so\s+|but\s+)?(?:there's|there\s+(?:is|was|were|are))(?:\s+(?:this|a|an|some|these|also|one))?
        (?:\s+(?:scene|bit|part|moment|chapter)\s+(?:where|in\s+which|when|with))?
      | (?:in\s+)?(?:one|another|the|a)\s+(?:scene|bit|part|moment|chapter)\s+(?:where|in\s+which|when)
      | something\s+(?:about|with)
    )(?!\w)""",
    _FLAGS,
)

NOT_THAT = re.compile(
    rf"""(?:^|[,;(–—]|\s-+\s|\b(?:and|but|so)\b)\s*
        (?:(?:it|this|that)(?:'s|\s+(?:is|was))?\s+|definitely\s+|btw\s+|sorry\s+|no\s+|(?P<mean>i\s+(?:don't
          |do\s+not)\s+mean\s+))*
        (?:(?:not|isn't|wasn't|isnt|wasnt|other\s+than)\s+|(?(mean)|(?!)))
        (?:(?:also|actually|by\s+chance)\s+)?
        (?:(?:the|that)\s+(?!only\b|same\b|first\b|last\b|right\b|real\b)(?:[\w'-]+\s+){{0,6}}?(?:one|{_STORY}
          |version|series)\b
           |(?:called|titled)\b) \s*(?P<rest>[^.!?;)]*)""",
    _FLAGS,
)
MEANT = re.compile(rf"\b(?:the|that)\s+(?P<said>(?:[\w'-]+\s+){{1,6}}?)(?:one|{_STORY}|version|series)\b", _FLAGS)
WITHOUT = re.compile(
    r"^\W*(?:(?:and|but|there's|definitely|with)\s+)*(?:not|no|without)\s+"
    r"(?!one\b|body\b|sooner\b|matter\b|longer\b|doubt\b|more\b|less\b|even\b|to\b|that\b|sure\b|wonder\b|way\b"
    r"|idea\b|clue\b)"
    r"(?:(?:any|a|an|the)\s+)?(?P<rest>[\w'-]+(?:\s+[\w'-]+){0,2})\W*$",
    _FLAGS,
)

FIRST_PERSON = re.compile(
    r"\b(?:i|i'm|i've|i'd|i'll|im|ive|my|me|myself)\b|^\W*(?:(?:and|but|so)\s+)?(?:we"
    r"|our)\b",
    re.IGNORECASE,
)
