/** Whether the experiment itself is sound, and how long it still takes. */
import { Panel } from "../../components/Panel";
import { counted, words } from "../../format/words";
import { signalHref } from "../../routes/addresses";
import { signedShareOf, shareOf } from "./figures";
import { type Checks, type Lack, type Outlook, type SampleRatio, readingOf, type Report } from "./kinds";
import { lackWords, ratioWords, waitWords } from "./told";

export function Health({ report }: { report: Report }) {
  const { comparison, checks } = report;
  const outlook = readingOf(report)?.outlook;
  return (
    <Panel title="Health of the experiment">
      <dl class="checks">
        <Ratio of={checks.sample_ratio as SampleRatio} />
        <Exposure of={checks.exposure} />
        {comparison.state === "not_enough_data" && <Lacking of={comparison.why as Lack[]} />}
        {outlook && <Until of={outlook} />}
      </dl>
    </Panel>
  );
}

function Mark({ isWell }: { isWell: boolean }) {
  return <span class={isWell ? "gain" : "loss"} aria-hidden="true">{isWell ? "✓" : "✕"} </span>;
}

function Ratio({ of }: { of: SampleRatio }) {
  return (
    <div>
      <dt><Mark isWell={!of.is_mismatch} />Sample ratio</dt>
      <dd>{ratioWords(of)}</dd>
    </div>
  );
}

function Exposure({ of }: { of: Checks["exposure"] }) {
  return (
    <div>
      <dt><Mark isWell={of.violations.length === 0} />Exposure</dt>
      <dd>
        {counted(of.checked, "signal")} looked at
        {of.unchecked > 0 && `, ${of.unchecked} of no experiment`}:{" "}
        {of.violations.length === 0 && "each went where its bucket says."}
        {of.violations.map((one) => (
          <span key={one.kind} class="loss">
            {words(one.kind)} ({one.signals}){" "}
            {one.examples.map((id) => <a key={id} href={signalHref(id)}>{id.slice(0, 8)} </a>)}
          </span>
        ))}
      </dd>
    </div>
  );
}

function Lacking({ of }: { of: readonly Lack[] }) {
  return (
    <div>
      <dt><span class="warn" aria-hidden="true">… </span>What is lacking</dt>
      <dd><ul>{of.map((lack) => <li key={lack.lack}>{lackWords(lack)}</li>)}</ul></dd>
    </div>
  );
}

function Until({ of }: { of: Outlook }) {
  return (
    <div>
      <dt><span class="muted" aria-hidden="true">◷ </span>Until a difference shows</dt>
      <dd>
        {waitWords(of)}{" "}
        {of.expected_effect != null && <>Expected is {signedShareOf(of.expected_effect)} of the premium per signal. </>}
        {of.detectable != null && (
          <>What is there now shows a difference from {shareOf(of.detectable)} on, with a
          probability of {Math.round(of.power * 100)} %.</>
        )}
      </dd>
    </div>
  );
}
