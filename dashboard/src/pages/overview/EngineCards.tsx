/** Each engine at a glance: today, in all, what it holds, and which way it goes. */
import type { DashboardMetrics, EngineSummary } from "../../api/types";
import { Badge, EngineMark } from "../../components/Badge";
import { Money, Percent } from "../../components/Figures";
import { Sparkline } from "../../components/Sparkline";
import { Stat, Stats } from "../../components/Stat";
import { Instant } from "../../components/Times";
import { dateOf } from "../../format/instant";
import { numberOf } from "../../format/money";
import { counted } from "../../format/words";
import { sumOf } from "./Answer";

export function EngineCards({ metrics }: { metrics: DashboardMetrics }) {
  return (
    <div class="columns">
      {metrics.engines.map((engine) => (
        <Card key={engine.engine} of={engine} />
      ))}
    </div>
  );
}

const NAMES = { A: "Rules", B: "Committee" } as const;

function Card({ of }: { of: EngineSummary }) {
  const curve = of.sparkline_usd.map((amount) => numberOf(amount) ?? 0);
  return (
    <section class="panel engine-card" aria-label={`Engine ${of.engine}`}>
      <header class="panel-head">
        <h2><EngineMark engine={of.engine} /> {NAMES[of.engine]}</h2>
        <Halts of={of} />
      </header>
      <div class="engine-today">
        <div>
          <span class="muted small">Today</span>
          <span class="engine-today-value"><Money value={of.today_usd} signed live /></span>
        </div>
        <Sparkline
          values={curve}
          width={180}
          height={44}
          class={`engine-line-${of.engine.toLowerCase()}`}
          label={`Net result of the last ${counted(curve.length, "trading day")}, added up`}
        />
      </div>
      <Figures of={of} />
    </section>
  );
}

function Figures({ of }: { of: EngineSummary }) {
  const inAll = sumOf([of.realized_usd, of.unrealized_usd]);
  return (
    <Stats>
      <Stat label="In all" below="net of fees"><Money value={inAll} signed live /></Stat>
      <Stat label="Realized" below={`${of.closed} closed`}>
        <Money value={of.realized_usd} signed live />
      </Stat>
      <Stat label="Unrealized" below={`${of.open} open`}>
        <Money value={of.unrealized_usd} signed live />
      </Stat>
      <Stat label="Win rate" below={<><Money value={of.average_net_usd} signed /> each</>}>
        <Percent value={of.win_rate_percent} decimals={0} />
      </Stat>
      <Stat label="Equity" below={<><Money value={of.exposure_usd} /> at risk</>}>
        <Money value={of.equity_usd} live />
      </Stat>
    </Stats>
  );
}

function Halts({ of }: { of: EngineSummary }) {
  return (
    <span class="panel-aside">
      {of.halt && (
        <span title={of.halt.why}>
          <Badge tone="loss">Halted by {of.halt.by}, <Instant at={of.halt.at} /></Badge>
        </span>
      )}
      {of.loss_halt && <Badge tone="warn">Daily loss limit reached {dateOf(of.loss_halt)}</Badge>}
    </span>
  );
}
