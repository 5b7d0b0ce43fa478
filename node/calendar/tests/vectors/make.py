"""Makes windows.json: random windows, and when python-dateutil says that they begin and end.

    pip install python-dateutil tzdata && python3 make.py [seed] > windows.json

dateutil shares no code with the program under test: it walks the rule, reads the zones and has its own answers to times that
come twice or never. Only the edition of the zone database (the package tzdata) should be the one that the program has built in,
since laws change. One vector is
{zone, starts, ends, rule, except, spans}, spans as [begin, length, begin, length, ...] in seconds, each begin counted from the one
before (the first from 1970).
"""

import json
import random
import sys
from datetime import datetime, timedelta
from importlib.resources import files

import tzdata
from dateutil import tz
from dateutil.rrule import rrulestr

ZONES = [
    "America/Toronto", "America/Toronto", "America/Montreal", "America/Moncton", "America/St_Johns", "America/Halifax",
    "America/Vancouver", "America/Chicago", "America/Regina", "America/Mexico_City", "Europe/Paris", "Europe/London",
    "Australia/Lord_Howe", "Australia/Sydney", "America/Santiago", "Asia/Kolkata", "UTC",
]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
# Around the nights in which clocks change, the turn of a year and the end of a February; and any other day.
EDGES = [(2027, 3, 10), (2027, 3, 24), (2027, 10, 1), (2027, 10, 28), (2027, 11, 3), (2027, 12, 27), (2028, 2, 25), (2028, 12, 28)]
# The days before clocks change: North America, Europe, Australia; Chile lies between.
EVES = [(2027, 3, 13), (2027, 11, 6), (2028, 3, 11), (2028, 11, 4), (2027, 3, 27), (2027, 10, 30), (2027, 4, 3), (2027, 10, 2)]
SPANS_MAX = 24


def day(chance):
    if chance.random() < 0.6:
        return datetime(*chance.choice(EDGES)) + timedelta(days=chance.randrange(8))
    return datetime(2026, 1, 1) + timedelta(days=chance.randrange(1100))


def clock(chance):
    # Half of them near the hours that clocks jump over or repeat.
    hour = chance.choice([0, 1, 1, 2, 2, 3, 22, 23]) if chance.random() < 0.5 else chance.randrange(24)
    return timedelta(hours=hour, minutes=chance.choice([0, 0, 15, 30, 45]))


def some(chance, all_of, most):
    return ",".join(str(one) for one in chance.sample(all_of, chance.randrange(1, most + 1)))


def rule(chance, first):
    freq = chance.choice(["DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "MONTHLY", "YEARLY"])
    parts = ["FREQ=" + freq]
    interval = chance.choice([1, 1, 1, 2, 2, 3, 5])
    if interval > 1 and freq != "YEARLY":
        parts.append("INTERVAL=%d" % interval)
    month_days = [1, 2, 7, 13, 15, 28, 29, 30, 31, -1, -2, -15, -31]
    if freq in ("DAILY", "WEEKLY") and chance.random() < 0.7:
        parts.append("BYDAY=" + some(chance, DAYS, 5))
    elif freq == "DAILY" and chance.random() < 0.5:
        parts.append("BYMONTHDAY=" + some(chance, month_days, 5))
    elif freq in ("MONTHLY", "YEARLY"):
        kind = chance.random()
        most = 5 if freq == "MONTHLY" else 53
        nth = [str(n) + d for d in DAYS for n in (1, 2, -1, -2, most, chance.randrange(1, most))]
        if kind < 0.3:
            parts.append("BYDAY=" + some(chance, nth, 3))
        elif kind < 0.45:
            parts.append("BYDAY=" + some(chance, DAYS, 3))
        elif kind < 0.65:
            parts.append("BYMONTHDAY=" + some(chance, month_days, 4))
        elif kind < 0.8:
            parts.append("BYMONTHDAY=" + some(chance, month_days, 6))
            parts.append("BYDAY=" + some(chance, DAYS, 4))
    if chance.random() < 0.3:
        parts.append("WKST=" + chance.choice(DAYS))
    if chance.random() < 0.5:
        parts.append("COUNT=%d" % chance.randrange(2, SPANS_MAX))
    else:
        last = first + timedelta(days=chance.choice([9, 40, 130, 400, 900]))
        parts.append("UNTIL=" + last.strftime("%Y%m%d"))
    return ";".join(parts)


def begins(text, first):
    """Wall times of the rule. A day without hours in UNTIL means all of that day."""
    if "UNTIL=" in text:
        text += "T235959"
    return list(rrulestr(text, dtstart=first))


def moment(wall, zone):
    aware = tz.resolve_imaginary(wall.replace(tzinfo=zone))
    return int(aware.timestamp())


def vector(chance):
    name = chance.choice(ZONES)
    zone = tz.tzfile(str(files("tzdata").joinpath("zoneinfo", *name.split("/"))))
    first = day(chance) + clock(chance)
    length = timedelta(minutes=chance.choice([45, 60, 90, 240, 480, 600, 960, 1440]))
    text = None
    if chance.random() < 0.35:
        # A night shift through the nights in which clocks change.
        first = datetime(*chance.choice(EVES)) + timedelta(days=chance.randrange(-2, 2))
        first += timedelta(hours=chance.choice([20, 21, 22, 23, 0, 1, 2]), minutes=chance.choice([0, 0, 30]))
        length = timedelta(hours=chance.choice([1, 4, 6, 8, 10]))
        step = chance.choice(["DAILY", "WEEKLY;BYDAY=FR,SA,SU", "WEEKLY;BYDAY=SA,SU", "WEEKLY;BYDAY=SU", "DAILY;INTERVAL=2"])
        text = "FREQ=%s;COUNT=%d" % (step, chance.randrange(4, 12))
    text = text or rule(chance, first)
    walls = begins(text, first)
    if walls and walls[0] != first:
        # The first day must be one of the rule's: move it there.
        first = walls[0]
        walls = begins(text, first)
    if not walls or walls[0] != first or len(walls) > SPANS_MAX or (first + timedelta(days=1800)) < walls[-1]:
        return None
    if any(one + length > following for one, following in zip(walls, walls[1:])):
        return None
    excepted = sorted(chance.sample(walls, min(len(walls) - 1, chance.choice([0, 0, 1, 2]))))
    spans, before = [], 0
    for wall in walls:
        if wall in excepted:
            continue
        begin, end = moment(wall, zone), moment(wall + length, zone)
        if begin < end:
            spans += [begin - before, end - begin]
            before = begin
    written = lambda wall: wall.strftime("%Y-%m-%dT%H:%M:%S")
    return {
        "zone": name,
        "starts": written(first),
        "ends": written(first + length),
        "rule": text,
        "except": [wall.strftime("%Y-%m-%d") for wall in excepted],
        "spans": spans,
    }


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 5545
    chance = random.Random(seed)
    vectors = []
    while len(vectors) < 400:
        made = vector(chance)
        if made is not None:
            vectors.append(made)
    lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in vectors)
    print('{"seed":%d,"zones":"%s","vectors":[\n%s\n]}' % (seed, tzdata.IANA_VERSION, lines))


main()
