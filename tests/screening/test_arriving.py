"""Messages to a professional that may speak of danger, and others that look like them."""

from __future__ import annotations

import pytest

from demur.screening.arriving import DANGER, FROM_WORK, arriving_rules, says_known_from_work, sounds_like_danger
from demur.screening.examples import marks
from demur.screening.rule import Example, Rule
from demur.screening.screen import Screen

SCREENS = {folder: Screen(arriving_rules(folder)) for folder in (DANGER, FROM_WORK)}
HEARS = {DANGER: sounds_like_danger, FROM_WORK: says_known_from_work}
GRAVE = (
    "im going to kill my ex and then myself",
    "I'm gonna kill him",
    "i took a whole bottle of pills",
    "took all my pills",
    "I'm going to end it all tonight",
    "i cut again tonight",
    "kms",
    "suicide",
    "going to jump",
    "im done. goodbye",
    "you wont have to worry about me anymore",
    "he has a gun and he is outside my house",
    "my stepdad hits me",
    "my dad touches me at night",
    "i hurt my kid",
    "my son said he wants to die",
    "she overdosed",
    "my baby isnt breathing",
    "goodbye miss. thank you for everything. take care of my dog",
    "if u dont answer ill do it",
    "counting down my last days. nobody will miss me",
    "me quiero morir",
    "ya no quiero vivir",
    "i dont want to be here anymore",
    "I have a plan and I have the pills",
    "sorry for everything i put u through. this is it for me",
    "ive been thinking of ways to do it",
    "i want it to be over",
    "everyone would be happier w/o me",
    "i keep thinking about driving into the river",
    "whats the point of waking up",
    "my bf strangled me last night",
    "he said he will burn the house with us in it",
    "she shakes the baby when he cries",
    "my uncle comes in my room at night",
    "they are going to hurt me when i get out",
    "im gonna shoot up that school",
    "im outside ur office and im not leaving til u talk to me",
    "u took my kids now im gonna take something from u",
    "i drank bleach",
    "i cant feel my arm and my chest hurts",
    "he wont wake up",
    "i think my roommate od'd",
    "my daughter ran away 2 days ago",
    "i havent eaten in 4 days and neither have the kids",
    "me voy a matar hoy",
    "mi esposo me quiere matar",
    "mi papá me toca cuando mi mamá no está",
    "ya no aguanto más, perdón por todo",
    "dígale a mis hijos que los amo",
    "se tomó todas las pastillas",
    "no tengo a donde ir esta noche y traigo a los niños",
    "i self harmed after group",
    "im writing letters for everyone",
    "gave my brother my ps5 and my shoes, wont need em",
    "i want to sleep and never wake up",
    "my voices say hurt the neighbor",
    "hey its jaylen from group. i dont think ill be there thursday. or any thursday tbh",
    "told my sister she can have the ps5. just wanted u to know u were nice to me",
    "im so tired miss. not sleepy tired. the other kind",
    "can you check on my roommate she wont wake up and theres an empty bottle",
    "he said next time he wont miss",
    "dont text back he reads my phone. he hurt my arm bad",
    "my mom's boyfriend comes in my room",
    "mr davis my little brother is locked in the closet again",
    "i havent eaten in 3 days and mom isnt home",
    "theyre gonna jump me after school, they have a knife",
    "if she takes my kids ill burn that house down with her in it",
    "that caseworker is gonna pay. i know where she parks",
    "i stopped taking my insulin. whats the point",
    "my grandson pushed me down and took my check again",
    "dad left and hasnt come back since friday, its just me and the baby",
    "i drank again and im shaking so bad i see things",
    "took 30 benadryl lol",
    "narcan didnt work hes blue",
    "i have my dads glock in my lap",
    "existing is exhausting i want off this ride",
    "how many tylenol is too many asking for a friend",
    "they said if i run they will find my mom. i have to work at the hotel tonight",
    "ya no aguanto. perdónenme todos",
    "mi esposo me va a matar si se entera",
    "mi hijastro toca a mi niña",
    "me encerró y no me deja salir",
    "estoy sangrando mucho y no tengo a nadie",
    "me tomé el frasco entero",
    "no voy a llegar a mañana",
    "quiero dormir y ya no despertar",
    "miss i did it again. its deep this time",
    "the voices are telling me to do it",
    "i cant feel my legs and my chest hurts",
    "im outside in the snow they kicked me out and im 15",
    "she's holding the baby over the balcony",
    "i keep looking at the bridge on my way home",
    "nobody would even notice til rent is due",
    "my ex is outside w a bat",
    "i wanna unalive so bad",
    "im going to sleep and hopefully thats it",
    "the thoughts are back. the bad ones",
    "i bought a rope today",
    "gonna go see my grandma (she passed in 2019). bye",
    "hes choking her again i can hear it thru the wall",
    "i ran away. some guy is letting me stay",
    "if i cant have him nobody will",
    "been up 5 days i think the cops put something in my teeth",
    "i put the baby down hard. shes not crying right",
    "pray for me tonight is my last",
)
HARMLESS = (
    "this homework is killing me lol",
    "im dying 😂",
    "killed it at the gym",
    "goodbye for now, see you tuesday",
    "took my pills like you said 👍",
    "hi its me from group",
    "can you accept me pls",
    "did u see the game last night",
    "thank you for helping me get my apartment",
    "my son starts school monday im so proud",
    "got my 90 day chip!!",
    "can we move my appointment to thursday",
    "my phone died so i missed your call",
    "i cut my hair",
    "hey miss its jaylen can u add me on snap",
    "the bus was late again sorry",
    "i passed my drug test",
    "happy birthday!!",
    "i love your hair in your profile pic",
    "i dont want to be late again",
    "i want to be done with probation so bad",
    "cant wait to see u",
    "my dog died last week and im sad",
    "i miss my mom",
    "my baby is 6 months today",
    "ran out of minutes, new number 555-0142",
    "she hit a home run",
    "i beat my record",
    "my ex is suing me for custody",
    "that movie killed me",
    "i need help with the housing form",
    "can you help me with my resume",
    "im at the library if you want to meet",
    "my tooth is killing me, do you know a dentist",
    "the baby kicked!",
    "going to the river this weekend",
    "jump in the pool pics",
    "i found a job at the gun shop... jk at target",
    "buenos días licenciada, ya conseguí trabajo",
    "no puedo ir mañana, mi niño está enfermo",
    "gracias por todo",
    "me cortaron la luz, ¿me ayuda con la forma?",
    "me muero de risa",
    "mi hija se graduó",
    "nos vemos el martes",
    "i dont wanna go to court",
    "they cut my food stamps",
    "shots at the clinic friday?",
    "my car died",
    "im so tired of this paperwork",
    "want to grab coffee sometime?",
    "you were my counselor in 2016 lol",
    "thats so funny i cant breathe 😂",
    "my brother got shot at with a water gun",
    "call me when you can",
    "i took all the classes you told me to",
    "omg im dead that video 💀",
    "this essay is killing me",
    "we murdered them 6-0 last night",
    "five years since my attempt and so grateful for you",
    "can we move my appointment to 4",
    "my phone died sorry",
    "i cut 10 pounds this month!",
    "shooting hoops at the Y come by",
    "i'm done with probation next week!!",
    "goodbye old apartment hello new",
    "need help with my food stamps form",
    "the gun show was packed, got a new holster display case for dad",
    "my grandfather passed away ten years ago today",
    "took my meds like you said",
    "i want to die of embarrassment lol",
    "new tattoo on my wrist",
    "you saved my life last year, thank you",
    "i overdosed in 2018, now i help others",
    "hope you feel better soon",
    "my daughter hurt her ankle at soccer, can't come",
    "this heat will be the death of me",
    "adding you so i can send the photos from the picnic",
    "i beat level 40!",
    "cancel my subscription i can't take it anymore",
    "la película de anoche me mató de risa",
    "se me murió el celular",
    "corté el pasto y me golpeé el dedo jaja",
    "gracias por ayudarme a dejar de tomar",
)


def _examples(kind: str) -> list[object]:
    return [
        pytest.param(folder, rule, example, id=f"{rule.id}-{number}")
        for folder in SCREENS
        for rule in arriving_rules(folder)
        for number, example in enumerate(getattr(rule, kind))
    ]


@pytest.mark.parametrize(("folder", "rule", "example"), _examples("flags"))
def test_a_rule_hears_its_words(folder: str, rule: Rule, example: Example) -> None:
    # The words may be cut otherwise: nothing of this is ever marked.
    assert marks(SCREENS[folder], rule, example)


@pytest.mark.parametrize(("folder", "rule", "example"), _examples("passes"))
def test_a_rule_leaves_its_innocent_twins_alone(folder: str, rule: Rule, example: Example) -> None:
    assert not HEARS[folder](example.text)


@pytest.mark.parametrize("text", GRAVE)
def test_a_grave_message_is_heard(text: str) -> None:
    assert sounds_like_danger(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_an_everyday_message_is_not(text: str) -> None:
    assert not sounds_like_danger(text)


def test_nothing_is_heard_in_nothing() -> None:
    assert not sounds_like_danger("")
    assert not sounds_like_danger("  \n")
    assert not says_known_from_work("")
