/** The top of every page: that it is paper, which market, what time, whether it is connected. */
import { useState } from "preact/hooks";
import { connection, refreshShown, usePoll } from "../api/poll";
import { api, logOut, session } from "../api/session";
import type { MarketShown } from "../api/types";
import { Instant } from "../components/Times";
import { easternTime, utcInstant } from "../format/instant";
import { theme, toggleTheme } from "../look/theme";
import { Icon } from "./icons";
import { useServerNowMs } from "./now";
import { useStore } from "./store";
import { tell } from "./toasts";

export function Header() {
  return (
    <header class="header">
      <a class="brand" href="/">
        <img src="/favicon.svg" alt="" width="22" height="22" />
        Parallax
      </a>
      <span class="paper">PAPER TRADING</span>
      <Market />
      <div class="header-end">
        <Clock />
        <Connection />
        <span class="header-buttons">
          <Refresh />
          <ThemeToggle />
        </span>
        <Who />
      </div>
    </header>
  );
}

const MARKET_EVERY_MS = 20_000;

function Market() {
  const { answer } = usePoll<MarketShown>("/api/market", MARKET_EVERY_MS);
  if (!answer) return <span class="market" />;
  const kind = answer.kind === "providers" ? "Real prices" : `${answer.kind} market`;
  return (
    <span class="market" title={answer.sentence}>
      <strong>{kind.charAt(0).toUpperCase() + kind.slice(1)}</strong> · <Hours of={answer} />
    </span>
  );
}

/** A market that closes later than this has no hours. */
const HOURS_MAX_MS = 7 * 86_400_000;

function Hours({ of }: { of: MarketShown }) {
  const nowMs = useServerNowMs();
  if (of.is_open === null) return <>hours unknown</>;
  const closesMs = of.closes_at === null ? Number.NaN : Date.parse(of.closes_at);
  if (of.is_open) return closesMs - nowMs < HOURS_MAX_MS ? <>open until <Instant at={of.closes_at} /></> : <>open</>;
  return of.opens_at ? <>closed, opens <Instant at={of.opens_at} /></> : <>closed</>;
}

function Clock() {
  const nowMs = useServerNowMs();
  if (!api.clock.isKnown) return <span class="header-clock" />;
  return (
    <time class="header-clock" dateTime={new Date(nowMs).toISOString()} title={utcInstant(nowMs)}>
      {easternTime(nowMs)} ET
    </time>
  );
}

function Connection() {
  const isHere = useStore(connection);
  return (
    <span class={`connection ${isHere ? "connection-here" : "connection-away"}`} role="status">
      <span class="connection-word">{isHere ? "Connected" : "API away"}</span>
    </span>
  );
}

function Refresh() {
  const [isBusy, setBusy] = useState(false);
  const refresh = async () => {
    setBusy(true);
    await refreshShown();
    setBusy(false);
  };
  return (
    <button
      type="button"
      class="icon-button"
      aria-label="Refresh, past every cache"
      title="Refresh, past every cache"
      disabled={isBusy}
      onClick={() => void refresh()}
    >
      <Icon name="refresh" />
    </button>
  );
}

function ThemeToggle() {
  const shown = useStore(theme);
  const other = shown === "dark" ? "light" : "dark";
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={`Switch to the ${other} theme`}
      title={`Switch to the ${other} theme`}
      onClick={toggleTheme}
    >
      <Icon name={other} />
    </button>
  );
}

function Who() {
  const me = useStore(session);
  if (!me) return null;
  const leave = () => logOut().catch(() => tell("loss", "Logging out failed: the API is away."));
  return (
    <>
      <span class="who">
        {me.name} <span class="who-role muted">({me.role})</span>
      </span>
      <button type="button" class="button button-small" onClick={() => void leave()}>
        Log out
      </button>
    </>
  );
}
