/** Whether everything works, in one line. */
import type { DashboardMetrics, Health, MissingPart } from "../../api/types";
import { Age } from "../../components/Times";
import { counted, words } from "../../format/words";

export function HealthStrip({ metrics }: { metrics: DashboardMetrics }) {
  const { health } = metrics;
  return (
    <section class="panel health" aria-label="Health">
      {health ? <Line of={health} /> : <span class="warn">⚠ The health can’t be told just now.</span>}
      <Missing parts={metrics.metadata.failed} />
      <a class="health-more" href="/monitoring">Monitoring</a>
    </section>
  );
}

function Line({ of }: { of: Health }) {
  const isWell = of.complaints.length === 0;
  return (
    <>
      <span class={isWell ? "gain" : "warn"}>{isWell ? "✓ All well" : "⚠ Look at this"}</span>
      <span>
        <span class="muted">Last alert</span>{" "}
        {of.last_alert_at ? <Age at={of.last_alert_at} suffix=" ago" /> : "none yet"}
      </span>
      <span><span class="muted">Providers</span> {of.providers.length || "none needed"}</span>
      <span>
        <span class="muted">Waiting</span>{" "}
        {of.oldest_work_since ? <>since <Age at={of.oldest_work_since} /></> : "nothing"}
      </span>
      <span>
        <span class="muted">Dead letters</span>{" "}
        <span class={of.dead_letters > 0 ? "loss" : ""}>{of.dead_letters}</span>
      </span>
      {!isWell && <span class="warn health-complaints">{of.complaints.join("; ")}</span>}
    </>
  );
}

function Missing({ parts }: { parts: readonly MissingPart[] }) {
  if (parts.length === 0) return null;
  const told = parts.map(({ part, why }) => `${words(part)}: ${why}`).join("; ");
  return (
    <span class="warn" title={told}>
      ⚠ {counted(parts.length, "part")} of this page can’t be had: {told}
    </span>
  );
}
