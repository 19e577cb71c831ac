/** The committee's vote: a bar for each agent, whose lengths add up to the confidence. */
import type { Heard, Vote as VoteRecord } from "../../api/types";
import { Badge } from "../../components/Badge";
import { plain } from "../../format/money";
import { sentence, words } from "../../format/words";
import { VoteBar } from "./VoteBar";
import { agentLines, type AgentLine, confidencePoints } from "./votes";

export function Vote({ vote, heard }: { vote: VoteRecord; heard: readonly Heard[] }) {
  const points = confidencePoints(vote);
  const lines = agentLines(vote, heard);
  return (
    <section class="vote" aria-label="The committee’s vote">
      <p>
        <Badge tone={vote.action === "enter" ? "gain" : "warn"}>{vote.action.toUpperCase()}</Badge>{" "}
        Confidence <strong>{points === null ? "none" : plain(points, 2, 2)}</strong>, enters from{" "}
        <strong>{vote.enter_at_points}</strong>.
        {vote.veto && <span class="loss"> Vetoed by {words(vote.veto.agent)}: {vote.veto.detail}</span>}
      </p>
      <p class="muted small">
        Bars to the right speak for the entry, bars to the left against it. Together with 50, which
        is neither, they make the confidence.
      </p>
      <ul class="vote-lines">
        {lines.map((line) => <Line key={line.agent} of={line} />)}
      </ul>
      {points !== null && (
        <p class="vote-sum">
          <span>50 + bars</span>
          <VoteBar points={points - 50} span={50} marker={vote.enter_at_points - 50} label={`Confidence ${plain(points, 2)}, threshold ${vote.enter_at_points}`} />
          <span class="figure">{plain(points, 2, 2)}</span>
        </p>
      )}
    </section>
  );
}

function Line({ of }: { of: AgentLine }) {
  return (
    <li>
      <details>
        <summary>
          <span class="vote-agent">{words(of.agent)}</span>
          <VoteBar points={of.points} span={of.span} label={`${words(of.agent)}: ${plain(of.points, 2)} points`} />
          <span class="figure vote-points">{of.isAbsent ? "–" : signed(of.points)}</span>
          <span class="muted small vote-word">{of.word}</span>
        </summary>
        <Reasons of={of} />
      </details>
    </li>
  );
}

function signed(points: number): string {
  return `${points > 0 ? "+" : points < 0 ? "−" : ""}${plain(Math.abs(points), 2, 2)}`;
}

function Reasons({ of }: { of: AgentLine }) {
  const { heard } = of;
  if (!heard) return <p class="muted small">It has no vote: it was not asked.</p>;
  return (
    <ul class="vote-reasons small">
      <li class="muted">Weight {of.weight}, {words(heard.kind)}</li>
      {heard.why && <li>{sentence(heard.why)}</li>}
      {heard.block && <li class="loss">Refuses: {heard.block.detail}</li>}
      {heard.risk_score !== undefined && heard.risk_score !== null && <li>Risk score {heard.risk_score}</li>}
      {heard.reasons?.map((reason) => (
        <li key={reason.name}>{words(reason.name)} <span class="figure">{signed(reason.points)}</span></li>
      ))}
      {heard.missing && heard.missing.length > 0 && <li class="warn">Missing: {heard.missing.map(words).join(", ")}</li>}
    </ul>
  );
}
