/** The stack's clock, which may run faster than ours and start anywhere. */

interface Reading {
  oursMs: number;
  theirsMs: number;
}

/** Readings nearer to each other than this say nothing of the speed. */
const SPAN_MIN_MS = 2_000;

export class ServerClock {
  private first: Reading | null = null;
  private last: Reading | null = null;
  private speed = 1;

  /** Takes the header `x-parallax-now` of an answer that came at `oursMs`. */
  note(header: string | null, oursMs: number): void {
    const theirsMs = header === null ? Number.NaN : Date.parse(header);
    if (!Number.isFinite(theirsMs)) return;
    const reading = { oursMs, theirsMs };
    if (this.first === null || this.isRestart(reading)) this.first = reading;
    this.last = reading;
    this.speed = this.speedUntil(reading);
  }

  get isKnown(): boolean {
    return this.last !== null;
  }

  /** What the stack's clock shows at our `oursMs`. */
  nowMs(oursMs: number): number {
    if (this.last === null) return oursMs;
    return this.last.theirsMs + (oursMs - this.last.oursMs) * this.speed;
  }

  /** A clock that went back, or far from where it should be, was set anew. */
  private isRestart(reading: Reading): boolean {
    const passedMs = reading.oursMs - (this.last?.oursMs ?? reading.oursMs);
    const awayMs = Math.abs(reading.theirsMs - this.nowMs(reading.oursMs));
    const isSettled = this.first !== null && this.last !== null && this.first !== this.last;
    return isSettled && awayMs > 60_000 + passedMs * this.speed;
  }

  private speedUntil(reading: Reading): number {
    if (this.first === null) return 1;
    const oursMs = reading.oursMs - this.first.oursMs;
    if (oursMs < SPAN_MIN_MS) return this.speed;
    const speed = (reading.theirsMs - this.first.theirsMs) / oursMs;
    // The delays of two answers shouldn't make a true clock look fast.
    return Math.abs(speed - 1) < 0.2 ? 1 : Math.max(0, speed);
  }
}
