/** The guardrails, and whether Engine B may be promoted. */
import { Badge, type BadgeTone } from "../../components/Badge";
import { Panel } from "../../components/Panel";
import { type Column, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import type { Guardrail, Reading } from "./kinds";
import { guardrailTitle, guardrailValue, obstacleWords } from "./told";

export function Guardrails({ of }: { of: readonly Guardrail[] }) {
  return (
    <Panel title="Guardrails" aside="What must not become worse">
      <Table caption="Guardrails" columns={COLUMNS} rows={of} keyOf={(row) => row.name} empty="There are none." />
    </Panel>
  );
}

const TONES: Readonly<Record<Guardrail["outcome"], BadgeTone>> = { pass: "gain", fail: "loss", unknown: "warn" };
const SIGNS: Readonly<Record<Guardrail["outcome"], string>> = { pass: "✓ holds", fail: "✕ fails", unknown: "? unknown" };

function valueColumn(key: "a" | "b" | "b_max", title: string): Column<Guardrail> {
  const cell = (row: Guardrail) => guardrailValue(row.name, row[key]);
  return { key, title, isNumeric: true, value: (row) => row[key], cell };
}

const COLUMNS: readonly Column<Guardrail>[] = [
  textColumn("name", "Guardrail", (row) => guardrailTitle(row.name)),
  textColumn("outcome", "Outcome", (row) => row.outcome, {
    cell: (row) => <Badge tone={TONES[row.outcome]}>{SIGNS[row.outcome]}</Badge>,
  }),
  valueColumn("a", "A"),
  valueColumn("b", "B"),
  valueColumn("b_max", "B at most"),
];

export function Promotion({ of }: { of: Reading["promotion"] }) {
  return (
    <Panel title="Promotion of Engine B" aside="The report promotes nothing; a person does">
      {of.may_promote && <p class="gain">✓ Nothing is in the way of Engine B.</p>}
      {!of.may_promote && <p>In the way:</p>}
      <ul class="obstacles">
        {of.in_the_way.map((name) => <li key={name}>{obstacleWords(name)}</li>)}
      </ul>
    </Panel>
  );
}
