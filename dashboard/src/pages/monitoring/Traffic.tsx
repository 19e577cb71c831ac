/** Work on its way: queues, and the passes of scheduled functions. */
import { Badge } from "../../components/Badge";
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { Age } from "../../components/Times";
import { sentence } from "../../format/words";
import { ageColumn, type Column, numberColumn, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import { functionWords, isLate, LATE_PASS_MS } from "./diagnosis";
import type { LastPass, Monitoring, QueueDepth } from "./types";

const QUEUES: readonly Column<QueueDepth>[] = [
  textColumn("queue", "Queue", (row) => sentence(row.queue).replace(/ ([ab])$/, (_, one: string) => ` ${one.toUpperCase()}`)),
  numberColumn("waiting", "Waiting", (row) => row.waiting),
  numberColumn("in_flight", "Being worked on", (row) => row.in_flight, { isMinor: true }),
  numberColumn("delayed", "Delayed", (row) => row.delayed, { isMinor: true, hint: "Its time hasn’t come" }),
  numberColumn("dead", "Dead letters", (row) => row.dead_letters, {
    hint: "Given up after every try",
    cell: (row) => <Dead count={row.dead_letters} />,
  }),
];

function Dead({ count }: { count: number | null }) {
  if (count === null) return <span class="warn">can’t be read</span>;
  return count === 0 ? <span class="muted">0</span> : <Badge tone="loss">✕ {count}</Badge>;
}

export function Queues({ of }: { of: Monitoring }) {
  const oldest = of.oldest_work_due_at;
  const aside = oldest ? <>Oldest unfinished work was due <Age at={oldest} suffix=" ago" /></> : "No work is overdue";
  return (
    <Panel title="Queues" aside={aside}>
      <Table caption="Queues" isShort columns={QUEUES} rows={of.queues} keyOf={(row) => row.queue} empty="No queue is known." />
    </Panel>
  );
}

interface PassesProps {
  of: readonly LastPass[];
  isOpen: boolean | null;
  nowMs: number;
}

export function Passes({ of, isOpen, nowMs }: PassesProps) {
  const columns: readonly Column<LastPass>[] = [
    textColumn("function", "Function", (row) => sentence(functionWords(row.function))),
    ageColumn("at", "Last pass ended", (row) => row.at, { cell: (row) => <Age at={row.at} oldAfterMs={LATE_PASS_MS} suffix=" ago" /> }),
    textColumn("state", "State", (row) => passState(row, isOpen, nowMs), {
      cell: (row) => <PassState state={passState(row, isOpen, nowMs)} />,
    }),
  ];
  return (
    <Panel title="Last passes" aside="Each runs once a minute">
      <Table
        caption="Last passes"
        isShort
        columns={columns}
        rows={of}
        keyOf={(row) => row.function}
        empty={<EmptyState title="No scheduled function is known" />}
      />
    </Panel>
  );
}

/** Late while the market is open; while it is closed there may be nothing to do. */
export function passState(pass: LastPass, isOpen: boolean | null, nowMs: number): "on time" | "late" | "market closed" {
  if (!isLate(pass, nowMs)) return "on time";
  return isOpen === false ? "market closed" : "late";
}

function PassState({ state }: { state: string }) {
  if (state === "late") return <Badge tone="loss">✕ late</Badge>;
  return <Badge tone={state === "on time" ? "gain" : "plain"}>{state === "on time" && "✓ "}{state}</Badge>;
}
