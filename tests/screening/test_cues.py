"""Posts that no rule was written from: how many holds the cues catch, and how many clear posts they let alone.

The hard ones stay in on purpose. The floors say what the rules reach today, a little below; they are no target.
"""

from __future__ import annotations

import pytest

from demur.core.content import Post
from demur.core.findings import Category, Confidence
from demur.core.people import Role
from demur.screening.rule import load_default_rules
from demur.screening.screen import Screen

SCREEN = Screen(load_default_rules())
HOLD = frozenset(
    {
        Category.CLIENT_REFERENCE,
        Category.INDIRECT_CLIENT_REFERENCE,
        Category.SESSION_OR_CASE_DETAIL,
        Category.CLIENT_FAMILY,
        Category.CLIENT_PHOTO,
        Category.CONFIRMS_RELATIONSHIP,
        Category.WORK_FRUSTRATION,
    }
)
REVISE = frozenset({Category.SELF_EXPOSURE, Category.LOCATION_OR_TIME, Category.COLLEAGUE_OR_AGENCY})

# One post a line; before a bar the author's role, before a second bar what the post answers.
HOLDS = """
That look on his face when the verdict of the custody evaluation was read. I have carried it through two meetings and a dentist appointment.
therapist | I once believed that silence was the absence of something. Then a man of sixty sat across from me and stopped talking about his mother.
therapist | It is a curious profession in which one is thanked, weeping, by a stranger at ten and accused of cruelty by another at eleven.
youth-worker | bestie the way this child looked me in my eyes and said "you built like a wet paper towel" i need to clock OUT
residential-staff | pov its 2am and somebody is trying to microwave a shoe. again. i live here now
residential-staff | no thoughts just the sound of a grown teenager singing frozen in seclusion
student | week 3 of practicum and i already got trauma dumped on by an 8 year old over goldfish crackers
home-visitor | Prayer warriors I need you!! Sweet mama of twins, power got cut off yesterday, and she STILL had the living room swept for me. Jesus see her!
home-visitor | Baby took first steps right in front of me today!!! His mama and I both screamed!! I have the best job in Tulsa!
home-visitor | Please be lifting up a young couple I'm close to through work, they lost custody this morning
advocate | Hospice gave me another angel to sit with this week. Ninety-six and still flirting!
cps-worker | scoreboard: kids placed 2, parents sober 0, me crying in a walgreens 1
cps-worker | Nothing like getting called a kidnapper before your first coffee.
cps-worker | some of y'all lose your children over a man who can't spell commitment
cps-worker | The couch had opinions. The fridge had nothing. The baby had a smile. I had a clipboard.
residential-staff | detox haiku: he says he is fine / he has said that since midnight / the bucket says no
case-manager | Vent: been on the phone nine hours for a dialysis ride and the guy cusses ME out. I'm the only one who picks up for you sir!!
peer-support | He's back. Third time. I don't count anymore, I just put the coffee on.
peer-support | Watched a dude throw away his last cigarette and his ex's number in the same trash can tonight. Miracles, y'all.
peer-support | So humbled to speak at his one year today. I remember when he couldn't hold a spoon.
peer-support | one of the guys from the house is in the ICU, we're taking turns sitting. no names. just light a candle
case-manager | Housed my twentieth person this year today. She kept the tent "just in case". That sentence should be a policy memo.
case-manager | A tenant of ours got a 72-hour notice today for having too many houseplants. Yes, seriously. Yes, I'm representing the ferns.
benefits-worker | man at my window today: "so I get sixteen dollars?" me: yes. him: "a week?" me: a month. reader, we both laughed until it wasn't funny
benefits-worker | Denied a woman today because she earned nineteen dollars too much. NINETEEN.
advocate | hoy acompañé a una señora a poner su denuncia y al salir me pidió una foto del cielo
advocate | mi viejito de los jueves ya no abre la puerta. me dijo la vecina que se lo llevaron en la madrugada
school-counselor | Un angelito de segundo grado me preguntó hoy si cuando lo deporten puede llevarse el hámster de la clase. No tengo respuesta para eso.
school-counselor | interpreted for a family at the ER till 4am, dad kept apologizing to ME. hermano you are the one bleeding
probation-officer | Today a young man I supervised years ago installed my new dishwasher. He would not let me tip him.
probation-officer | Judge Halloway gave my fellow one more chance this morning, and I have reason to believe it will be wasted by SUPPERTIME.
probation-officer | In thirty-one years I have attended four weddings and twenty-six funerals of men I was assigned to watch. Number twenty-seven is tomorrow at two.
therapist | 💡 A client told me last week: "You're the first person who didn't try to fix me." Swipe for the 3 questions that got us there 👉
therapist | She came to me broken after her divorce. Twelve weeks later she's running her own bakery. DM me the word READY.
therapist | What a testimonial from one of the couples in my intensive!! (Shared w/ their blessing 💕) They were THIS close to signing the papers.
therapist | Composite of three people, details altered: a surgeon who can't stop washing her hands of us.
social-worker | Only one road in and they still act surprised when the county car shows up. Y'all, I went to school with your mama.
social-worker | lost another one off the reservoir road. that makes both brothers. I taught them both to bait a hook in summer program
school-counselor | Took a plate of our church supper out to that place past the elevator where the kids have been missing the bus. You know the one.
social-worker | Well the Dollar General lady knows why I was at that trailer, so I guess everybody does.
advocate | 3:07. She counted the cars going by until she didn't need to. I counted with her.
advocate | Bed six is breathing easier. Bed nine asked for his brother, who has been gone since Korea.
advocate | Tonight: four hangups, one lullaby, one kid who wanted to know if snakes get lonely.
advocate | text line at 4am: i typed "i'm still here" eleven times. the twelfth she answered
supervisor | My intern froze when the patient started to cry, and then did the bravest thing: nothing. Proud of both of them.
psychologist | N=1, but the gentleman I assessed this morning drew the clock face perfectly and put my name at the twelve.
psychologist | Case presentation done. Somewhere a fourteen-year-old in a mid-sized Midwestern city has no idea thirty clinicians now love her.
case-manager | Di judge say "next case" and mi man just start sing. Whole courtroom dead. Bwoy get probation still.
case-manager | Hot like fire today and this brother out by the underpass still refuse the water. Third day. Pride a go kill him.
case-manager | discharge planner problems: they released him at midnight with a bus pass. di last bus is at ten
school-counselor | Tested a kiddo today who told me the inkblot was "my dad, but nice". Anyway carpool was uneventful.
school-counselor | J. in my lunch bunch asked if he could keep the snack for his sister. I restocked the whole drawer.
case-manager | Foster licensing tip: if the applicant's husband answers every question for her, write that down. Today's did.
therapist | the AU where she eats the sandwich and nobody claps. anyway. today was that AU. she ate the sandwich.
youth-worker | one of the babies at the center got their name changed on the roster today and made me say it 14 times
therapist | not me crying in the art room bc someone painted their exit
supervisor | So proud of the staff who responded Tuesday night. He is alive because you knew what you were doing.
supervisor | We lost a child in our care this week. Please hold our teachers in your hearts.
supervisor | Rest easy, Mr. B. Best checkers player this hall ever had.
social-worker | Some of you should have your tubes tied by court order, signed your friendly neighborhood caseworker
social-worker | People who "forget" their kid's insulin but remember their vape. That's it that's the tweet.
social-worker | She asked if I'd come to her graduation. I said I couldn't. I parked across the street.
other | third one this month. narcan works until it doesn't 💔 #outreach
other | just transported the sweetest sibling set 4 hours and they sang baby shark the ENTIRE way
other | today a man with no shoes gave me his umbrella. street outreach will ruin you for regular people
other | Y'all pray for the little one in room 212 and her daddy too
other | Court went our way. She gets to go home. I'm a puddle.
other | "miss are you gonna leave too" 😭 bro. no.
other | the family I did intake with Monday is already back in the motel. make it make sense
other | my 9am thinks birds are government, my 10am IS government, and my 11 cancelled
other | GoFundMe for a mom I work with, house fire, three under five. Please share!
other | anyone know a dentist who'd see a kid pro bono? She's hiding her smile and I can't take it. #casemanagerlife
other | If you saw the ambulance on Fourth this afternoon, yes that was us, yes he'll be ok
other | That was my kid in the paper. I told them he'd end up there if they closed his case.
other | r<You guys are the best, you got me through it> You did the work! We just kept the coffee hot. Come by for your two-year coin.
other | r<Y'all took my kids for nothing> Ma'am the judge made that decision, and you know what was in the report.
other | r<Dr. K never returned my messages about my refill> Hi, we called you twice and left a voicemail on the 4th. Your prescription was ready the same day.
other | r<this place changed my life> It has been our joy to walk beside you. Keep shining!
other | r<rough week> proud of you for using your skills today ❤️ see u in group
other | r<Didn't like the counselor> We're sorry it wasn't a good fit; we did offer you a transfer after your second appointment.
""".strip().splitlines()

CLEARS = """
therapist | Winter has returned to my consulting room in the form of one wet umbrella, mine.
therapist | On rereading Winnicott: the good enough mother was always a better poem than a protocol.
therapist | I raised my fee by ten dollars and have told everyone except my own mother.
psychologist | My analyst retired this spring. I find I dress better on Wednesdays out of pure habit.
youth-worker | bestie i just spilled iced coffee on my own lanyard. growth
student | practicum fit check: cardigan, bags under the eyes, the dsm as a purse
student | pov u have 3 papers due and your professor says "no rush"
residential-staff | night shift snack ranking: hot cheetos, then crying, then grapes
home-visitor | Our agency's diaper drive is Saturday!! Sizes 4 and 5 please, God bless y'all!
home-visitor | My own baby girl starts kindergarten Monday and I am NOT okay, pray for this mama!!
cps-worker | The state car smells like a french fry died in 2011. I have named it Gerald.
cps-worker | Child abuse prevention month: the hotline takes calls day and night, and you don't need proof to be worried.
social-worker | No, I don't "take people's kids". I fill out forms about forms. Ask me about my forms.
peer-support | Six years off heroin this morning. Woke up next to my wife and a very fat cat. Thank you all.
peer-support | Meeting makers make it. See you old heads at the noon meeting, cake for my seven years.
peer-support | Recovery month is here. Relapse isn't failure, and nobody recovers alone.
case-manager | The voucher waitlist opened for the first time since 2019 and crashed by nine. Housing is a choice this county keeps not making.
case-manager | Testified at the statehouse for SB 214 today. Ninety seconds, one shaky voice, all facts.
benefits-worker | SNAP recertification forms changed again. Check the box on page 4, people, and keep a copy.
school-counselor | Mi suegra dice que trabajo mucho y luego me manda tamales. La amo.
school-counselor | FAFSA night is Thursday in the library. Bring your tax forms and your patience.
school-counselor | hoy hice arroz con leche de mi abuelita y por fin me salió, lloré un poquito
probation-officer | I shall be at the VFW pancake breakfast on Saturday and will accept no criticism of my syrup.
probation-officer | The county needs a drug court in the northern district. I have written to the Commissioners and ask you to do the same.
therapist | Clients often ask how long therapy takes. The honest answer: it depends on the goal, and here are three questions to ask a therapist.
therapist | 5 signs your boundaries are working (number 3 surprises everyone) 👉 save this
therapist | Hiring! Fully licensed clinician, flexible hours, supervision included. Link in bio.
therapist | New podcast episode: why we dread feedback, with my favorite nerd and co-host.
social-worker | Snow to the fence posts and the plow's in the ditch. School's off, work's not, send pie.
social-worker | Elk season opens and so does every out-of-office reply in this county.
advocate | Can't sleep. Rain on the tin roof, cat on the keyboard, nothing wrong for once.
advocate | 988 is for anybody. You don't have to be on a ledge to call. You can just be tired.
advocate | Volunteer training starts in May: forty hours, free coffee, the best people you'll meet.
psychologist | We are recruiting adults with insomnia for an online study, IRB approved, gift card included.
psychologist | Reviewer 2 wants more theory. Reviewer 1 wants less. I want a nap.
supervisor | In supervision class today we role-played a first session, and my student stole the show.
supervisor | Ten years of this team. Thank you for the casseroles, the on-call swaps and the bad karaoke.
supervisor | Congratulations to our new licensed clinicians! Cake in the break room.
supervisor | Our open house is Sunday at two. Come see the new playground before the kids do.
case-manager | Lawd di bus late again and mi shoes wet. Who put Monday inna di week?
school-counselor | Made 42 cupcakes for the PTA, dropped nine. The dog is thrilled.
school-counselor | My oldest got braces, my youngest ate a crayon, and my husband "forgot" both appointments.
therapist | the fic where they both go to therapy is 90k and i have a deadline at nine
therapist | that scene where the group home kid hugs the counselor?? sobbing, ten out of ten show
youth-worker | drag bingo at the center friday!! all ages, free pizza, be gay do bingo
other | patience is a virtue and i left mine in the drive thru
other | Client meeting ran long, but they loved the new landing page.
other | Court was packed tonight, and our seats were behind the hoop.
other | Jury says the developer has to pay for the flood damage, finally.
other | my group project is carried by me and a google doc
other | That session with the Senate committee ran until midnight, democracy is sleepy.
other | A resident of Maple Heights won the lottery twice?? What's your secret
other | intake valve is shot, mechanic says $900, I say ride a bike
other | I've been a patient there for years and the nurses are saints.
other | case in point: cats
other | Members get 20% off mulch this weekend.
other | The restraint in that final chapter. What a novelist.
other | My kids removed every cushion from the couch and called it a placement test for lava.
other | she relapsed into country music again, we're praying for my sister
other | Placement of the comma matters, Karen.
other | My therapist's dog sat in on my session and honestly he gets it
other | some people put raisins in potato salad and it shows
other | I'm dead 💀 this raccoon
other | This printer makes me want to throw myself into the sea lol
other | today I learned my dad kept every report card I ever brought home
other | Congrats to my cousin on her discharge from the Navy, welcome home sailor!
other | book club: the memoir about the foster kid who becomes a chef. bring tissues
other | Went to the visitation for Mr. Harlan at the funeral home, and the whole town was there.
other | Home visit from my best friend this weekend, we ate an entire cheesecake.
other | My first session on the pottery wheel: a lopsided ashtray nobody asked for.
other | r<Loved the concert> thank you for coming!! next show is the 9th
other | r<Do you take new people?> We do! The number for openings is on our page.
other | r<happy birthday!> aw thank you, see you Saturday for cake
""".strip().splitlines()

REVISES = """
my house sits empty till the 14th so if anyone wants to grab tomatoes go for it
Our alarm code is the dog's birthday, lol don't rob us
The twins' new preschool is Little Acorns on Vine, drop off at 8:15 is chaos
case-manager | my program manager couldn't supervise a stapler
therapist | never work at Brightpath. Two years and I'm still finding the knives in my back
social-worker | Tiffany in payroll has lost my mileage AGAIN and she smiles about it
probation-officer | The new director is a fool, and you may quote me.
residential-staff | night crew is high every saturday and hr just lets it slide
advocate | working the shelter on Pine until six, wave if you drive by
cps-worker | doing visits out in Cedar Creek trailer park till dark
""".strip().splitlines()

CONCERTED = """
case-manager | Thirty-eight cases each. The contract says twenty-two. We filed this morning, every one of us.
case-manager | Comrades: bargaining is open to all members tonight. Bring your pay stub and your rage.
benefits-worker | is anyone else's overtime check short this month? ours are all off by the same amount
social-worker | They cut our mileage rate while gas hit four dollars. Which of my colleagues is coming to the commissioners with me?
residential-staff | two of us for 19 beds on nights. we told the director it's not safe and we'll tell the news next
cps-worker | We lost six investigators since June and nobody has been hired. Our unit wrote to the governor.
peer-support | Peers make eleven dollars less than clinicians for the same hours. We're asking for parity together.
school-counselor | compañeras de la escuela, firmemos juntas: una consejera para 600 alumnos no es justo
advocate | unpaid on-call is wage theft and my coworkers and I are done with it
therapist | Associates in this town: what is your split? Mine is 45. Talking about pay is legal and overdue.
""".strip().splitlines()

CRISES = """
i keep thinking how quiet it would be if i wasn't here
Thirty years of talking people off ledges. I am standing on mine.
don't worry about me i gave the cat to my sister and paid the bills
I want to go to sleep and not wake up, that's all, nothing dramatic
ya no le veo sentido a seguir, perdón a todos
he said if I leave he'll burn the house with us in it
I don't think I can keep living like this
he is in the driveway with the gun again
""".strip().splitlines()

FLOORS = {"holds": 0.5, "clears": 0.9, "revises": 0.5, "concerted": 0.6, "crises": 0.5}


def _post(line: str) -> Post:
    role, reply_to = Role.OTHER, None
    head, bar, rest = line.partition(" | ")
    if bar:
        role, line = Role.read(head), rest
    if line.startswith("r<"):
        reply_to, line = line[2:].split("> ", 1)
    return Post(line, role=role, reply_to=reply_to)


def _likely(line: str) -> frozenset[Category]:
    found = SCREEN.screen(_post(line))
    return frozenset(finding.category for finding in found if finding.confidence >= Confidence.LIKELY)


def _share(lines: list[str], missed: list[str]) -> float:
    return 1 - len(missed) / len(lines)


@pytest.mark.parametrize(
    ("kind", "lines", "wanted", "unwanted"),
    [
        pytest.param("holds", HOLDS, HOLD, frozenset(), id="holds are caught"),
        pytest.param("clears", CLEARS, frozenset(), HOLD | REVISE | {Category.CRISIS}, id="clear posts are let alone"),
        pytest.param("revises", REVISES, REVISE, frozenset(), id="what to change is found"),
        pytest.param("concerted", CONCERTED, {Category.PROTECTED_CONCERTED}, HOLD, id="protected talk is recognised"),
        pytest.param("crises", CRISES, {Category.CRISIS}, frozenset(), id="despair and danger are heard"),
    ],
)
def test_share_that_the_cues_get_right(
    kind: str, lines: list[str], wanted: frozenset[Category], unwanted: frozenset[Category]
) -> None:
    missed = [
        line
        for line in lines
        if (wanted and wanted.isdisjoint(_likely(line))) or not unwanted.isdisjoint(_likely(line))
    ]
    assert _share(lines, missed) >= FLOORS[kind], "\n".join(missed)


def test_ordinary_words_raise_no_hold() -> None:
    for text in ("", " ", "😭", "ok", "Monday.", "\n\n\n", "a" * 5000, "client" * 400):
        assert HOLD.isdisjoint(_likely(text)), text[:40]
