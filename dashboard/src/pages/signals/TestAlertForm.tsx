/** Sends an alert through the webhook, as TradingView would. */
import { useState } from "preact/hooks";
import { readAgain } from "../../api/poll";
import { asProblem } from "../../api/problem";
import { api } from "../../api/session";
import type { TestAlert, TestAlertAnswer } from "../../api/types";
import { tell } from "../../app/toasts";
import { signalHref } from "../../routes/addresses";
import { goTo } from "../../routes/location";

type Side = TestAlert["direction"];

/** Sends it and opens its trace. */
async function send(alert: TestAlert): Promise<void> {
  try {
    const answer = await api.send<TestAlertAnswer>("POST", "/api/alerts/test", alert);
    tell("gain", `The test alert was ${answer.status}.`);
    void readAgain("/api/signals");
    goTo(signalHref(answer.signal_id));
  } catch (cause) {
    tell("loss", `The test alert failed: ${asProblem(cause).message}`);
  }
}

export function TestAlertForm() {
  const [symbol, setSymbol] = useState("SPY");
  const [direction, setDirection] = useState<Side>("long");
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    await send({ symbol: symbol.trim().toUpperCase(), direction });
    setBusy(false);
  };
  return (
    <form class="test-alert" onSubmit={(event) => void submit(event)}>
      <label>
        Symbol
        <input class="input" required maxLength={6} value={symbol} onInput={(event) => setSymbol(event.currentTarget.value)} />
      </label>
      <label>
        Direction
        <select class="input" value={direction} onChange={(event) => setDirection(event.currentTarget.value as Side)}>
          <option value="long">long (buys a call)</option>
          <option value="short">short (buys a put)</option>
        </select>
      </label>
      <button type="submit" class="button button-primary" disabled={isBusy}>
        {isBusy ? "Sending…" : "Send a test alert"}
      </button>
    </form>
  );
}
