/** The frame around the pages, and the way to the login. */
import { useEffect, useRef } from "preact/hooks";
import { forgetShown } from "../api/poll";
import { session } from "../api/session";
import { Skeleton } from "../components/Skeleton";
import { Toasts } from "../components/Toasts";
import { loginHref } from "../routes/addresses";
import { goTo, place, usePlace } from "../routes/location";
import { match, type Parameters } from "../routes/match";
import { NOT_FOUND, type Route, ROUTES } from "../routes/routes";
import { Footer } from "./Footer";
import { Header } from "./Header";
import { LazyPage } from "./LazyPage";
import { Navigation } from "./Navigation";
import { useStore } from "./store";

interface Opened {
  route: Route;
  parameters: Parameters;
}

function opened(path: string): Opened {
  for (const route of ROUTES) {
    const parameters = match(route.pattern, path);
    if (parameters) return { route, parameters };
  }
  return { route: NOT_FOUND, parameters: {} };
}

/** Nobody logged in: to the login, and later back to here. */
function leaveForLogin(): void {
  const { path, search } = place.get();
  if (path === "/login") return;
  forgetShown();
  goTo(loginHref(path + search), { replace: true });
}

/** The title follows the page, and so does the focus, for those who hear the page. */
function useArrival(title: string, path: string): void {
  const isFirst = useRef(true);
  useEffect(() => {
    document.title = `${title} · Parallax`;
    if (!isFirst.current) document.getElementById("main")?.focus({ preventScroll: true });
    isFirst.current = false;
  }, [title, path]);
}

export function App() {
  const { path } = usePlace();
  const me = useStore(session);
  const { route, parameters } = opened(path);
  useArrival(route.title(parameters), path);
  useEffect(() => {
    if (me === null) leaveForLogin();
  }, [me, path]);
  if (path === "/login") return <Bare route={route} parameters={parameters} />;
  if (!me) return <main class="waiting"><Skeleton lines={6} label="Loading Parallax" /></main>;
  return (
    <div class="shell">
      <a class="skip" href="#main">Skip to the page</a>
      <Header />
      <Navigation />
      <div class="page">
        <main id="main" tabIndex={-1}>
          <LazyPage route={route} parameters={parameters} />
        </main>
        <Footer />
      </div>
      <Toasts />
    </div>
  );
}

function Bare({ route, parameters }: Opened) {
  return (
    <>
      <main id="main" class="bare" tabIndex={-1}>
        <LazyPage route={route} parameters={parameters} />
      </main>
      <Toasts />
    </>
  );
}
