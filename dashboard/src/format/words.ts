/** The API's names as words. */

const SHORT: Readonly<Record<string, string>> = {
  dte: "DTE",
  min_dte: "minimum DTE",
  iv: "IV",
  gex: "GEX",
  pnl: "P&L",
};

/** `pending_execution` as `pending execution`. */
export function words(name: string): string {
  return SHORT[name] ?? name.replaceAll("_", " ");
}

/** The same, with a capital. */
export function sentence(name: string): string {
  const told = words(name);
  return told.charAt(0).toUpperCase() + told.slice(1);
}

/** `1 signal`, `2 signals`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}
