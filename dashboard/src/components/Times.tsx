/** Instants in Eastern time with UTC on hover, and ages by the stack's clock. */
import { useServerNowMs } from "../app/now";
import { age, duration, easternInstant, utcInstant } from "../format/instant";
import { ABSENT } from "../format/money";
import { classes } from "./classes";

interface InstantProps {
  at: string | null | undefined;
}

export function Instant({ at }: InstantProps) {
  const nowMs = useServerNowMs();
  if (!at) return <span class="muted">{ABSENT}</span>;
  const ms = Date.parse(at);
  return (
    <time class="figure" dateTime={at} title={utcInstant(ms)}>
      {easternInstant(ms, nowMs)}
    </time>
  );
}

interface AgeProps extends InstantProps {
  /** From this age on it is shown as old. */
  oldAfterMs?: number;
  suffix?: string;
}

export function Age({ at, oldAfterMs, suffix = "" }: AgeProps) {
  const nowMs = useServerNowMs();
  if (!at) return <span class="muted">{ABSENT}</span>;
  const ms = Date.parse(at);
  const isOld = oldAfterMs !== undefined && nowMs - ms > oldAfterMs;
  return (
    <time class={classes("age", isOld && "age-old")} dateTime={at} title={utcInstant(ms)}>
      {age(nowMs - ms)}
      {suffix}
      {isOld && <span class="visually-hidden"> (old)</span>}
    </time>
  );
}

/** How long something has lasted, or did last. */
export function Lasting({ since, until }: { since: string; until?: string | null }) {
  const nowMs = useServerNowMs();
  const endMs = until ? Date.parse(until) : nowMs;
  return <span class="figure">{duration(endMs - Date.parse(since))}</span>;
}
