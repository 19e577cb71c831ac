/** The order of a table's rows. */

export type SortValue = string | number | boolean | null | undefined;

export interface Sorting {
  key: string;
  isDescending: boolean;
}

function isAbsent(value: SortValue): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

/** Words by their natural order, numbers by size. */
export function compared(left: SortValue, right: SortValue): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  return String(left).localeCompare(String(right), "en", { numeric: true, sensitivity: "base" });
}

/** A sorted copy: equal rows keep their order, absent values come last either way. */
export function sorted<Row>(
  rows: readonly Row[],
  valueOf: (row: Row) => SortValue,
  isDescending: boolean,
): Row[] {
  return [...rows].sort((one, other) => {
    const left = valueOf(one);
    const right = valueOf(other);
    if (isAbsent(left) || isAbsent(right)) return Number(isAbsent(left)) - Number(isAbsent(right));
    return isDescending ? compared(right, left) : compared(left, right);
  });
}

/** The rows in which every word of the filter is found. */
export function filtered<Row>(
  rows: readonly Row[],
  textOf: (row: Row) => string,
  filter: string,
): Row[] {
  const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [...rows];
  return rows.filter((row) => {
    const text = textOf(row).toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
