/** Engine B: whether what it decides is traded, and what its agents say. */
import { EmptyState } from "../../components/EmptyState";
import { Percent, Plain } from "../../components/Figures";
import { Panel } from "../../components/Panel";
import { Stat, Stats } from "../../components/Stat";
import { sentence } from "../../format/words";
import { type Column, numberColumn, textColumn } from "../../table/columns";
import { Table } from "../../table/Table";
import { ShareBar } from "./ShareBar";
import type { AgentVoice, Monitoring } from "./types";

export function Execution({ of }: { of: Monitoring["shadow_execution"] }) {
  return (
    <Panel title="Engine B’s execution" aside="Fills among its newest orders">
      <Stats>
        <Stat label="Filled" below={`${of.filled} filled, ${of.failed} failed`}><Percent value={of.success_percent} decimals={0} /></Stat>
        <Stat label="Signals decided">{of.signals}</Stat>
        <Stat label="Became orders">{of.ordered}</Stat>
      </Stats>
    </Panel>
  );
}

/** What an agent says, from up over neither to down; then how often it said nothing. */
function Says({ of }: { of: AgentVoice }) {
  return (
    <ShareBar
      parts={[
        { name: "bullish", count: of.bullish, tone: "gain" },
        { name: "neutral", count: of.neutral, tone: "muted" },
        { name: "bearish", count: of.bearish, tone: "loss" },
        { name: "absent", count: of.absent, tone: "faint" },
      ]}
    />
  );
}

const VOICES: readonly Column<AgentVoice>[] = [
  textColumn("agent", "Agent", (row) => sentence(row.agent)),
  numberColumn("says", "Bullish, neutral, bearish, absent", (row) => row.bullish - row.bearish, {
    csvTitle: "Bullish less bearish",
    cell: (row) => <Says of={row} />,
    isNumeric: false,
    isMinor: true,
  }),
  numberColumn("bullish", "▲ Bullish", (row) => row.bullish),
  numberColumn("neutral", "Neutral", (row) => row.neutral, { isMinor: true }),
  numberColumn("bearish", "▼ Bearish", (row) => row.bearish),
  numberColumn("absent", "Absent", (row) => row.absent, { isMinor: true }),
  numberColumn("confidence", "Confidence", (row) => row.average_confidence, {
    hint: "Average of the opinions that it had, 0 to 100",
    cell: (row) => (
      <span class="with-bar">
        <ShareBar parts={[{ name: "confidence", count: row.average_confidence ?? 0, tone: "accent" }]} of={100} />
        <Plain value={row.average_confidence} decimals={0} />
      </span>
    ),
  }),
];

export function Voices({ of }: { of: readonly AgentVoice[] }) {
  return (
    <Panel title="What the agents say" aside={<a href="/agents">How good they are</a>}>
      <Table
        caption="What the agents say"
        isShort
        columns={VOICES}
        rows={of}
        keyOf={(row) => row.agent}
        empty={
          <EmptyState title="No agent has spoken yet">
            Engine B asks them at the next signal, once it is turned on in <a href="/settings?show=flags">the flags</a>.
          </EmptyState>
        }
      />
    </Panel>
  );
}
