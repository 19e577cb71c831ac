/** Closing a position by hand. */
import { readAgain } from "../../api/poll";
import { asProblem } from "../../api/problem";
import { api } from "../../api/session";
import { tell, type Tone } from "../../app/toasts";
import type { CloseOutcome } from "../../api/types";

export function positionUrl(signalId: string, engine: string): string {
  return `/api/positions/${encodeURIComponent(signalId)}/${encodeURIComponent(engine)}`;
}

const OUTCOMES: Readonly<Record<CloseOutcome, readonly [Tone, string]>> = {
  begun: ["gain", "The exit has begun: it fills at the next fresh quote."],
  waits_for_the_open: ["note", "The market is closed: the exit begins at the next open."],
  exit_under_way: ["note", "An exit is under way already."],
  already_closed: ["note", "It was closed before."],
};

/** Asks for the close, and says what became of it. */
export async function closeByHand(signalId: string, engine: string): Promise<void> {
  const url = positionUrl(signalId, engine);
  try {
    const { outcome } = await api.send<{ outcome: CloseOutcome }>("POST", `${url}/close`);
    tell(...OUTCOMES[outcome]);
  } catch (cause) {
    tell("loss", `Closing failed: ${asProblem(cause).message}`);
  }
  await readAgain(url);
}
