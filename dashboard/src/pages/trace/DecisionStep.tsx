/** A decision: every rule with its reading and its limit, and the committee's vote. */
import type { Decision, RuleReading, SignalTrace } from "../../api/types";
import { Badge } from "../../components/Badge";
import { counted, sentence, words } from "../../format/words";
import { type Column, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import { Vote } from "./Vote";

export function DecisionStep({ trace, engine }: { trace: SignalTrace; engine: string | null }) {
  const decision = trace.decisions.find((it) => it.engine === engine);
  if (!decision) return null;
  const heard = trace.opinions.find((it) => it.engine === engine)?.heard ?? [];
  return (
    <>
      <Verdict of={decision} />
      {decision.vote && <Vote vote={decision.vote} heard={heard} />}
      <Rules caption="Eligibility" rows={decision.eligibility} isOpen={!decision.vote} />
      <Rules caption="Entry rules" rows={decision.entry_rules} isOpen={!decision.vote} />
    </>
  );
}

function Verdict({ of }: { of: Decision }) {
  const isApproved = of.verdict === "approved";
  return (
    <p>
      <Badge tone={isApproved ? "gain" : "warn"}>{isApproved ? "✓ approved" : "✕ rejected"}</Badge>{" "}
      {of.rejection && (
        <>
          {sentence(of.rejection.reason)} <span class="muted">({of.rejection.class})</span>: {of.rejection.detail}
        </>
      )}
    </p>
  );
}

const COLUMNS: readonly Column<RuleReading>[] = [
  textColumn("rule", "Rule", (row) => words(row.rule)),
  textColumn("reading", "Reading", (row) => row.reading),
  textColumn("limit", "Limit", (row) => row.limit),
  textColumn("passed", "Result", (row) => (row.passed ? "passed" : words(row.rejects_with ?? "failed")), {
    cell: (row) => (
      <span class={row.passed ? "nowrap muted" : "nowrap loss"}>
        {row.passed ? "✓ passed" : `✕ ${words(row.rejects_with ?? "failed")}`}
      </span>
    ),
  }),
];

function Rules({ caption, rows, isOpen }: { caption: string; rows: readonly RuleReading[]; isOpen: boolean }) {
  const failed = rows.filter((row) => !row.passed).length;
  if (rows.length === 0) return null;
  return (
    <details open={isOpen || failed > 0}>
      <summary>
        {caption}: {counted(rows.length, "rule")}, {failed === 0 ? "all passed" : `${failed} said no`}
      </summary>
      <Table caption={caption} columns={COLUMNS} rows={rows} keyOf={(row) => row.rule} empty="" isPlain />
    </details>
  );
}
