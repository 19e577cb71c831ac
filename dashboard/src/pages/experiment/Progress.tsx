/** How much of the planned sample is there. */
import { readingOf, type Report } from "./kinds";

export function Progress({ report }: { report: Report }) {
  const { planned, sessions } = report.study;
  if (!planned) return null;
  const compared = readingOf(report)?.primary.compared ?? null;
  return (
    <ul class="progress-list">
      {compared?.map((count, index) => (
        <Part
          key={index}
          title={`Finished signals of ${index === 0 ? "A" : "B"}`}
          count={count}
          of={planned.signals_per_engine}
        />
      ))}
      <Part title="Trading days" count={sessions} of={planned.sessions} />
    </ul>
  );
}

interface PartProps {
  title: string;
  count: number;
  of: number;
}

function Part({ title, count, of }: PartProps) {
  return (
    <li>
      <span class="muted small">{title}</span>
      <progress value={Math.min(count, of)} max={of} aria-label={`${title}: ${count} of ${of}`} />
      <span class="small">{count.toLocaleString("en-US")} of {of.toLocaleString("en-US")}</span>
    </li>
  );
}
