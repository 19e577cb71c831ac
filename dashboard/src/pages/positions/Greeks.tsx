/** The Greeks now against those at the entry. */
import type { MarkedGreeks } from "../../api/types";
import { EmptyState } from "../../components/EmptyState";
import { type Column, numberColumn, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";

interface Line {
  name: string;
  entry: number | null;
  now: number | null;
}

type Read = (greeks: MarkedGreeks) => number;

const FIGURES: readonly (readonly [string, Read])[] = [
  ["Delta", (it) => it.delta],
  ["Gamma", (it) => it.gamma],
  ["Theta a day", (it) => it.theta],
  ["Vega", (it) => it.vega],
  ["Implied volatility %", (it) => it.implied_volatility * 100],
  ["Underlying $", (it) => Number(it.underlying_price)],
];

const COLUMNS: readonly Column<Line>[] = [
  textColumn("name", "Figure", (row) => row.name),
  numberColumn("entry", "Entry", (row) => row.entry, { decimals: 4 }),
  numberColumn("now", "Now", (row) => row.now, { decimals: 4 }),
  numberColumn("change", "Change", (row) => (row.entry === null || row.now === null ? null : row.now - row.entry), {
    decimals: 4,
  }),
];

interface GreeksProps {
  entry: MarkedGreeks | null | undefined;
  now: MarkedGreeks | null | undefined;
}

export function Greeks({ entry, now }: GreeksProps) {
  if (!entry && !now) return <EmptyState title="No Greeks: the quotes imply none" />;
  const rows = FIGURES.map(([name, read]) => ({
    name,
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
