/** Monitoring: what is wrong is found, and nothing else. */
import { describe, expect, it } from "vitest";
import { findingsOf } from "../src/pages/monitoring/diagnosis";
import { placed } from "../src/pages/monitoring/ShareBar";
import { passState } from "../src/pages/monitoring/Traffic";
import type { Monitoring } from "../src/pages/monitoring/types";

const NOW = "2026-11-30T15:00:00Z";
const nowMs = Date.parse(NOW);
const ago = (ms: number) => new Date(nowMs - ms).toISOString();
const MINUTE = 60_000;

function well(): Monitoring {
  return {
    queues: [{ queue: "fills", waiting: 3, in_flight: 1, delayed: 0, dead_letters: 0 }],
    oldest_work_due_at: null,
    providers: [{ provider: "tradier", breaker: "closed", failures: 0, paused_until: null, lacks: [], calls: 9, failed_calls: 1, average_latency_ms: 40 }],
    caches: [],
    webhook: { requests: 0, p50_ms: null, p99_ms: null, slowest_ms: null, refused: 0 },
    stages: [],
    errors: [],
    function_errors: [],
    sweeper_findings: [],
    passes: [{ function: "exit-monitor", at: ago(MINUTE) }],
    shadow_execution: { signals: 0, ordered: 0, filled: 0, failed: 0, success_percent: null },
    agents: [],
    slow_requests: [],
    hours: 24,
  } as Monitoring;
}

function found(changed: Partial<Monitoring>, isOpen: boolean | null = true): string[] {
  return findingsOf({ ...well(), ...changed }, isOpen, nowMs).map(({ whose, what }) => `${whose}: ${what}`);
}

describe("findings", () => {
  it("are none where all is well", () => {
    expect(found({})).toEqual([]);
  });

  it("tell dead letters, and a queue that can't be read", () => {
    const queue = well().queues[0]!;
    expect(found({ queues: [{ ...queue, dead_letters: 2 }] })).toEqual(["what reads the queue fills: 2 dead letters of fills"]);
    expect(found({ queues: [{ ...queue, dead_letters: null }] })[0]).toContain("can’t be read");
  });

  it("tell a late pass only while the market is open", () => {
    const passes = [{ function: "exit-monitor", at: ago(4 * MINUTE) }];
    expect(found({ passes })).toEqual(["exit monitor: A pass is late"]);
    expect(found({ passes }, false)).toEqual([]);
    expect(found({ passes: [{ function: "sweeper", at: null }] })[0]).toContain("No pass");
  });

  it("tell overdue work, not work that has just come", () => {
    expect(found({ oldest_work_due_at: ago(30_000) })).toEqual([]);
    expect(found({ oldest_work_due_at: ago(2 * MINUTE) })).toHaveLength(1);
  });

  it("tell a provider that isn't asked", () => {
    const provider = { ...well().providers[0]!, breaker: "open" as const, failures: 5 };
    expect(found({ providers: [provider] })).toEqual(["tradier: A provider isn’t asked: 5 failures in a row"]);
  });

  it("tell errors of this hour and the last, not older ones", () => {
    const error = { function: "executor", what: "no_quote", count: 2, last_hour: ago(90 * MINUTE) };
    expect(found({ errors: [error] })).toHaveLength(1);
    expect(found({ errors: [{ ...error, last_hour: ago(5 * 60 * MINUTE) }] })).toEqual([]);
  });

  it("tell failed fills of Engine B once there are enough", () => {
    const of = (filled: number, failed: number, success_percent: string) =>
      found({ shadow_execution: { signals: 20, ordered: 20, filled, failed, success_percent } });
    expect(of(1, 1, "50")).toEqual([]);
    expect(of(8, 4, "66.7")).toHaveLength(1);
    expect(of(19, 1, "95")).toEqual([]);
  });

  it("begin with what is in the way of trading", () => {
    const errors = [{ function: "executor", what: "no_quote", count: 2, last_hour: ago(MINUTE) }];
    const all = findingsOf({ ...well(), errors, oldest_work_due_at: ago(5 * MINUTE) }, true, nowMs);
    expect(all.map(({ isGrave }) => isGrave)).toEqual([true, false]);
  });
});

it("a pass is late, on time, or the market is closed", () => {
  const late = { function: "sweeper", at: ago(10 * MINUTE) };
  expect(passState(late, true, nowMs)).toBe("late");
  expect(passState(late, null, nowMs)).toBe("late");
  expect(passState(late, false, nowMs)).toBe("market closed");
  expect(passState({ ...late, at: ago(MINUTE) }, false, nowMs)).toBe("on time");
});

it("the parts of a bar fill it in their order", () => {
  const parts = placed([
    { name: "up", count: 3, tone: "gain" },
    { name: "none", count: 0, tone: "muted" },
    { name: "down", count: 1, tone: "loss" },
  ]);
  expect(parts.map(({ name, x, width }) => [name, x, width])).toEqual([["up", 0, 75], ["down", 75, 25]]);
  expect(placed([])).toEqual([]);
});
