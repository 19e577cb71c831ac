/** A table that sorts, filters, exports and loads more. */
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import { ABSENT } from "../format/money";
import { filtered, type Sorting, sorted } from "../format/sort";
import { classes } from "../components/classes";
import { EmptyState } from "../components/EmptyState";
import type { Column } from "./columns";
import { saveCsv } from "./download";
import { TableHead } from "./TableHead";
import { TableTools } from "./TableTools";

interface TableProps<Row> {
  /** What the rows are; also the name of the CSV file. */
  caption: string;
  columns: readonly Column<Row>[];
  /** Absent while they are being read. */
  rows: readonly Row[] | undefined;
  keyOf: (row: Row) => string;
  /** Shown where there are no rows: what to do next. */
  empty: ComponentChildren;
  sorting?: Sorting;
  /** Shows the caption as a heading of the table; else it is for those who hear the page. */
  showCaption?: boolean;
  /** Leaves out the filter and the export, in a table of a few fixed rows. */
  isPlain?: boolean;
  rowClass?: (row: Row) => string | undefined;
  hasMore?: boolean;
  isLoadingMore?: boolean;
  onMore?: () => void;
  /** Grows no taller than this many rows before it scrolls. */
  isTall?: boolean;
  skeletonRows?: number;
}

export function Table<Row>(props: TableProps<Row>) {
  const { rows, columns, caption } = props;
  const [filter, setFilter] = useState("");
  const [sorting, setSorting] = useState<Sorting | undefined>(props.sorting);
  if (rows?.length === 0) return <Empty {...props} />;
  const shown = rows && arranged(rows, columns, filter, sorting);
  const seen = columns.filter((column) => !column.isExported);
  return (
    <div class="table-frame">
      {!props.isPlain && (
        <TableTools
          caption={caption}
          filter={filter}
          onFilter={setFilter}
          count={shown?.length}
          total={rows?.length}
          onExport={() => saveCsv(caption, columns, shown ?? [])}
        />
      )}
      <Lines of={{ ...props, columns: seen }} shown={shown} sorting={sorting} onSort={setSorting} />
      {shown?.length === 0 && <p class="table-note">Nothing here has “{filter}” in it.</p>}
      {props.hasMore && <More {...props} />}
    </div>
  );
}

interface LinesProps<Row> {
  of: TableProps<Row>;
  shown: Row[] | undefined;
  sorting: Sorting | undefined;
  onSort: (sorting: Sorting) => void;
}

/** The table itself, in a frame that scrolls, also by keys. */
function Lines<Row>({ of, shown, sorting, onSort }: LinesProps<Row>) {
  const { columns, caption, showCaption, skeletonRows = 4 } = of;
  const captionId = useId();
  const frame = classes("table-scroll", of.isTall && "table-tall");
  return (
    <div class={frame} role="group" aria-labelledby={captionId} tabIndex={0}>
      <table aria-busy={shown === undefined}>
        <caption id={captionId} class={showCaption ? undefined : "visually-hidden"}>{caption}</caption>
        <TableHead columns={columns} sorting={sorting} onSort={onSort} />
        <tbody>
          {shown?.map((row) => <Line key={of.keyOf(row)} row={row} of={of} />)}
          {shown === undefined && <SkeletonLines columns={columns.length} rows={skeletonRows} />}
        </tbody>
      </table>
    </div>
  );
}

/** The rows that the filter leaves, in the order that was chosen. */
export function arranged<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  filter: string,
  sorting: Sorting | undefined,
): Row[] {
  const textOf = (row: Row) => columns.map((column) => String(column.value(row) ?? "")).join(" ");
  const left = filtered(rows, textOf, filter);
  const by = columns.find((column) => column.key === sorting?.key);
  return by && sorting ? sorted(left, by.value, sorting.isDescending) : left;
}

function Line<Row>({ row, of }: { row: Row; of: TableProps<Row> }) {
  return (
    <tr class={of.rowClass?.(row)}>
      {of.columns.map((column, index) => {
        const name = classes(column.isNumeric && "number", column.isMinor && "minor");
        const shown = column.cell ? column.cell(row) : (column.value(row) ?? ABSENT);
        if (index > 0) return <td key={column.key} class={name}>{shown}</td>;
        return <th key={column.key} scope="row" class={name}>{shown}</th>;
      })}
    </tr>
  );
}

function SkeletonLines({ columns, rows }: { columns: number; rows: number }) {
  return (
    <>
      {Array.from({ length: rows }, (_, row) => (
        <tr key={row} aria-hidden="true">
          {Array.from({ length: columns }, (_, column) => (
            <td key={column}><span class="skeleton-line" /></td>
          ))}
        </tr>
      ))}
    </>
  );
}

function Empty<Row>({ caption, empty }: TableProps<Row>) {
  return typeof empty === "string" ? <EmptyState title={`No ${caption.toLowerCase()}`}>{empty}</EmptyState> : <>{empty}</>;
}

function More<Row>({ isLoadingMore, onMore }: TableProps<Row>) {
  return (
    <div class="table-more">
      <button type="button" class="button" disabled={isLoadingMore} onClick={onMore}>
        {isLoadingMore ? "Loading…" : "Load more"}
      </button>
    </div>
  );
}
