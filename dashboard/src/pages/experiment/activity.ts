/** What each engine did with its signals, one line for each count. */
import type { Activity } from "./kinds";

export interface ActivityLine {
  name: string;
  a: number | null;
  b: number | null;
  unit?: string;
  /** One reason of the rejections above it. */
  isPart?: boolean;
}

type Of = (activity: Activity) => number | null | undefined;

const BEFORE: readonly [name: string, of: Of][] = [
  ["Signals", (it) => it.signals],
  ["Approved", (it) => it.approved],
  ["Entries filled", (it) => it.filled],
  ["Still held", (it) => it.open],
  ["Closed", (it) => it.closed],
  ["Pending", (it) => it.pending],
  ["Rejected by judgement", (it) => it.rejected.judgement],
  ["Rejected by circumstances", (it) => it.rejected.capacity],
];

const AFTER: readonly [name: string, of: Of][] = [
  ["Alert to decision, median", (it) => it.decision_latency?.p50_ms],
  ["Alert to decision, 95th percentile", (it) => it.decision_latency?.p95_ms],
  ["Alert to fill, 95th percentile", (it) => it.fill_latency?.p95_ms],
];

type Side = Activity | undefined;

function lineOf(name: string, of: Of, a: Side, b: Side): ActivityLine {
  return { name, a: (a && of(a)) ?? null, b: (b && of(b)) ?? null };
}

export function activityLines(a: Side, b: Side): ActivityLine[] {
  const both = (lines: typeof BEFORE) => lines.map(([name, of]) => lineOf(name, of, a, b));
  const latencies = both(AFTER).map((line) => ({ ...line, unit: " ms" }));
  return [...both(BEFORE), ...reasonLines(a, b), ...unusableLines(a, b), ...latencies];
}

/** The reasons, the most frequent one first. */
function reasonLines(a: Side, b: Side): ActivityLine[] {
  const lines = partsOf(a?.rejected.by_reason ?? {}, b?.rejected.by_reason ?? {});
  return lines.sort((one, other) => (other.a ?? 0) + (other.b ?? 0) - (one.a ?? 0) - (one.b ?? 0));
}

function unusableLines(a: Side, b: Side): ActivityLine[] {
  return partsOf(a?.unusable ?? {}, b?.unusable ?? {}).map((line) => ({ ...line, name: `can't be counted: ${line.name}` }));
}

type Counts = Readonly<Record<string, number>>;

function partsOf(a: Counts, b: Counts): ActivityLine[] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return names.map((name) => ({ name, a: a[name] ?? 0, b: b[name] ?? 0, isPart: true }));
}
