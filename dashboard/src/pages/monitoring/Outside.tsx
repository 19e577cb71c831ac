/** The world outside: providers with their breakers, and how often a kept answer served. */
import { Badge, type BadgeTone } from "../../components/Badge";
import { EmptyState } from "../../components/EmptyState";
import { Percent } from "../../components/Figures";
import { Panel } from "../../components/Panel";
import { Instant } from "../../components/Times";
import { duration } from "../../format/instant";
import { sentence, words } from "../../format/words";
import { type Column, numberColumn, percentColumn, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import { ShareBar } from "./ShareBar";
import type { CacheRate, ProviderHealth } from "./types";

const BREAKERS: Readonly<Record<ProviderHealth["breaker"], readonly [BadgeTone, string]>> = {
  closed: ["gain", "✓ asked"],
  half_open: ["warn", "⚠ asked once"],
  open: ["loss", "✕ not asked"],
};

const PROVIDERS: readonly Column<ProviderHealth>[] = [
  textColumn("provider", "Provider", (row) => sentence(row.provider)),
  textColumn("breaker", "Breaker", (row) => words(row.breaker), {
    cell: ({ breaker }) => <Badge tone={BREAKERS[breaker][0]}>{BREAKERS[breaker][1]}</Badge>,
  }),
  numberColumn("failures", "Failures in a row", (row) => row.failures),
  textColumn("paused", "Paused until", (row) => row.paused_until, {
    cell: (row) => <Instant at={row.paused_until} />,
    isMinor: true,
  }),
  numberColumn("calls", "Requests", (row) => row.calls, { isMinor: true }),
  numberColumn("failed", "Failed", (row) => row.failed_calls),
  numberColumn("latency", "Average", (row) => row.average_latency_ms, {
    cell: (row) => <>{duration(row.average_latency_ms)}</>,
    csvTitle: "Average, ms",
    isMinor: true,
  }),
  textColumn("lacks", "Plan lacks", (row) => row.lacks.map(words).join(", "), { isMinor: true }),
];

export function Providers({ of, hours }: { of: readonly ProviderHealth[]; hours: number }) {
  return (
    <Panel title="Providers" aside={`Requests of the last ${hours} hours`}>
      <Table
        caption="Providers"
        isShort
        columns={PROVIDERS}
        rows={of}
        keyOf={(row) => row.provider}
        empty={
          <EmptyState title="No provider is asked">
            Prices are simulated or recorded; a provider’s key brings real ones.
          </EmptyState>
        }
      />
    </Panel>
  );
}

const CACHES: readonly Column<CacheRate>[] = [
  textColumn("kind", "Answers", (row) => sentence(row.kind)),
  percentColumn("rate", "Found", (row) => row.hit_rate_percent, {
    cell: (row) => (
      <span class="with-bar">
        <ShareBar parts={[{ name: "found", count: Number(row.hit_rate_percent ?? 0), tone: "accent" }]} of={100} />
        <Percent value={row.hit_rate_percent} decimals={0} />
      </span>
    ),
  }),
  numberColumn("instance", "In the instance", (row) => row.hits_in_instance, { isMinor: true }),
  numberColumn("table", "In the table", (row) => row.hits_in_table, { isMinor: true }),
  numberColumn("joined", "Joined", (row) => row.joined, { isMinor: true, hint: "Somebody was asking already" }),
  numberColumn("misses", "Asked for", (row) => row.misses),
];

export function Caches({ of, hours }: { of: readonly CacheRate[]; hours: number }) {
  return (
    <Panel title="Kept answers" aside={`Last ${hours} hours`}>
      <Table
        caption="Kept answers"
        isShort
        columns={CACHES}
        rows={of}
        keyOf={(row) => row.kind}
        empty={<EmptyState title="Nothing was asked for yet">The first signal asks for quotes and chains.</EmptyState>}
      />
    </Panel>
  );
}
