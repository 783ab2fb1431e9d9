"""Words that carry no subject: grammar, and the words with which people ask for a contact."""

from __future__ import annotations

GRAMMAR = frozenset(
    """a an the of for to in on at by with from and or but if is are was were be been being am do does did doing
    who whom whose what which when where why how i me my mine we us our ours you your yours he him his she her
    hers it its they them their theirs this that these those there here as so than then too very just also any
    some can could should would will shall may might must have has had having not no nor up into onto about s t
    etc per via""".split()
)
"""Left out of what an entry says."""

ASKING = GRAMMAR | frozenset(
    """get gets getting got need needs needed want wants wanted wanting please pls plz thanks thank ta hi hello
    hey speak talk ring call phone telephone number tel email mail contact contacts contacting details person
    people someone somebody anyone anybody nobody everyone tell know knows find out off over dont doesnt didnt
    isnt arent wasnt cant couldnt wont wouldnt hasnt havent aint whats whos wheres hes shes theyre im ive id ill
    youre weve theyve let go goes going went come comes coming came through straight away deal deals dealing
    dealt sort sorts sorted sorting handle handles handling responsible look looks looking like one ones two
    really much many lot lots bit still yet now ever never always since ago while because cause ok okay think
    thinks thinking thought say says said saying give gives given giving take takes taking make makes made making
    use used using ask asks asking asked thing things something anything nothing way regarding concerning query
    question constituent constituents resident residents ward division cllr councillor kindly advise email
    forwarded forward writes wrote try tried trying keep keeps kept put puts seem seems wish wishes inquire
    approach refer owt nowt summat duck love mate""".split()
)
"""Left out of what a question says, unless the directory has it in a team's or a service's name."""
