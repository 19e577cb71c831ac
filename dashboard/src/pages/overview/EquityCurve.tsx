/** Both engines' results over time: today's minutes, or the days so far. */
import { usePoll } from "../../api/poll";
import type { Engine, EngineCurve, EquityDay } from "../../api/types";
import { Chart } from "../../chart/Chart";
import type { ChartLine, ChartPoint } from "../../chart/kinds";
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { Tabs } from "../../components/Tabs";
import { numberOf } from "../../format/money";
import { useQuery } from "../../routes/location";

const MINUTES_EVERY_MS = 15_000;
const ENGINES: readonly Engine[] = ["A", "B"];
const TABS = [
  { value: "today", title: "Today" },
  { value: "days", title: "90 days" },
] as const;

export function EquityCurve({ curves }: { curves: readonly EngineCurve[] }) {
  const [span] = useQuery("curve", "today");
  const tabs = <Tabs label="Span of the curve" name="curve" fallback="today" tabs={TABS} />;
  return (
    <Panel title="Net result of both engines" aside={tabs}>
      {span === "days" ? <Days curves={curves} /> : <Today />}
    </Panel>
  );
}

function lineOf(engine: Engine, points: readonly ChartPoint[]): ChartLine {
  const colour = engine === "A" ? "engine-a" : "engine-b";
  return { name: `Engine ${engine}`, colour, isDashed: engine === "B", points };
}

function Today() {
  const a = usePoll<EquityDay>("/api/history/equity?engine=A", MINUTES_EVERY_MS);
  const b = usePoll<EquityDay>("/api/history/equity?engine=B", MINUTES_EVERY_MS);
  const days = [a.answer, b.answer].filter((day) => day !== undefined);
  if (days.length > 0 && days.every((day) => day.points.length === 0)) return <NoMinutes />;
  const lines = days.map((day) => lineOf(day.engine, changesOf(day)));
  return <Chart unit="usd" lines={lines} summary="Change of each engine’s equity today, minute by minute" />;
}

/** How the equity changed since the day's first minute. */
export function changesOf(day: EquityDay): ChartPoint[] {
  const first = numberOf(day.points[0]?.equity_usd) ?? 0;
  return day.points.map((point) => ({
    at: Date.parse(point.at),
    value: (numberOf(point.equity_usd) ?? 0) - first,
  }));
}

function NoMinutes() {
  return (
    <EmptyState title="No minute of today yet">
      Equity is noted once a minute while the market is open.
    </EmptyState>
  );
}

const DAY_MS = 86_400_000;

/** The sums of the days, from nothing on the day before the first. */
export function sumsOf(days: EngineCurve["days"]): ChartPoint[] {
  const sums = days.map((day) => ({ at: day.date, value: numberOf(day.cumulative_net_usd) ?? 0 }));
  const first = sums[0];
  if (!first) return [];
  const before = new Date(Date.parse(first.at) - DAY_MS).toISOString().slice(0, 10);
  return [{ at: before, value: 0 }, ...sums];
}

function Days({ curves }: { curves: readonly EngineCurve[] }) {
  if (curves.every((curve) => curve.days.length === 0)) {
    return <EmptyState title="No closed position yet">The first one begins the curve.</EmptyState>;
  }
  const lines = ENGINES.map((engine) => {
    const days = curves.find((curve) => curve.engine === engine)?.days ?? [];
    return lineOf(engine, sumsOf(days));
  });
  return <Chart unit="usd" lines={lines} summary="Each engine’s net result by day, added up" />;
}
