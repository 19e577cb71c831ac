/** Whose options: the symbols that may be traded, or any other. */
import { useState } from "preact/hooks";
import { usePoll } from "../../api/poll";
import { gammaHref } from "../../routes/addresses";
import { goTo } from "../../routes/location";
import type { Settings } from "./kinds";
import { allowedSymbols, symbolOf } from "./symbols";

export function SymbolChoice({ symbol }: { symbol: string }) {
  const settings = usePoll<Settings>("/api/settings/status", 0);
  const allowed = settings.answer ? allowedSymbols(settings.answer) : [];
  return (
    <div class="symbol-choice">
      {allowed.length > 0 && (
        <nav class="tabs" aria-label="Symbols">
          {allowed.map((one) => (
            <a key={one} href={gammaHref(one)} aria-current={one === symbol ? "page" : undefined}>{one}</a>
          ))}
        </nav>
      )}
      <Other />
    </div>
  );
}

function Other() {
  const [typed, setTyped] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    const symbol = symbolOf(typed);
    if (symbol === null) return;
    setTyped("");
    goTo(gammaHref(symbol));
  };
  return (
    <form class="symbol-other" onSubmit={submit}>
      <input class="input" aria-label="Another symbol" placeholder="Other" maxLength={6} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
      <button type="submit" class="button" disabled={symbolOf(typed) === null}>Show</button>
    </form>
  );
}
