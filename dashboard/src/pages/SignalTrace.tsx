/** One signal: what became of it, step by step? */
import "../parts/parts.css";
import "./trace/trace.css";
import { usePoll } from "../api/poll";
import type { SignalTrace as Trace } from "../api/types";
import { EngineMark } from "../components/Badge";
import { Loaded } from "../components/Loaded";
import { PageHead } from "../components/PageHead";
import { Instant } from "../components/Times";
import { Outcome } from "../parts/outcomes";
import { Side } from "../parts/Side";
import { positionHref } from "../routes/addresses";
import type { PageProps } from "../routes/routes";
import { Timeline } from "./trace/Timeline";

const EVERY_MS = 2_000;

export default function SignalTrace({ parameters }: PageProps) {
  const url = `/api/signals/${encodeURIComponent(parameters["id"] ?? "")}`;
  const shown = usePoll<Trace>(url, EVERY_MS);
  const signal = shown.answer?.signal;
  const title = signal ? <>{signal.symbol} <Side {...signal} /></> : "Signal";
  return (
    <>
      <PageHead title={title} answer={shown.answer && <Answer trace={shown.answer} />}>
        <a class="button" href="/signals">All signals</a>
      </PageHead>
      <Loaded of={shown} what="signal" lines={12}>
        {(trace) => <Timeline trace={trace} />}
      </Loaded>
    </>
  );
}

/** When it came, and what each engine made of it. */
function Answer({ trace }: { trace: Trace }) {
  return (
    <span class="trace-answer">
      <span>Received <Instant at={trace.signal.received_at} />.</span>
      {trace.assignments.map((task) => (
        <span key={task.engine} class="trace-fate">
          <EngineMark engine={task.engine} /> <Outcome task={task} />
          {task.rejection && <span>{task.rejection.detail}</span>}
          {trace.positions.some((position) => position.engine === task.engine) && (
            <a href={positionHref(trace.signal.signal_id, task.engine)}>its position</a>
          )}
        </span>
      ))}
    </span>
  );
}
