/** The Greeks now against those at the entry. */
import type { MarkedGreeks } from "../../api/types";
import { EmptyState } from "../../components/EmptyState";
import { Plain } from "../../components/Figures";
import { type Column, numberColumn, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";

interface Line {
  name: string;
  decimals: number;
  entry: number | null;
  now: number | null;
}

type Read = (greeks: MarkedGreeks) => number;

const FIGURES: readonly (readonly [name: string, decimals: number, read: Read])[] = [
  ["Delta", 3, (it) => it.delta],
  ["Gamma", 4, (it) => it.gamma],
  ["Theta a day", 4, (it) => it.theta],
  ["Vega", 4, (it) => it.vega],
  ["IV, %", 2, (it) => it.implied_volatility * 100],
  ["Underlying, $", 2, (it) => Number(it.underlying_price)],
];

type Value = (line: Line) => number | null;

function figureColumn(key: string, title: string, value: Value): Column<Line> {
  const cell = (line: Line) => <Plain value={value(line)} decimals={line.decimals} />;
  return numberColumn(key, title, value, { cell });
}

function changeOf({ entry, now }: Line): number | null {
  return entry === null || now === null ? null : now - entry;
}

const COLUMNS: readonly Column<Line>[] = [
  textColumn("name", "Figure", (row) => row.name),
  figureColumn("entry", "Entry", (line) => line.entry),
  figureColumn("now", "Now", (line) => line.now),
  figureColumn("change", "Change", changeOf),
];

interface GreeksProps {
  entry: MarkedGreeks | null | undefined;
  now: MarkedGreeks | null | undefined;
}

export function Greeks({ entry, now }: GreeksProps) {
  if (!entry && !now) return <EmptyState title="No Greeks: the quotes imply none" />;
  const rows = FIGURES.map(([name, decimals, read]) => ({
    name,
    decimals,
    entry: entry ? read(entry) : null,
    now: now ? read(now) : null,
  }));
  return (
    <>
      <Table caption="Greeks" columns={COLUMNS} rows={rows} keyOf={(row) => row.name} empty="" isPlain />
      {now && !now.reliable && <p class="warn small">The mid tells the volatility badly; no rule acts on it.</p>}
    </>
  );
}
