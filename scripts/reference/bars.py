"""Draws price bars for sets 1 and 5: a random walk with everything that real series have.

Bars of five minutes come from regular sessions with an early close among them, gaps overnight,
missing bars, bars without range or volume, spikes, a halt, and now and then a session whose first
bars are missing. Daily bars likewise.
"""

from datetime import timedelta

from trading_days import is_early_close, minutes, sessions, utc_text

COUNT = 1000
HALTED_BARS = 26


def draw(random):
    """Both series, as rows of `ohlcv_5m.csv` and `ohlcv_1d.csv`."""
    return {"5m": five_minute_bars(random), "1d": daily_bars(random)}


def five_minute_bars(random):
    """Bars of five minutes of about fourteen sessions."""
    starts = five_minute_starts(random)
    walk = Walk(random, sigma=0.0012, usual_volume=120_000)
    halt = halted(random, len(starts))
    rows = []
    for index, (day, at, minute, length) in enumerate(starts):
        if minute == 0:
            walk.gap(0.006)
        rows.append((utc_text(at), day, walk.bar(u_shape(minute, length), index in halt)))
    return numbered(rows)


def five_minute_starts(random):
    """Date, start, minute of the session and its length, for each bar that isn't missing."""
    days = list(sessions())
    early = [index for index, day in enumerate(days[:-60]) if is_early_close(day) and index > 20]
    first = int(random.choice(early)) - int(random.integers(0, 11))
    starts = []
    for number, day in enumerate(days[first : first + 20]):
        lost = set(range(int(random.integers(1, 4)))) if number and random.random() < 0.1 else set()
        for slot in range(minutes(day) // 5):
            at = sessions()[day][0] + timedelta(minutes=5 * slot)
            if slot not in lost and random.random() >= 0.006:
                starts.append((day, at, 5 * slot, minutes(day)))
    return starts[:COUNT]


def halted(random, count):
    """The bars of the halt: prices stand still, and nothing or next to nothing is traded."""
    first = int(random.integers(60, count - 60))
    return set(range(first, first + HALTED_BARS))


def daily_bars(random):
    """Bars of a day, of about four years."""
    days = list(sessions())
    first = int(random.integers(0, len(days) - 1100))
    present = [day for day in days[first : first + 1100] if random.random() >= 0.003][:COUNT]
    walk = Walk(random, sigma=0.012, usual_volume=70_000_000)
    halt = halted(random, COUNT)
    rows = []
    for index, day in enumerate(present):
        walk.gap(0.004)
        rows.append((f"{day}T00:00:00Z", day, walk.bar(1.0, index in halt)))
    return numbered(rows)


def numbered(rows):
    """Rows of the file, from times, sessions and bars."""
    columns = ("open", "high", "low", "close", "volume")
    return [
        {"i": index, "t": at, "session": str(day)} | dict(zip(columns, bar))
        for index, (at, day, bar) in enumerate(rows)
    ]


def u_shape(minute, length):
    """Volume of a session is high at both ends."""
    return 0.6 + 1.6 * (2 * minute / length - 1) ** 2


class Walk:
    """A price that goes its way, bar by bar."""

    def __init__(self, random, sigma, usual_volume):
        self.random, self.sigma, self.usual_volume = random, sigma, usual_volume
        self.price = float(random.uniform(15, 600))
        self.calm = 1.0

    def gap(self, sigma):
        """Moves between two sessions."""
        self.move(sigma * float(self.random.normal()))

    def move(self, by):
        """Changes the price by a share of it."""
        self.price = max(1.0, self.price * (1 + by))

    def bar(self, busy, is_halted):
        """Open, high, low, close and volume of the next bar."""
        self.calm = min(2.5, max(0.25, self.calm * float(self.random.lognormal(0, 0.12))))
        kind = self.random.random()
        if is_halted:
            volume = int(self.random.integers(0, 2)) if kind < 0.2 else 0
            return self.flat(volume)
        if kind < 0.02:
            return self.flat(int(self.random.integers(0, 5)))
        spike = 6.0 if kind > 0.99 else 1.0
        tiny = 0.02 <= kind < 0.04
        volume = int(self.random.integers(0, 5)) if tiny else self.volume(busy * spike)
        return (*self.moving(spike), volume)

    def flat(self, volume):
        """A bar without range."""
        return (*[round(self.price, 2)] * 4, volume)

    def moving(self, spike):
        """Open, high, low and close of a bar of eight steps."""
        path = [self.price]
        for _ in range(8):
            step = self.sigma * self.calm * spike / 8**0.5
            self.move(step * float(self.random.normal()))
            path.append(self.price)
        path = [round(price, 2) for price in path]
        return path[0], max(path), min(path), path[-1]

    def volume(self, busy):
        """Shares traded in a usual bar."""
        return int(self.usual_volume * busy * float(self.random.lognormal(0, 0.4)))
