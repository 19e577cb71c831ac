"""Set 8: prices of fills, fees and cash, in decimals.

`touch` buys at the ask and sells at the bid. `mid` and `mid_plus_fraction` go from the middle a
share of the spread against the trader, round against him to the tick, and then stay within bid and
ask. Fees are summed for the whole order and rounded half up to cents once; selling costs two more.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from files import read_json, read_rows

DIRECTORY = "8_fills_fees"
SCHEDULE = "fee_schedule.json"
THREE = Decimal(3)
# Ticks below three dollars and from there on.
TICKS = {
    "penny_all": (Decimal("0.01"), Decimal("0.01")),
    "penny": (Decimal("0.01"), Decimal("0.05")),
    "nickel": (Decimal("0.05"), Decimal("0.10")),
}
INPUTS = ("id", "tick_class", "bid", "ask", "side", "model", "fraction", "contracts")


def draw(random):
    """A schedule of fees, and 200 quotes to be filled."""
    return drawn_schedule(random), [drawn_fill(random, index) for index in range(200)]


def drawn_schedule(random):
    """Fees per contract, and a share of what is sold for."""
    drawn = lambda least, most, digits: f"{random.uniform(least, most):.{digits}f}"
    return {
        "commission": str(random.choice(["0.65", "0.50", "0.55", "1.00"])),
        "orf": drawn(0.01, 0.03, 5),
        "occ": drawn(0.02, 0.055, 3),
        "cat": drawn(0.0001, 0.005, 4),
        "taf_sell": drawn(0.002, 0.004, 5),
        "sec_sell_rate": drawn(0.000008, 0.00003, 7),
    }


def drawn_fill(random, index):
    """A quote in steps of its class below three dollars, sometimes crossed, and what to do with it."""
    name = str(random.choice(list(TICKS)))
    step = TICKS[name][0]
    bid = step * int(random.integers(1, int(Decimal(12) / step)))
    spread = -1 if random.random() < 0.05 else int(random.integers(0, 25))
    model = str(random.choice(["touch", "mid", "mid_plus_fraction"]))
    share = str(random.choice(["0.1", "0.25", "0.5"])) if model == "mid_plus_fraction" else ""
    side = str(random.choice(["buy", "sell"]))
    amount = int(random.integers(1, 40))
    return dict(zip(INPUTS, (index, name, bid, max(step, bid + step * spread), side, model, share, amount)))


def read(directory):
    """Schedule and quotes of files."""
    parse = {"bid": Decimal, "ask": Decimal, "id": int, "contracts": int}
    rows = read_rows(directory / "fills.csv")
    fills = [{name: parse.get(name, str)(row[name]) for name in INPUTS} for row in rows]
    return read_json(directory / SCHEDULE), fills


def answers(inputs):
    """Both files."""
    schedule, fills = inputs
    fees = {name: Decimal(value) for name, value in schedule.items()}
    return {SCHEDULE: schedule, "fills.csv": [fill_row(fees, fill) for fill in fills]}


def fill_row(fees, fill):
    """A quote with its fill; all three cells are empty where the quote is crossed."""
    price = fill_price(fill)
    if price is None:
        return fill | dict.fromkeys(("fill_price", "total_fee", "cash_flow"))
    is_sale = fill["side"] == "sell"
    premium = price * 100 * fill["contracts"]
    fee = order_fee(fees, is_sale, premium, fill["contracts"])
    return fill | {
        "fill_price": price,
        "total_fee": fee,
        "cash_flow": (premium if is_sale else -premium) - fee,
    }


def fill_price(fill):
    """The price of a fill, or nothing if bid and ask are crossed."""
    bid, ask = fill["bid"], fill["ask"]
    if bid > ask:
        return None
    is_sale = fill["side"] == "sell"
    if fill["model"] == "touch":
        return bid if is_sale else ask
    share = Decimal(fill["fraction"] or 0) * (ask - bid)
    exact = (bid + ask) / 2 + (-share if is_sale else share)
    tick = TICKS[fill["tick_class"]][exact >= THREE]
    rounding = ROUND_FLOOR if is_sale else ROUND_CEILING
    return min(ask, max(bid, (exact / tick).to_integral_value(rounding) * tick))


def order_fee(fees, is_sale, premium, contracts):
    """All fees of an order, in cents."""
    each = fees["commission"] + fees["orf"] + fees["occ"] + fees["cat"]
    total = each * contracts
    if is_sale:
        total += fees["taf_sell"] * contracts + fees["sec_sell_rate"] * premium
    return total.quantize(Decimal("0.01"), ROUND_HALF_UP)
