/** The dashboard's pages, by the names that their screenshots have. */

/** What a trace and a position need: a signal that became one. */
export interface Traded {
  signalId: string;
  engine: "A" | "B";
}

export const PUBLIC_PAGES: Record<string, string> = { login: "/login" };

export function signedInPages({ signalId, engine }: Traded): Record<string, string> {
  return {
    overview: "/",
    signals: "/signals",
    trace: `/signals/${signalId}`,
    positions: "/positions",
    position: `/positions/${signalId}/${engine}`,
    orders: "/orders",
    experiment: "/experiment",
    agents: "/agents",
    gamma: "/gamma/SPY",
    history: "/history",
    monitoring: "/monitoring",
    settings: "/settings",
  };
}

export const SIZES = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const;

export const THEMES = ["light", "dark"] as const;
