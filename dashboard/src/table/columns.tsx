/** Kinds of columns: what a cell shows, by what it sorts, and what the CSV says. */
import type { ComponentChildren } from "preact";
import { EngineMark } from "../components/Badge";
import { Money, Percent, Plain } from "../components/Figures";
import { Age, Instant } from "../components/Times";
import type { CsvValue } from "../format/csv";
import { type Decimal, numberOf } from "../format/money";
import type { SortValue } from "../format/sort";

export interface Column<Row> {
  key: string;
  title: string;
  /** By this it sorts and filters; the cell and the CSV show it too if they aren't given. */
  value: (row: Row) => SortValue;
  cell?: (row: Row) => ComponentChildren;
  csv?: (row: Row) => CsvValue;
  /** The heading in the CSV, where that says something else than the cell. */
  csvTitle?: string;
  isNumeric?: boolean;
  /** Said of the heading on hover. */
  hint?: string;
  /** Left out on a narrow screen. */
  isMinor?: boolean;
  /** In the CSV and the filter alone: another column shows it along with its own. */
  isExported?: boolean;
}

/** What may be changed of a column that was made here. */
export type Adjusted<Row> = Partial<Omit<Column<Row>, "key" | "title" | "value">>;

type Of<Row, Value> = (row: Row) => Value;

interface FigureLook {
  signed?: boolean;
  live?: boolean;
  decimals?: number;
}

export function textColumn<Row>(
  key: string,
  title: string,
  value: Of<Row, string | null | undefined>,
  adjusted: Adjusted<Row> = {},
): Column<Row> {
  return { key, title, value, ...adjusted };
}

export function moneyColumn<Row>(
  key: string,
  title: string,
  value: Of<Row, Decimal>,
  { signed, live, ...adjusted }: FigureLook & Adjusted<Row> = {},
): Column<Row> {
  const cell = (row: Row) => <Money value={value(row)} signed={signed} live={live} />;
  return numeric(key, title, value, { cell, ...adjusted });
}

export function percentColumn<Row>(
  key: string,
  title: string,
  value: Of<Row, Decimal>,
  { signed, live, decimals, ...adjusted }: FigureLook & Adjusted<Row> = {},
): Column<Row> {
  const look = { signed, live, decimals };
  return numeric(key, title, value, {
    cell: (row) => <Percent value={value(row)} {...look} />,
    ...adjusted,
  });
}

export function numberColumn<Row>(
  key: string,
  title: string,
  value: Of<Row, Decimal>,
  { decimals, ...adjusted }: FigureLook & Adjusted<Row> = {},
): Column<Row> {
  const cell = (row: Row) => <Plain value={value(row)} decimals={decimals} />;
  return numeric(key, title, value, { cell, ...adjusted });
}

function numeric<Row>(
  key: string,
  title: string,
  value: Of<Row, Decimal>,
  adjusted: Adjusted<Row>,
): Column<Row> {
  const csv = (row: Row) => value(row) ?? null;
  return { key, title, value: (row) => numberOf(value(row)), csv, isNumeric: true, ...adjusted };
}

/** Shown in Eastern time; the CSV has UTC. */
export function instantColumn<Row>(
  key: string,
  title: string,
  value: Of<Row, string | null | undefined>,
  adjusted: Adjusted<Row> = {},
): Column<Row> {
  return { key, title, value, cell: (row) => <Instant at={value(row)} />, isNumeric: true, ...adjusted };
}

/** Shown as the time that has passed since; the CSV has the instant. */
export function ageColumn<Row>(
  key: string,
  title: string,
  value: Of<Row, string | null | undefined>,
  adjusted: Adjusted<Row> = {},
): Column<Row> {
  return { key, title, value, cell: (row) => <Age at={value(row)} />, isNumeric: true, ...adjusted };
}

export function engineColumn<Row>(value: Of<Row, string>, title = "Engine"): Column<Row> {
  return { key: "engine", title, value, cell: (row) => <EngineMark engine={value(row)} /> };
}
