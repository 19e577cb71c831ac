/** How long things take: the webhook, a signal's stages, and this API's slowest requests. */
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { Stat, Stats } from "../../components/Stat";
import { duration } from "../../format/instant";
import { counted, sentence } from "../../format/words";
import { type Column, instantColumn, numberColumn, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import type { Monitoring, SlowRequest, StageLatency } from "./types";

function tookColumn<Row>(key: string, title: string, value: (row: Row) => number | null): Column<Row> {
  return numberColumn(key, title, value, { cell: (row) => <>{duration(value(row))}</>, csvTitle: `${title}, ms` });
}

const STAGES: readonly Column<StageLatency>[] = [
  textColumn("stage", "Stage", (row) => sentence(row.stage)),
  tookColumn("p50", "Half within", (row) => row.p50_ms),
  tookColumn("p99", "99 % within", (row) => row.p99_ms),
  numberColumn("count", "Measured", (row) => row.count, { isMinor: true }),
];

export function Latencies({ of: { webhook, stages } }: { of: Monitoring }) {
  return (
    <Panel title="How long it takes" aside={`The newest ${counted(webhook.requests, "alert")}`}>
      <Stats>
        <Stat label="Webhook, half within">{duration(webhook.p50_ms)}</Stat>
        <Stat label="Webhook, 99 % within">{duration(webhook.p99_ms)}</Stat>
        <Stat label="Webhook, slowest">{duration(webhook.slowest_ms)}</Stat>
        <Stat label="Refused" below="in the last day"><span class={webhook.refused > 0 ? "warn" : ""}>{webhook.refused}</span></Stat>
      </Stats>
      <Table
        caption="Stages of a signal"
        isShort
        columns={STAGES}
        rows={stages}
        keyOf={(row) => row.stage}
        showCaption
        empty={<EmptyState title="No signal was measured yet" />}
      />
    </Panel>
  );
}

const SLOW: readonly Column<SlowRequest>[] = [
  textColumn("route", "Route", (row) => row.route, { cell: (row) => <code>{row.route}</code> }),
  tookColumn("took", "Took", (row) => row.elapsed_ms),
  instantColumn("at", "At", (row) => row.at),
];

export function SlowRequests({ of }: { of: readonly SlowRequest[] }) {
  return (
    <Panel title="Slow requests" aside="The slowest of this instance">
      <Table
        caption="Slow requests"
        isShort
        columns={SLOW}
        rows={of}
        keyOf={(row) => `${row.route} ${row.at}`}
        empty={<EmptyState title="No request was slow" />}
      />
    </Panel>
  );
}
