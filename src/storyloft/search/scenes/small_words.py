"""Words that carry no story in a memory: more than a search leaves out, for memories are told in whole sentences."""

from __future__ import annotations

_SMALL_WORDS = """
    a an the this that these those some any each every either neither both all such same other others another
    i me my mine myself you your yours yourself he him his himself she her hers herself it its itself we us our ours
    they them their theirs themselves one ones someone somebody something anyone anybody anything everyone everybody
    everything nobody nothing none who whom whose which what whatever
    and or but nor so yet if then than because while when where why how until till although though unless since as
    of in on at by for from with without to into onto out off up down over under about around through between against
    during before after above below near again further there here upon within along across away back
    am is are was were be been being have has had having do does did doing done can could will would shall should may
    might must ought get gets got getting gotten goes going go went gone
    not no yes very really just only also too even still ever never always often quite rather much many more most
    less least few several lot lots bit almost already now soon later once twice however instead maybe perhaps like
    thing things stuff sort kind way well
    s t d m ll re ve don doesn didn isn wasn aren weren hasn haven hadn won wouldn couldn shouldn can cannot
    turns turned turning happens happened happen actually finally eventually apparently basically etc
    story stories fic fics fanfic fanfics fanfiction tale
    der die das und ein eine ist im dem den zu von mit nicht le la les un une des et est du de dans que qui el los las
    una y en por con
"""
SMALL_WORDS = frozenset(_SMALL_WORDS.split())
