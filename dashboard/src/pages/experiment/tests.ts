/** The difference by every test, the one that may be read at any time first. */
import { found, type Difference, type Range, whyAbsent } from "./kinds";

export interface TestLine {
  name: string;
  difference: number | null;
  range: Range | null;
  p: number | null;
  /** Why there is no figure. */
  absent: string | null;
  /** When it may be read without being fooled. */
  read: string;
}

const AT_ANY_TIME = "at any time";
const AT_THE_END = "once, at the planned end";

interface Figure {
  difference: number;
  interval: Range;
  p?: number;
}

function lineOf(name: string, figure: Figure | { absent: string }, read: string): TestLine {
  const told = found(figure) as Figure | null;
  return {
    name,
    difference: told?.difference ?? null,
    range: told?.interval ?? null,
    p: told?.p ?? null,
    absent: whyAbsent(figure),
    read,
  };
}

export function testLines(of: Difference): TestLine[] {
  return [
    lineOf("Sequential, by trading days", of.sequential.figures, AT_ANY_TIME),
    lineOf("Bootstrap of trading days", of.bootstrap, AT_THE_END),
    lineOf("t test by trading days", of.by_day, AT_THE_END),
    ...(of.paired ? [lineOf("t test of pairs", of.paired, AT_THE_END)] : []),
    lineOf("Welch, signal by signal", of.welch, AT_THE_END),
  ];
}
