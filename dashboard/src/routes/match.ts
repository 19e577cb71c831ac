/** Which pattern an address fits: `/positions/:id/:engine`, with `?` after what may be absent. */

export type Parameters = Readonly<Record<string, string>>;

/** The pattern's parameters if the path fits it. */
export function match(pattern: string, path: string): Parameters | null {
  const wanted = partsOf(pattern);
  const given = partsOf(path);
  if (given.length > wanted.length) return null;
  const found: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index];
    if (!fits(part, value)) return null;
    if (part.startsWith(":") && value !== undefined) found[nameOf(part)] = decoded(value);
  }
  return found;
}

function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}

function fits(part: string, value: string | undefined): boolean {
  if (value === undefined) return part.endsWith("?");
  return part.startsWith(":") || part === value;
}

function nameOf(part: string): string {
  return part.replace(/^:|\?$/g, "");
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
