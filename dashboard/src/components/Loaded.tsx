/** Shows an answer, its skeleton before, and its age once the API is away. */
import type { ComponentChildren } from "preact";
import { staleSinceMs, type Shown } from "../api/resource";
import { useOwnNowMs } from "../app/now";
import { age } from "../format/instant";
import { EmptyState } from "./EmptyState";
import { Skeleton } from "./Skeleton";

interface LoadedProps<T> {
  of: Shown<T>;
  /** What is loading, for those who hear the page. */
  what: string;
  /** Lines of the skeleton, as tall as what comes. */
  lines?: number;
  skeleton?: ComponentChildren;
  children: (answer: T) => ComponentChildren;
}

export function Loaded<T>({ of, what, lines, skeleton, children }: LoadedProps<T>) {
  if (of.answer === undefined) {
    if (of.problem === null) return <>{skeleton ?? <Skeleton lines={lines} label={`Loading ${what}`} />}</>;
    return (
      <EmptyState title={`No ${what}: ${of.problem.message}`}>
        It is tried again every few seconds.
      </EmptyState>
    );
  }
  const staleSince = staleSinceMs(of);
  return (
    <div class={staleSince === null ? "loaded" : "loaded stale"}>
      {staleSince !== null && <StaleNote sinceMs={staleSince} why={of.problem?.message ?? ""} />}
      {children(of.answer)}
    </div>
  );
}

export function StaleNote({ sinceMs, why }: { sinceMs: number; why: string }) {
  const nowMs = useOwnNowMs();
  return (
    <p class="stale-note" role="status">
      Not current: last answer {age(nowMs - sinceMs)} ago. {why}
    </p>
  );
}
