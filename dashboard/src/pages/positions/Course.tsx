/** The mark's course between entry, stop and target. */
import { useMemo } from "preact/hooks";
import type { HeldPosition, Position, PositionDetail } from "../../api/types";
import { Chart } from "../../chart/Chart";
import type { ChartLevel, ChartLine, ChartPoint } from "../../chart/kinds";
import { numberOf, usd } from "../../format/money";
import { isHeld } from "./held";
import { noteMark } from "./marks";

interface CourseProps {
  detail: PositionDetail;
  position: Position | HeldPosition;
}

export function Course({ detail, position }: CourseProps) {
  const lines = useMemo(() => [lineOf(detail, position)], [detail, position]);
  const levels = useMemo(() => levelsOf(detail, position), [detail, position]);
  const summary = levels.map((level) => `${level.title} ${usd(level.value)}`).join(", ");
  return (
    <>
      <Chart unit="usd" lines={lines} levels={levels} summary={`The contract’s mid over time; ${summary}`} />
      <p class="muted small">
        {isHeld(position)
          ? "From the entry’s fill to the marks that were seen since this page was opened."
          : "From the entry’s fill to the exit’s."}
      </p>
    </>
  );
}

function lineOf(detail: PositionDetail, position: Position | HeldPosition): ChartLine {
  const entry = { at: Date.parse(position.opened_at), value: numberOf(position.entry_mid) ?? 0 };
  const course = isHeld(position) ? marksOf(position) : exitOf(detail, position);
  return { name: "Mid", colour: position.engine === "A" ? "engine-a" : "engine-b", points: [entry, ...course] };
}

function marksOf(position: HeldPosition): readonly ChartPoint[] {
  const opened = Date.parse(position.opened_at);
  const marks = noteMark(position.contract, position.mark?.at, position.mark_price);
  return marks.filter((mark) => Number(mark.at) > opened);
}

function exitOf(detail: PositionDetail, position: Position): readonly ChartPoint[] {
  const exit = detail.trades.find((trade) => trade.leg !== "entry");
  const value = numberOf(exit?.mid ?? position.exit_price);
  if (!position.closed_at || value === null) return [];
  return [{ at: Date.parse(position.closed_at), value }];
}

function levelsOf(detail: PositionDetail, position: Position | HeldPosition): ChartLevel[] {
  const outlook = isHeld(position) ? position.outlook : null;
  const wanted: readonly [string, string | null | undefined, ChartLevel["colour"]][] = [
    ["Entry", position.entry_price, "muted"],
    ["Stop", outlook?.stop_price, "loss"],
    ["Target", outlook?.target_price, "gain"],
    ["Highest", detail.watch?.peak, "accent"],
    ["Lowest", detail.watch?.trough, "warn"],
  ];
  return wanted.flatMap(([title, price, colour]) => {
    const value = numberOf(price);
    return value === null ? [] : [{ title, value, colour }];
  });
}
