/** A position that was closed: its result, its course, why it was closed, and its fills. */
import type { Position, PositionDetail } from "../../api/types";
import { Panel } from "../../components/Panel";
import { sentence } from "../../format/words";
import { Result } from "../trace/ClosedStep";
import { ExitReadings } from "../trace/ExitStep";
import { Course } from "./Course";
import { Fills } from "./Fills";

interface ClosedPartsProps {
  detail: PositionDetail;
  position: Position;
}

export function ClosedParts({ detail, position }: ClosedPartsProps) {
  const last = detail.exit_decisions.at(-1);
  return (
    <>
      <Panel title="Result"><Result of={position} /></Panel>
      <Panel title="Course"><Course detail={detail} position={position} /></Panel>
      {last && (
        <Panel title={`Why it was closed: ${sentence(last.reason).toLowerCase()}`}>
          <ExitReadings readings={last.readings} />
        </Panel>
      )}
      <Fills detail={detail} />
    </>
  );
}
