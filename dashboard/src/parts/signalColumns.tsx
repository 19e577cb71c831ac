/** The columns of signals: what came in, and what each engine made of it. */
import "./parts.css";
import type { Assignment, Engine, FeedSignal } from "../api/types";
import { ABSENT } from "../format/money";
import { signalHref } from "../routes/addresses";
import { type Column, instantColumn, moneyColumn, textColumn } from "../table/columns";
import { Instant } from "../components/Times";
import { Outcome, outcomeWords } from "./outcomes";
import { Side, sideWords } from "./Side";

export function taskOf(signal: FeedSignal, engine: Engine): Assignment | undefined {
  return signal.tasks.find((task) => task.engine === engine);
}

function outcomeColumn(engine: Engine): Column<FeedSignal> {
  const task = (row: FeedSignal) => taskOf(row, engine);
  return {
    key: `engine-${engine}`,
    title: `Engine ${engine}`,
    value: (row) => {
      const found = task(row);
      return found ? outcomeWords(found) : null;
    },
    cell: (row) => {
      const found = task(row);
      return found ? <Outcome task={found} /> : <span class="muted">{ABSENT}</span>;
    },
  };
}

function reasonsOf(signal: FeedSignal): string {
  const rejected = signal.tasks.filter((task) => task.rejection);
  return rejected.map((task) => `${task.engine}: ${task.rejection?.detail ?? ""}`).join("; ");
}

export const SIGNAL_COLUMNS: readonly Column<FeedSignal>[] = [
  instantColumn("received", "Received", (row) => row.received_at, {
    isNumeric: false,
    cell: (row) => <a href={signalHref(row.signal_id)}><Instant at={row.received_at} /></a>,
  }),
  textColumn("symbol", "Symbol", (row) => row.symbol, {
    cell: (row) => <a href={signalHref(row.signal_id)}>{row.symbol}</a>,
  }),
  textColumn("side", "Wants", sideWords, { cell: (row) => <Side {...row} /> }),
  outcomeColumn("A"),
  outcomeColumn("B"),
  textColumn("strategy", "Strategy", (row) => row.strategy, { isMinor: true }),
  textColumn("source", "Source", (row) => row.source, { isMinor: true }),
  textColumn("timeframe", "Frame", (row) => row.timeframe, { isMinor: true }),
  moneyColumn("price", "Price", (row) => row.price, { isMinor: true }),
  textColumn("reason", "Why not", reasonsOf, {
    isMinor: true,
    cell: (row) => <span class="why muted small">{reasonsOf(row) || ABSENT}</span>,
  }),
];
