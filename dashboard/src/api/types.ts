/** What the API answers, by the names of its own document. */
import type { components } from "./schema";

type Schemas = components["schemas"];

type AllKeys<Union> = Union extends unknown ? keyof Union : never;
type ValueAt<Union, Key> = Union extends unknown
  ? Key extends keyof Union ? Union[Key] : never
  : never;

/** Keys that every choice has; spelt so that the choices aren't gone through one by one. */
type CommonKeys<Union> = Extract<keyof Union, PropertyKey>;

/** A choice of shapes as one shape, in which what not every choice has may be absent. */
export type Loose<Union> = { [Key in CommonKeys<Union>]: Union[Key] } & {
  [Key in Exclude<AllKeys<Union>, keyof Union>]?: ValueAt<Union, Key>;
};

type Replaced<Whole, Parts> = Omit<Whole, keyof Parts> & Parts;

export type Engine = Schemas["Engine"];
export type Rejection = Schemas["Rejection"];
export type RuleReading = Schemas["RuleReading"];
export type Assignment = Loose<Schemas["Assignment"]>;
export type FeedSignal = Replaced<Loose<Schemas["FeedSignal"]>, { tasks: Assignment[] }>;
export type Signal = Loose<Schemas["Signal"]>;
export type Hop = Schemas["Hop"];
export type Decision = Loose<Schemas["Decision"]>;
export type Vote = Schemas["Vote"];
export type Heard = Loose<Schemas["Heard"]>;
export type Score = Schemas["Score"];
export type Selection = Loose<Schemas["Selection"]>;
export type Order = Loose<Schemas["Order"]>;
export type Trade = Loose<Schemas["Trade"]>;
export type ExitReading = Schemas["ExitReading"];
export type ExitDecision = Schemas["ExitDecision"];
export type ExitRequest = Loose<Schemas["ExitRequest"]>;
export type Watch = Schemas["Watch"];
export type MarkedGreeks = Schemas["MarkedGreeks"];
export type WebhookEvent = Schemas["WebhookEvent"];
export type MarketShown = Schemas["MarketShown"];
export type EquityDay = Schemas["EquityDay"];
export type EngineCurve = Schemas["EngineCurve"];
export type EngineSummary = Schemas["EngineSummary"];
export type ExitSignal = Schemas["ExitSignal"];
export type QueuedSignal = Schemas["QueuedSignal"];
export type Health = Schemas["Health"];
export type MissingPart = Schemas["MissingPart"];
export type AlertTemplates = Schemas["AlertTemplates"];
export type AlertTemplate = Schemas["AlertTemplate"];
export type TestAlert = Schemas["TestAlert"];
export type TestAlertAnswer = Schemas["TestAlertAnswer"];
export type CloseOutcome = Schemas["CloseOutcome"];

interface Requested {
  exit_request: ExitRequest | null | undefined;
}

export type Position = Replaced<Loose<Schemas["Position"]>, Requested>;
export type HeldPosition = Replaced<Loose<Schemas["HeldPosition"]>, Requested>;

export interface OrderShown {
  order: Order;
  trade: Trade | null;
}

type Opinions = Replaced<Schemas["Opinions"], { heard: Heard[] }>;

export type SignalTrace = Replaced<
  Schemas["SignalTrace"],
  {
    signal: Signal;
    assignments: Assignment[];
    decisions: Decision[];
    opinions: Opinions[];
    selections: Selection[];
    orders: Order[];
    trades: Trade[];
    positions: Position[];
  }
>;

export type PositionDetail = Replaced<
  Schemas["PositionDetail"],
  {
    position: HeldPosition | Position;
    signal: Signal;
    selection: Selection | null;
    orders: Order[];
    trades: Trade[];
  }
>;

export type DashboardMetrics = Replaced<
  Schemas["DashboardMetrics"],
  { positions: HeldPosition[]; shadow_positions: HeldPosition[]; latest_signals: FeedSignal[] }
>;
