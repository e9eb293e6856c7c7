"""The word lists behind the rules for who is in a story: titles, verbs of people, places, and what is no name."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Titles, by whom they can stand for; all without their full stop. Mr and Mrs of one name are two people.
MEN = _words(
    """mr mister sir lord master monsieur herr señor senor signor don king prince duke count earl baron viscount
    marquis emperor uncle brother tsar pan father fr friar abbé abbe squire monsignor"""
)
WOMEN = _words(
    """miss ms lady madam madame mme mademoiselle mlle frau fräulein señora senora señorita senorita signora signorina
    doña donna dame queen princess duchess countess baroness empress marquise aunt auntie aunty sister mother
    mistress tsarina nurse granny grandma"""
)
WIVES = _words("mrs missus madame mme señora signora frau")
ANYONE = _words(
    """dr doctor doctors prof professor captain capt inspector detective sergeant sgt lieutenant lt colonel col major
    general gen admiral commander cmdr corporal private officer constable agent director president minister senator
    governor judge justice reverend rev pastor bishop archbishop cardinal pope mayor abbot cousin grandpa
    grandfather grandmother headmaster headmistress chief sheriff commissioner superintendent secretary chancellor
    ambassador dean coach chef hon honourable honorable comrade citizen doktor docteur dottore lieutenant-colonel
    major-general vice-admiral first-lieutenant ensign cadet marshal"""
)
TITLES = MEN | WOMEN | WIVES | ANYONE
# Written with a full stop that ends no sentence.
SHORTENED = "Mrs|Mr|Ms|Dr|Prof|Capt|Sgt|Lt|Col|Gen|Rev|St|Fr|Cmdr|Hon|Mme|Mlle|Messrs"
BEHIND_A_NAME = _words("jr sr esq esquire ii iii iv phd md")
# Small words inside a name; the first ones open one, too ("van Helsing").
OPENING_PARTICLES = _words("van von der de den du del della di da dos ter bin ibn")
PARTICLES = OPENING_PARTICLES | _words("al el la le zu")

# A verb only people are the subject of, before the name ("said Holmes") or behind it ("Holmes said").
SPEAKING = _words(
    """said asked replied answered cried exclaimed whispered murmured muttered shouted yelled added continued remarked
    observed returned repeated called declared explained interrupted began suggested demanded protested insisted
    agreed admitted groaned growled snapped hissed sobbed gasped responded retorted inquired enquired laughed
    thought screamed drawled mumbled croaked chuckled purred teased conceded mused put went says asks replies
    answers cries exclaims whispers murmurs mutters shouts yells adds continues remarks repeats calls declares
    explains interrupts begins suggests demands protests insists agrees admits groans growls snaps hisses sobs
    gasps responds laughs thinks screams drawls mumbles chuckles quoth sagte fragte antwortete rief flüsterte
    murmelte erwiderte meinte sagt fragt dit demanda répondit cria murmura reprit ajouta dijo preguntó respondió
    gritó susurró disse chiese rispose perguntou respondeu zei vroeg antwoordde сказал сказала спросил спросила
    ответил ответила крикнул крикнула прошептал прошептала"""
)
DOING = SPEAKING | _words(
    """smiled nodded sighed shrugged frowned grinned blinked winced glanced stared looked turned felt knew wanted
    decided wondered hesitated listened stood sat walked ran stepped leaned leant shook raised lifted opened closed
    took gave grabbed reached pulled pushed paused rose got came tried noticed realised realized watched waited
    slept woke dreamed hoped feared loved hated loves believed understood remembered forgot blushed wept kissed
    hugged smirked snorted scowled giggled swallowed shivered trembled bit rolled threw rubbed sipped drank ate
    dressed rode smiles nods sighs shrugs frowns grins blinks winces glances stares looks turns feels knows wants
    decides wonders hesitates listens stands sits walks runs steps leans shakes raises lifts opens closes takes
    gives grabs reaches pulls pushes pauses gets comes tries notices realises realizes watches waits sleeps wakes
    believes understands remembers smirks snorts scowls giggles swallows shivers bites rolls throws rubs himself
    herself who lächelte nickte seufzte sah lachte schüttelte ging stand saß sourit regarda hocha miró sonrió
    asintió guardò sorrise кивнул кивнула улыбнулся улыбнулась посмотрел посмотрела"""
)
HELPING = _words(
    "was had would could did is has will could should might must may can does never always also only then just"
)

# Before a place; "at" and "to" are not here: people are looked at and spoken to.
PLACING = _words("in into near throughout within via across outside inside through around reached en à em nach в из")
ARTICLES = _words(
    """the a an this these those every each some any no der die das dem den des ein eine einen einem einer im am zum
    zur vom beim le la les un une des el los las una il lo gli i o os as"""
)
GERMAN_ARTICLES = _words("der die das dem den des ein eine einen einem einer im am zum zur vom beim kein keine")

# What makes the words before it ("Baker Street", "Great Western Railway") or behind it ("Mount Doom") no person.
PLACE_ENDINGS = _words(
    """street st road lane avenue square park bridge river lake sea ocean bay island islands isle mountain mountains
    hill hills valley forest wood woods hall house castle court courts palace tower towers manor abbey church
    cathedral chapel college university school academy hotel inn tavern pub station county city town village club
    bank company co society institute museum gallery library hospital theatre theater office department ministry
    company agency committee council army navy force forces guard war act day week night year century age empire
    republic kingdom union league party press times post gazette chronicle herald journal magazine review railway
    railroad gate gardens garden green common fields field heath moor beach coast point cape creek falls canal
    canyon desert alley terrace crescent row place mews yard wharf dock docks harbour harbor port drive way
    boulevard plaza mall room rooms market corner cross arms head building inc ltd corporation states union
    province district territory north south east west world earth planet galaxy system testament book prize cup
    ball games fund order temple mosque prison jail cemetery farm ranch mill hills case affair ritual gang arsenal
    mystery eve line lines brigade regiment rue platz straße strasse crossing quarter"""
)
PLACE_OPENINGS = _words(
    """mount mt lake fort port cape new north south east west northern southern eastern western upper lower los las
    san santa rue via great united royal grand point isle river place château chateau hotel planet"""
)

# Those of them that are surnames as well: behind a common given name they are one ("Susan Hill").
SURNAMES_TOO = _words(
    """hill hills wood woods west north field fields park lake moor marsh bank day green church cross castle house
    hall lane forest head ball arms power week beach drive court lodge farm bay march price rivers common rooms
    order point port coast gates night war age prize book"""
)

# A small gazetteer. Some of these are people's names as well: then what they do in the text decides.
PLACES = _words(
    """england britain scotland wales ireland london oxford cambridge bath brighton dover kent sussex surrey essex
    devon cornwall yorkshire lancashire norfolk suffolk hampshire hertfordshire derbyshire edinburgh glasgow dublin
    cardiff manchester liverpool birmingham bristol leeds sheffield portsmouth plymouth southampton westminster
    piccadilly whitehall thames soho mayfair kensington chelsea brixton windsor france paris versailles marseilles
    marseille lyon lyons bordeaux normandy brittany provence rouen calais seine louvre bourse germany berlin munich
    hamburg vienna austria prague bohemia hungary budapest transylvania poland warsaw russia moscow petersburg
    siberia crimea odessa ukraine kiev kyiv italy rome venice florence naples milan turin genoa sicily vatican
    spain madrid barcelona seville granada portugal lisbon greece athens turkey constantinople istanbul switzerland
    geneva zurich holland netherlands amsterdam belgium brussels denmark copenhagen norway oslo sweden stockholm
    finland helsinki iceland europe asia africa america australia antarctica india delhi bombay mumbai calcutta
    bengal pakistan afghanistan kabul persia iran iraq baghdad syria damascus israel jerusalem palestine egypt
    cairo alexandria china peking beijing shanghai japan tokyo kyoto osaka korea seoul vietnam thailand bangkok
    burma singapore malaya tibet nepal canada toronto montreal quebec ottawa vancouver mexico cuba havana jamaica
    brazil argentina chile peru colombia bolivia panama california texas florida georgia virginia carolina
    louisiana alabama mississippi tennessee kentucky ohio indiana illinois michigan wisconsin minnesota iowa
    missouri kansas nebraska dakota montana wyoming colorado utah nevada arizona oregon washington alaska hawaii
    maine vermont massachusetts connecticut jersey pennsylvania maryland delaware oklahoma arkansas idaho boston
    chicago york brooklyn manhattan queens bronx broadway hollywood philadelphia detroit cleveland denver dallas
    houston austin seattle orleans miami atlanta baltimore cincinnati milwaukee pittsburgh buffalo sydney melbourne
    brisbane perth zealand auckland wellington hogwarts hogsmeade azkaban gondor mordor rohan narnia asgard wakanda
    gotham camelot avalon atlantis westeros winterfell konoha coruscant tatooine gallifrey vulcan earth mars
    jupiter saturn neptune mercury venus pluto moon sun heaven hell paradise eden olympus babylon troy sparta
    carthage mediterranean atlantic pacific baltic danube rhine nile ganges alps himalayas jordan londres parís
    england's deutschland österreich italien frankreich españa francia italia россия москва"""
)

NO_NAMES = _words(
    """i o a an the and but or nor for yet so if as at by in of on to up out off over under with without within from
    into onto upon about above across after again against all almost alone along already also although always am
    among amongst another any anybody anyhow anyone anything anyway anywhere are around aside away back be because
    been before behind being below beneath beside besides best better between beyond both bring can cannot certain
    certainly clearly come could day days dear did do does done down during each either else enough even evening
    ever every everybody everyone everything everywhere except far few fewer finally fine first five for forgive
    four further get give go god gods goddess gone good goodbye goodnight got great had half hardly has have having
    he hello hence her here hers herself hey hi him himself his hold how however hundred indeed inside instead is
    it its itself just keep last lastly later lead least leave less let like listen little look lord lot made make
    many may maybe me mean meanwhile might mine moreover more morning most mostly much must my myself naturally
    near nearly needless neither never nevertheless next night nine no nobody none nonetheless nonsense nor not
    nothing now nowhere obviously of often oh okay ok old once one ones only or other others otherwise our ours
    ourselves outside own past perhaps please poor possibly pray presently probably quick quickly quite rather
    really right round said same say second see seeing seldom seven several shall she should show silence silent
    similarly since sir six slowly small so some somebody somehow someone something sometimes somewhere soon sorry
    speak still stop strange such suddenly suppose surely take tell ten than thank thanks that the their theirs
    them themselves then there thereafter thereby therefore these they thing things think third this those though
    thousand three through throughout thus till time to today together tomorrow tonight too toward towards truly
    try twelve twenty twice two under unless unlike until unto up upon us use usually very wait want was watch we
    well were what whatever when whence whenever where whereas whereupon wherever whether which whichever while
    whilst who whoever whole whom whose why will wish with within without wonder would yes yesterday yet you young
    your yours yourself ah aha ahem alas amen aw aye bah bless bravo dammit damn darn eh er erm ew fuck gosh great
    gee ha hah hallo halloa hark haw hell hem hm hmm ho hmph hooray huh humph hullo hurrah hush la lo man mm mmm
    nah nay nope oi ooh oops ouch ow phew pooh pshaw psst right shh shit tut ugh uh um whoa woman wow yah yeah yep
    yikes yo yup zounds aye welcome bye dearest darling sweetheart honey love baby babe sirs gentlemen ladies madam
    ma'am mum mom mommy mummy mama mamma mother father dad daddy papa son daughter boy boys girl girls sister
    brother aunt uncle grandmother grandfather grandma grandpa granny nurse doctor captain child children people
    mankind christ jesus heaven heavens hell devil satan almighty providence fate fortune destiny nature death love
    truth time life majesty highness lordship ladyship excellency honour honor worship grace eminence holiness
    bible gospel koran testament creator saviour savior messiah trinity virgin lucifer monday tuesday wednesday
    thursday friday saturday sunday january february march april may june july august september october november
    december christmas easter xmas halloween thanksgiving lent michaelmas whitsun sabbath spring summer autumn
    winter noon midnight english englishman englishmen englishwoman french frenchman frenchmen frenchwoman german
    germans scotch scotsman scotchman scottish irish irishman irishmen welsh welshman british briton britons
    american americans yankee yankees italian italians spanish spaniard spaniards portuguese dutch dutchman belgian
    danish dane norwegian swedish swede finnish russian russians polish pole poles hungarian austrian austrians
    swiss greek greeks turk turks turkish roman romans latin saxon norman celtic jew jews jewish christian
    christians christianity catholic catholics protestant protestants moslem muslim muslims mohammedan hindu hindus
    buddhist quaker puritan methodist presbyterian indian indians negro negroes chinese chinaman japanese korean
    egyptian arab arabs arabic persian african asian european europeans australian canadian mexican cuban brazilian
    parisian londoner gypsy gipsy israelite hebrew viking bohemian cockney continental oriental western eastern
    northern southern victorian edwardian georgian gothic renaissance chapter part book volume prologue epilogue
    preface act scene section page note notes letter author title summary disclaimer warning warnings rating fandom
    pairing edit update end fin contents introduction appendix footnote stave canto mr mrs ms dr etc a.m p.m am pm
    tv uk us usa u.s ok id phd fbi cia nypd cctv dna sos ufo ussr ceo north south east west state government
    parliament congress senate church army navy court constitution ministry embassy treasury commons lords cabinet
    empire republic democrat democrats republican republicans tory tories whig whigs liberal conservative socialist
    communist bolshevik nazi nazis police scotland internet google twitter facebook youtube instagram netflix skype
    der die das und ich er sie es wir ihr aber doch dann da wenn als nein ja was wer wie wo warum nicht ein eine
    mein meine dein sein seine herr frau gott mutter vater le la les un une des et mais je tu il elle nous vous ils
    elles ce cette oui non que qui pourquoi quand dieu mon el los las una pero yo ella nosotros ellos sí qué quién
    cuando dios señor que io lui lei noi voi loro ma che chi perché quando dio я он она мы вы они но и а что кто
    как где когда да нет это бог"""
)
# Given names among those words, believed where the text lets them speak.
NAMES_TOO = _words("will april may june august summer autumn winter grace destiny love honor young christian")
OPENING_ENDINGS = ("ly", "ing")

# Names borne in so many stories that one alone says nothing about the fandom; their kind keeps Mr from joining Mary.
MENS_NAMES = _words(
    """john james jack william will bill billy tom thomas george charles charlie harry henry robert bob rob david dave
    michael mike peter paul mark matthew matt luke andrew andy joe joseph edward ed eddie ted ben benjamin sam
    samuel daniel dan danny alex alexander richard dick rick steve stephen steven tony anthony frank fred frederick
    arthur albert alfred adam aaron simon philip phil patrick ryan kevin brian chris christopher nick nicholas tim
    timothy jim jimmy johnny jacob jake josh ethan noah logan tyler jason justin scott sean greg eric ian neil
    oliver ron walter max leo louis lewis martin victor hugh ralph roger jean pierre hans karl ivan pavel carlos
    juan pedro josé antonio"""
)
WOMENS_NAMES = _words(
    """mary anne ann anna annie jane elizabeth lizzy liz beth eliza emma emily sarah sara kate katie katherine
    catherine kitty margaret maggie meg peggy alice lucy lily rose grace hope faith molly polly sally susan sue
    laura lydia charlotte caroline helen ellen eleanor ruth rachel rebecca becky hannah jessica jess jennifer jenny
    amy amanda julia julie juliet claire clara diana dorothy edith eva eve florence georgia harriet isabella bella
    irene jean joan judith karen kelly lisa linda maria marie marianne martha megan melissa michelle mina nancy
    natalie nora olivia pamela patricia penelope sophia sophie stella teresa tess vera victoria violet virginia
    wendy ginny hermione sofia olga natasha carmen"""
)
COMMON_NAMES = MENS_NAMES | WOMENS_NAMES
