/** Whether a position is still held: only then it has a mark and an outlook. */
import type { HeldPosition, Position } from "../../api/types";

export function isHeld(position: Position | HeldPosition): position is HeldPosition {
  return "outlook" in position;
}
