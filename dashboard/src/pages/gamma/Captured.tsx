/** When it was captured, what was left out, and what to know before believing it. */
import { Facts } from "../../components/Facts";
import { Panel } from "../../components/Panel";
import { Age, Instant } from "../../components/Times";
import { counted, words } from "../../format/words";
import type { Exposure, Positioning } from "./kinds";
import { exclusionLines } from "./exclusions";

/** The server keeps a measurement for five minutes; this is twice as old. */
const OLD_AFTER_MS = 600_000;

export function Captured({ of }: { of: Positioning }) {
  const measured = of.gamma_exposure ?? of.options_flow;
  if (!measured) return null;
  const { provenance } = measured;
  return (
    <Panel title="Where it comes from">
      <Facts
        of={[
          ["Measured", <><Instant at={measured.measured_at} />, <Age at={measured.measured_at} oldAfterMs={OLD_AFTER_MS} suffix=" ago" /></>],
          ["Chain of", <><Instant at={provenance.at} />, <Age at={provenance.at} suffix=" ago" /></>],
          ["Provider", `${provenance.provider} (${words(provenance.timeliness)})`],
          of.gamma_exposure && ["Contracts", of.gamma_exposure.total.contracts],
        ]}
      />
      {of.gamma_exposure && <LeftOut of={of.gamma_exposure} />}
      <Caveats of={[...(of.gamma_exposure?.caveats ?? []), ...(of.options_flow?.caveats ?? [])]} />
    </Panel>
  );
}

function LeftOut({ of }: { of: Exposure }) {
  const lines = exclusionLines(of.exclusions);
  return (
    <>
      <h3 class="gamma-heading">Contracts that were left out</h3>
      {lines.length === 0 && <p class="muted">Nothing.</p>}
      <ul class="gamma-list">
        {lines.map(([why, count]) => <li key={why}><span class="figure">{count.toLocaleString("en-US")}</span> {why}</li>)}
        {of.volatilities_computed > 0 && (
          <li class="muted">Not left out: {counted(of.volatilities_computed, "contract")} whose volatility is that of the quote’s middle</li>
        )}
      </ul>
    </>
  );
}

function Caveats({ of }: { of: readonly string[] }) {
  if (of.length === 0) return null;
  return (
    <>
      <h3 class="gamma-heading">What to know before believing it</h3>
      <ul class="gamma-list">{[...new Set(of)].map((caveat) => <li key={caveat}>{caveat}</li>)}</ul>
    </>
  );
}
