/** The parts of a report, in the order in which they are believed. */
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { Activities } from "./Activities";
import { Course } from "./Course";
import { Health } from "./Health";
import { type Reading, readingOf, type Report, type Withholding } from "./kinds";
import { Performances } from "./Performances";
import { Primary } from "./Primary";
import { Guardrails, Promotion } from "./Rules";
import { Secondaries } from "./Secondaries";
import { Study } from "./Study";
import { withholdingWords } from "./told";

export function ReportParts({ report }: { report: Report }) {
  const reading = readingOf(report);
  return (
    <>
      <div class="columns">
        <Study report={report} />
        <Health report={report} />
      </div>
      {report.comparison.state === "withheld" && <Withheld why={report.comparison.why as Withholding[]} />}
      {reading && <Readings reading={reading} report={report} />}
      {!reading && <Activities of={report.activity} />}
    </>
  );
}

interface ReadingsProps {
  reading: Reading;
  report: Report;
}

function Readings({ reading, report }: ReadingsProps) {
  const { primary } = reading;
  return (
    <>
      <Primary of={primary} confidence={report.study.confidence} />
      <Course of={primary.sequential.course} waitsFor={primary.sequential.waits_for} />
      <Secondaries of={reading.secondary} />
      <div class="columns">
        <Performances of={reading.performance} />
        <Activities of={report.activity} />
      </div>
      <div class="columns">
        <Guardrails of={reading.guardrails} />
        <Promotion of={reading.promotion} />
      </div>
    </>
  );
}

function Withheld({ why }: { why: readonly Withholding[] }) {
  return (
    <Panel title="The comparison is withheld">
      <EmptyState title="A check failed, so no result is shown: whatever it said, it wouldn’t hold.">
        <ul>{why.map((one) => <li key={JSON.stringify(one)}>{withholdingWords(one)}</li>)}</ul>
      </EmptyState>
    </Panel>
  );
}
