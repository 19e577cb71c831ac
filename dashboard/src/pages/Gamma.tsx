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
import type { Exposure, Positioning } from "./gamma/kinds";
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
  return (
    <>
      {of.gamma_exposure && <Walls of={of.gamma_exposure} />}
      <Missing parts={of.missing} />
      <div class="columns">
        {of.options_flow && <OptionsFlow of={of.options_flow} />}
        <Captured of={of} />
      </div>
    </>
  );
}

function Walls({ of }: { of: Exposure }) {
  const [date] = useQuery("expiration", "");
  return (
    <>
      <ByStrike of={of} expiration={chosenExpiration(of.by_expiration, date)} />
      <div class="columns">
        <Dealers of={of} />
        <ByExpiration of={of} />
      </div>
    </>
  );
}

/** As tall as what comes, so that nothing jumps. */
function Waits() {
  return <div class="panel gamma-waiting"><Skeleton lines={12} label="Loading the gamma exposure" /></div>;
}
