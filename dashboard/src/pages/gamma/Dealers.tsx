/** What dealers hold, if the usual assumption is right. */
import { Badge } from "../../components/Badge";
import { Panel } from "../../components/Panel";
import { Stat, Stats } from "../../components/Stat";
import { plain } from "../../format/money";
import { compactUsd, signedCompactUsd } from "./compact";
import { againstFlip, sideTold, volatilityTold } from "./dealers";
import type { Exposure } from "./kinds";

export function Dealers({ of }: { of: Exposure }) {
  const { dealers } = of;
  return (
    <Panel title="Dealers’ position" aside={dealers && <Badge tone="accent">{sideTold(dealers)}</Badge>}>
      {!dealers && <p class="muted">Nothing has any gamma, so nothing can be said.</p>}
      {dealers && <p>{volatilityTold(dealers)} {againstFlip(dealers)}</p>}
      <Levels of={of} />
      <p class="muted small gamma-note">
        Which side dealers are on is an assumption: long calls and short puts, as they would be if others sold calls
        against stock and bought puts against falls. No chain tells who holds what.
      </p>
    </Panel>
  );
}

function Levels({ of }: { of: Exposure }) {
  const { walls, walls_by_open_interest: held } = of;
  return (
    <Stats>
      <Stat label="Net for +1 %" below={`${signedCompactUsd(of.net_per_dollar)} for +$1`}>{signedCompactUsd(of.total.net)}</Stat>
      <Stat label="Calls" below={`puts ${compactUsd(of.total.put)}`}>{compactUsd(of.total.call)}</Stat>
      <Stat label="Spot" below={`of ${of.symbol}`}>{plain(of.spot)}</Stat>
      <Stat label="Flip" below={of.flips.length > 1 ? `also ${others(of)}` : "net exposure changes its sign"}>{plain(of.flip?.price)}</Stat>
      <Stat label="Call wall" below={`most held at ${plain(held.call)}`}>{plain(walls.call)}</Stat>
      <Stat label="Put wall" below={`most held at ${plain(held.put)}`}>{plain(walls.put)}</Stat>
      <Stat label="Puts for each call" below={`traded ${plain(of.put_call.volume, 2, 2)}`}>{plain(of.put_call.open_interest, 2, 2)}</Stat>
    </Stats>
  );
}

function others({ flips, flip }: Exposure): string {
  return flips.filter((price) => price !== flip?.price).map((price) => plain(price)).join(", ");
}
