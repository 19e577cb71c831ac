/** One address that is read again and again for as long as somebody shows it. */
import { Store } from "../app/store";
import type { Fresh } from "./client";
import { type ApiProblem, asProblem } from "./problem";

export interface Shown<T> {
  /** The last good answer. */
  answer: T | undefined;
  /** Why the last try failed; none after a success. */
  problem: ApiProblem | null;
  /** When the last good answer came, on our own clock. */
  answeredAtMs: number | null;
  isReading: boolean;
}

export const NOTHING: Shown<never> = {
  answer: undefined,
  problem: null,
  answeredAtMs: null,
  isReading: false,
};

/** What a resource needs of its surroundings. */
export interface Reader {
  read: <T>(url: string, how?: Fresh) => Promise<T>;
  nowMs: () => number;
  onProblem: (url: string, problem: ApiProblem) => void;
}

export class Resource<T> {
  readonly shown = new Store<Shown<T>>(NOTHING);
  private under: Promise<void> | null = null;

  constructor(
    readonly url: string,
    private readonly reader: Reader,
  ) {}

  /** Reads once; who asks while it is being read waits for the same answer. */
  read(how: Fresh = {}): Promise<void> {
    if (this.under !== null && !how.fresh) return this.under;
    const reading = this.readOnce(how).finally(() => {
      if (this.under === reading) this.under = null;
    });
    this.under = reading;
    return reading;
  }

  private async readOnce(how: Fresh): Promise<void> {
    this.shown.set({ ...this.shown.get(), isReading: true });
    try {
      const answer = await this.reader.read<T>(this.url, how);
      const answeredAtMs = this.reader.nowMs();
      this.shown.set({ answer, problem: null, answeredAtMs, isReading: false });
    } catch (cause) {
      this.fail(asProblem(cause));
    }
  }

  /** The last good answer stays; the first failure after it is told. */
  private fail(problem: ApiProblem): void {
    const before = this.shown.get();
    this.shown.set({ ...before, problem, isReading: false });
    if (before.problem === null && problem.status !== 401) this.reader.onProblem(this.url, problem);
  }
}

/** Since when what is shown is no longer fresh; none while it is. */
export function staleSinceMs(shown: Shown<unknown>): number | null {
  return shown.problem !== null && shown.answer !== undefined ? shown.answeredAtMs : null;
}
