"""Given names common in England: enough to know one typed in small letters, never the only sign of a name."""

from __future__ import annotations

_NAMES = """
aaliyah aaron april may august paris abdul abdullah abigail abu adam adan adele aidan aiden aisha
ajay akeem alan alana alastair albert alec alex alexander alexandra alexis alfie alfred ali alice
alicia alisha alison aliyah amara amelia amelie amina amir amira amy ana anastasia andre andrea
andrew angel angela anita anna annabelle anne annie anthony anton anya archie aria ariana arthur
arun arya asha ashley ashton asif asma aurora austin ava ayaan ayesha ayisha bailey barry beatrice
becky bella ben benjamin beth bethany bev billie billy blake bobby bonnie brandon brenda brian
bridget brodie brooke bryony caitlin caleb callum cameron carl carla carly carol caroline casey
cassie catherine cathy cerys chanel chantelle charlene charles charlie charlotte chelsea cheryl
chidi chloe chris christian christina christine christopher claire clara clive cody colin connie
connor conor corey courtney craig curtis daisy damian damien dan daniel danielle danny darcey
darcie darcy darius darren dave david dawn dean debbie deborah declan deepak demi denise dennis
derek deshawn destiny diane dina dominic donna doris dorothy dylan eddie edward eleanor elena eli
elias elijah elise eliza elizabeth ella elle ellen ellie elliot elliott ellis elsie emil emilia
emilio emily emma emmanuel eric erica erin esme esther ethan eva evan eve evelyn evie ezra fahim
faisal farah farhan fatima fatoumata finlay finley finn fiona florence frances francesca francis
frank frankie fred freddie freya gabriel gabriella gareth gary gemma geoff george georgia georgie
georgina gerald gina gloria graham gurpreet habiba hakim halima hamza hana hannah harley harper
harriet harris harrison harry harvey hasan hassan hayden haydn hayley hazel heather heidi helen
henry hermione hollie holly hugo humza ian ibrahim idris imogen imran iqra iris isaac isabel
isabella isabelle isha isla ismail ivan ivy jack jackie jackson jacob jacqui jade jaden jaiden
jake jamal james jamie jan jane janet janice jaroslaw jasmin jasmine jason jaxon jay jayden jaydon
jean jeff jemima jenna jennifer jenny jeremy jermaine jerome jess jesse jessica jessie jill jim
jimmy joan joanna joanne jodie joe joel joey john johnny jon jonah jonathan jordan josef joseph
josh joshua josie joyce jude judith julia julian julie june justin kacey kai kaitlyn kamal kane
kareem karen karl kasey kate katherine kathleen kathryn katie kay kaydee kayden kayla kayleigh
keeley keira keith kelly kelsey kelvin ken kenny kenzie kerry kev kevin khadija khalid khalil kian
kieran kim kimberley kirsten kirsty kofi kojo kwame kyan kyla kyle kylie lacey laila lara latisha
laura lauren laurence layla leah leanne lee leia leila lena leo leon leonie leroy lesley leslie
lewis lexi lexie liam lila lillian lilly lily linda lisa logan lois lola lorna lorraine louie
louis louisa louise luca lucas lucia lucy luis luka lukasz luke lydia lyla lynn lynne mackenzie
maddie maddison madison mahmoud maia maisie malachi malcolm malik mandy marcel marcia marcus
margaret maria mariam marie marion marlon martha martin martina marvin mary maryam mason matilda
matt matthew maureen maurice maya mazin megan mehmet mel melanie melissa mia michael michaela
michelle miguel mike mila miles millie milly mina mohamed mohammad mohammed moira molly monica
morgan muhammad musa mustafa mya myles nadia naomi nasir natalie natasha nathan nathaniel neil
nell nevaeh niamh nicholas nicky nicola nicole nigel nikita nina noah noel noor nora nour olive
oliver olivia ollie omar omari oscar osman otis owen paige pam pamela parker pat patrice patricia
patrick paul paula pauline penny perry pete peter petra phil philip phoebe polly poppy preston
quinn rachael rachel rafael rahim rahul raj rajesh ralph rashid ravi ray raymond reece reggie
rhiannon rhys ria ricardo richard rick ricky riley rita rob robert robin robyn rochelle roger
roman ron ronan ronnie rory rosa rosie roxanne ruby rupert russell ruth ryan sabrina sadia said
saif sally salma sam samantha samir samira samuel sana sandra sanjay saoirse sara sarah sasha
scarlett scott sean sebastian selena seth shane shannon sharon shaun shauna sheila shelby shelley
shona sian sienna simon simone skye sofia sonia sonny sophia sophie spencer stacey stella
stephanie stephen steve steven stuart sue summer susan suzanne sydney syed tabitha talia tamara
tamsin tania tanisha tanya tara tariq tasha tayla taylor teddy teresa terry tess thea theo theresa
thomas tia tiana tiffany tim timothy tina toby tom tomasz tommy toni tony tracey tracy travis
trevor tristan troy tyler tyrell tyrone tyson uma umar usman valerie vanessa vera veronica vicky
victor victoria vikram vincent viola violet wayne wendy wesley willow winston xander yasin yasmin
yasmine yousef yusuf yvonne zac zach zachary zahra zainab zak zane zara zayn zoe zofia zuzanna
"""

GIVEN = frozenset(_NAMES.split())
"""In small letters."""
