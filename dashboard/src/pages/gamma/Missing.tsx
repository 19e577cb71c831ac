/** What can't be had, and why. */
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { sentence } from "../../format/words";
import type { Positioning } from "./kinds";

export function Missing({ parts }: { parts: Positioning["missing"] }) {
  return (
    <>
      {parts.map(({ part, why }) => (
        <Panel key={part} title={sentence(part)}>
          <EmptyState title={`It can’t be had just now: ${why}.`}>Refresh, at the top, asks for it anew.</EmptyState>
        </Panel>
      ))}
    </>
  );
}
