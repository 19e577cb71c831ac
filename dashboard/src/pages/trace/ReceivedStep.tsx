/** The alert, how it was routed, and what evidence was captured. */
import type { Assignment, SignalTrace } from "../../api/types";
import { EngineMark } from "../../components/Badge";
import { Money } from "../../components/Figures";
import { Instant } from "../../components/Times";
import { counted } from "../../format/words";
import { Facts } from "../../components/Facts";

export function ReceivedStep({ trace }: { trace: SignalTrace }) {
  const { signal } = trace;
  const accepted = trace.webhook_events.find((event) => event.outcome === "accepted");
  const duplicates = trace.webhook_events.length - (accepted ? 1 : 0);
  return (
    <>
      <Facts
        of={[
          ["Symbol", signal.symbol],
          ["Timeframe", signal.timeframe],
          ["Bar", <Instant at={signal.bar_start} />],
          signal.price !== null && ["Told price", <Money value={signal.price} />],
          signal.strategy !== null && ["Strategy", signal.strategy],
          signal.source !== null && ["Source", signal.source],
          signal.indicator !== null && ["Indicator", signal.indicator],
          accepted && ["Answered in", `${accepted.processing_time_ms} ms`],
          duplicates > 0 && ["Sent again", counted(duplicates, "time")],
        ]}
      />
      <ul class="lines">
        {trace.assignments.map((task) => <Routing key={task.engine} of={task} />)}
      </ul>
      <details>
        <summary>The alert as it came</summary>
        <pre class="raw">{readable(signal.raw)}</pre>
      </details>
    </>
  );
}

function Routing({ of }: { of: Assignment }) {
  const { routed } = of;
  return (
    <li>
      Routed to <EngineMark engine={of.engine} />
      {of.task === "close_only" && <span class="muted">to close only</span>}
      {routed && (
        <span class="muted">
          {routed.mode}, bucket {routed.bucket}
          {routed.mode === "split" && `, A’s share ${routed.split_percentage} %`}
          {routed.experiment_id && `, experiment ${routed.experiment_id}`}
        </span>
      )}
    </li>
  );
}

function readable(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw;
  }
}

export function EvidenceStep({ trace }: { trace: SignalTrace }) {
  return (
    <p class="muted">
      Quote, bars, chain and what follows from them, kept as{" "}
      <code title={trace.evidence_sha256 ?? ""}>{trace.evidence_sha256?.slice(0, 12)}</code>: the
      decision can be made again from it.
    </p>
  );
}
