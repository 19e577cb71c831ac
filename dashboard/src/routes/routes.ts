/** Every page of the site: its address, its title, and how it is loaded. */
import type { ComponentType } from "preact";
import type { Parameters } from "./match";

export interface PageProps {
  parameters: Parameters;
}

export type Page = ComponentType<PageProps>;

export interface Route {
  pattern: string;
  title: (parameters: Parameters) => string;
  load: () => Promise<{ default: Page }>;
}

function route(pattern: string, title: string | Route["title"], load: Route["load"]): Route {
  return { pattern, title: typeof title === "string" ? () => title : title, load };
}

export const ROUTES: readonly Route[] = [
  route("/", "Overview", () => import("../pages/Overview")),
  route("/signals", "Signals", () => import("../pages/Signals")),
  route("/signals/:id", "Signal", () => import("../pages/SignalTrace")),
  route("/positions", "Positions", () => import("../pages/Positions")),
  route("/positions/:id/:engine", "Position", () => import("../pages/PositionDetail")),
  route("/orders", "Orders", () => import("../pages/Orders")),
  route("/experiment", "Experiment", () => import("../pages/Experiment")),
  route("/agents", "Agents", () => import("../pages/Agents")),
  route("/gamma/:symbol?", (given) => `Gamma exposure of ${given["symbol"] ?? "SPY"}`, () =>
    import("../pages/Gamma")),
  route("/history", "History", () => import("../pages/History")),
  route("/monitoring", "Monitoring", () => import("../pages/Monitoring")),
  route("/settings", "Settings", () => import("../pages/Settings")),
  route("/login", "Log in", () => import("../pages/Login")),
];

export const NOT_FOUND: Route = route("", "Not found", () => import("../pages/NotFound"));
