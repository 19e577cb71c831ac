/** Above a table: its filter, how many rows are shown, and the export. */
import { counted } from "../format/words";

interface TableToolsProps {
  caption: string;
  filter: string;
  onFilter: (filter: string) => void;
  count: number | undefined;
  total: number | undefined;
  onExport: () => void;
}

export function TableTools(props: TableToolsProps) {
  const { caption, filter, onFilter, count, total } = props;
  return (
    <div class="table-tools">
      <input
        type="search"
        class="input table-filter"
        placeholder="Filter"
        aria-label={`Filter ${caption.toLowerCase()}`}
        value={filter}
        onInput={(event) => onFilter(event.currentTarget.value)}
      />
      <span class="table-count" aria-live="polite">
        {total === undefined ? "" : count === total ? counted(total, "row") : `${count} of ${total} rows`}
      </span>
      <button type="button" class="button button-small" disabled={!total} onClick={props.onExport}>
        CSV<span class="visually-hidden"> of {caption.toLowerCase()}</span>
      </button>
    </div>
  );
}
