/** A table's headings, which sort it. */
import { classes } from "../components/classes";
import type { Sorting } from "../format/sort";
import type { Column } from "./columns";

interface TableHeadProps<Row> {
  columns: readonly Column<Row>[];
  sorting: Sorting | undefined;
  onSort: (sorting: Sorting) => void;
}

export function TableHead<Row>({ columns, sorting, onSort }: TableHeadProps<Row>) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <Heading
            key={column.key}
            column={column}
            sorting={sorting?.key === column.key ? sorting : undefined}
            onSort={() => onSort(nextSorting(column, sorting))}
          />
        ))}
      </tr>
    </thead>
  );
}

/** Numbers begin with the largest, words with the first; the second time it turns round. */
export function nextSorting<Row>(column: Column<Row>, now: Sorting | undefined): Sorting {
  const isDescending = now?.key === column.key ? !now.isDescending : column.isNumeric === true;
  return { key: column.key, isDescending };
}

interface HeadingProps<Row> {
  column: Column<Row>;
  sorting: Sorting | undefined;
  onSort: () => void;
}

function Heading<Row>({ column, sorting, onSort }: HeadingProps<Row>) {
  const order = sorting && (sorting.isDescending ? "descending" : "ascending");
  const arrow = sorting ? (sorting.isDescending ? "▼" : "▲") : "";
  return (
    <th
      scope="col"
      class={classes(column.isNumeric && "number", column.isMinor && "minor")}
      aria-sort={order}
      title={column.hint}
    >
      <button type="button" class="sort" onClick={onSort}>
        {column.title}
        <span class="sort-arrow" aria-hidden="true">{arrow}</span>
      </button>
    </th>
  );
}
