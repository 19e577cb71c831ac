/** Signals: what came in, and what became of it? */
import { useList } from "../api/pages";
import type { Assignment, FeedSignal } from "../api/types";
import { EmptyState } from "../components/EmptyState";
import { Loaded } from "../components/Loaded";
import { PageHead } from "../components/PageHead";
import { Tabs } from "../components/Tabs";
import { Age } from "../components/Times";
import { counted } from "../format/words";
import { SIGNAL_COLUMNS } from "../parts/signalColumns";
import { useQuery } from "../routes/location";
import { Table } from "../table/Table";
import { Templates } from "./signals/Templates";
import { RefusedAlerts } from "./signals/RefusedAlerts";

const EVERY_MS = 3_000;
const TABS = [
  { value: "accepted", title: "Accepted" },
  { value: "refused", title: "Refused alerts" },
  { value: "templates", title: "Alert templates" },
] as const;

export default function Signals() {
  const [tab] = useQuery("show", "accepted");
  const list = useList<FeedSignal>("/api/signals", EVERY_MS, (row) => row.signal_id);
  return (
    <>
      <PageHead title="Signals" answer={<Answer rows={list.rows} hasMore={list.hasMore} />}>
        <Tabs label="Which alerts" name="show" fallback="accepted" tabs={TABS} />
      </PageHead>
      {tab === "accepted" && <Accepted list={list} />}
      {tab === "refused" && <RefusedAlerts />}
      {tab === "templates" && <Templates />}
    </>
  );
}

function Accepted({ list }: { list: ReturnType<typeof useList<FeedSignal>> }) {
  return (
    <div class="panel">
      <Loaded of={list.shown} what="signals" skeleton={<Rows rows={undefined} />}>
        {() => <Rows {...list} onMore={list.loadMore} />}
      </Loaded>
    </div>
  );
}

interface RowsProps {
  rows: FeedSignal[] | undefined;
  hasMore?: boolean;
  isLoadingMore?: boolean;
  onMore?: () => void;
}

function Rows(props: RowsProps) {
  return (
    <Table
      caption="Signals"
      columns={SIGNAL_COLUMNS}
      keyOf={(row) => row.signal_id}
      empty={<FirstAlert />}
      skeletonRows={10}
      isTall
      {...props}
    />
  );
}

/** What to do where nothing has come yet. */
function FirstAlert() {
  return (
    <>
      <EmptyState title="No alert has been accepted yet">
        Send a test alert, or copy a template into an alert of TradingView.
      </EmptyState>
      <Templates />
    </>
  );
}

function Answer({ rows, hasMore }: { rows: FeedSignal[] | undefined; hasMore: boolean }) {
  if (!rows) return <>&nbsp;</>;
  const newest = rows[0];
  if (!newest) return <>No alert has been accepted yet.</>;
  return (
    <>
      The last one came <strong><Age at={newest.received_at} suffix=" ago" /></strong>. What the
      engines made of the {hasMore && "last "}{counted(rows.length, "signal")}: {fates(rows)}.
    </>
  );
}

/** What became of the engines' tasks, in words. */
export function fates(rows: readonly FeedSignal[]): string {
  const tasks = rows.flatMap((row) => row.tasks);
  const count = (is: (task: Assignment) => boolean) => tasks.filter(is).length;
  const waiting = count((task) => task.state === "pending" || task.state === "approved");
  const told = [
    `${count((task) => task.state === "ordered")} ordered`,
    `${count((task) => task.rejection?.class === "judgement")} declined by judgement`,
    `${count((task) => task.rejection?.class === "capacity")} stopped by limits or circumstances`,
  ];
  return (waiting > 0 ? [...told, `${waiting} waiting`] : told).join(", ");
}
