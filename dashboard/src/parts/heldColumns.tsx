/** The columns of what is held; the overview and the page of positions show the same. */
import "./parts.css";
import type { HeldPosition } from "../api/types";
import { Money, Plain } from "../components/Figures";
import { Age, Lasting } from "../components/Times";
import { positionHref } from "../routes/addresses";
import {
  type Column,
  engineColumn,
  moneyColumn,
  numberColumn,
  percentColumn,
  textColumn,
} from "../table/columns";
import { Contract } from "./Contract";
import { ExitBar, wayOf } from "./ExitBar";
import { StateBadge } from "./outcomes";

/** A mark older than this can't set off an exit. */
const OLD_MARK_MS = 60_000;

type Held = Column<HeldPosition>;

const CONTRACT: Held = textColumn("contract", "Contract", (row) => row.contract, {
  cell: (row) => (
    <a href={positionHref(row.signal_id, row.engine)}>
      <Contract symbol={row.contract} />
    </a>
  ),
});

const MARK: Held = numberColumn("mark", "Mark", (row) => row.mark_price, {
  hint: "The contract’s mid, and the age of its quote",
  cell: (row) => (
    <span class="mark-with-age">
      <Age at={row.mark?.at} oldAfterMs={OLD_MARK_MS} />
      <Money value={row.mark_price} live />
    </span>
  ),
});

const TIME_HELD: Held = {
  key: "held",
  title: "Held",
  value: (row) => -Date.parse(row.opened_at),
  csv: (row) => row.opened_at,
  csvTitle: "Opened",
  cell: (row) => <Lasting since={row.opened_at} />,
  isNumeric: true,
  isMinor: true,
};

const EXIT: Held = {
  key: "exit",
  title: "Nearest exit",
  hint: "From the stop at the left over the entry to the target at the right",
  value: (row) => Math.abs(wayOf(row) ?? 0),
  csv: (row) => wayOf(row),
  csvTitle: "Way to the exit, % (negative: to the stop)",
  cell: (row) => <ExitBar of={row} />,
};

export const HELD_COLUMNS: readonly Held[] = [
  CONTRACT,
  engineColumn((row) => row.engine),
  numberColumn("quantity", "Qty", (row) => row.quantity, { isMinor: true }),
  moneyColumn("pnl", "P&L", (row) => row.unrealized?.net_usd, {
    signed: true,
    live: true,
    hint: "At the mark, after the fees of both fills",
  }),
  percentColumn("percent", "P&L %", (row) => row.unrealized?.percent, {
    signed: true,
    live: true,
    hint: "Before fees, of the premium paid",
  }),
  moneyColumn("entry", "Entry", (row) => row.entry_price, { isMinor: true }),
  MARK,
  moneyColumn("day", "Today", (row) => row.day_change_usd, { signed: true, isMinor: true }),
  TIME_HELD,
  numberColumn("dte", "DTE", (row) => row.dte, {
    hint: "Days to expiration",
    cell: (row) => <Plain value={row.dte} decimals={0} />,
  }),
  EXIT,
  textColumn("state", "State", (row) => row.state, {
    cell: (row) => <StateBadge state={row.state} />,
    isMinor: true,
  }),
];
