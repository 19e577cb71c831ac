/** Monitoring: what is wrong, since when, and whose fault is it? */
import "./monitoring/monitoring.css";
import { usePoll } from "../api/poll";
import { api } from "../api/session";
import type { MarketShown } from "../api/types";
import { Loaded } from "../components/Loaded";
import { PageHead } from "../components/PageHead";
import { Panel } from "../components/Panel";
import { Skeleton } from "../components/Skeleton";
import { counted } from "../format/words";
import { Counts } from "./monitoring/Counts";
import { Execution, Voices } from "./monitoring/EngineB";
import { Findings } from "./monitoring/Findings";
import { type Finding, findingsOf } from "./monitoring/diagnosis";
import { Latencies, SlowRequests } from "./monitoring/Latencies";
import { Caches, Providers } from "./monitoring/Outside";
import { Passes, Queues } from "./monitoring/Traffic";
import type { Monitoring as Told } from "./monitoring/types";
import { RefusedAlerts } from "./signals/RefusedAlerts";

const EVERY_MS = 5_000;
const MARKET_EVERY_MS = 20_000;

export default function Monitoring() {
  const shown = usePoll<Told>("/api/monitoring/status", EVERY_MS);
  const market = usePoll<MarketShown>("/api/market", MARKET_EVERY_MS);
  // Each answer draws the page anew, which is often enough to tell what is late.
  const nowMs = api.clock.nowMs(Date.now());
  const isOpen = market.answer?.is_open ?? null;
  const findings = shown.answer && findingsOf(shown.answer, isOpen, nowMs);
  return (
    <>
      <PageHead title="Monitoring" answer={<Answer findings={findings} />} />
      <Loaded of={shown} what="monitoring" skeleton={<Waits />}>
        {(told) => (
          <>
            <Findings of={findings ?? []} />
            <Parts told={told} isOpen={isOpen} nowMs={nowMs} />
          </>
        )}
      </Loaded>
      <h2 class="monitoring-refused">Refused alerts</h2>
      <RefusedAlerts />
    </>
  );
}

function Answer({ findings }: { findings: readonly Finding[] | undefined }) {
  if (!findings) return <>&nbsp;</>;
  const grave = findings.filter(({ isGrave }) => isGrave).length;
  if (findings.length === 0) return <><strong>Nothing is wrong</strong>: work flows, and everything is on time.</>;
  return (
    <>
      <strong>{counted(findings.length, "thing")} to look at</strong>
      {grave > 0 ? `, ${grave} of them in the way of trading.` : "; trading goes on."}
    </>
  );
}

interface PartsProps {
  told: Told;
  isOpen: boolean | null;
  nowMs: number;
}

function Parts({ told, isOpen, nowMs }: PartsProps) {
  const { hours } = told;
  return (
    <>
      <div class="columns">
        <Queues of={told} />
        <Passes of={told.passes} isOpen={isOpen} nowMs={nowMs} />
        <Latencies of={told} />
        <Execution of={told.shadow_execution} />
      </div>
      <Providers of={told.providers} hours={hours} />
      <div class="columns">
        <Counts title="Errors" what="Category" of={told.errors} hours={hours} none="No error was counted" />
        <Counts title="Failed invocations" what="What" of={told.function_errors} hours={hours} none="No invocation failed" />
        <Counts title="Sweeper’s findings" what="Found and done" of={told.sweeper_findings} hours={hours} none="The sweeper found nothing" why="It looks for work that was lost on the way, and sends it again." />
        <Caches of={told.caches} hours={hours} />
      </div>
      <Voices of={told.agents} />
      <SlowRequests of={told.slow_requests} />
    </>
  );
}

function Waits() {
  return (
    <>
      <div class="panel"><Skeleton lines={2} label="Loading what is wrong" /></div>
      <div class="columns">
        <Panel title="Queues"><Skeleton lines={8} /></Panel>
        <Panel title="Last passes"><Skeleton lines={8} /></Panel>
      </div>
    </>
  );
}
