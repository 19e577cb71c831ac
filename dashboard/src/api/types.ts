/** Interim: the shapes that the pages read. */
export type Engine = "A" | "B";
export interface Rejection { reason: string; class: string; detail: string }
export interface Routed { bucket?: number; mode?: string; share_percent?: number; experiment?: string | null }
export interface Assignment {
  signal_id: string; engine: Engine; symbol: string; task?: string; routed?: Routed | null;
  state: string; rejection?: Rejection; received_at: string; ended?: number; sends?: number; due?: string | null;
}
export interface FeedSignal {
  signal_id: string; symbol: string; intent: string; direction?: string | null; timeframe: string; received_at: string;
  strategy: string | null; source: string | null; price: string | null; tasks: Assignment[];
}
export interface Signal {
  signal_id: string; hash: string; symbol: string; intent: string; direction?: string | null; timeframe: string; timestamp: string;
  timestamp_origin: string; bar_start: string; received_at: string; strategy: string | null; source: string | null;
  indicator: string | null; price: string | null; option_contracts: number | null; raw: string;
}
export interface ProfitAndLoss { gross_usd: string; net_usd: string; at_mid_usd: string; at_worst_usd: string; fees_usd: string; percent: string }
export interface MarkedGreeks { underlying_price: string; implied_volatility: number; reliable: boolean; delta: number; gamma: number; theta: number; vega: number; rho?: number | null }
export interface OptionQuote { contract: string; bid: string; ask: string; bid_size: number; ask_size: number; provider: string; timeliness: string; at: string; received_at: string }
export interface Mark extends OptionQuote { previous_close: { date: string; mid: string } | null; greeks?: MarkedGreeks | null }
export interface ExitReading { rule: string; reason: string; fires: boolean; reading: string; limit: string }
export interface ExitRequest { signal_id?: string; name?: string; reason?: string; requested_at: string }
export interface Position {
  position_id: string; signal_id: string; engine: Engine; symbol: string; strategy?: string | null; source?: string | null; contract: string; quantity: number;
  entry_price: string; entry_mid: string; entry_worst: string; entry_fee_usd: string; entry_greeks?: MarkedGreeks | null; exposure_usd: string;
  entry_received_at: string; opened_at: string; state: string; exit_reason?: string; exit_price?: string; trigger_price?: string | null; slippage_usd?: string | null;
  closed_at?: string; realized?: ProfitAndLoss; exits_ordered?: number; exit_failures_in_row?: number; failed_exit?: string | null; exit_request?: ExitRequest | null;
}
export interface ExitOutlook { stop_price: string; target_price: string; firing: string | null; way_percent: string | null; towards_stop: boolean | null; readings: ExitReading[] }
export interface HeldPosition extends Position {
  mark: Mark | null; mark_price: string | null; unrealized: ProfitAndLoss | null; day_change_usd: string | null; expires_on: string; dte: number; outlook: ExitOutlook;
}
export interface EngineSummary {
  engine: Engine; equity_usd: string; today_usd: string; realized_usd: string; unrealized_usd: string; closed: number; wins: number;
  win_rate_percent: string | null; average_net_usd: string | null; open: number; exposure_usd: string;
  halt: { by: string; at: string; why: string } | null; loss_halt: string | null; sparkline_usd: string[];
}
export interface Health { status: string; complaints: string[]; last_alert_at: string | null; providers: { provider: string }[]; oldest_work_since: string | null; dead_letters: number }
export interface DayResult { date: string; net_usd: string; cumulative_net_usd: string; drawdown_usd: string }
export interface EngineCurve { engine: Engine; days: DayResult[] }
export interface ExitSignal { signal_id: string; engine: Engine; symbol: string; contract: string; exit_reason: string | null; pnl_percent: string | null; way_percent: string | null }
export interface QueuedSignal { signal_id: string; engine: Engine; symbol: string; waits_for: string; since: string; sends: number }
export interface MissingPart { part: string; why: string }
export interface DashboardMetrics {
  engines: EngineSummary[]; positions: HeldPosition[]; shadow_positions: HeldPosition[]; health: Health | null; exit_signals: ExitSignal[];
  queued_signals: QueuedSignal[]; pnl_curve: EngineCurve[]; latest_signals: FeedSignal[]; metadata: { failed: MissingPart[] };
}
export interface EquityDay { engine: Engine; date: string; points: { at: string; equity_usd: string }[] }
export interface RuleReading { rule: string; passed: boolean; reading: string; limit: string; rejects_with?: string | null }
export interface Contribution { agent: string; weight: number; support_halves: number }
export interface Vote { action: string; confidence: { halves: number; weight: number } | null; enter_at_points: number; contributions: Contribution[]; veto?: (Rejection & { agent: string }) | null }
export interface Decision { signal_id: string; engine: Engine; verdict: string; rejection?: Rejection; eligibility: RuleReading[]; entry_rules: RuleReading[]; vote?: Vote | null; evidence: string; decided_at: string }
export interface Heard { agent: string; kind: string; answer: string; bias?: string; confidence?: number; risk_score?: number | null; block?: Rejection | null; reasons?: { name: string; points: number }[]; missing?: string[]; absence?: string; why?: string }
export interface Opinions { signal_id: string; engine: Engine; heard: Heard[] }
export interface Score { spread: number; delta: number; open_interest: number; volume: number; theta: number; volatility: number }
export interface Selection {
  signal_id: string; engine: Engine; contract: string; chosen_at: string; rule: string; why?: string; score?: Score;
  figures?: { delta: number; theta: number; implied_volatility: number; open_interest: number; volume: number; modelled?: boolean };
  runners_up?: { contract: string; score: Score }[]; considered?: number; rejected?: Record<string, number>;
  nearest_rejected?: { contract: string; reason: string; reading: string }[]; chain_from?: string; chain_at?: string;
}
export interface Order {
  order_id: string; signal_id: string; engine: Engine; leg: string; side: string; symbol: string; contract: string; quantity: number; state: string; failure?: Rejection;
  attempts?: number; sends?: number; created_at: string; purpose: string; valid_until?: string; reserved_usd?: string; chosen_at?: { bid: string; ask: string };
  underlying_price?: string; reason?: string; trigger_price?: string | null;
}
export interface Trade {
  trade_id: string; order_id: string; signal_id: string; engine: Engine; leg: string; side: string; symbol: string; contract: string; quantity: number; fill_price: string; fee_usd: string;
  filled_at: string; basis: string; model?: string; quote?: OptionQuote; quote_age_ms?: number; mid?: string; worst?: string; underlying_close?: string;
}
export interface OrderShown { order: Order; trade: Trade | null }
export interface ExitDecision { signal_id: string; engine: Engine; leg: string; reason: string; trigger_price: string | null; readings: ExitReading[]; decided_at: string }
export interface Watch { signal_id: string; engine: Engine; peak: string; trough: string; seen_at: string }
export interface Hop { hop: string; at: string; engine: Engine | null; leg: string | null; after_ms: number }
export interface SignalTrace {
  signal: Signal; hops: Hop[]; webhook_events: { request_id: string; received_at: string; outcome: string; http_status: number; processing_time_ms: number }[]; assignments: Assignment[]; evidence_sha256: string | null; decisions: Decision[];
  opinions: Opinions[]; selections: Selection[]; orders: Order[]; trades: Trade[]; positions: Position[]; exit_decisions: ExitDecision[]; watches: Watch[];
}
export interface PositionDetail { position: HeldPosition | Position; signal: Signal; selection: Selection | null; orders: Order[]; trades: Trade[]; exit_decisions: ExitDecision[]; watch: Watch | null }
