/** What became of a signal, in a badge: for an engine's task, an order, a position. */
import type { Assignment, Rejection } from "../api/types";
import { Badge, type BadgeTone } from "../components/Badge";
import { words } from "../format/words";

const TONES: Readonly<Record<string, BadgeTone>> = {
  ordered: "gain",
  filled: "gain",
  approved: "accent",
  pending: "accent",
  pending_execution: "accent",
  open: "accent",
  closing: "warn",
  failed: "loss",
};

/** A capacity rejection says nothing of the engine's judgement, so it looks different. */
function rejectionTone(rejection: Rejection | undefined): BadgeTone {
  return rejection?.class === "judgement" ? "plain" : "warn";
}

export function outcomeWords(task: Assignment): string {
  if (task.state === "rejected") return words(task.rejection?.reason ?? "rejected");
  return words(task.state);
}

export function Outcome({ task }: { task: Assignment }) {
  const isRejected = task.state === "rejected";
  const tone = isRejected ? rejectionTone(task.rejection) : TONES[task.state];
  return (
    <span title={task.rejection?.detail}>
      <Badge tone={tone}>{isRejected && "✕ "}{outcomeWords(task)}</Badge>
    </span>
  );
}

export function StateBadge({ state, title }: { state: string; title?: string | undefined }) {
  return (
    <span title={title}>
      <Badge tone={TONES[state]}>{words(state)}</Badge>
    </span>
  );
}
