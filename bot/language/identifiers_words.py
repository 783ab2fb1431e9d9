"""Words for people, given names, and capitalised words that are no names."""

from __future__ import annotations

GIVEN = frozenset(
    """
    aaliyah aaron abdul abdullah abigail abu adam adan adele aisha aiden aidan ajay akeem alan alana alastair albert
    alec alex alexander alexandra alexis alfie alfred ali alice alicia alisha alison aliyah amara amber amelia amelie
    amina amir amira amy ana anastasia andre andrea andrew angel angela anita anna annabelle anne annie anthony anton
    anya archie aria ariana arthur arun arya asha ashley ashton asif asma aurora austin ava ayaan ayesha ayisha bailey
    barry beatrice becky bella ben benjamin bethany beth bev billie billy blake bobby bonnie brandon brenda brian
    bridget brodie brooke bryony caitlin caleb callum cameron carl carla carly carol caroline casey cassie catherine
    cathy cerys chantelle chanel charlene charles charlie charlotte chelsea cheryl chidi chloe chris christian
    christina christine christopher claire clara clive cody colin connie connor conor corey courtney craig curtis
    daisy damian damien dan daniel danielle danny darcey darcie darcy darius darren dave david dawn dean deborah
    debbie declan deepak demi dennis denise derek deshawn destiny diane dina dominic donna doris dorothy dylan eddie
    edward elena eleanor eli elias elijah elise eliza elizabeth ella elle ellen ellie elliot elliott ellis elsie emil
    emilia emilio emily emma emmanuel eric erica erin esme esther ethan eva evan eve evelyn evie ezra fahim faisal
    farah farhan fatima fatoumata finlay finley finn fiona florence frances francesca francis frank frankie fred
    freddie freya gabriel gabriella gareth gary gemma geoff george georgia georgie georgina gerald gina gloria
    graham gurpreet habiba hakim halima hamza hana hannah harley harper harriet harris harrison harry harvey hasan
    hassan hayden haydn hayley hazel heather heidi helen henry hermione hollie holly hugo humza ian ibrahim idris
    imogen imran iqra iris isaac isabel isabella isabelle isha isla ismail ivan ivy jack jackie jackson jacob jacqui
    jade jaden jaiden jake jamal james jamie jan jane janet janice jaroslaw jasmin jasmine jason jaxon jay jayden
    jaydon jean jeff jemima jenna jennifer jenny jeremy jermaine jerome jess jesse jessica jessie jill jim jimmy joan
    joanna joanne jodie joe joel joey john johnny jon jonah jonathan jordan joseph josef joseph josh joshua josie joyce
    judith jude julia julian julie june justin kacey kai kaitlyn kamal kane kareem karen karl kasey kate katherine
    kathleen kathryn katie kay kayden kaydee kayla kayleigh keeley keira keith kelly kelsey kelvin ken kenny kenzie
    kerry kev kevin khadija khalid khalil kian kieran kim kimberley kirsten kirsty kofi kojo kwame kyan kyla kyle
    kylie lacey laila lara latisha laura lauren laurence layla leah leanne lee leia leila lena leo leon leonie leroy
    lesley leslie lewis lexi lexie liam lila lillian lilly lily linda lisa logan lois lola lorna lorraine louie louis
    louisa louise luca lucas lucia lucy luis luka lukasz luke lydia lyla lynn lynne mackenzie maddie maddison madison
    mahmoud maia maisie malachi malcolm malik mandy marcel marcia marcus margaret maria mariam marie marion marlon
    martha martin martina marvin mary maryam mason matilda matt matthew maureen maurice maya mazin megan mehmet mel
    melanie melissa mia michael michaela michelle miguel mike mila miles millie milly mina mohamed mohammad mohammed
    moira molly monica morgan muhammad musa mustafa mya myles nadia naomi nasir natalie natasha nathan nathaniel neil
    nell nevaeh niamh nicholas nicky nicola nicole nigel nikita nina noah noel noor nora nour olive oliver olivia
    ollie omar omari oscar osman otis owen paige pam pamela parker pat patrice patricia patrick paul paula pauline
    penny perry pete peter petra phil philip phoebe polly poppy preston quinn rachael rachel rafael rahim rahul raj
    rajesh ralph rashid ravi ray raymond reece reggie rhiannon rhys ria ricardo richard rick ricky riley rita rob
    robert robin robyn rochelle roger roman ron ronan ronnie rory rosa rosie roxanne ruby rupert russell ruth ryan
    sabrina sadia said saif sally salma sam samantha samir samira samuel sana sandra sanjay saoirse sara sarah sasha
    scarlett scott sean sebastian selena seth shane shannon sharon shaun shauna sheila shelby shelley shona sian
    sienna simon simone skye sofia sonia sonny sophia sophie spencer stacey stella stephanie stephen steve steven
    stuart sue summer susan suzanne sydney syed tabitha talia tamara tamsin tania tanisha tanya tara tariq tasha
    tayla taylor teddy teresa terry tess thea theo theresa thomas tia tiana tiffany tim timothy tina toby tom tomasz
    tommy toni tony tracey tracy travis trevor tristan troy tyler tyrone tyrell tyson uma umar usman valerie vanessa
    vera veronica vicky victor victoria vikram vincent viola violet wayne wendy wesley willow winston xander yasin
    yasmin yasmine yousef yusuf yvonne zac zach zachary zahra zainab zak zane zara zayn zoe zofia zuzanna
    """.split()  # noqa: SIM905
)
"""Given names common in England: enough to know a name typed in small letters, never the only sign of one."""

_CALENDAR = """monday tuesday wednesday thursday friday saturday sunday january february march april may june july
august september october november december christmas easter ramadan eid diwali today tomorrow tonight yesterday"""
_SMALL = """i a an the and or but so if as at by for from in into of off on onto to up with without about after again
against all also am any are back be because been before being both can cannot can't could did didn't do does doesn't
don't down during each few get gets getting go goes going gone got had has hasn't have haven't having he he's her here
hers him his how i'd i'll i'm i've is isn't it it's its just keeps last left let like made may me might more most must
my need needs never next no none nor not now off old once one only other our ours out over own please rang said same
says she she's should since some still such than thanks that that's the their theirs them then there these they they're
this those though through told too under until us very want wanted wants was wasn't we we're were what when where which
while who who's whose why will with won't would yes yet you your asking saying phoned phoning calling rings ringing
earlier later round while being doing has wants needs says who to say yesterday live lives living stay stays moved
came comes went say said think thought ok hi hello dear re fwd"""
_TITLES_OF_OFFICE = """cllr cllrs councillor councillors coun ald alderman mayor leader chair chairman chairwoman
chairperson vice deputy director head manager lead officer officers clerk sir dame lord lady baroness mp mps pc sgt
inspector judge minister secretary portfolio holder member members"""
_COUNCIL = """a&e academy act adult adoption advice advocacy advocate agency agenda agreement allowance ambassador
ambassadors annual apprenticeship assessment assistance association authority award awards baby band bank benefit
benefits bill board borough boys brownies bus business cabinet camhs campaign capital card cards care carer carers case
centre charter child children children's childrens christian church city civic clinic club code college commission
committee communities community conference constituency contact corporate council council's councils county court
covenant credit crown customer data day democratic dentist department development dfe digital directorate district
drop-in duty early east education ehcp ehcps election emergency employment engagement england english environment
estate event exploitation family families festival finance forum foster fostering foundation friends friendly fund
funding further gcse gcses girls governance gp gps grant grants group grants guardianship guides guide guidance hall
handbook health help helpline high highways holiday home homelessness homes hospital house housing hr hub improvement
inclusion independent initiative inspection integrated iro iros it job justice key lac lado law leaver leavers leaving
legal leisure letter library licensing link local loan looked mash meeting mental mentor ministry missing modern mother
multi national neet network newborn newsletter nhs north north-east notice nursery offending offer office ofsted option
options order out pa panel parent parental parenting parents park parks part partnership pas pass pathway pay payment
payments pep peps performance permanency person personal physical pip placement placements plan planning plans play
police policy post practice primary priority private probation procedure process programme project promise property
protection protocol provider provision psychology public pupil pupils quality rate record recruitment referral refugee
region register registration report reports resettlement residential respite review reviews rights road safe
safeguarding savings scheme school schools scouts scrutiny section secure send senco service services sgo sibling
siblings skills social society south special standards state statement station statutory steering strategic strategy
street student students sub-group suite summit support supported survey task tax team teams tenancy tenant town trading
training transport trust uasc uc uk union unit universal university uni update vacancy values village virtual visit
visiting voice voluntary volunteer wales ward wards week weekly welfare west west-end winter women work worker workers
working yes yos yot young youth ymca yoi zone stable covid teams slack ambulance environmental samaritans barnardo's nspcc childline names crying zoom outlook email option appendix item red
amber green total present absent apologies attendance attending present yes no maybe tentative remote section
recommendation table figure question action actions concern concerns minute minutes paragraph page report background
afghan afghanistan albanian arabic asian black british chinese eritrean ethiopian european french german indian iranian
iraqi irish kurdish muslim pakistani polish portuguese punjabi roma romanian scottish somali spanish sudanese syrian
traveller turkish ukrainian urdu vietnamese welsh white scotland ireland britain london"""
_PEOPLE = """adopter adopters aunt auntie aunty bairn boy brother constituent constituents cousin dad daddy daughter
daughters father girl gran grandad grandchild granddaughter grandfather grandma grandmother grandpa grandson granny guardian
host husband kid kids lad lads landlady landlord lass lassie man men mam mom mother mum mummy nan nana nanna neighbour
nephew niece partner resident residents sister somebody someone somebody's else son sons staff stepdad stepmum teen
teenager tenant toddler twin twins uncle wife woman youngster"""
_ELSEWHERE = """tiktok snapchat instagram facebook youtube whatsapp reception premium remain iran iraq ghana nigeria
syria sudan eritrea ethiopia vietnam albania ukraine pakistan india bangladesh poland romania turkey somalia congo kenya
spain france germany italy portugal china"""
NOT_NAMES = frozenset(" ".join((_CALENDAR, _SMALL, _TITLES_OF_OFFICE, _COUNCIL, _PEOPLE, _ELSEWHERE)).split())
"""Words that are no person's name, however they are written."""

NOT_INITIALS = frozenset(
    "AD AI AM BC BH CC CE CP CQ CS CX DA DC DP DV EH ES ED EU FC FM FT GP HQ HR ID IT KS LA MP NE NI NW OK OT PA PE PM PO "
    "PR PT QA RE RI RO SC SE SG SV SW TA TV UC UK UN US VS YP".split()  # noqa: SIM905
)
"""Pairs of capitals that shorten a service, not a name."""

NOT_WHEN_SMALL = frozenset(
    "chase dawn drew faith frank grace hope joy june mark may pat rob rose said sue summer will".split()  # noqa: SIM905
)
"""Given names that, in small letters, are rather a word."""

PLACE_ENDS = (
    *("field", "ford", "gate", "shire", "ham", "ley", "bury", "wick", "wood", "dale", "side", "bridge", "brook"),
    *("port", "mouth", "stead", "worth", "holme", "minster", "cester", "chester", "pool", "hill", "thorpe", "combe"),
)
"""How names of places, and few given names, end."""

CHILD = (
    r"lads?|lass|lassie|girl|boy|baby|toddler|child|kid|bairn|teenager|teen|youngster|young (?:person|man|lady|woman|lad)|"
    r"yp|yps|care[ -]leaver|care[ -]experienced (?:man|woman|person)|pupil|student|little (?:one|lad|girl|boy)"
)
RELATIVE = (
    r"(?:foster |adopted |adoptive |birth |biological |half[- ]|step[- ]?|grand|great[- ]|god|older |younger |big ){0,3}"
    r"(?:sons?|daughters?|brother|sister|siblings?|mum|mam|mom|mummy|mother|dad|daddy|father|parents?|nan|nana|nanna|gran|"
    r"granny|grandma|grandmother|grandad|grandpa|grandfather|grandson|granddaughter|grandchild|aunt|aunty|auntie|uncle|"
    r"cousin|nephew|niece|child|carers?)"
)
CARER = r"(?:foster|kinship|respite|short[- ]break|link|private) (?:carers?|famil(?:y|ies)|parents?)|special guardian|guardian|adopters?"
OTHERS = r"constituents?|residents?|tenant|neighbour"
