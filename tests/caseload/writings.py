"""Every way of writing a client that Demur looks for, made for many names: shared by tests and measurements.

Everybody here is invented: given and family names of one community are combined at random, contacts are 555-01xx
numbers and example.org addresses. The same call gives the same people and the same texts.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import product

from demur.caseload.names import words_of
from demur.caseload.tables import everyday_words, nicknames_of, table_lines
from demur.core.findings import Confidence
from demur.core.people import Client

SURE, LIKELY, POSSIBLE = Confidence.SURE, Confidence.LIKELY, Confidence.POSSIBLE

# Community, given names, family names. Combinations are made below.
_PEOPLE = """
latino
  María, José Luis, Guadalupe, Ignacio, Ximena, Refugio, Yesenia, Marisol, Joaquín, Itzel
  López, García Márquez, Quintanilla, Núñez Ortiz, de la Cruz, Barrientos, Ybarra, Villaseñor, Peña, Zamora Ríos
vietnamese
  Văn An, Thị Hồng, Đức, Quỳnh, Bích Liên, Tuấn, Phương, Khánh
  Nguyễn, Trần, Huỳnh, Phạm, Vũ, Đặng, Bùi, Ngô
somali
  Abdirahman, Hodan, Sahra, Fadumo, Liban, Ayaan, Guled, Ifrah
  Warsame, Farah, Jama, Abdullahi, Dirie, Hersi, Duale, Elmi
irish
  Siobhán, Seán, Niamh, Cormac, Aoife, Declan, Gráinne, Fergus
  O’Neil, Corrigan, O'Shaughnessy, McGillicuddy, Brannigan, Ó Súilleabháin, Tierney, Fitzgerald
arabic
  Noor, Khalid, Layla, Yasmin, Tariq, Hanan, Ghassan, Zaynab
  al-Hashimi, Haddad, Mansour, Abu Salim, Khoury, Darwish, el-Amin, Najjar
chinese
  Xiulan, Wei, Jing, Zhihao, Meiling, Yifan, Chunhua, Guoqiang
  Zheng, Ouyang, Huang, Xiao, Zhang, Deng, Liang, Qian
korean
  Ji-woo, Eun-ji, Min-jun, Haneul, Soojin, Hyun-woo, Seoyeon, Dae-jung
  Kim, Kwon, Hwang, Namgung, Choi, Baek, Jeong, Yoon
indian
  Priyanka, Rohan, Lakshmi, Arjun, Sunita, Harpreet, Meenakshi, Vikram
  Raghunathan, Patel, Chowdhury, Iyer, Gupta, Venkatesan, Deshpande, Banerjee
nigerian
  Chukwuemeka, Ngozi, Oluwaseun, Ifeoma, Adaeze, Babatunde, Folasade, Obinna
  Okafor, Adeyemi, Okonkwo, Balogun, Nwachukwu, Eze, Olatunji, Abiola
native
  Wyatt, Takoda, Winona, Loretta, Dakota, Aiyana, Leland, Kaya
  Running Crane, Whitebird, Begay, Two Bulls, Tsosie, Yazzie, Little Thunder, Red Elk
hmong
  Pao, Mai Yia, Tou, Chue, Nhia, Kao Nou, Panhia, Xai
  Xiong, Vang, Moua, Thao, Yang, Vue, Lor, Her
black
  Jamarion, Denisha, Terrence, LaKeisha, De'Andre, Shanice, Tyrell, Ebonie
  Tolliver, Featherstone, Gadsden, Broadnax, Pettway, Crump, Goodwyn, Mosley
polish
  Bogdan, Małgorzata, Zbigniew, Agnieszka, Kazimierz, Jadwiga, Łukasz, Halina
  Kowalczyk, Wiśniewski, Brzęczyszczykiewicz, Żuraw, Nowak, Szymańska, Dąbrowa, Pietrzak
portuguese
  João, Conceição, Thiago, Inês, Graça, Anabela, Nélson, Fátima
  dos Santos, Magalhães, Araújo Lima, da Conceição, Simões, Pereira, Guimarães, Fagundes
german
  Jürgen, Anneliese, Günther, Liesel, Björn, Ingeborg, Käthe, Dietrich
  Müller, Vandersloot, Stoltzfus, von Hagen, Schröder, Weißkopf, Krüger, Achterberg
filipino
  Divina, Rodrigo, Maricel, Jejomar, Analyn, Crisanto, Luzviminda, Dodong
  Macaraeg, Dimaculangan, Batungbakal, Salonga, Manalo, Catacutan, Pangilinan, Tolentino
pacific
  Kealoha, Sione, Malia, Leilani, Tevita, Kaimana, Mele, Nāinoa
  Nakamura-Reyes, Tuiasosopo, Kahananui, Fonoti, Keawe, Vaʻa, Talanoa, Kalani
slavic
  Ileana, Dmytro, Oksana, Yevgenia, Radovan, Svetlana, Mirela, Zoran
  Cojocaru, Petrashevsky, Kovalenko, Popescu, Dragomir, Zelinska, Horvat, Marković
haitian
  Guerline, Wilner, Fabiola, Jean-Baptiste, Mirlande, Roselor, Evens, Marie-Ange
  Toussaint, Desrosiers, Petit-Frère, Casimir, Dorvil, Saintilus, Laguerre, Exantus
english
  Evangeline, Gwendolyn, Robert, Margaret, Samuel, Jessica, Timothy, Katherine
  Abernathy, Ellsberry, Montgomery-Pike, Hollingsworth, Pritchard, Culpepper, Winterbourne, Blackwood
words
  Rose, April, Will, Grace, Hope, Faith, Hunter, Mark, Joy, Chase
  Adeyemi, Kowalczyk, Nguyen, Okafor, Quintanilla, Corrigan, Tsosie, Xiong, Macaraeg, Toussaint
"""  # fmt: skip

PICTURED = {
    "Rose": "🌹", "Rosa": "🌹", "Daisy": "🌼", "Margarita": "🌼", "Ruby": "💎", "Pearl": "🦪", "Perla": "🦪",
    "Angel": "😇", "Angela": "😇", "Luna": "🌙", "Star": "⭐", "Estrella": "🌟", "Leo": "🦁", "Robin": "🐦",
    "Ivy": "🌿", "Sunny": "☀️", "Sol": "🌞", "Fox": "🦊", "Wolf": "🐺", "Bear": "🐻", "King": "👑", "Reyes": "👑",
    "Lily": "🪷", "Violet": "💜", "Hazel": "🌰", "Olive": "🫒", "Cherry": "🍒", "Apple": "🍎", "Peaches": "🍑",
    "Bell": "🔔", "Crystal": "💎", "Melody": "🎶", "Dawn": "🌅", "Aurora": "🌅", "Summer": "☀️", "Snow": "❄️",
    "Storm": "⛈️", "Rain": "🌧️", "Ocean": "🌊", "River": "🏞️", "Phoenix": "🐦‍🔥", "Dove": "🕊️", "Paloma": "🕊️",
    "Raven": "🐦‍⬛", "Birdie": "🐦", "Bunny": "🐰", "Tiger": "🐯", "Leona": "🦁", "Pepper": "🌶️", "Ginger": "🫚",
    "Honey": "🍯", "Candy": "🍬", "Clover": "🍀", "Blossom": "🌸", "Flores": "💐", "Holly": "🎄", "Cruz": "✝️",
    "Diamond": "💎", "Joy": "😂", "Skye": "☁️", "Sky": "☁️", "Autumn": "🍂", "Hope": "🙏", "Destiny": "✨",
    "Princess": "👸", "Queen": "👸", "Heaven": "☁️", "Gloria": "✨",
}  # fmt: skip
"""Names that a picture stands for, with one such picture."""


_APOSTROPHES = (
    "O’Brien O'Hara O’Connell O'Malley O’Donovan O'Rourke O’Keefe O'Leary O’Dwyer O'Mahony O’Rahilly O'Gorman "
    "O’Flaherty D’Angelo D'Amico D’Souza D'Costa D’Ambrosio D'Agostino D’Onofrio N’Diaye N'Dour N’Guessan N'Golo M’Bow "
    "M'Baye K’nard T'Challan L’Heureux L'Amour Ka'ahumanu Kaʻaihue Keali'i Ho'opai Ta’ala Va’afusu Tu'imala Sa’ad "
    "Al-Ra'i Qu'ran Ma’ruf Ba'ath Sh’dari Ts'ai Ch’ien Be'eri Ya’akov Ne'eman Ro’i Ge'ez Te’vaka"
)
_DOUBLE = (
    "Ramírez Villalobos Cárdenas Montoya Espinoza Zepeda Arreola Bustamante Cervantes Duarte Escobedo Figueroa Galindo "
    "Huerta Ibarra Jáuregui Leyva Machado Navarrete Olvera Palacios Quezada Robledo Saldaña Tovar Urrutia Valdivia "
    "Yáñez Zúñiga Almeida Bragança Carvalho Drummond Esteves Fonseca Gouveia Hidalgo Inácio Junqueira Lacerda Meireles "
    "Noronha Oliveira Peixoto Queiroz Resende Sampaio Teixeira Vasconcelos Ximenes Zarco Amaral"
)
_CALLED_SHORT = (
    "Robert Elizabeth Francisco Margaret Ignacio Guadalupe Samuel Katherine Alejandro Benjamin Christopher Deborah "
    "Edward Florence Gabriel Harold Isabella Jennifer Kimberly Leonard Matthew Nicholas Patricia Rebecca Stephanie "
    "Theodore Vincent William Abigail Barbara Catherine Daniel Eleanor Frederick Gregory Henry Jacob Lawrence "
    "Michael Nathaniel Pamela Raymond Susan Thomas Victoria Zachary Alexander Andrew Anthony Arthur Charles Cynthia "
    "David Dorothy Eugene Gerald Jonathan Joseph Joshua Judith Kenneth Philip Richard Ronald Rosario Sandra Timothy"
)
_DIMINISHED = (
    "Carla Ernesto Marcela Pablo Teresa Adriana Rodolfo Lorena Gerardo Silvia Norma Ricardo Fabiola Gustavo Leticia "
    "Mauricio Patricio Renata Octavio Beatriz Graciela Humberto Irma Julieta Lidia Mariana Natalia Paola Ramiro Sonia "
    "Tomasa Ursula Valeria Wilfredo Yolanda Zulema Amalia Braulia Camila Dalia Elisa Fermina Gilda Herminia Imelda "
    "Jacinta Karina Lucrecia Minerva Nidia Otilia"
)
_GIVEN = ("Maeve", "Anton", "Chidi", "Salma", "Kofi", "Ingrid", "Tadeo", "Yara", "Bao", "Eamon", "Thandiwe", "Piotr",
          "Zahra", "Kaori", "Mateus", "Nayeli", "Femi", "Odalys", "Ruslan", "Keahi")  # fmt: skip


_SCRIPTS = {
    "cyrillic": ("Нина=Nina Ольга=Olha Тарас=Taras Юлія=Yuliia", "Ковальчук=Kovalchuk Шевчук=Shevchuk Гнатюк=Hnatiuk"),
    "arabic": ("نور=Noor خالد=Khaled ليلى=Layla", "حسن=Hassan منصور=Mansour الحداد=Alhaddad"),
    "hanzi": ("小明=Xiaoming 丽华=Lihua 国强=Guoqiang 秀兰=Xiulan", "王=Wang 欧阳=Ouyang 郑=Zheng"),
    "hangul": ("민준=Minjoon 서연=Seoyeon 하늘=Haneul", "김=Kim 남궁=Namgoong 최=Choi"),
    "devanagari": ("प्रिया=Priya रोहन=Rohan सुनीता=Sunita", "शर्मा=Sharma पटेल=Patel गुप्ता=Gupta"),
}  # fmt: skip
"""Names in other scripts, with the Latin spelling that the record holds as another name."""


def _combined() -> list[tuple[str, str, str]]:
    """Community, given and family name."""
    found = []
    lines = [line.strip() for line in _PEOPLE.strip().splitlines()]
    for number in range(0, len(lines), 3):
        community, givens, families = lines[number], lines[number + 1].split(", "), lines[number + 2].split(", ")
        for at, given in enumerate(givens):
            found.append((community, given, families[(at + number // 3) % len(families)]))
    return found


@cache
def people() -> tuple[Client, ...]:
    """Invented clients of many communities: short and long names, particles, hyphens, apostrophes, two family names."""
    middles = ("Elena", "Dwayne", "Ruth", "Guadalupe", "Amina", "Kofi", "Jin", "Lam")
    found: list[Client] = []
    for number, (community, given, family) in enumerate(_combined()):
        words = words_of(f"{given} {family}")
        short = sorted(nicknames_of(words_of(given)[0]))
        found.append(
            Client(
                f"{community}-{number}",
                given,
                "" if community == "words" else middles[number % len(middles)],
                family,
                email=f"{words[0]}.{words[-1]}{number}@example.org",
                phone=f"208-555-01{number % 100:02}",
                handles=(f"@{words[0][:3]}{words[-1][-4:]}_{number:03}",),
                preferred_name=short[0].title() if short and number % 3 == 0 else "",
            )
        )
    for number, family in enumerate(_APOSTROPHES.split()):
        found.append(Client(f"apostrophe-{number}", _GIVEN[number % len(_GIVEN)], family_name=family))
    for number, (one, two) in enumerate(zip(_DOUBLE.split(), reversed(_DOUBLE.split()), strict=True)):
        found.append(Client(f"double-{number}", _GIVEN[-1 - number % len(_GIVEN)], family_name=f"{one} {two}"))
    for number, given in enumerate(_CALLED_SHORT.split()):
        family = _combined()[(number * 5) % 160][2]
        short = sorted(nicknames_of(given.lower()))
        preferred = short[-1].title() if short and number % 2 else f"{given[:3]}zi"
        found.append(Client(f"short-{number}", given, family_name=family, preferred_name=preferred))
    for number, given in enumerate(_DIMINISHED.split()):
        found.append(Client(f"small-{number}", given, family_name=_DOUBLE.split()[number % 40]))
    families = [family for community, _, family in _combined() if community not in ("words", "native")]
    for number, (name, _) in enumerate(PICTURED.items()):
        found.append(Client(f"pictured-{number}", name, family_name=families[(number * 7) % len(families)]))
    for script, pairs in _SCRIPTS.items():
        givens, families = ([name.split("=") for name in names.split()] for names in pairs)
        for number, ((given, given_roman), (family, family_roman)) in enumerate(product(givens, families)):
            roman = f"{given_roman} {family_roman}"
            found.append(Client(f"{script}-{number}", given, family_name=family, other_names=(roman,)))
    return tuple(found)


@cache
def large_caseload(size: int) -> tuple[Client, ...]:
    """An invented caseload of any size: two in three names as often as the Census has them, the rest by community."""
    chance = random.Random(size)
    tables = []
    for file in ("given_names.csv", "family_names.csv"):
        pairs = [line.split(",") for line in table_lines(file)]
        tables.append(([name for name, _ in pairs], [float(count) for _, count in pairs]))
    communities: dict[str, dict[str, list[str]]] = {}
    for line in table_lines("communities.csv"):
        community, role, _, listed = line.split(",")
        if role != "region":
            communities.setdefault(community, {}).setdefault(role, []).extend(listed.split())
    usable = sorted(name for name, roles in communities.items() if len(roles) == 2)
    found = []
    for number in range(size):
        if chance.random() < 2 / 3:
            given, family = (chance.choices(names, weights)[0] for names, weights in tables)
        else:
            roles = communities[chance.choice(usable)]
            given, family = chance.choice(roles["given"]), chance.choice(roles["family"])
        contacts = chance.random() < 0.4
        found.append(
            Client(
                f"c{number}",
                given.title(),
                chance.choice(tables[0][0][:400]).title() if chance.random() < 0.3 else "",
                family.title(),
                email=f"{given}.{family}{number}@example.org" if contacts else "",
                phone=f"555-{number // 10_000:03}-{number % 10_000:04}" if contacts else "",
                handles=(f"@{given[:4]}{family[:4]}{number}",) if contacts else (),
            )
        )
    return tuple(found)


@dataclass(frozen=True)
class Kind:
    """One way of writing a client. `write` gives nothing where it does not apply to somebody's name.

    `least` is how sure a finding is at least expected to be. `carriers` hold the writing at {}. `twin` is an innocent
    text of the same shape, found at most as possible by anybody's caseload that holds `twin_of`.
    """

    id: str
    says: str
    write: Callable[[Client], str]
    least: Confidence
    carriers: tuple[str, ...] = ()
    twin: str = ""
    twin_of: Client | None = None


CARRIERS = ("So {} came in today and it went well.", "thinking about {} tonight", "Proud of {}!")
LOWER = ("so glad {} came in today", "thinking about {} tonight", "{} did it")
BESIDE = ("My client {} did it!", "Long session with {} today.")
TAGGED = ("What a day. {} forever", "{}", "love you {} <3")
_NEIGHBOURS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuioposdfghjklkxcvbnmn", strict=True))
_LEET = str.maketrans({"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7"})
_SYMBOLS = str.maketrans({"a": "@", "s": "$", "i": "!", "A": "@", "S": "$", "I": "!"})
_CYRILLIC = str.maketrans("aeopcyxAEOPCTXKMHB", "аеорсухАЕОРСТХКМНВ")
_GREEK = str.maketrans("oaivOAEIKMNTXZ", "οαινΟΑΕΙΚΜΝΤΧΖ")
_SMALL_CAPITALS = str.maketrans("abcdefghijklmnoprtuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ")


def full(client: Client) -> str:
    """Given and family name as written in the record."""
    return client.full_name


def _plain(text: str) -> str:
    """Latin letters without accents and signs."""
    decomposed = unicodedata.normalize("NFKD", text.replace("Đ", "D").replace("đ", "d").replace("ł", "l"))
    return "".join(character for character in decomposed.replace("Ł", "L") if not unicodedata.combining(character))


def _letters(text: str) -> str:
    return "".join(character for character in _plain(text) if character.isalpha())


def _latin(client: Client) -> bool:
    return bool(client.family_name) and _letters(full(client)).replace("ß", "ss").isascii()


def _first(client: Client) -> str:
    return client.given_name.split()[0]


def _weak(client: Client) -> bool:
    """Whether the given name is an everyday word, so that it says nothing alone."""
    return words_of(client.given_name)[0] in everyday_words()


def _latin_names(write: Callable[[str, str], str]) -> Callable[[Client], str]:
    """For whole names in Latin letters."""
    return lambda client: write(client.given_name, client.family_name) if _latin(client) else ""


def _given_only(write: Callable[[str], str], longest: int = 40, shortest: int = 3) -> Callable[[Client], str]:
    """For given names that are no everyday words."""

    def written(client: Client) -> str:
        fits = _latin(client) and not _weak(client) and shortest <= len(_letters(client.given_name)) <= longest
        return write(client.given_name) if fits else ""

    return written


def _joined(write: Callable[[str, str], str], shortest: int = 6) -> Callable[[Client], str]:
    """For names run together, long enough to be told from words."""

    def written(client: Client) -> str:
        if not _latin(client) or len(_letters(full(client))) < shortest:
            return ""
        given, family = (
            "".join(part[:1].upper() + part[1:] for part in _letters_kept(name).split())
            for name in (client.given_name, client.family_name)
        )
        return write(given, family)

    return written


def _letters_kept(name: str) -> str:
    kept = (character if character.isalpha() else "" if character in "'’ʻ" else " " for character in _plain(name))
    return "".join(kept)


def _slip(kind: str, name: str, number: int) -> str:
    """One slip inside a name: never its first letter, and never one that leaves it as it was."""
    places = [at for at in range(1, len(name) - 1) if name[at].isalpha() and name[at + 1].isalpha()]
    places = [at for at in places if name[at] != name[at + 1]]
    if len(_letters(name)) < 4 or not places:
        return ""
    at = places[number % len(places)]
    if kind == "swap":
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    if kind == "drop":
        return name[:at] + name[at + 1 :]
    if kind == "double":
        return name[:at] + name[at] * 2 + name[at + 1 :]
    return name[:at] + _NEIGHBOURS.get(_plain(name[at]).lower(), "x") + name[at + 1 :]


def _real_word(written: str) -> bool:
    """Whether a slip happened to give another name or word: nobody can tell that it is one."""
    return any(word in _taken() for word in words_of(written))


@cache
def _taken() -> frozenset[str]:
    names = {line.split(",")[0] for file in ("given_names.csv", "family_names.csv") for line in table_lines(file)}
    own = {word for client in people() for word in words_of(full(client))}
    short = {nick for client in people() for word in words_of(client.given_name) for nick in nicknames_of(word)}
    return frozenset(names | own | short | everyday_words())


def _one_slip(kind: str, part: str) -> Callable[[Client], str]:
    def written(client: Client) -> str:
        if not _latin(client):
            return ""
        name = getattr(client, part)
        slipped = _slip(kind, name, sum(map(ord, name)))
        if not slipped or _real_word(slipped):
            return ""
        other = client.family_name if part == "given_name" else client.given_name
        return f"{slipped} {other}" if part == "given_name" else f"{other} {slipped}"

    return written


def _two_slips(client: Client) -> str:
    given = _slip("swap", client.given_name, 1) if _latin(client) else ""
    family = _slip("drop", client.family_name, 2) if _latin(client) else ""
    return f"{given} {family}" if given and family and not _real_word(f"{given} {family}") else ""


def _two_slips_in_one(client: Client) -> str:
    if not _latin(client):
        return ""
    slipped = _slip("drop", client.family_name, 5) if len(_letters(client.family_name)) >= 8 else ""
    slipped = _slip("double", slipped, 1) if slipped else ""
    return f"{client.given_name} {slipped}" if slipped and not _real_word(slipped) else ""


def _translated(table: dict[int, str]) -> Callable[[Client], str]:
    def written(client: Client) -> str:
        if not _latin(client):
            return ""
        name = f"{client.given_name[0]}{client.given_name[1:].translate(table)} "
        name += f"{client.family_name[0]}{client.family_name[1:].translate(table)}"
        return name if name != full(client) else ""

    return written


def _styled(start_capital: int, start_small: int) -> Callable[[Client], str]:
    def written(client: Client) -> str:
        if not _latin(client):
            return ""
        return "".join(
            chr(start_small + ord(character) - 97)
            if "a" <= character <= "z"
            else chr(start_capital + ord(character) - 65)
            if "A" <= character <= "Z"
            else character
            for character in _plain(full(client)).replace("ß", "ss")
        )

    return written


def _accented(client: Client) -> str:
    if not _latin(client) or not full(client).isascii():
        return ""
    return full(client).translate(str.maketrans("aeiou", "áéíóú"))


def _unaccented(client: Client) -> str:
    plain = _plain(full(client))
    return plain if _latin(client) and plain != full(client) and plain.isascii() else ""


def _decomposed(client: Client) -> str:
    written = unicodedata.normalize("NFD", full(client))
    return written if written != full(client) else _accented(client) and unicodedata.normalize("NFD", _accented(client))


def _apostrophes(replacement: str) -> Callable[[Client], str]:
    def written(client: Client) -> str:
        name = full(client)
        marks = [mark for mark in "'’ʻ" if mark in name]
        if not marks or not _latin(client):
            return ""
        for mark in marks:
            name = name.replace(mark, replacement)
        return name

    return written


def _masked_letter(mark: str) -> Callable[[Client], str]:
    def written(client: Client) -> str:
        given, family = client.given_name, client.family_name
        if not _latin(client) or not (given.isalpha() and family.isalpha()) or min(len(given), len(family)) < 4:
            return ""
        return f"{given[0]}{mark}{given[2:]} {family[0]}{mark}{family[2:]}"

    return written


def _masked_given(client: Client) -> str:
    given = client.given_name
    return f"{given[0]}*{given[2:]}" if _latin(client) and given.isalpha() and len(given) >= 5 else ""


def _masked_end(client: Client) -> str:
    given = client.given_name
    return f"{given[:3]}{'*' * (len(given) - 3)}" if _latin(client) and given.isalpha() and len(given) >= 5 else ""


def _masked_all(mark: str) -> Callable[[Client], str]:
    def written(client: Client) -> str:
        given, family = client.given_name, client.family_name
        if not _latin(client) or not (given.isalpha() and family.isalpha()) or min(len(given), len(family)) < 3:
            return ""
        return f"{given[0]}{mark * (len(given) - 1)} {family[0]}{mark * (len(family) - 1)}"

    return written


def _inside_letters(mark: str) -> Callable[[Client], str]:
    def written(client: Client) -> str:
        if not _latin(client) or min(len(_letters(client.given_name)), len(_letters(client.family_name))) < 3:
            return ""
        return " ".join(f"{name[:2]}{mark}{name[2:]}" for name in (client.given_name, client.family_name))

    return written


def _pictured(write: Callable[[str, str, str], str]) -> Callable[[Client], str]:
    def written(client: Client) -> str:
        if not client.client_id.startswith("pictured"):
            return ""
        return write(PICTURED[client.given_name], client.given_name, client.family_name)

    return written


def _nickname(client: Client, least: int = 3) -> str:
    own = set(words_of(client.given_name)) | set(words_of(client.preferred_name))
    short = sorted(nick for nick in nicknames_of(words_of(client.given_name)[0]) if nick not in own)
    return short[0].title() if short and len(short[0]) >= least else ""


def _with_nickname(write: Callable[[str, str], str]) -> Callable[[Client], str]:
    def written(client: Client) -> str:
        nick = _nickname(client)
        return write(nick, client.family_name) if nick and _latin(client) and not _weak(client) else ""

    return written


def _with_preferred(write: Callable[[str, str], str]) -> Callable[[Client], str]:
    def written(client: Client) -> str:
        known = client.preferred_name and words_of(client.preferred_name)[0] not in everyday_words()
        return write(client.preferred_name, client.family_name) if known and len(client.preferred_name) > 2 else ""

    return written


def _diminutive(client: Client) -> str:
    given = _plain(client.given_name).replace("-", "")
    if not given.isalpha() or not given.isascii() or len(given) < 4 or client.client_id.startswith("pictured"):
        return ""
    if client.client_id.split("-")[0] not in ("latino", "filipino", "portuguese", "small") or _weak(client):
        return ""
    if given[-1] in "ao":
        stem = given[:-1]
        stem = stem[:-1] + "qu" if stem[-1] == "c" else stem[:-1] + "gu" if stem[-1] == "g" else stem
        return f"{stem}it{given[-1]}"
    return given + "ito" if given[-1] in "lsd" else ""


def _two_families(which: int) -> Callable[[Client], str]:
    particles = {"de", "la", "dos", "da", "von", "van", "al", "el", "abu", "san", "ó", "o"}

    def written(client: Client) -> str:
        parts = [part for part in client.family_name.replace("-", " ").split() if part.lower() not in particles]
        if len(parts) != 2 or not _latin(client) or min(len(_letters(part)) for part in parts) < 3:
            return ""
        return f"{client.given_name} {parts[which]}"

    return written


def _middle(write: Callable[[str, str, str], str]) -> Callable[[Client], str]:
    def written(client: Client) -> str:
        if not client.middle_name or not _latin(client):
            return ""
        return write(client.given_name, client.middle_name, client.family_name)

    return written


def _initials(write: Callable[[str, str], str]) -> Callable[[Client], str]:
    def written(client: Client) -> str:
        return (
            write(_plain(client.given_name)[0].upper(), _letters(client.family_name)[0].upper())
            if _latin(client)
            else ""
        )

    return written


def _spaced(name: str, mark: str, between: str) -> str:
    return between.join(mark.join(word) for word in words_of(name))


def _alternating(name: str) -> str:
    return "".join(c.upper() if at % 2 == 0 else c.lower() for at, c in enumerate(name))


def _stretched(name: str, at_end: bool) -> str:
    name = _plain(name)
    at = len(name) - 1 if at_end else 1
    return name[:at] + name[at] * 4 + name[at + 1 :]


def _long_family(client: Client) -> bool:
    return _latin(client) and client.family_name.isalpha() and len(client.family_name) >= 4


def _one_word_names(write: Callable[[str, str], str], shortest: int = 3) -> Callable[[Client], str]:
    """For one given and one family name without particles, hyphens and apostrophes."""

    def written(client: Client) -> str:
        given, family = _plain(client.given_name), _plain(client.family_name)
        fits = _latin(client) and given.isalpha() and family.isalpha() and given.isascii() and family.isascii()
        return write(given, family) if fits and min(len(given), len(family)) >= shortest else ""

    return written


def _capitals(text: str) -> str:
    return text.replace("ß", "ss").upper()


KINDS: tuple[Kind, ...] = (
    Kind("exact", "as in the record", full, SURE),
    Kind("lower-case", "all small", _latin_names(lambda g, f: f"{g} {f}".lower()), SURE, LOWER),
    Kind("capitals", "all capitals", _latin_names(lambda g, f: _capitals(f"{g} {f}")), SURE),
    Kind("alternating-case", "MaRiA lOpEz", _latin_names(lambda g, f: f"{_alternating(g)} {_alternating(f)}"), SURE),
    Kind("possessive-curly", "’s", lambda c: f"{full(c)}’s mom", SURE),
    Kind("possessive-straight", "'s", lambda c: f"{full(c)}'s mom", SURE),
    Kind("possessive-plain-mark", "s'", lambda c: f"{full(c)}' mom", SURE),
    Kind("possessive-bare", "s without a mark", _latin_names(lambda g, f: f"{g} {f}s mom"), LIKELY),
    Kind("given-only", "the given name", _given_only(lambda g: g), POSSIBLE,
         twin="Maria Sharapova won again", twin_of=Client("t", "Maria", family_name="Lopez")),
    Kind("given-lower", "the given name, small", _given_only(lambda g: g.lower()), POSSIBLE, LOWER),
    Kind("given-capitals", "the given name, capitals", _given_only(_capitals), POSSIBLE),
    Kind("given-possessive", "the given name's", _given_only(lambda g: f"{g}’s mom"), POSSIBLE),
    Kind("given-possessive-bare", "the given names", _given_only(lambda g: f"{g}s mom", shortest=4), POSSIBLE),
    Kind("given-everyday", "a given name that is a word, where a person stands",
         lambda c: c.given_name if c.client_id.startswith(("words", "pictured")) else "", POSSIBLE,
         ("so then {} told me everything", "{} said no today", "I met {} again"),
         "I hope to rest in april, and will rose gardens bloom", Client("t", "Rose", family_name="Hope")),
    Kind("preferred", "the preferred name", _with_preferred(lambda p, f: p), POSSIBLE),
    Kind("preferred-family", "preferred and family name", _with_preferred(lambda p, f: f"{p} {f}"), SURE),
    Kind("nickname", "a usual short form, beside talk of a client", _with_nickname(lambda n, f: n), POSSIBLE, BESIDE),
    Kind("nickname-family", "short form and family name", _with_nickname(lambda n, f: f"{n} {f}"), LIKELY),
    Kind("family-comma-given", "Lopez, Maria", _latin_names(lambda g, f: f"{f}, {g}"), SURE),
    Kind("family-capitals-given", "LOPEZ Maria", _latin_names(lambda g, f: f"{_capitals(f)} {g}"), LIKELY),
    Kind("family-given", "Lopez Maria", _latin_names(lambda g, f: f"{f} {g}"), LIKELY),
    Kind("given-initial-dot", "Maria L.", _latin_names(lambda g, f: f"{g} {_plain(f)[0].upper()}."), LIKELY),
    Kind("given-initial", "Maria L", _latin_names(lambda g, f: f"{g} {_plain(f)[0].upper()}"), LIKELY,
         ("We saw {} today", "great day for {}")),
    Kind("given-initial-lower", "maria l.", _given_only(lambda g: g.lower()), POSSIBLE, ("glad {} l. came",)),
    Kind("initial-dot-family", "M. Lopez", _latin_names(lambda g, f: f"{_plain(g)[0].upper()}. {f}"), LIKELY),
    Kind("initial-family", "M Lopez", _latin_names(lambda g, f: f"{_plain(g)[0].upper()} {f}"), LIKELY),
    Kind("initial-family-lower", "m. lopez",
         lambda c: f"{_plain(c.given_name)[0]}. {c.family_name}".lower() if _long_family(c) else "", POSSIBLE, LOWER),
    Kind("initials-dotted", "M.L.", _initials(lambda g, f: f"{g}.{f}."), POSSIBLE,
         twin="The U.S. and the U.K. signed", twin_of=Client("t", "Uma", family_name="Singh")),
    Kind("initials-dotted-space", "M. L.", _initials(lambda g, f: f"{g}. {f}."), POSSIBLE),
    Kind("initials-bare", "ML, beside talk of a client", _initials(lambda g, f: f"{g}{f}"), POSSIBLE, BESIDE,
         "ML is a model of the world", Client("t", "Maria", family_name="Lopez")),
    Kind("hashtag-camel", "#MariaLopez", _joined(lambda g, f: f"#{g}{f}"), SURE, TAGGED,
         "#MartinLutherKing day", Client("t", "Luther", family_name="Kingston")),
    Kind("hashtag-lower", "#marialopez", _joined(lambda g, f: f"#{g}{f}".lower()), SURE, TAGGED),
    Kind("hashtag-longer", "#prayformarialopez", _joined(lambda g, f: f"#prayfor{g}{f}".lower(), 8), LIKELY, TAGGED),
    Kind("hashtag-longer-camel", "#PrayForMariaLopez", _joined(lambda g, f: f"#PrayFor{g}{f}"), LIKELY, TAGGED),
    Kind("hashtag-strong", "#MariaLopezStrong", _joined(lambda g, f: f"#{g}{f}Strong", 8), LIKELY, TAGGED),
    Kind("hashtag-given", "#Maria", _given_only(lambda g: f"#{_letters(g)}"), POSSIBLE, TAGGED),
    Kind("hashtag-given-camel", "#TeamMaria", _given_only(lambda g: f"#Team{_letters(g).title()}", shortest=5),
         POSSIBLE, TAGGED, "#AprilShowers bring flowers", Client("t", "April", family_name="Flowers")),
    Kind("hashtag-given-lower", "#justiceformaria", _given_only(lambda g: f"#justicefor{_letters(g)}".lower()),
         POSSIBLE, TAGGED),
    Kind("hashtag-initial-family", "#mlopez", _joined(lambda g, f: f"#{g[0]}{f}".lower(), 8), POSSIBLE, TAGGED),
    Kind("handle-number", "@marialopez22", _joined(lambda g, f: f"@{g}{f}22".lower()), SURE, TAGGED),
    Kind("handle-dot", "@maria.lopez", _joined(lambda g, f: f"@{g}.{f}".lower()), SURE, TAGGED),
    Kind("handle-underscore", "@maria_lopez_tx", _joined(lambda g, f: f"@{g}_{f}_tx".lower()), SURE, TAGGED),
    Kind("handle-reversed", "@lopezmaria", _joined(lambda g, f: f"@{f}{g}".lower()), SURE, TAGGED),
    Kind("handle-inside", "@itsmarialopez", _joined(lambda g, f: f"@its{g}{f}".lower(), 8), LIKELY, TAGGED),
    Kind("handle-initial-family", "@mlopez_", _joined(lambda g, f: f"@{g[0]}{f}_".lower(), 8), POSSIBLE, TAGGED,
         "thanks @mlopezzz", Client("t", "Maria", family_name="Lopez")),
    Kind("run-on", "marialopez", _joined(lambda g, f: f"{g}{f}".lower()), SURE),
    Kind("run-on-number", "MariaLopez2", _joined(lambda g, f: f"{g}{f}2"), SURE),
    Kind("double-space", "two spaces", _latin_names(lambda g, f: f"{g}  {f}"), SURE),
    Kind("tab", "a tab", _latin_names(lambda g, f: f"{g}\t{f}"), SURE),
    Kind("line-break", "a line break", _latin_names(lambda g, f: f"{g}\n{f}"), SURE),
    Kind("no-break-space", "a no-break space", _latin_names(lambda g, f: f"{g}\u00a0{f}"), SURE),
    Kind("hyphen", "Maria-Lopez", _latin_names(lambda g, f: f"{g}-{f}"), SURE),
    Kind("underscore", "Maria_Lopez", _latin_names(lambda g, f: f"{g}_{f}"), SURE),
    Kind("dot", "maria.lopez", _latin_names(lambda g, f: f"{g}.{f}".lower()), SURE, LOWER),
    Kind("plus", "maria+lopez", _latin_names(lambda g, f: f"{g}+{f}"), SURE),
    Kind("slash", "Maria/Lopez", _latin_names(lambda g, f: f"{g}/{f}"), SURE),
    *(
        Kind(f"typo-{kind}-{part.split('_')[0]}", f"one {kind} in the {part.replace('_', ' ')}", _one_slip(kind, part),
             LIKELY)
        for kind in ("swap", "drop", "double", "neighbour")
        for part in ("given_name", "family_name")
    ),
    Kind("typo-each", "one slip in each name", _two_slips, LIKELY, CARRIERS,
         "Mark Grnt was here", Client("t", "Mary", family_name="Grant")),
    Kind("typo-two-in-one", "two slips in a long name", _two_slips_in_one, LIKELY),
    Kind("typo-lower", "one slip, all small", lambda c: _one_slip("swap", "family_name")(c).lower(), LIKELY, LOWER),
    Kind("accents-missing", "without accents", _unaccented, SURE),
    Kind("accents-added", "accents where none are", _accented, SURE),
    Kind("accents-separate", "combining accents", _decomposed, SURE),
    Kind("leet-digits", "M4r14 L0p3z", _translated(_LEET), LIKELY,
         twin="See you at 4pm in B4 or w00t", twin_of=Client("t", "Ba", family_name="Woot")),
    Kind("leet-symbols", "M@ria", _translated(_SYMBOLS), LIKELY,
         twin="write to a@ria or m@rk", twin_of=Client("t", "Aria", family_name="Adeyemi")),
    Kind("leet-given", "M4ria alone",
         _given_only(lambda g: g[0] + g[1:].translate(_LEET) if g[1:].translate(_LEET) != g[1:] else "", shortest=5),
         POSSIBLE),
    Kind("spaced", "M a r i a  L o p e z", _latin_names(lambda g, f: _spaced(f"{g} {f}", " ", "  ")), LIKELY),
    Kind("spaced-dots", "M.a.r.i.a L.o.p.e.z", _latin_names(lambda g, f: _spaced(f"{g} {f}", ".", " ")), LIKELY),
    Kind("spaced-hyphens", "M-a-r-i-a L-o-p-e-z", _latin_names(lambda g, f: _spaced(f"{g} {f}", "-", " ")), LIKELY),
    Kind("spaced-given", "M a r i a", _given_only(lambda g: " ".join(_letters(g)), shortest=5), POSSIBLE,
         twin="a b c d e f g", twin_of=Client("t", "Abcdef", family_name="Gee")),
    Kind("apostrophe-curly", "O’Neil", _apostrophes("’"), SURE),
    Kind("apostrophe-none", "ONeil", _apostrophes(""), SURE),
    Kind("apostrophe-space", "O Neil", _apostrophes(" "), SURE),
    Kind("apostrophe-backtick", "O`Neil", _apostrophes("`"), SURE),
    Kind("middle-name", "middle name between", _middle(lambda g, m, f: f"{g} {m} {f}"), SURE),
    Kind("middle-initial", "Maria G. Lopez", _middle(lambda g, m, f: f"{g} {m[0]}. {f}"), SURE),
    Kind("middle-lower", "small, with middle name", _middle(lambda g, m, f: f"{g} {m} {f}".lower()), LIKELY, LOWER),
    Kind("middle-other", "a middle name that the record lacks", _latin_names(lambda g, f: f"{g} Renee {f}"), SURE),
    Kind("nickname-quoted", 'Maria "Smiley" Lopez', _latin_names(lambda g, f: f"{g} “Smiley” {f}"), SURE),
    Kind("family-first-part", "first of two family names", _two_families(0), SURE),
    Kind("family-second-part", "second of two family names", _two_families(1), SURE),
    Kind("suffix", "Jr.", _latin_names(lambda g, f: f"{g} {f} Jr."), SURE),
    *(
        Kind(f"masked-{name}", f"M{mark}ria L{mark}pez", _masked_letter(mark), LIKELY)
        for name, mark in (("star", "*"), ("underscore", "_"), ("hyphen", "-"), ("dot", "."), ("block", "█"),
                           ("emoji", "🌸"))
    ),
    Kind("masked-given", "M*ria", _masked_given, POSSIBLE, CARRIERS,
         "what the f*ck and sh*t", Client("t", "Frank", family_name="Shute")),
    Kind("masked-end", "Mar**", _masked_end, POSSIBLE),
    Kind("masked-all-stars", "M**** L****", _masked_all("*"), POSSIBLE),
    Kind("masked-all-dots", "M.... L....", _masked_all("."), POSSIBLE),
    Kind("masked-all-lines", "M____ L____", _masked_all("_"), POSSIBLE),
    Kind("zero-width", "zero-width characters", _inside_letters("\u200b"), SURE),
    Kind("soft-hyphen", "soft hyphens", _inside_letters("\u00ad"), SURE),
    Kind("direction-mark", "marks of direction", _inside_letters("\u202e"), SURE),
    Kind("emoji-between-names", "Maria 🌹 Lopez", _latin_names(lambda g, f: f"{g} 🌈 {f}"), SURE),
    Kind("emoji-glued-between", "Maria🌈Lopez", _latin_names(lambda g, f: f"{g}🌈{f}"), SURE),
    Kind("emoji-in-letters", "Ma🌈ria Lo🌈pez", _inside_letters("🌈"), LIKELY),
    Kind("emoji-each-letter", "M🌈a🌈r🌈i🌈a", _latin_names(lambda g, f: _spaced(f"{g} {f}", "🌈", " ")), LIKELY),
    Kind("emoji-around", "🌈Maria Lopez🌈", _latin_names(lambda g, f: f"🌈{g} {f}🌈"), SURE),
    Kind("emoji-for-given", "🌹 Grant", _pictured(lambda e, g, f: f"{e} {f}"), LIKELY),
    Kind("emoji-for-given-initial", "🌹 G.", _pictured(lambda e, g, f: f"{e} {_plain(f)[0].upper()}."), POSSIBLE),
    Kind("emoji-alone", "🌹 where a person stands", _pictured(lambda e, g, f: e), POSSIBLE,
         ("My client {} did it!", "so then {} told me everything", "Long session with {} today."),
         "roses are red 🌹🌹 happy valentine", Client("t", "Rose", family_name="Grant")),
    Kind("emoji-after-initial", "R🌹 told me", _pictured(lambda e, g, f: f"{g[0]}{e}"), POSSIBLE,
         ("My client {} did it!",)),
    Kind("spanish-article", "la Maria", _given_only(lambda g: f"la {g}"), POSSIBLE, ("hoy vino {} otra vez",)),
    Kind("spanish-title-given", "doña Maria", _given_only(lambda g: f"doña {g}"), POSSIBLE, ("hoy vino {} otra vez",)),
    Kind("spanish-mine", "mi Maria", _given_only(lambda g: f"mi {g}"), POSSIBLE, ("ay {} otra vez",)),
    Kind("spanish-title-family", "Sra. Lopez", _latin_names(lambda g, f: f"Sra. {f}"), LIKELY),
    Kind("spanish-genitive", "de Maria Lopez", _latin_names(lambda g, f: f"la casa de {g} {f}"), SURE),
    Kind("spanish-diminutive", "Mariita", _diminutive, POSSIBLE),
    Kind("spanish-diminutive-family", "Mariita Lopez",
         lambda c: f"{_diminutive(c)} {c.family_name}" if _diminutive(c) else "", LIKELY),
    Kind("stretched-end", "Mariaaaa Lopez", _latin_names(lambda g, f: f"{_stretched(g, True)} {f}"), LIKELY),
    Kind("stretched-inside", "Maaaaria Loooopez",
         _latin_names(lambda g, f: f"{_stretched(g, False)} {_stretched(f, False)}"), LIKELY),
    Kind("stretched-given", "Mariaaaa", _given_only(lambda g: _stretched(g, True), shortest=5), POSSIBLE),
    Kind("fullwidth", "Ｍａｒｉａ", _styled(0xFF21, 0xFF41), SURE),
    Kind("bold", "𝗠𝗮𝗿𝗶𝗮", _styled(0x1D5D4, 0x1D5EE), SURE),
    Kind("script", "𝓜𝓪𝓻𝓲𝓪", _styled(0x1D4D0, 0x1D4EA), SURE),
    Kind("circled", "Ⓜⓐⓡⓘⓐ", _styled(0x24B6, 0x24D0), SURE),
    Kind("squared", "🅼🅰🆁🅸🅰", lambda c: _styled(0x1F170, 0x1F170)(c), SURE),
    Kind("small-capitals", "ᴍᴀʀɪᴀ", lambda c: _plain(full(c)).lower().translate(_SMALL_CAPITALS) if _latin(c) else "",
         SURE),
    Kind("cyrillic-lookalikes", "Mаriа", lambda c: full(c).translate(_CYRILLIC) if _latin(c) else "", SURE),
    Kind("greek-lookalikes", "Mαriα", lambda c: full(c).translate(_GREEK) if _latin(c) else "", SURE),
    Kind("title-initial", "Ms. L", _latin_names(lambda g, f: f"Ms. {_plain(f)[0].upper()}"), POSSIBLE,
         ("Great day with {} today.", "I think {} came in")),
    Kind("title-family", "Ms. Lopez", _latin_names(lambda g, f: f"Ms. {f}"), LIKELY),
    Kind("title-family-lower", "mr lopez", _latin_names(lambda g, f: f"mr {f}".lower()), POSSIBLE, LOWER),
    Kind("title-given", "Miss Maria", _latin_names(lambda g, f: f"Miss {g}"), POSSIBLE),
    Kind("quoted", "“Maria” Lopez", _latin_names(lambda g, f: f"“{g}” {f}"), SURE),
    Kind("in-brackets", "(Maria Lopez)", _latin_names(lambda g, f: f"({g} {f})"), SURE),
    Kind("family-in-brackets", "Maria (Lopez)", _latin_names(lambda g, f: f"{g} ({f})"), SURE),
    Kind("starred", "*Maria* _Lopez_", _latin_names(lambda g, f: f"*{g}* _{f}_"), SURE),
    Kind("glued-number", "Maria1 Lopez2", _one_word_names(lambda g, f: f"{g}1 {f}2"), LIKELY),
    Kind("reversed", "airaM zepoL", _one_word_names(lambda g, f: f"{g[::-1]} {f[::-1]}".lower(), 4), LIKELY, LOWER),
    Kind("other-name", "another name of the record",
         lambda c: c.other_names[0] if c.other_names else "", SURE),
    Kind("e-mail", "the address", lambda c: c.email, SURE),
    Kind("e-mail-spelled", "name (at) example (dot) org",
         lambda c: c.email.replace("@", " (at) ").replace(".org", " (dot) org"), SURE),
    Kind("e-mail-user", "the address at another host", lambda c: f"{c.email.split('@')[0]}@mail.example" if c.email
         else "", LIKELY),
    Kind("phone", "the number", lambda c: c.phone, SURE),
    Kind("phone-dots", "208.555.0101", lambda c: c.phone.replace("-", "."), SURE),
    Kind("phone-run", "2085550101", lambda c: c.phone.replace("-", ""), SURE),
    Kind("phone-local", "555-0101", lambda c: c.phone[4:], LIKELY),
    Kind("own-handle", "a handle of the record", lambda c: c.handles[0] if c.handles else "", SURE, TAGGED),
)  # fmt: skip


def least_of(kind: Kind, client: Client) -> Confidence:
    """How sure a finding is expected to be: everyday words in a name, and A and I before one, make it a question."""
    given, family = words_of(client.given_name), words_of(client.family_name)
    everyday = everyday_words()
    if kind.least is POSSIBLE or not given:
        return kind.least
    weak_given, weak_family = everyday.issuperset(given), everyday.issuperset(family)
    questions = (
        (weak_given and weak_family)
        or (kind.id == "given-initial" and weak_given)
        or (kind.id.startswith("initial-") and weak_family)
        or (kind.id == "initial-family" and given[0][0] in "ai")
    )
    return POSSIBLE if questions else kind.least


def carriers_of(kind: Kind) -> tuple[str, ...]:
    """The sentences that a kind is tried in."""
    return kind.carriers or CARRIERS


def texts(kind: Kind) -> list[tuple[Client, str, int, int]]:
    """Each client whose name can be written this way: the text, and where in it the writing starts and ends."""
    found = []
    for number, client in enumerate(people()):
        written = kind.write(client)
        if written:
            carriers = carriers_of(kind)
            before, after = carriers[number % len(carriers)].split("{}")
            found.append((client, f"{before}{written}{after}", len(before), len(before) + len(written)))
    return found
