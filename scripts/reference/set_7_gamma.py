"""Set 7: gamma exposure of option chains, in plain Python with `math`.

A contract's exposure is ±gamma × open interest × 100 × spot² × 0.01: the dollars of delta that
dealers have to trade for +1 %, calls plus and puts minus. Contracts are left out that have expired,
or that have no positive volatility or open interest. The flip is where the net exposure changes its
sign when all gammas are computed anew at other spots, nearest to the spot.
"""

import gamma_chains
import gamma_levels
from files import number, read_json, read_rows
from gamma_exposure import by_strike, exposure, used

DIRECTORY = "7_gex"
TOLERANCES = {"profile_samples": 1e-5}
PARAMETERS = {
    "grid": "S in [0.80,1.20]*spot, step 0.0025*spot; each sign change bisected to 1e-10*spot",
    "sign": "call +1, put -1",
    "unit": "gamma*OI*100*S^2*0.01 = dollars of delta per +1% move",
    "excluded": "T_minutes<=0, iv missing/<=0, oi missing/<=0",
    "year": "T=minutes/525600",
}


def draw(random):
    """Spot, rate, yield and rows of five chains."""
    return gamma_chains.draw(random)


def read(directory):
    """The same from files."""
    known = read_json(directory / "expected.json")["chains"]
    return {
        name: {key: chain[key] for key in ("spot", "r", "q")}
        | {"rows": read_chain(directory / f"chain_{name}.csv")}
        for name, chain in known.items()
    }


def read_chain(path):
    """Rows of a chain, with absent numbers as None."""
    parse = {"expiry_idx": int, "T_minutes": int, "cp": str, "oi": whole, "volume": whole}
    return [{name: parse.get(name, number)(text) for name, text in row.items()} for row in read_rows(path)]


def whole(text):
    """A whole number that may be absent."""
    return int(text) if text else None


def answers(chains):
    """All files of the set."""
    files = {f"chain_{name}.csv": chain["rows"] for name, chain in chains.items()}
    files |= {f"expected_by_strike_{name}.csv": by_strike(chain) for name, chain in chains.items()}
    expected = {name: summary(chain) for name, chain in chains.items()}
    return files | {"expected.json": {"parameters": PARAMETERS, "chains": expected}}


def summary(chain):
    """Everything that is told of a chain."""
    rows = used(chain["rows"])
    sides = {cp: sum(exposure(chain, row) for row in rows if row["cp"] == cp) for cp in "CP"}
    net, gross = sides["C"] + sides["P"], sides["C"] - sides["P"]
    ratio = net / gross if gross else None
    told = {name: chain[name] for name in ("spot", "r", "q")}
    told |= {"rows": len(chain["rows"]), "rows_used": len(rows)}
    told |= {"call_gex": sides["C"], "put_gex": sides["P"], "net_gex": net, "gross_gex": gross}
    told |= {"net_ratio": ratio, "gex_per_1_dollar_move": net / (0.01 * chain["spot"])}
    told |= gamma_levels.walls(chain) | gamma_levels.flips(chain) | gamma_levels.pain(chain)
    ahead = [row for row in chain["rows"] if row["T_minutes"] > 0]
    told |= {f"put_call_ratio_{name}": ratio_of(ahead, name) for name in ("oi", "volume")}
    return told | {"by_expiry_net_gex": by_expiry(chain, rows), "dealer_position": position(ratio)}


def ratio_of(rows, name):
    """Puts against calls of what isn't over, even without a volatility; absent without calls."""
    calls, puts = (sum(row[name] or 0 for row in rows if row["cp"] == cp) for cp in "CP")
    return puts / calls if calls else None


def by_expiry(chain, rows):
    """Net exposure of each expiry."""
    expiries = sorted({row["expiry_idx"] for row in rows})
    return {
        str(index): sum(exposure(chain, row) for row in rows if row["expiry_idx"] == index)
        for index in expiries
    }


def position(ratio):
    """What dealers are, by the ratio of net to gross."""
    if ratio is None or -0.1 <= ratio <= 0.1:
        return "neutral"
    return "long_gamma" if ratio > 0 else "short_gamma"
