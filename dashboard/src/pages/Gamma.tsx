/** Gamma exposure: where are the walls? */
import "./gamma/gamma.css";
import { usePoll } from "../api/poll";
import { Loaded } from "../components/Loaded";
import { PageHead } from "../components/PageHead";
import { Skeleton } from "../components/Skeleton";
import { plain } from "../format/money";
import { useQuery } from "../routes/location";
import type { PageProps } from "../routes/routes";
import { ByExpiration, chosenExpiration } from "./gamma/ByExpiration";
import { ByStrike } from "./gamma/ByStrike";
import { Captured } from "./gamma/Captured";
import { answerTold } from "./gamma/dealers";
import { Dealers } from "./gamma/Dealers";
import type { Positioning } from "./gamma/kinds";
import { Missing } from "./gamma/Missing";
import { OptionsFlow } from "./gamma/OptionsFlow";
import { SymbolChoice } from "./gamma/SymbolChoice";

const EVERY_MS = 60_000;
const FIRST_SYMBOL = "SPY";

export default function Gamma({ parameters }: PageProps) {
  const symbol = (parameters["symbol"] ?? FIRST_SYMBOL).toUpperCase();
  const shown = usePoll<Positioning>(`/api/positioning/${encodeURIComponent(symbol)}`, EVERY_MS);
  return (
    <>
      <PageHead title={`Gamma exposure of ${symbol}`} answer={<Answer of={shown.answer} />}>
        <SymbolChoice symbol={symbol} />
      </PageHead>
      <Loaded of={shown} what="gamma exposure" skeleton={<Waits />}>
        {(positioning) => <Parts of={positioning} />}
      </Loaded>
    </>
  );
}

function Answer({ of }: { of: Positioning | undefined }) {
  if (!of) return <>&nbsp;</>;
  if (!of.gamma_exposure) return <>Where the walls are can’t be told just now.</>;
  return <>{answerTold(of.gamma_exposure, (price) => plain(price))}</>;
}

function Parts({ of }: { of: Positioning }) {
  const [date] = useQuery("expiration", "");
  const exposure = of.gamma_exposure;
  return (
    <>
      {exposure && <ByStrike of={exposure} expiration={chosenExpiration(exposure.by_expiration, date)} />}
      <Missing parts={of.missing} />
      <div class="columns">
        <div>
          {exposure && <Dealers of={exposure} />}
          {of.options_flow && <OptionsFlow of={of.options_flow} />}
        </div>
        <div>
          {exposure && <ByExpiration of={exposure} />}
          <Captured of={of} />
        </div>
      </div>
    </>
  );
}

/** As tall as what comes, so that nothing jumps. */
function Waits() {
  return <div class="panel gamma-waiting"><Skeleton lines={12} label="Loading the gamma exposure" /></div>;
}
