/** Overview: how am I doing, and is everything working? */
import "./overview/overview.css";
import { usePoll } from "../api/poll";
import type { DashboardMetrics } from "../api/types";
import { Loaded } from "../components/Loaded";
import { PageHead } from "../components/PageHead";
import { Skeleton } from "../components/Skeleton";
import { Answer } from "./overview/Answer";
import { EngineCards } from "./overview/EngineCards";
import { EquityCurve } from "./overview/EquityCurve";
import { HealthStrip } from "./overview/HealthStrip";
import { LatestSignals } from "./overview/LatestSignals";
import { OpenPositions } from "./overview/OpenPositions";
import { Waiting } from "./overview/Waiting";

const EVERY_MS = 3_000;

export default function Overview() {
  const shown = usePoll<DashboardMetrics>("/api/dashboard/metrics", EVERY_MS);
  return (
    <>
      <PageHead title="Overview" answer={<Answer metrics={shown.answer} />} />
      <Loaded of={shown} what="overview" skeleton={<Waits />}>
        {(metrics) => <Parts metrics={metrics} />}
      </Loaded>
    </>
  );
}

function Parts({ metrics }: { metrics: DashboardMetrics }) {
  return (
    <>
      <EngineCards metrics={metrics} />
      <HealthStrip metrics={metrics} />
      <EquityCurve curves={metrics.pnl_curve} />
      <OpenPositions metrics={metrics} />
      <Waiting metrics={metrics} />
      <LatestSignals signals={metrics.latest_signals} />
    </>
  );
}

/** As tall as what comes, so that nothing jumps. */
function Waits() {
  return (
    <>
      <div class="columns">
        <div class="panel overview-card-waiting"><Skeleton lines={5} label="Loading the engines" /></div>
        <div class="panel overview-card-waiting"><Skeleton lines={5} label="Loading the engines" /></div>
      </div>
      <div class="panel overview-curve-waiting"><Skeleton lines={10} label="Loading the curve" /></div>
    </>
  );
}
