/** What is wrong, at the top of the page. */
import { Panel } from "../../components/Panel";
import { Age } from "../../components/Times";
import type { Finding } from "./diagnosis";

export function Findings({ of }: { of: readonly Finding[] }) {
  if (of.length === 0) {
    return (
      <section class="panel findings-none" aria-label="What is wrong">
        <strong class="gain">✓ Nothing is wrong.</strong>{" "}
        <span class="muted">No dead letters, no late pass, every provider is asked, no errors in the last two hours.</span>
      </section>
    );
  }
  return (
    <Panel title="What is wrong">
      <ul class="findings">
        {of.map((finding) => (
          <li key={`${finding.whose} ${finding.what}`}>
            <span>
              <span class={finding.isGrave ? "loss" : "warn"}>{finding.isGrave ? "✕" : "⚠"} {finding.what}</span>
              {" · "}{finding.whose}
            </span>
            {finding.since && <span class="muted">since <Age at={finding.since} /></span>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
