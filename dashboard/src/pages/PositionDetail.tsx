/** One position: what is it worth, and when will it be closed? */
import "../parts/parts.css";
import { usePoll } from "../api/poll";
import type { HeldPosition, Position, PositionDetail as Detail } from "../api/types";
import { EngineMark } from "../components/Badge";
import { Money, Percent } from "../components/Figures";
import { Loaded } from "../components/Loaded";
import { PageHead } from "../components/PageHead";
import { Instant } from "../components/Times";
import { words } from "../format/words";
import { Contract } from "../parts/Contract";
import { wayWords } from "../parts/ExitBar";
import { StateBadge } from "../parts/outcomes";
import { signalHref } from "../routes/addresses";
import type { PageProps } from "../routes/routes";
import { positionUrl } from "./positions/close";
import { ClosedParts } from "./positions/ClosedParts";
import { HeldParts } from "./positions/HeldParts";
import { isHeld } from "./positions/held";

const EVERY_MS = 3_000;

export default function PositionDetail({ parameters }: PageProps) {
  const { id = "", engine = "" } = parameters;
  const shown = usePoll<Detail>(positionUrl(id, engine), EVERY_MS);
  const position = shown.answer?.position;
  return (
    <>
      <PageHead title={position ? <Title of={position} /> : "Position"} answer={position && <Answer of={position} />}>
        <a class="button" href={signalHref(id)}>How it came about</a>
        <a class="button" href="/positions">All positions</a>
      </PageHead>
      <Loaded of={shown} what="position" lines={12}>
        {(detail) =>
          isHeld(detail.position) ? (
            <HeldParts detail={detail} position={detail.position} />
          ) : (
            <ClosedParts detail={detail} position={detail.position} />
          )
        }
      </Loaded>
    </>
  );
}

function Title({ of }: { of: Position }) {
  return (
    <>
      <EngineMark engine={of.engine} /> {of.quantity} × <Contract symbol={of.contract} />{" "}
      <StateBadge state={of.state} />
    </>
  );
}

function Answer({ of }: { of: Position | HeldPosition }) {
  if (!isHeld(of)) {
    return (
      <>
        Closed <Instant at={of.closed_at} /> by {words(of.exit_reason ?? "")}:{" "}
        <strong><Money value={of.realized?.net_usd} signed /></strong> net.
      </>
    );
  }
  return (
    <>
      <strong><Money value={of.unrealized?.net_usd} signed live /></strong>{" "}
      (<Percent value={of.unrealized?.percent} signed live />) if sold at the mark; {wayWords(of)}.
    </>
  );
}
