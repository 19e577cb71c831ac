/** History: where does the money come from? */
import "./history/history.css";
import { usePoll } from "../api/poll";
import { api } from "../api/session";
import { EmptyState } from "../components/EmptyState";
import { Loaded } from "../components/Loaded";
import { PageHead } from "../components/PageHead";
import { Panel } from "../components/Panel";
import { Skeleton } from "../components/Skeleton";
import { useQuery } from "../routes/location";
import { Answer } from "./history/Answer";
import { Calendar } from "./history/Calendar";
import { Curves } from "./history/Curves";
import { DayTable } from "./history/DayTable";
import { Slices } from "./history/Slices";
import { easternDate, spanOf, statsUrl, USUAL_DAYS } from "./history/span";
import { SpanChoice } from "./history/SpanChoice";
import type { HistoryStats } from "./history/types";

const EVERY_MS = 15_000;

export default function History() {
  const [days] = useQuery("days", USUAL_DAYS);
  const [from] = useQuery("from", "");
  const [to] = useQuery("to", "");
  // Each answer draws the page anew, which is often enough for a date.
  const today = easternDate(api.clock.nowMs(Date.now()));
  const span = spanOf({ days, from, to }, today);
  const shown = usePoll<HistoryStats>(statsUrl(span), EVERY_MS);
  return (
    <>
      <PageHead title="History" answer={<Answer stats={shown.answer} />}>
        <SpanChoice isOwn={days === "own"} span={span} today={today} />
      </PageHead>
      <Loaded of={shown} what="history" skeleton={<Waits />}>
        {(stats) => <Parts stats={stats} />}
      </Loaded>
    </>
  );
}

function Parts({ stats }: { stats: HistoryStats }) {
  const hasDays = stats.curves.some(({ days }) => days.length > 0);
  return (
    <>
      {hasDays ? <Curves of={stats.curves} /> : <NoDays hasAny={stats.total.length > 0} />}
      <Slices of={stats} />
      {hasDays && <Calendar curves={stats.curves} from={stats.from} to={stats.to} />}
      {hasDays && <DayTable of={stats.curves} />}
    </>
  );
}

function NoDays({ hasAny }: { hasAny: boolean }) {
  return (
    <div class="panel">
      {hasAny ? (
        <EmptyState title="Nothing was closed in these days">Choose more days above.</EmptyState>
      ) : (
        <EmptyState title="No position was closed yet">
          The first one begins the curve. <a href="/settings?show=alerts">Send a test alert</a>, or{" "}
          <a href="/positions">see what is open</a>.
        </EmptyState>
      )}
    </div>
  );
}

function Waits() {
  return (
    <>
      <Panel title="Net result, added up" class="history-waiting"><Skeleton lines={12} label="Loading the curves" /></Panel>
      <Panel title="Where it comes from"><Skeleton lines={8} /></Panel>
    </>
  );
}
