"""Words for people, and words that are no person's name however they are written."""

from __future__ import annotations

_CALENDAR = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june
july august september october november december christmas easter ramadan eid diwali today tomorrow
tonight yesterday
"""
_SMALL = """
i a an the and or but so if as at by for from in into of off on onto to up with without about
after again against all also am any are back be because been before being both can cannot can't
could did didn't do does doesn't don't down during each few get gets getting go goes going gone
got had has hasn't have haven't having he he's her here hers him his how i'd i'll i'm i've is
isn't it it's its just keeps last left let like made may me might more most must my need needs
never next no none nor not now old once one only other our ours out over own please rang said same
says she she's should since some still such than thanks that that's their theirs them then there
these they they're this those though through told too under until us very want wanted wants was
wasn't we we're were what when where which while who who's whose why will won't would yes yet you
your asking saying phoned phoning calling rings ringing earlier later round doing say yesterday
live lives living stay stays moved came comes went think thought ok hi hello dear re fwd
"""
_OFFICES = """
cllr cllrs councillor councillors coun ald alderman mayor leader chair chairman chairwoman
chairperson vice deputy director head manager lead officer officers clerk sir dame lord lady
baroness mp mps pc sgt inspector judge minister secretary portfolio holder member members
"""
_COUNCIL = """
a&e academy act adult adoption advice advocacy advocate agency agenda agreement allowance
ambassador ambassadors annual apprenticeship assessment assistance association authority award
awards baby band bank benefit benefits bill board borough boys brownies bus business cabinet camhs
campaign capital card cards care carer carers case centre charter child children children's
childrens church city civic clinic club code college commission committee communities community
conference constituency contact corporate council council's councils county court covenant credit
crown customer data day democratic dentist department development dfe digital directorate district
drop-in duty early east education ehcp ehcps election emergency employment engagement england
english environment estate event exploitation family families festival finance forum foster
fostering foundation friends friendly fund funding further gcse gcses girls governance gp gps
grant grants group guardianship guides guide guidance hall handbook health help helpline high
highways holiday home homelessness homes hospital house housing hr hub improvement inclusion
independent initiative inspection integrated iro iros it job justice key lac lado law leaver
leavers leaving legal leisure letter library licensing link local loan looked mash meeting mental
mentor ministry missing modern mother multi national neet network newborn newsletter nhs north
north-east notice nursery offending offer office ofsted option options order out pa panel parent
parental parenting parents park parks part partnership pas pass pathway pay payment payments pep
peps performance permanency person personal physical pip placement placements plan planning plans
play police policy post practice primary priority private probation procedure process programme
project promise property protection protocol provider provision psychology public pupil pupils
quality rate record recruitment referral refugee region register registration report reports
resettlement residential respite review reviews rights road safe safeguarding savings scheme
school schools scouts scrutiny section secure send senco service services sgo sibling siblings
skills social society south special standards state statement station statutory steering strategic
strategy street student students sub-group suite summit support supported survey task tax team
teams tenancy tenant town trading training transport trust uasc uc uk union unit universal
university uni update vacancy values village virtual visit visiting voice voluntary volunteer
wales ward wards week weekly welfare west west-end winter women work worker workers working yes
yos yot young youth ymca yoi zone stable covid slack ambulance environmental samaritans barnardo's
nspcc childline names crying zoom outlook email appendix item total present absent apologies
attendance attending no maybe tentative remote recommendation table figure question action actions
concern concerns minute minutes paragraph page background afghan afghanistan albanian arabic asian
black british chinese eritrean ethiopian european french german indian iranian iraqi irish kurdish
muslim pakistani polish portuguese punjabi roma romanian scottish somali spanish sudanese syrian
traveller turkish ukrainian urdu vietnamese welsh white scotland ireland britain london
"""
_PEOPLE = """
adopter adopters aunt auntie aunty bairn boy brother constituent constituents cousin dad daddy
daughter daughters father girl gran grandad grandchild granddaughter grandfather grandma
grandmother grandpa grandson granny guardian host husband kid kids lad lads landlady landlord lass
lassie man men mam mom mother mum mummy nan nana nanna neighbour nephew niece partner resident
residents sister somebody someone somebody's else son sons staff stepdad stepmum teen teenager
tenant toddler twin twins uncle dob dobs wife woman youngster
"""
_ELSEWHERE = """
tiktok snapchat instagram facebook youtube whatsapp reception premium remain iran iraq ghana
nigeria syria sudan eritrea ethiopia vietnam albania ukraine pakistan india bangladesh poland
romania turkey somalia congo kenya spain france germany italy portugal china
"""

NOT_NAMES = frozenset(" ".join((_CALENDAR, _SMALL, _OFFICES, _COUNCIL, _PEOPLE, _ELSEWHERE)).split())
"""In small letters: words of the calendar, of grammar, of the council and its papers, for people."""

_SERVICES = """
AD AI AM BC BH CC CE CP CQ CS CX DA DC DP DV ED EH ES EU FC FM FT GP HQ HR ID IT KS LA MP NE NI NW
OK OT PA PE PM PO PR PT QA RE RI RO SC SE SG SV SW TA TV UC UK UN US VS YP
"""

_NO_SURNAME = "academy council home house panel placement plan review school service team"
NOT_SURNAMES = frozenset(" ".join((_CALENDAR, _SMALL, _OFFICES, _NO_SURNAME)).split())
"""Words that end a name: fewer, for Hall, Young and Bell are surnames."""

NOT_INITIALS = frozenset(_SERVICES.split())
"""Pairs of capitals that shorten a service, not a name."""

NOT_WHEN_SMALL = frozenset(
    (
        "chase",
        "dawn",
        "drew",
        "faith",
        "frank",
        "grace",
        "hope",
        "joy",
        "june",
        "mark",
        "may",
        "pat",
        "rob",
        "rose",
        "said",
        "sue",
        "summer",
        "will",
    )
)
"""Given names that, in small letters, are rather a word."""

PLACE_ENDS = (
    *(
        "field",
        "ford",
        "gate",
        "shire",
        "ham",
        "ley",
        "bury",
        "wick",
        "wood",
        "dale",
        "side",
        "bridge",
        "brook",
    ),
    *(
        "port",
        "mouth",
        "stead",
        "worth",
        "holme",
        "minster",
        "cester",
        "chester",
        "pool",
        "hill",
        "thorpe",
        "combe",
    ),
)
"""How names of places, and few given names, end."""

CHILD = (
    r"lads?|lass|lassie|girl|boy|baby|toddler|child|kid|bairn|teenager|teen|youngster|yps?|pupil|student|"
    r"young (?:person|man|lady|woman|lad)|care[ -]leaver|care[ -]experienced (?:man|woman|person)|"
    r"little (?:one|lad|girl|boy)"
)
"""Words for one child or young person."""

_KIND_OF = (
    r"(?:foster |adopted |adoptive |birth |biological |half[- ]|step[- ]?|grand|great[- ]|god|older |"
    r"younger |big ){0,3}"
)
RELATIVE = _KIND_OF + (
    r"(?:sons?|daughters?|brother|sister|siblings?|mum|mam|mom|mummy|mother|dad|daddy|father|parents?|nan|nana|nanna|"
    r"gran|granny|grandma|grandmother|grandad|grandpa|grandfather|grandson|granddaughter|grandchild|aunt|aunty|"
    r"auntie|uncle|cousin|nephew|niece|child|carers?)"
)
"""Words for a relative or a carer."""

CARER = (
    r"(?:foster|kinship|respite|short[- ]break|link|private) (?:carers?|famil(?:y|ies)|parents?)|"
    r"special guardian|"
    r"guardian|adopters?"
)
"""Words for whoever looks after a child."""

OTHERS = r"constituents?|residents?|tenant|neighbour"
"""Words for whoever brings a family's story to a councillor."""
