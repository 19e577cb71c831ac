/** Small drawings, each a path on a field of 16 by 16. */

const PATHS = {
  overview: "M2 9h4V2H2zM10 14h4V7h-4zM2 14h4v-2H2zM10 4h4V2h-4z",
  signals: "M2 8h2l2-5 4 10 2-5h2",
  positions: "M2 5h12v8H2zM6 5V3h4v2M2 9h12",
  orders: "M3 2h10v12H3zM6 6h4M6 9h4",
  experiment: "M6 2h4M7 2v4L3 13q0 1 1 1h8q1 0 1-1L9 6V2",
  agents: "M5 7a2 2 0 1 0 0-4 2 2 0 0 0 0 4M1 13q0-4 4-4t4 4M11 7a2 2 0 1 0 0-4M11 9q4 0 4 4",
  gamma: "M3 13V8M6.5 13V3M10 13v-3M13.5 13V6",
  history: "M8 14A6 6 0 1 0 2 8M2 3v5h5M8 5v3l2 2",
  monitoring: "M1 8h3l2-4 3 8 2-4h4",
  settings: "M2 4h7M12 4h2M2 12h2M7 12h7M10.5 2.5v3M5.5 10.5v3M2 8h12",
  refresh: "M13.5 8A5.5 5.5 0 1 1 11.8 4M12 1v3.5H8.5",
  dark: "M13 9.5A5.5 5.5 0 1 1 6.5 3 4.5 4.5 0 0 0 13 9.5",
  light: "M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
