/** What is held, the nearest exit first. */
import type { ComponentChildren } from "preact";
import { type ListPage, useList } from "../../api/pages";
import type { HeldPosition } from "../../api/types";
import { EmptyState } from "../../components/EmptyState";
import { Money } from "../../components/Figures";
import { Loaded } from "../../components/Loaded";
import { PageHead } from "../../components/PageHead";
import { numberOf } from "../../format/money";
import { counted } from "../../format/words";
import { Contract } from "../../parts/Contract";
import { wayOf, wayWords } from "../../parts/ExitBar";
import { HELD_COLUMNS } from "../../parts/heldColumns";
import { Table } from "../../table/Table";

const EVERY_MS = 3_000;

export function Open({ tabs }: { tabs: ComponentChildren }) {
  const list = useList<HeldPosition>("/api/positions?state=open", EVERY_MS, (row) => row.position_id);
  return (
    <>
      <PageHead title="Positions" answer={<Answer rows={list.rows} />}>{tabs}</PageHead>
      <div class="panel">
        <Loaded<ListPage<HeldPosition>> of={list.shown} what="positions" skeleton={<Rows rows={undefined} />}>
          {() => <Rows rows={list.rows} />}
        </Loaded>
      </div>
    </>
  );
}

function Rows({ rows }: { rows: HeldPosition[] | undefined }) {
  return (
    <Table
      caption="Open positions"
      columns={HELD_COLUMNS}
      rows={rows}
      keyOf={(row) => row.position_id}
      sorting={{ key: "exit", isDescending: true }}
      rowClass={(row) => (row.outlook.firing ? "row-firing" : undefined)}
      skeletonRows={6}
      isTall
      empty={
        <EmptyState title="Nothing is held">
          An approved alert becomes a position within seconds. <a href="/signals">See what came in</a>, or{" "}
          <a href="/positions?state=closed">what was closed</a>.
        </EmptyState>
      }
    />
  );
}

/** The one that is nearest to its exit. */
export function nearest(rows: readonly HeldPosition[]): HeldPosition | undefined {
  const nearness = (row: HeldPosition) => (row.outlook.firing ? Infinity : Math.abs(wayOf(row) ?? -1));
  return [...rows].sort((one, other) => nearness(other) - nearness(one))[0];
}

function Answer({ rows }: { rows: readonly HeldPosition[] | undefined }) {
  const next = rows && nearest(rows);
  if (!rows) return <>&nbsp;</>;
  if (!next) return <>Nothing is held.</>;
  const gained = rows.reduce((sum, row) => sum + (numberOf(row.unrealized?.net_usd) ?? 0), 0);
  return (
    <>
      <strong>{counted(rows.length, "position")}</strong>, <Money value={gained} signed live /> if sold
      at the marks. Nearest to its exit: <Contract symbol={next.contract} />, {wayWords(next)}.
    </>
  );
}
