/** A position that is held: its figures, its course, its Greeks, its exit rules, and its close. */
import type { HeldPosition, PositionDetail } from "../../api/types";
import { Panel } from "../../components/Panel";
import { ExitBar } from "../../parts/ExitBar";
import { ExitReadings } from "../trace/ExitStep";
import { CloseByHand } from "./CloseByHand";
import { Course } from "./Course";
import { Fills } from "./Fills";
import { Greeks } from "./Greeks";
import { HeldFigures } from "./HeldFigures";

interface HeldPartsProps {
  detail: PositionDetail;
  position: HeldPosition;
}

export function HeldParts({ detail, position }: HeldPartsProps) {
  return (
    <>
      <Panel title="Now" aside={<CloseByHand of={position} />}>
        <HeldFigures of={position} watch={detail.watch} />
        <ExitBar of={position} />
      </Panel>
      <Panel title="Course of the mark">
        <Course detail={detail} position={position} />
      </Panel>
      <div class="columns columns-wide-narrow">
        <Panel title="Exit rules, as they read now">
          <ExitReadings readings={position.outlook.readings} />
        </Panel>
        <Panel title="Greeks">
          <Greeks entry={position.entry_greeks} now={position.mark?.greeks} />
        </Panel>
      </div>
      <Fills detail={detail} />
    </>
  );
}
